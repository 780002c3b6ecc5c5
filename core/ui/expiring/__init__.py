"""The Expiring page: what expires next, across all accounts."""
