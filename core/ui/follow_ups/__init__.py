"""Follow-ups: what to look into beside the claims."""
