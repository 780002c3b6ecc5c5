"""Marketplaces: 23 of Amazon's and one of Walmart's, with currency and time zone.

Marketplace ids: Amazon's developer documentation ("Marketplace IDs"). Time zones: those in which the seller's reports
are dated; North America reports in Pacific time.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import UnknownName


class Channel(StrEnum):
    """The debtor: Amazon or Walmart."""

    AMAZON = "amazon"
    WALMART = "walmart"

    @property
    def label(self) -> str:
        """The channel's name as people write it."""
        return self.value.capitalize()


@dataclass(frozen=True)
class Marketplace:
    """One country's shop of a channel.

    `code` is the name used everywhere (`AMAZON_US`); `country` is ISO 3166 (GB for the United Kingdom), empty where the
    marketplace is unknown; `currency` is ISO 4217, likewise; `time_zone` is the IANA name in which its days begin. From
    `pays_cost_since` on, goods that no customer had ordered are paid at their sourcing cost, before at their average
    sale price less fees; None where this never changed, or is unknown. `api_region` is the region of the channel's API;
    `region` names the marketplaces that share one set of reports (North America, Europe, each of the others).
    """

    code: str
    channel: Channel
    country: str
    label: str
    currency: str
    time_zone: str
    api_id: str = ""
    api_region: str = ""
    region: str = ""
    pays_cost_since: date | None = None

    @property
    def is_unassigned(self) -> bool:
        """Whether it represents an unknown marketplace of its channel."""
        return not self.country


_EUROPE = ("UK", "IE", "DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL")
"""The European marketplaces that share their FBA reports."""

REGIONS = {"NA": "North America", "EU": "Europe"}
"""The regions with several marketplaces; each other marketplace is a region of its own, named by its country."""

PACIFIC = "America/Los_Angeles"

AMAZON_PAYS_COST_SINCE = date(2025, 3, 31)
"""Announced for the United States for 10 March 2025 (sellercentral.amazon.com/seller-forums/discussions/t/68864b6f),
and postponed to the 31st. No source gives another day for other marketplaces of Amazon, so it is assumed for them too.
"""


def _amazon(
    suffix: str, label: str, currency: str, api_region: str, time_zone: str, api_id: str, country: str = ""
) -> Marketplace:
    return Marketplace(
        code=f"AMAZON_{suffix}",
        channel=Channel.AMAZON,
        country=country or suffix,
        label=f"Amazon {label}",
        currency=currency,
        time_zone=time_zone,
        api_id=api_id,
        api_region=api_region,
        region="NA" if api_region == "NA" else "EU" if suffix in _EUROPE else suffix,
        pays_cost_since=AMAZON_PAYS_COST_SINCE,
    )


_ALL = (
    _amazon("US", "United States", "USD", "NA", PACIFIC, "ATVPDKIKX0DER"),
    _amazon("CA", "Canada", "CAD", "NA", PACIFIC, "A2EUQ1WTGCTBG2"),
    _amazon("MX", "Mexico", "MXN", "NA", PACIFIC, "A1AM78C64UM0Y8"),
    _amazon("BR", "Brazil", "BRL", "NA", "America/Sao_Paulo", "A2Q3Y263D00KWC"),
    _amazon("UK", "United Kingdom", "GBP", "EU", "Europe/London", "A1F83G8C2ARO7P", country="GB"),
    _amazon("IE", "Ireland", "EUR", "EU", "Europe/Dublin", "A28R8C7NBKEWEA"),
    _amazon("DE", "Germany", "EUR", "EU", "Europe/Berlin", "A1PA6795UKMFR9"),
    _amazon("FR", "France", "EUR", "EU", "Europe/Paris", "A13V1IB3VIYZZH"),
    _amazon("IT", "Italy", "EUR", "EU", "Europe/Rome", "APJ6JRA9NG5V4"),
    _amazon("ES", "Spain", "EUR", "EU", "Europe/Madrid", "A1RKKUPIHCS9HS"),
    _amazon("NL", "Netherlands", "EUR", "EU", "Europe/Amsterdam", "A1805IZSGTT6HS"),
    _amazon("BE", "Belgium", "EUR", "EU", "Europe/Brussels", "AMEN7PMS3EDWL"),
    _amazon("SE", "Sweden", "SEK", "EU", "Europe/Stockholm", "A2NODRKZP88ZB9"),
    _amazon("PL", "Poland", "PLN", "EU", "Europe/Warsaw", "A1C3SOZRARQ6R3"),
    _amazon("TR", "Türkiye", "TRY", "EU", "Europe/Istanbul", "A33AVAJ2PDY3EV"),
    _amazon("EG", "Egypt", "EGP", "EU", "Africa/Cairo", "ARBP9OOSHTCHU"),
    _amazon("SA", "Saudi Arabia", "SAR", "EU", "Asia/Riyadh", "A17E79C6D8DWNP"),
    _amazon("AE", "United Arab Emirates", "AED", "EU", "Asia/Dubai", "A2VIGQ35RCS4UG"),
    _amazon("ZA", "South Africa", "ZAR", "EU", "Africa/Johannesburg", "AE08WJ6YKNBMC"),
    _amazon("IN", "India", "INR", "EU", "Asia/Kolkata", "A21TJRUUN4KGV"),
    _amazon("JP", "Japan", "JPY", "FE", "Asia/Tokyo", "A1VC38T7YXB528"),
    _amazon("AU", "Australia", "AUD", "FE", "Australia/Sydney", "A39IBJ37TRP1C6"),
    _amazon("SG", "Singapore", "SGD", "FE", "Asia/Singapore", "A19VAU5U5O7RUS"),
    Marketplace("WALMART_US", Channel.WALMART, "US", "Walmart United States", "USD", PACIFIC, region="US"),
    Marketplace(
        "AMAZON_UNASSIGNED",
        Channel.AMAZON,
        "",
        "Amazon, marketplace not known",
        "",
        PACIFIC,
        pays_cost_since=AMAZON_PAYS_COST_SINCE,
    ),
    Marketplace("WALMART_UNASSIGNED", Channel.WALMART, "", "Walmart, marketplace not known", "", PACIFIC),
)

MARKETPLACES: dict[str, Marketplace] = {entry.code: entry for entry in _ALL}
"""Every marketplace by its code, in the order in which lists show them."""

UNASSIGNED: dict[Channel, Marketplace] = {entry.channel: entry for entry in _ALL if entry.is_unassigned}
"""A channel's marketplace for rows whose marketplace is unknown."""


def marketplace(code: str) -> Marketplace:
    """The marketplace with this code.

    Raises UnknownName; for Walmart the message explains that Recoup serves the United States only.
    """
    found = MARKETPLACES.get(code.strip().upper())
    if found is not None and not found.is_unassigned:
        return found
    if code.strip().upper().startswith("WALMART"):
        raise UnknownName(f"{code}: Walmart reimbursement exists for United States accounts only (WALMART_US).")
    known = ", ".join(entry.code for entry in _ALL if not entry.is_unassigned)
    raise UnknownName(f"{code} is not a marketplace. Known are: {known}.")


def marketplaces_for_country(channel: Channel, country: str) -> tuple[Marketplace, ...]:
    """The channel's marketplaces of an ISO country code; `UK` means `GB`, since Amazon writes both."""
    wanted = {"UK": "GB"}.get(country.strip().upper(), country.strip().upper())
    return tuple(m for m in _ALL if m.channel is channel and m.country == wanted and not m.is_unassigned)


def marketplaces_for_currency(channel: Channel, currency: str) -> tuple[Marketplace, ...]:
    """The channel's marketplaces that pay in a currency."""
    wanted = currency.strip().upper()
    return tuple(m for m in _ALL if m.channel is channel and m.currency == wanted and not m.is_unassigned)
