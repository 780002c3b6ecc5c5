"""The demo world of the journeys, and a tab as they have it."""

from tests.browser_journeys.conftest import home, page

__all__ = ["home", "page"]
