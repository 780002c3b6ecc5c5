"""Expiring: what runs out next, over all accounts."""
