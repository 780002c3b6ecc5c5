"""Redirect for the front page's own path: Streamlit serves it only at `/`, and answers `/overview` with not found."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from core.ui.shell.navigation import PAGES

PATH = f"/{next(iter(PAGES.values())).file}"


async def front_page(request: Request) -> RedirectResponse:
    """Redirect to `/` with the same query parameters."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")
