"""Loads the marketplaces' report files: recognises, parses strictly, stores rows unchanged, idempotently."""
