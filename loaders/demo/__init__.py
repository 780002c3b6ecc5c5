"""The demo world: simulated sellers, their reports from the marketplaces, and the true results."""

from loaders.demo.build import World, write_world

__all__ = ["World", "write_world"]
