"""The door's own responses, and its headers."""

from starlette.types import Message, Send

HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Headers of every response, Streamlit's too: no other site may embed a page or a file of Recoup."""


async def answer(send: Send, status: int, words: str) -> None:
    """Send a plain-text response and close the connection, since the rest of the request is not read."""
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def with_headers(message: Message, *more: tuple[bytes, bytes]) -> Message:
    """A response start message with HEADERS and `more`, which replace headers of the same names."""
    names = {name for name, _ in (*HEADERS, *more)}
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
    return {**message, "headers": [*kept, *HEADERS, *more]}
