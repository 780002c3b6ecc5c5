"""Decides whether to accept a request, by its host, its origin and its client address."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from itertools import chain
from urllib.parse import urlsplit

from starlette.types import Scope

from core.ui.shell import sign_in

OF_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
"""Host names that mean the machine itself."""

_PORTS = {"http": 80, "https": 443}
_OF_PROXIES = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_HEALTH = ("/_stcore/health", "/ready")
_SIGNING = "/auth/"
_EMBEDDED = ("iframe", "frame", "embed", "object")

Headers = Mapping[str, str]


def headers_of(scope: Scope) -> dict[str, str]:
    """A request's headers by lowercase name; repeated headers are joined with a comma."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        text = value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def refusal(scope: Scope, headers: Headers) -> str:
    """The reason to refuse a request; empty if it is accepted."""
    judge = _of_the_signed_in if sign_in.is_configured() else _of_the_open_house
    return next(chain(judge(scope, headers), _of_others(scope["path"], headers)), "")


def is_of_this_machine(name: str | None) -> bool:
    """Whether an IP address or host name means this machine."""
    if name is None:
        return False
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name.lower() in OF_THIS_MACHINE


def host_of(headers: Headers) -> str | None:
    """The host name in a request's Host header; None if it is not valid."""
    try:
        parts = urlsplit(f"//{headers.get('host', '')}")
        _ = parts.port  # raises if the port is not valid
    except ValueError:
        return None
    return parts.hostname if parts.netloc == headers.get("host") and "@" not in parts.netloc else None


def _of_the_open_house(scope: Scope, headers: Headers) -> Iterator[str]:
    """Without sign-in anyone can be any user, so client, server address and host name must be local."""
    if not is_of_this_machine(host_of(headers)):
        yield "Without sign-in only this machine is answered, by its own name."
    ends = (scope.get("client"), scope.get("server"))
    if not all(end and is_of_this_machine(end[0]) for end in ends):
        yield "Without sign-in only callers of this machine are answered."
    if any(name in headers for name in _OF_PROXIES):
        yield "Without sign-in nobody is answered through a proxy."


def _of_the_signed_in(scope: Scope, headers: Headers) -> Iterator[str]:
    host = host_of(headers)
    known = urlsplit(sign_in.address()).hostname
    is_known = host is not None and (host == known or is_of_this_machine(host))
    if not is_known and scope["path"] not in _HEALTH:
        yield "This is not the address of these pages."


def _of_others(path: str, headers: Headers) -> Iterator[str]:
    """Refusals of cross-site requests: other sites may neither fetch these pages nor embed them."""
    origin = headers.get("origin")
    if origin is not None and not _is_own(origin, headers):
        yield "These pages are asked for by their own address alone."
    if headers.get("sec-fetch-site") == "cross-site" and not _is_a_visit(path, headers):
        yield "These pages are no part of another site."


def _is_a_visit(path: str, headers: Headers) -> bool:
    """Whether a request follows another site's link to a page. Links must not sign anyone in or out."""
    leads_here = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") not in _EMBEDDED
    return leads_here and _SIGNING not in path


def _is_own(origin: str, headers: Headers) -> bool:
    place = _place(origin)
    if place is None:
        return False
    return place[1:] == _asked(headers, place[0]) or (sign_in.is_configured() and place == _place(sign_in.address()))


def _asked(headers: Headers, scheme: str) -> tuple[str | None, int | None]:
    try:
        port = urlsplit(f"//{headers.get('host', '')}").port
    except ValueError:
        port = None
    return host_of(headers), port or _PORTS.get(scheme)


def _place(origin: str) -> tuple[str, str | None, int | None] | None:
    """An origin as scheme, host and port; None if it is not valid, like `null`."""
    try:
        parts = urlsplit(origin.lower())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    is_one = parts.scheme in _PORTS and parts.hostname and not (parts.path or parts.query or parts.fragment)
    return (parts.scheme, parts.hostname, port) if is_one else None
