"""Who gets what: the matrix, and the tests that hold it."""
