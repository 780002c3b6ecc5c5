"""The front page by its own name. Streamlit serves it only without a path, and says `/overview` is not found."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from core.ui.shell.navigation import PAGES

PATH = f"/{next(iter(PAGES.values())).file}"


async def front_page(request: Request) -> RedirectResponse:
    """Lead to the address without a path, with the same choices."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")
