"""Finds the groups of an account: all of them, or those that changed rows touch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from core.database.copy import copy_rows
from core.reporting.report_rows import NAMELESS, REPORT_ROWS

Names = Sequence[str | None]
"""The names of a row; empty ones count only where it has no others, or its own rules compare nameless rows."""


class Groups:
    """Sets of names that belong together (a union-find). A group is known by one of its names, its leader."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def add(self, names: Names) -> None:
        """Make the names one group with all names that any of them belongs to."""
        first, *others = [name for name in names if name is not None] or [NAMELESS]
        leader = self.leader(first)
        for name in others:
            self._above[self.leader(name)] = leader

    def leader(self, name: str) -> str:
        """The leader of a name's group."""
        path = []
        while (above := self._above.setdefault(name, name)) != name:
            path.append(name)
            name = above
        for each in path:
            self._above[each] = name
        return name

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """All names, each with its leader."""
        return ((name, self.leader(name)) for name in list(self._above))


@dataclass(frozen=True)
class Part:
    """Some groups of an account, detected together: their names, and about how many report rows they have."""

    names: Sequence[str]
    rows: int


def find_all(connection: Connection, account_id: int, rows_of_a_part: int) -> list[Part]:
    """Find and store all groups of an account; returns them in parts of at least so many rows."""
    groups, rows = Groups(), dict[str, int]()
    for names, number in _all_names(connection, account_id):
        groups.add(names)
        rows[names[0]] = rows.get(names[0], 0) + number
    connection.execute(_FORGET, {"account_id": account_id})
    _store(connection, account_id, groups)
    members, sizes = defaultdict[str, list[str]](list), defaultdict[str, int](int)
    for name, leader in groups:
        members[leader].append(name)
        sizes[leader] += rows.get(name, 0)
    return list(_parts(members, sizes, rows_of_a_part))


def touched(
    connection: Connection, account_id: int, names: Iterable[Names], rows_of_a_part: int, rows_of_a_name: float
) -> list[Part]:
    """The groups that rows with these names touch, after merging groups that the rows connect, in parts of about so
    many rows. `rows_of_a_name`: the account's rows, divided by its names.
    """
    changed = list(names)
    groups = Groups()
    every = sorted({name for each in changed for name in each if name is not None})
    for name, leader in connection.execute(_LEADERS, {"account_id": account_id, "names": every}):
        groups.add([leader, name])
    before = {leader for _, leader in groups}
    for each in changed:
        groups.add(each)
    merged = {old: new for old in before if (new := groups.leader(old)) != old}
    if merged:
        values = {"account_id": account_id, "old": list(merged), "new": list(merged.values())}
        connection.execute(_MERGE, values)
    _store(connection, account_id, groups)
    leaders = {leader for _, leader in groups}
    members = defaultdict[str, list[str]](list)
    for name, leader in connection.execute(_MEMBERS, {"account_id": account_id, "leaders": sorted(leaders)}):
        members[leader].append(name)
    sizes = {leader: int(len(own) * rows_of_a_name) for leader, own in members.items()}
    return list(_parts(members, sizes, rows_of_a_part))


def count_names(connection: Connection, account_id: int) -> int:
    """The number of names of an account's groups."""
    query = text("select count(*) from name_group where account_id = :account_id")
    return int(connection.execute(query, {"account_id": account_id}).scalar_one())


def forget(connection: Connection, account_id: int) -> None:
    """Delete the groups of an account that is detected as a whole."""
    connection.execute(_FORGET, {"account_id": account_id})
    connection.execute(text("delete from waiting_group where account_id = :account_id"), {"account_id": account_id})


def _all_names(connection: Connection, account_id: int) -> Iterator[tuple[Sequence[str], int]]:
    """The names of each kind of rows of the account, with the number of such rows."""
    query = " union all ".join(
        f"select {rows.names_of('t')} as names, count(*) as rows from {table} as t"
        " where t.account_id = :account_id group by 1"
        for table, rows in REPORT_ROWS.items()
    )
    streamed = text(query).execution_options(yield_per=10_000)
    found = connection.execute(streamed, {"account_id": account_id})
    for names, number in found:
        yield [name for name in names if name is not None] or [NAMELESS], number


def _store(connection: Connection, account_id: int, groups: Groups) -> None:
    """Store names that are new; `touched` has changed the leaders of the others."""
    connection.execute(text("create temp table if not exists found_name (name text, leader text) on commit drop"))
    connection.execute(text("truncate found_name"))
    copy_rows(connection, "found_name", ("name", "leader"), ("name", "leader"), groups)
    connection.execute(_ADD, {"account_id": account_id})


def _parts(members: Mapping[str, list[str]], sizes: Mapping[str, int], rows_of_a_part: int) -> Iterator[Part]:
    names: list[str] = []
    rows = 0
    for leader, own in members.items():
        names += own
        rows += sizes[leader]
        if rows >= rows_of_a_part:
            yield Part(names, rows)
            names, rows = [], 0
    if names:
        yield Part(names, rows)


_FORGET = text("delete from name_group where account_id = :account_id")
_LEADERS = text("select name, leader from name_group where account_id = :account_id and name = any(:names)")
_MEMBERS = text("select name, leader from name_group where account_id = :account_id and leader = any(:leaders)")
_ADD = text("""
    insert into name_group (account_id, name, leader)
    select :account_id, name, leader from found_name
    on conflict (account_id, name) do nothing
""")
_MERGE = text("""
    update name_group as g set leader = m.new
    from unnest(cast(:old as text[]), cast(:new as text[])) as m (old, new)
    where g.account_id = :account_id and g.leader = m.old
""")
