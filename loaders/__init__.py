"""Takes the marketplaces' report files in: sniffed, parsed strictly, laid down as they were, idempotently."""
