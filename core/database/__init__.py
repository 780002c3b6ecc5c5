"""The database: where it is, what is in it, and who may read which rows of it."""
