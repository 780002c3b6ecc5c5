"""What a hostile file must get, and whether it got it."""

from typing import NamedTuple

from tests.loaders.conftest import Desk

MIB = 1 << 20


class Case(NamedTuple):
    """A file's bytes and what it must get: how many rows are taken and refused, or a message if it is refused whole."""

    content: bytes
    taken: int = 0
    refused: int = 0
    message: str = ""


def refused(content: str | bytes, message: str) -> Case:
    return Case(content if isinstance(content, bytes) else content.encode(), message=message)


def read(content: str | bytes, taken: int, refused: int = 0) -> Case:
    return Case(content if isinstance(content, bytes) else content.encode(), taken, refused)


def check(desk: Desk, case: Case) -> None:
    """Take the file in and see that it gets what it must get."""
    result = desk.take("costs.csv", case.content)
    if case.message:
        assert (result.status, result.rows) == ("refused", 0)
        assert result.message.startswith("costs.csv ")
        assert any(part in result.message for part in case.message.split("|")), result.message
        assert desk.counts() == {}
        assert desk.column("select message from sync_run where account_id = :account_id") == [result.message]
    else:
        assert (result.status, result.rows, result.refused) == ("taken", case.taken + case.refused, case.refused), (
            result
        )
        assert sum(desk.counts().values()) == case.taken
