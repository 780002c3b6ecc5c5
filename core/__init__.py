"""Recoup's core: the words, the rules, the database, and what turns report rows into money on a page."""
