"""Shipments to the marketplaces' warehouses: what arrives, what does not, and what comes of it."""
