"""Short answers of the door's own."""

from starlette.types import Message, Send

HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""What every answer carries, Streamlit's too: no other site shows a page or a file of these as its own part."""


async def answer(send: Send, status: int, words: str) -> None:
    """Answer a request in words, and close the connection: what else would come over it is not read."""
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
    """The beginning of an answer with headers in place of those of the same names."""
    names = {name for name, _ in (*HEADERS, *more)}
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
    return {**message, "headers": [*kept, *HEADERS, *more]}
