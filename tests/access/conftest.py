"""The pages over the small world, as their own tests have them."""

from tests.pages.conftest import components, small_world, template, visit, with_small_world

__all__ = ["components", "small_world", "template", "visit", "with_small_world"]
