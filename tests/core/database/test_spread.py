"""One schema for one machine and for many: what Citus asks of it, seen on plain PostgreSQL."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from core.database import citus
from tests.conftest import Database
from tests.core.commands import core

TABLES = text(
    "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1"
)
KEYS = text(
    """
    select i.indrelid::regclass::text as relation, i.indexrelid::regclass::text as key
    from pg_index as i
    inner join pg_class as c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    where i.indisunique and c.relname = any(:tables) and not exists (
        select 1 from pg_attribute as a
        where a.attrelid = c.oid and a.attname = 'account_id' and a.attnum = any(i.indkey)
    )
    """
)
REFERENCES = text(
    """
    select c.conrelid::regclass::text as referring, c.confrelid::regclass::text as referred, exists (
        select 1 from unnest(c.conkey, c.confkey) as k (own, theirs)
        inner join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.own and a.attname = 'account_id'
        inner join pg_attribute as b on b.attrelid = c.confrelid and b.attnum = k.theirs and b.attname = 'account_id'
    ) as by_account
    from pg_constraint as c
    where c.contype = 'f'
    """
)
TRIGGERS = text("select tgrelid::regclass::text from pg_trigger where not tgisinternal")

STAND_IN = """
    create table pg_dist_partition (logicalrelid regclass primary key, how text not null);
    create function create_reference_table(name regclass) returns void language sql
        as $$insert into pg_dist_partition values (name, 'shared')$$;
    create function create_distributed_table(name regclass, by text, colocate_with text) returns void language sql
        as $$insert into pg_dist_partition values (name, by || ' with ' || colocate_with)$$;
"""
"""What of Citus the command calls, writing down what it was called with. Citus itself is in no package here."""


@pytest.fixture
def with_stand_in(connection: Connection, tmp_path: Path) -> None:
    """A database in which an extension of Citus's name is installed."""
    if int(connection.execute(text("show server_version_num")).scalar_one()) < 180000:
        pytest.skip("older servers look for extensions in their own folder alone")
    folder = tmp_path / "extension"
    folder.mkdir()
    (folder / "citus.control").write_text("default_version = '13.0'\nrelocatable = true\n")
    (folder / "citus--13.0.sql").write_text(STAND_IN)
    for path in (tmp_path, *tmp_path.parents):
        if "pytest" in path.name:
            path.chmod(0o755)
    connection.execute(text(f"set extension_control_path = '$system:{tmp_path}'"))
    connection.execute(text("create extension citus schema public"))
    connection.commit()


def test_every_table_is_known_as_shared_or_of_accounts(connection: Connection) -> None:
    known = [*citus.SHARED, *citus.OF_ACCOUNTS, *citus.HERE]
    assert sorted(known) == list(connection.execute(TABLES).scalars())


def test_every_key_of_a_table_of_accounts_contains_the_account(connection: Connection) -> None:
    assert connection.execute(KEYS, {"tables": list(citus.OF_ACCOUNTS)}).all() == []


def test_references_stay_within_an_account_or_lead_to_what_every_machine_has(connection: Connection) -> None:
    for referring, referred, by_account in connection.execute(REFERENCES):
        if referring in citus.OF_ACCOUNTS:
            assert referred in citus.SHARED or by_account, referring
        else:
            assert referred in citus.SHARED, referring


def test_no_table_has_a_trigger(connection: Connection) -> None:
    assert connection.execute(TRIGGERS).all() == []


def test_no_policy_asks_another_table(connection: Connection) -> None:
    query = text("select policyname from pg_policies where concat(qual, with_check) ilike '%select%'")
    assert connection.execute(query).all() == []


def test_every_table_of_accounts_is_told_apart_by_the_same_type(connection: Connection) -> None:
    types = connection.execute(
        text(
            "select distinct format_type(atttypid, null) from pg_attribute where attname = 'account_id'"
            " and attrelid = any(cast(cast(:tables as text[]) as regclass[]))"
        ),
        {"tables": list(citus.OF_ACCOUNTS)},
    )
    assert list(types.scalars()) == ["integer"]


def test_a_server_without_citus_is_told_so_and_left_as_it_is(database: Database) -> None:
    done = core("distribute")
    assert done.exit_code == 1
    assert "Citus is not installed in this database" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_table_is_spread_once_those_that_others_refer_to_first(database: Database, with_stand_in: None) -> None:
    done = core("distribute")
    assert done.exit_code == 0, done.output
    with database.owner.connect() as connection:
        rows = connection.execute(text("select logicalrelid::text, how from pg_dist_partition order by ctid")).all()
        settings = connection.execute(text("select unnest(setconfig) from pg_db_role_setting")).scalars().all()
        references = connection.execute(REFERENCES).all()
    order = [table for table, _ in rows]
    assert sorted(order) == sorted([*citus.SHARED, *citus.OF_ACCOUNTS])
    assert {table for table, how in rows if how == "shared"} == set(citus.SHARED)
    assert all(order.index(referred) < order.index(referring) for referring, referred, _ in references)
    first = order[len(citus.SHARED)]
    spread_by = {how for _, how in rows if how != "shared"}
    assert spread_by == {"account_id with none", f"account_id with {first}"}
    assert "citus.propagate_set_commands=local" in settings
    assert "already" in core("distribute").stderr


def test_a_table_of_a_later_migration_is_spread_with_the_next_run(database: Database, with_stand_in: None) -> None:
    core("distribute")
    with database.owner.begin() as connection:
        connection.execute(text("delete from pg_dist_partition where logicalrelid = 'row_issue'::regclass"))
    assert core("distribute").stderr.startswith("1 tables")
