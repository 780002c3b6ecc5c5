"""Lists as every page has them, whatever they are of."""
