"""Verifies the database role of the pages' connections.

With a wrong URL, or a role with too many rights, a page would show everybody's rows: the connection is refused, and the
page says why.
"""

from contextlib import closing
from typing import Any

from core.database import schema
from core.errors import ConfigurationError

_ASKED = """
    select
        current_user,
        r.rolsuper,
        r.rolbypassrls,
        exists (
            select 1 from pg_class as c where c.relname = 'account' and c.relnamespace = 'public'::regnamespace
        ) as is_set_up,
        coalesce(row_security_active(to_regclass('public.account')::oid), false) as is_guarded,
        (
            select o.rolname
            from pg_class as c
            inner join pg_roles as o on o.oid = c.relowner
            where c.oid = to_regclass('public.account') and pg_has_role(current_user, c.relowner, 'member')
        ) as owner
    from pg_roles as r
    where r.rolname = current_user
"""


def refuse_other(role: str, connection: Any, _record: object) -> None:
    """Refuse a new connection with another role, with a bypass of row security, or to another schema version.

    Raises ConfigurationError. A database without tables is accepted: it has no data yet.
    """
    with closing(connection.cursor()) as cursor:
        cursor.execute(_ASKED)
        who, is_superuser, passes_by, is_set_up, is_guarded, owner = cursor.fetchone()
        if who != role:
            raise ConfigurationError(
                f"The pages' connection for {role} is {who}. Check the URL: it must be that role's own login."
            )
        if is_superuser or passes_by:
            raise ConfigurationError(
                f"{role} {'is a superuser' if is_superuser else 'may bypass row security'}, so it would see every row."
                f" Take that away: alter role {role} nosuperuser nobypassrls"
            )
        if is_set_up and (owner or not is_guarded):
            raise ConfigurationError(
                f"Row security does not hold for {role}"
                + (f": it is a member of {owner}, which owns the tables." if owner else ": it is off for its tables.")
                + " The pages are not served until it does."
            )
        version = _version(cursor) if is_set_up else None
    connection.rollback()
    if version:
        schema.refuse(version)


def _version(cursor: Any) -> str | None:
    """The schema version; None before the function existed that returns it."""
    cursor.execute("select to_regproc('public.schema_revision') is not null")
    if not cursor.fetchone()[0]:
        return None
    cursor.execute("select public.schema_revision()")
    found: str = cursor.fetchone()[0]
    return found
