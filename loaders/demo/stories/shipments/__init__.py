"""Shipments to the marketplaces' warehouses: arrivals, losses, and their outcomes."""
