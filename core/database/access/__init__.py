"""Who may see which rows: users, grants, logins, sessions, and the audit log."""
