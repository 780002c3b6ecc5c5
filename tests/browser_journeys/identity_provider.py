"""An OpenID Connect provider that signs everybody in at once, as whom the test says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "recoup"


@dataclass
class Provider:
    """Where it is, and the claims of whoever signs in next."""

    address: str
    key: RSAKey
    claims: dict[str, Any] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """What clients read first."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, nonce: str) -> dict[str, Any]:
        """What a code is exchanged for: the code is the nonce that the client sent."""
        now = int(time.time())
        stated = {"iss": self.address, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300, "nonce": nonce}
        signed = jwt.encode({"alg": "RS256", "kid": self.key.kid}, stated | self.claims, self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def secrets(self, app: str) -> str:
        """The secrets of an app at an address that signs in here."""
        return "\n".join(
            (
                "[auth]",
                f'redirect_uri = "{app}/oauth2callback"',
                'cookie_secret = "only-for-this-test-only-for-this-test"',
                f'client_id = "{CLIENT}"',
                'client_secret = "none"',
                f'server_metadata_url = "{self.address}/.well-known/openid-configuration"',
            )
        )


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """Run one on a port of its own."""
    key = RSAKey.generate_key(2048, {"kid": "1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(f"http://localhost:{server.server_port}", key)
    server.provider = provider  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    @property
    def provider(self) -> Provider:
        found: Provider = self.server.provider  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            self.send_response(302)
            back = urlencode({"code": asked["nonce"], "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif address.path == "/keys":
            self._answer({"keys": [self.provider.key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})
        else:
            self._answer(self.provider.configuration())

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(self.provider.token(body["code"][0]))

    def _answer(self, answer: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it so)
        """Keep quiet."""
