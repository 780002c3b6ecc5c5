"""Stores rows in the database: staging, merge, register of files."""
