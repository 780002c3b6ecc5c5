"""The users of the demo world: each role, with one, two, many or all accounts."""

from pathlib import Path

from loaders.demo.writers.files import write_json


def write_users(path: Path, codes: list[str]) -> None:
    """Write the users: e-mail, role and the codes of the accounts they are granted. Staff needs no grants."""
    users = [
        ("seller@example.com", "seller", codes[:2]),
        ("other.seller@example.com", "seller", codes[2:3] or codes[:1]),
        ("manager@example.com", "account_manager", codes[: max(1, len(codes) * 3 // 4)]),
        ("staff@example.com", "staff", []),
    ]
    write_json(path, [{"email": email, "role": role, "accounts": granted} for email, role, granted in users])
