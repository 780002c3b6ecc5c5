"""How to claim: the service and what it needs."""
