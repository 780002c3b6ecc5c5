"""Stories: what happens to a seller's goods, and how each ends."""
