"""The pages open with the demo's first seller, while a process loads the others."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from core import settings
from core.database.access import people
from core.database.first_start import demo_progress, note_demo_progress
from loaders.commands.demo import let_in

USERS: Sequence[Mapping[str, Any]] = (
    {"email": "seller@example.com", "role": "seller", "accounts": ["ACME", "LATER"]},
    {"email": "other@example.com", "role": "seller", "accounts": ["LATER"]},
    {"email": "staff@example.com", "role": "staff", "accounts": []},
)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RECOUP_HOME", str(tmp_path))


class TestProgress:
    def test_there_is_none_before_a_process_loads(self) -> None:
        assert demo_progress() is None

    def test_it_is_what_the_process_noted_last(self) -> None:
        note_demo_progress(0, 8)
        note_demo_progress(3, 8)
        assert demo_progress() == (3, 8)

    @pytest.mark.parametrize("left_behind", ["", "nonsense", f"{2**22 + 1} 1.0 3 8", "{} 1.0 3 8"])
    def test_a_mark_of_a_process_that_died_is_none_though_another_has_its_id(self, left_behind: str) -> None:
        settings.unfinished_demo().write_text(left_behind.format(os.getpid()), encoding="utf-8")
        assert demo_progress() is None

    def test_the_mark_names_the_process(self) -> None:
        note_demo_progress(1, 2)
        assert settings.unfinished_demo().read_text(encoding="utf-8").split()[0] == str(os.getpid())


def test_users_come_with_the_first_of_their_accounts_and_are_granted_the_others_later(connection: Connection) -> None:
    people.add_account(connection, "ACME", "Acme", ["AMAZON_US"])
    let_in(connection, USERS, ["ACME"])
    assert _granted(connection) == {"seller@example.com": ["ACME"], "staff@example.com": []}

    people.add_account(connection, "LATER", "Later", ["AMAZON_US"])
    let_in(connection, USERS, ["ACME", "LATER"])
    assert _granted(connection) == {
        "seller@example.com": ["ACME", "LATER"],
        "other@example.com": ["LATER"],
        "staff@example.com": [],
    }


def _granted(connection: Connection) -> dict[str, list[str]]:
    return {user["email"]: user["accounts"] for user in people.users(connection)}
