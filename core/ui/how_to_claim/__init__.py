"""The How to claim page: the service and its status per marketplace."""
