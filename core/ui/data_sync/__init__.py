"""The Data sync page: freshness, gaps, refused rows and file imports."""
