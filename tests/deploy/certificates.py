"""A certificate for localhost, as a deployment has one for its name."""

import subprocess
from pathlib import Path


def make(folder: Path) -> None:
    """Write recoup.pem and recoup.key into a folder."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    where = ["-keyout", str(folder / "recoup.key"), "-out", str(folder / "recoup.pem")]
    subprocess.run([*command, *where], check=True, capture_output=True)
