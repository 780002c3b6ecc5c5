"""The sums of each list, for the line above it (Markdown)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd

from core.lists import FOLLOW_UPS
from core.queries.case_tracker import CaseFilter
from core.queries.follow_ups import FollowUpFilter
from core.queries.item_filter import ItemFilter
from core.queries.payments import PaymentFilter
from core.ui.cache import answers
from core.ui.shell.view import Scope
from core.ui.text.words import amount, count, currencies_in_order, number


@dataclass(frozen=True)
class Sums:
    """A list's number of rows, its currencies and its sums in words, one line per currency. `heading` is the part for
    the list's title.
    """

    rows: int
    currencies: tuple[str, ...] = ("",)
    words: str = ""
    heading: str = ""


def _of_items(scope: Scope, as_of: date | None, wanted: ItemFilter) -> Sums:
    found = answers.categories(scope, as_of, wanted)

    currencies = currencies_in_order(found["currency"])
    sums = [(each, sum(found.loc[found["currency"] == each, "amount"], Decimal(0))) for each in currencies if each]
    money = ", ".join(amount(value, currency) for currency, value in sums)
    items, unvalued = int(found["items"].sum()), int(found["items_without_value"].sum())
    units = count(int(found["units"].sum()), "unit") + (f" · {number(unvalued)} with no value yet" if unvalued else "")
    return Sums(items, tuple(currencies), units, ", ".join(filter(None, (money, count(items, "item")))))


def _of_cases(scope: Scope, as_of: date | None, wanted: CaseFilter) -> Sums:
    found = answers.case_statuses(scope, as_of, wanted)

    def lines() -> Iterator[str]:
        for currency in currencies_in_order(found["currency"]):
            rows = found[found["currency"] == currency]
            claimed, recovered = (
                amount(sum(rows[name], Decimal(0)), str(currency)) for name in ("claimed", "recovered")
            )
            unstated = int(rows["without_claim"].sum())
            of = f" ({number(unstated)} with no filed amount)" if unstated else ""
            told = count(int(rows["cases"].sum()), "case")
            yield f"{told} · filed **{claimed}**{of} · recovered **{recovered}**"

    return Sums(int(found["cases"].sum()), tuple(sorted(set(found["currency"]))), "  \n".join(lines()))


def _of_payments(scope: Scope, as_of: date | None, wanted: PaymentFilter) -> Sums:
    found = answers.payment_sums(scope, as_of, wanted)

    def lines() -> Iterator[str]:
        for row in _in_order(found):
            net, paid, back = (amount(row[name], row["currency"]) for name in ("amount", "recovered", "reversed"))
            parted = f" · paid {paid} · taken back {back}" if row["reversed"] and row["recovered"] else ""
            yield f"**{net}** · {count(int(row['payments']), 'payment')}{parted}"

    return Sums(int(found["payments"].sum()), tuple(found["currency"]), "  \n".join(lines()))


def _of_follow_ups(scope: Scope, as_of: date | None, wanted: FollowUpFilter, *, code: str) -> Sums:
    found = answers.follow_up_sums(scope, as_of, code, wanted)

    def lines() -> Iterator[str]:
        for row in _in_order(found):
            rows = count(int(row["rows"]), FOLLOW_UPS[code].noun)
            money = row["currency"] and amount(row["amount"], row["currency"])
            yield f"**{money}** · {rows}" if money else f"{rows} with no amount"

    currencies = tuple(currency for currency in found["currency"] if currency)
    return Sums(int(found["rows"].sum()), currencies or ("",), "  \n".join(lines()))


def _in_order(found: pd.DataFrame) -> list[Mapping[Any, Any]]:
    """The sums by currency, in the order in which every page shows currencies."""
    by_currency = {row["currency"]: row for row in found.to_dict("records")}
    return [by_currency[currency] for currency in currencies_in_order(by_currency)]


SUMS: dict[str, Callable[[Scope, date | None, Any], Sums]] = {
    "items": _of_items,
    "cases": _of_cases,
    "payments": _of_payments,
    **{code: partial(_of_follow_ups, code=code) for code in FOLLOW_UPS},
}
"""The sums by list code. Lists without an entry take the number of rows from the rows themselves."""
