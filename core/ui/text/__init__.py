"""Words, numbers and dates as visitors read them."""
