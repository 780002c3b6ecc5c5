"""Data sync: freshness, gaps, refused rows and the import of files."""
