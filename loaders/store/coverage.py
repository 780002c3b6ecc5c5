"""Stated coverage: the days for which a user states a report to be complete."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, text

from core.errors import FileRefused
from core.vocabulary import COVERED_FORMATS, MARKETPLACES
from loaders.store.attempt import Days, Taking

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


def days_of(words: str) -> Days:
    """The days in `2026-06-01..2026-11-29`. Raises ValueError with the reason."""
    found = _SPAN.fullmatch(words.strip())
    if found is None:
        raise ValueError("Write the first and the last day, as in 2026-06-01..2026-11-29.")
    try:
        first, last = map(date.fromisoformat, found.groups())
    except ValueError as error:
        raise ValueError(f"{words} has a day that no calendar has.") from error
    if first > last:
        raise ValueError(f"{first} is after {last}.")
    if last > datetime.now(UTC).date() + timedelta(days=1):
        raise ValueError(f"{last} has not ended yet: no report is whole for it.")
    return Days(first, last)


def state_coverage(taking: Taking) -> None:
    """Record the stated coverage of the current report, in the file's transaction.

    Its region is that of the given marketplace, else of its rows, else the account's only one. Raises FileRefused
    without a region. Formats without coverage are ignored.
    """
    days, covered = taking.options.covers, COVERED_FORMATS.get(taking.report.code)
    if days is None or covered is None:
        return
    regions = _regions(taking)
    if not regions:
        raise FileRefused(
            "does not say which region it is of, so nothing can cover it: choose its marketplace (--marketplace)"
        )
    state(taking.connection, taking.account.account_id, taking.report.code, regions, days)


def state(connection: Connection, account_id: int, report: str, regions: Sequence[str], days: Days) -> None:
    """Record the coverage of a report (its format's code) in some regions, in the caller's transaction."""
    connection.execute(
        text(
            "insert into stated_coverage (account_id, format, region, covered_from, covered_through)"
            " values (:account_id, :format, :region, :first, :last) on conflict do nothing"
        ),
        [
            {
                "account_id": account_id,
                "format": report,
                "region": region,
                "first": days.first,
                "last": days.last,
            }
            for region in regions
        ],
    )


def _regions(taking: Taking) -> list[str]:
    channel = COVERED_FORMATS[taking.report.code].channel
    if taking.options.marketplace is not None and taking.options.marketplace.channel is channel:
        return [taking.options.marketplace.region]
    of_rows = {MARKETPLACES[code].region for code in _marketplaces_of_rows(taking)} - {""}
    if of_rows:
        return sorted(of_rows)
    of_account = {place.region for place in taking.account.marketplaces if place.channel is channel} - {""}
    return sorted(of_account) if len(of_account) == 1 else []


def _marketplaces_of_rows(taking: Taking) -> list[str]:
    """The marketplaces of the rows of this file's content, in this attempt or before."""
    query = text(
        f"select distinct t.marketplace from {taking.report.table} as t inner join source_file as f"
        " on f.account_id = t.account_id and f.file_id = t.file_id"
        " where t.account_id = :account_id and f.sha256 = :sha256 and t.marketplace is not null"
    )
    values = {"account_id": taking.account.account_id, "sha256": taking.contents.sha256}
    return list(taking.connection.execute(query, values).scalars())
