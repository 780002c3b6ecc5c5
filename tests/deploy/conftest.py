"""The demo world and the browser of the journeys."""

from tests.browser_journeys.conftest import browser, home, page

__all__ = ["browser", "home", "page"]
