"""Unknown words of reports, printed after a sync so that they are noticed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, text

from core.vocabulary import REPORTS
from loaders.declare.issues import printable

MOST_SHOWN = 10


@dataclass(frozen=True)
class UnknownWord:
    """An unknown word of a report's column, with the rows, units and money under it."""

    format: str
    column_name: str
    word: str
    rows: int
    units: int
    amount: Decimal | None
    currency: str
    first_on: date | None
    last_on: date | None

    def __str__(self) -> str:
        money = f", {self.amount} {self.currency}" if self.amount is not None and self.currency else ""
        label = REPORTS[self.format].label
        return f"{label}, {self.column_name} {printable(self.word)!r}: {self.rows} rows, {self.units} units{money}"


def unknown_words(connection: Connection, account_id: int, formats: Collection[str]) -> list[UnknownWord]:
    """The unknown words in an account's reports of these formats, most rows first."""
    found = connection.execute(
        text(
            "select format, column_name, word, rows, units, amount, currency, first_on, last_on from unknown_word"
            " where account_id = :account_id and format = any(:formats)"
            " order by rows desc, format, column_name, word, currency"
        ),
        {"account_id": account_id, "formats": sorted(formats)},
    )
    return [UnknownWord(*row) for row in found]


def messages(words: Sequence[UnknownWord]) -> list[str]:
    """The messages, one line per word, limited to the first words."""
    lines = [f"Unknown: {word}" for word in words[:MOST_SHOWN]]
    if (more := len(words) - MOST_SHOWN) > 0:
        lines.append(f"Unknown: {more} more words; Data sync and reporting.unknown_words list them all")
    return lines
