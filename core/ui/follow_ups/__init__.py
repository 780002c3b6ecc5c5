"""The Follow-ups page: what to check besides claims."""
