"""A visitor with no browser: raw requests, and a websocket that runs a page, with whatever headers and cookies."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets import Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect

SECONDS = 30


@dataclass
class Answer:
    """What a request was answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """A request over a connection of its own; `Host` and any other header as they are given."""
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
    for name, value in named.items():
        connection.putheader(name, value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    answer = connection.getresponse()
    told = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return told


def upgrade(address: str, **headers: str) -> int:
    """The status with which a websocket is answered, over a raw socket."""
    place = urlsplit(address)
    sent = {"Host": place.netloc, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    sent |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "streamlit"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    with socket.create_connection((place.hostname, place.port), SECONDS) as raw:
        raw.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        return int(raw.recv(100).split(b" ")[1])


def signed_in(secret: str, address: str, **claims: object) -> str:
    """The cookie that Streamlit gives to whoever a provider has let in."""
    stated = {"is_logged_in": True, "origin": address, "iss": "https://id.example", "iat": int(time.time()), **claims}
    return create_signed_value(secret, "_streamlit_user", json.dumps(stated)).decode()


def xsrf(address: str) -> str:
    """The token against forged requests that anybody gets."""
    return ask(address, "/_stcore/health").headers["set-cookie"].partition("=")[2].partition(";")[0]


@dataclass
class Tab:
    """A page that is open over a websocket, and all that came over it."""

    socket: ClientConnection
    token: str
    session: str = ""
    said: bytes = b""
    messages: list[ForwardMsg] = field(default_factory=list)

    def run(self, page: str = "", query: str = "") -> None:
        """Run the page until it has finished."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        self.send(message)
        while True:
            raw = self.socket.recv(SECONDS)
            assert isinstance(raw, bytes)
            self.said += raw
            found = ForwardMsg.FromString(raw)
            self.messages.append(found)
            if found.WhichOneof("type") == "new_session":
                self.session = found.new_session.initialize.session_id
            if found.WhichOneof("type") == "script_finished":
                return

    def element(self, kind: str, key: str) -> Any:
        """The last element of a kind and key that was shown."""
        shown = [each.delta.new_element for each in self.messages if each.WhichOneof("type") == "delta"]
        found = [getattr(each, kind) for each in shown if each.WhichOneof("type") == kind]
        return next(each for each in reversed(found) if each.id.endswith(f"-{key}"))

    def click(self, key: str) -> None:
        """Press a button, and do not wait for what follows."""
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.trigger_value = self.element("button", key).id, True
        self.send(message)

    def made_file(self, key: str) -> str:
        """Let a file be made, as a click on its button does; its path, empty where there is none."""
        message = BackMsg()
        request = message.backend_operation_request
        request.request_id, request.session_id = "1", self.session
        request.deferred_file.file_id = self.element("download_button", key).deferred_file_id
        self.send(message)
        while True:
            raw = self.socket.recv(SECONDS)
            assert isinstance(raw, bytes)
            found = ForwardMsg.FromString(raw)
            if found.WhichOneof("type") == "backend_operation_response":
                return str(found.backend_operation_response.deferred_file.url)

    def send(self, message: BackMsg) -> None:
        """Send a message as it is."""
        self.socket.send(message.SerializeToString())

    def upload(self, address: str, content: bytes, cookie: str = "", name: str = "file-1") -> Answer:
        """Bring a file in."""
        edge = b"--edge"
        form = b'\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
        cookies = "; ".join(filter(None, [f"_streamlit_xsrf={self.token}", cookie]))
        return ask(
            address,
            f"/_stcore/upload_file/{self.session}/{name}",
            "PUT",
            edge + form + content + b"\r\n" + edge + b"--\r\n",
            Content_Type="multipart/form-data; boundary=edge",
            X_Xsrftoken=self.token,
            Cookie=cookies,
        )


@contextmanager
def tab(address: str, cookie: str = "") -> Iterator[Tab]:
    """A tab at an address, with a cookie of whoever is signed in."""
    token = xsrf(address)
    cookies = "; ".join(filter(None, [f"_streamlit_xsrf={token}", f"_streamlit_user={cookie}" if cookie else ""]))
    with connect(
        f"ws://{urlsplit(address).netloc}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        additional_headers={"Cookie": cookies},
        max_size=None,
        close_timeout=0.5,
        proxy=None,
    ) as opened:
        yield Tab(opened, token)


def process_at(address: str) -> psutil.Process:
    """The process that serves an address."""
    port = str(urlsplit(address).port)
    return next(each for each in psutil.Process().children() if port in each.cmdline())
