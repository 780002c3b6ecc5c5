"""The demo world: simulated sellers, the reports that the marketplaces give them, and the truth beside them."""

from loaders.demo.build import World, write_world

__all__ = ["World", "write_world"]
