"""The list view that all pages share."""
