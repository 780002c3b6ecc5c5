"""The pages over the small world, as their own tests have them."""

from tests.pages.conftest import small_world, visit

__all__ = ["small_world", "visit"]
