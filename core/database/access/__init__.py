"""Access control: users, grants, logins, sessions, and the audit log."""
