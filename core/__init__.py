"""Recoup's core: vocabulary, rules, database, detection, settlement, queries and pages."""
