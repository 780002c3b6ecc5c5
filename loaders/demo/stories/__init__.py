"""What happens to the goods of a seller, and how each story ends."""
