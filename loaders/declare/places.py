"""Determines a row's marketplace from the report, where only one of the account's marketplaces fits.

Most of Amazon's reports name no marketplace. A row that fits several of the account's marketplaces, or none, goes to
the channel's *Unassigned* marketplace: visible, and never guessed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.vocabulary import (
    MARKETPLACES,
    UNASSIGNED,
    Channel,
    Marketplace,
    fold,
    marketplaces_for_country,
    marketplaces_for_currency,
)
from loaders.declare.issues import Unreadable

Resolve = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Account:
    """The account of a sync, with its marketplaces."""

    account_id: int
    code: str
    marketplaces: tuple[Marketplace, ...]


@dataclass(frozen=True)
class Place:
    """How a format determines its rows' marketplace: from the cells of `headers`, the account and `--marketplace`.

    `resolve` returns a marketplace's code for these cells; it raises Unreadable where the row must be refused.
    """

    headers: tuple[str, ...]
    resolver: Callable[[Account, Marketplace | None], Resolve]


def by_country(channel: Channel, *headers: str) -> Place:
    """By the first filled cell that names a country or a shop (`US`, `GB`, `Amazon.de`)."""

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        def resolve(cells: Sequence[str]) -> str:
            named = (marketplaces_for_country(channel, _country_of(cell)) for cell in cells)
            return _only(account, channel, next(filter(None, named), ()), chosen)

        return resolve

    return Place(headers, resolver)


def by_currency(channel: Channel, header: str) -> Place:
    """By the currency in which the row is paid."""

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        def resolve(cells: Sequence[str]) -> str:
            fitting = marketplaces_for_currency(channel, cells[0])
            if chosen is not None and chosen in fitting:
                return chosen.code
            return _only(account, channel, fitting, None)

        return resolve

    return Place((header,), resolver)


def by_shop_or_currency(channel: Channel, *shops: str, currency: str = "") -> Place:
    """By the first cell that names a shop or a country, else by the currency, else the account's only marketplace of
    the channel, or the chosen one. A warehouse's code names no country.
    """

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        own = [entry for entry in account.marketplaces if entry.channel is channel]

        def resolve(cells: Sequence[str]) -> str:
            named = (marketplaces_for_country(channel, _country_of(cell)) for cell in cells[: len(shops)])
            fitting = next(filter(None, named), None)
            if fitting is None and currency and cells[-1].strip():
                fitting = marketplaces_for_currency(channel, cells[-1])
            if fitting is None:
                return _only(account, channel, own, chosen)
            return chosen.code if chosen in fitting else _only(account, channel, fitting, None)

        return resolve

    return Place((*shops, currency) if currency else shops, resolver)


def of_no_marketplace() -> Place:
    """For rows that belong to an account independent of the marketplace."""

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        def resolve(cells: Sequence[str]) -> str:
            return ""

        return resolve

    return Place((), resolver)


def walmart_us(currency_header: str | None = None) -> Place:
    """Walmart's only marketplace; a row in a currency other than US dollars is refused."""

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        def resolve(cells: Sequence[str]) -> str:
            if cells and cells[0].strip().upper() not in ("", "USD"):
                raise Unreadable("is not USD: Walmart reimbursement exists for United States accounts only")
            return "WALMART_US"

        return resolve

    return Place((currency_header,) if currency_header else (), resolver)


def unassigned_unless_only(channel: Channel) -> Place:
    """The account's only marketplace of the channel, the chosen one, else *Unassigned*; the row has no clue."""

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        own = [entry for entry in account.marketplaces if entry.channel is channel]
        code = _only(account, channel, own, chosen)

        def resolve(cells: Sequence[str]) -> str:
            return code

        return resolve

    return Place((), resolver)


def by_code(header: str, *, may_be_empty: bool = False) -> Place:
    """By Recoup's own code, in Recoup's own files; empty means the chosen marketplace, else the account's only one.

    `may_be_empty`: empty means every marketplace.
    """

    def resolver(account: Account, chosen: Marketplace | None) -> Resolve:
        def resolve(cells: Sequence[str]) -> str:
            code = cells[0].strip().upper()
            if not code:
                return "" if may_be_empty else _implied(account, chosen)
            return _known(code)

        return resolve

    return Place((header,), resolver)


def _known(code: str) -> str:
    if code in MARKETPLACES and not MARKETPLACES[code].is_unassigned:
        return code
    if code.startswith("WALMART"):
        raise Unreadable("is not served: Walmart reimbursement exists for United States accounts only")
    raise Unreadable("is not a marketplace that Recoup knows")


def _implied(account: Account, chosen: Marketplace | None) -> str:
    if chosen is not None:
        return chosen.code
    if len(account.marketplaces) == 1:
        return account.marketplaces[0].code
    raise Unreadable("is empty, and the account sells on several marketplaces")


def _only(account: Account, channel: Channel, fitting: Sequence[Marketplace], chosen: Marketplace | None) -> str:
    own = [entry for entry in fitting if entry in account.marketplaces]
    if len(own) == 1:
        return own[0].code
    if chosen is not None and chosen.channel is channel:
        return chosen.code
    return UNASSIGNED[channel].code


def _country_of(cell: str) -> str:
    """The country in a cell: `US`, `Amazon.co.uk` and `Non-Amazon CA` (the ending), `Amazon.com` (the United
    States).
    """
    name = cell.strip()
    if fold(name) == "amazoncom":
        return "US"
    return name.replace(" ", ".").rpartition(".")[2]
