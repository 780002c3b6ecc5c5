"""Benchmarks: `make bench`. They print ratios measured in one run, with the target beside each, and fail nothing."""
