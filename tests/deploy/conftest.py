"""The demo world of the journeys, and a tab as they have it."""

from tests.browser_journeys.conftest import context, home, page

__all__ = ["context", "home", "page"]
