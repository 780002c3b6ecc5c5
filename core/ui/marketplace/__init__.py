"""The Amazon and Walmart pages."""
