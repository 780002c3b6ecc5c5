"""Settlement: matches payments, finds, reversals and cases to units, and computes what stays open."""
