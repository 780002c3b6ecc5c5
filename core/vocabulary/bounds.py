"""Numeric bounds of the detectors besides the claim windows, such as receiving periods, minimum fees and tax rates on
fees. Each has its source and the day it was checked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.vocabulary.marketplaces import MARKETPLACES, Channel

RECEIVING_DAYS = "receiving_days"
REMOVAL_DAYS = "removal_days"
MINIMUM_REFERRAL_FEE = "minimum_referral_fee"
PRICE_INCLUDES_TAX = "price_includes_tax"
PRICE_TIER = "price_tier_"
RISING_RATE = "rising_rate"
FEE_PRICE = "fee_price_"
TAX_ON_FEES = "tax_on_fees"
PREVIEW_DAYS = "preview_days"
REMOTE_FULFILMENT = "remote_fulfilment"
SMALLEST_AMOUNT = "smallest_amount"

_CHECKED_ON = date(2026, 11, 22)
_PRACTICE = "The practice of reimbursement audits; no marketplace publishes it"
_COMMON = "Common knowledge of sellers; not read in the marketplace's own text"


@dataclass(frozen=True)
class Bound:
    """One number for one marketplace.

    `receiving_days`: days after a delivery within which an open shipment may still be received. `removal_days`: days
    after which a removal's parcel has arrived, and its delivery is recorded if anyone records deliveries.
    `minimum_referral_fee`: the least commission for a unit, in the marketplace's currency. `price_includes_tax`: 1
    where prices include tax and the commission is charged on them. `price_tier_1` and so on: prices above which some
    categories have a higher rate. `rising_rate`: the highest of these rates. `fee_price_1` and so on: prices at which
    the fulfilment fee changes. `tax_on_fees`: the share by which tax may raise a fee. `preview_days`: how far from its
    own day a fee preview is valid. `remote_fulfilment`: 1 where goods may be sent from the United States.
    `smallest_amount`: of the currency, the largest rounding difference.
    """

    bound: str
    marketplace: str
    value: Decimal
    source: str
    checked_on: date = _CHECKED_ON
    note: str = ""


def _bounds(bound: str, source: str, values: dict[str, str], note: str = "") -> tuple[Bound, ...]:
    return tuple(Bound(bound, code, Decimal(value), source, note=note) for code, value in values.items())


_MINIMUM_FEES = {
    "AMAZON_US": "0.30",
    "AMAZON_CA": "0.40",
    "AMAZON_UK": "0.25",
    "AMAZON_IE": "0.30",
    "AMAZON_DE": "0.30",
    "AMAZON_FR": "0.30",
    "AMAZON_IT": "0.30",
    "AMAZON_ES": "0.30",
    "AMAZON_NL": "0.30",
    "AMAZON_BE": "0.30",
    "AMAZON_JP": "30",
}

_TAXES = {
    "AMAZON_UK": "0.20",
    "AMAZON_IE": "0.23",
    "AMAZON_DE": "0.19",
    "AMAZON_FR": "0.20",
    "AMAZON_IT": "0.22",
    "AMAZON_ES": "0.21",
    "AMAZON_NL": "0.21",
    "AMAZON_BE": "0.21",
    "AMAZON_SE": "0.25",
    "AMAZON_PL": "0.23",
    "AMAZON_TR": "0.20",
    "AMAZON_JP": "0.10",
    "AMAZON_AU": "0.10",
    "AMAZON_SG": "0.09",
    "AMAZON_IN": "0.18",
    "AMAZON_AE": "0.05",
    "AMAZON_SA": "0.15",
    "AMAZON_EG": "0.14",
    "AMAZON_ZA": "0.15",
    "AMAZON_MX": "0.16",
}

_TIERS = {
    "USD": ("10", "15", "20"),
    "CAD": ("10", "15", "20"),
    "GBP": ("10", "15", "20"),
    "EUR": ("10", "15", "20"),
    "JPY": ("750", "1500", "2000", "3000"),
}

_TIERS_SOURCE = "Amazon's schedules of referral fees: groceries, beauty, baby goods, clothing, pets"
_TIERS_NOTE = "Taken for goods of any category, since no report names it."

_FEE_PRICES = {
    "AMAZON_US": ("10", "50"),
    "AMAZON_CA": ("10",),
    "AMAZON_UK": ("10", "20"),
    "AMAZON_IE": ("11", "20"),
    "AMAZON_DE": ("11", "20"),
    "AMAZON_FR": ("12", "20"),
    "AMAZON_IT": ("11", "20"),
    "AMAZON_ES": ("11", "20"),
    "AMAZON_NL": ("11", "20"),
    "AMAZON_BE": ("11", "20"),
    "AMAZON_JP": ("1000",),
}

_ON_AMAZON = [entry for entry in MARKETPLACES.values() if entry.channel is Channel.AMAZON]

_WITHOUT_TAX = ("AMAZON_US", "AMAZON_CA", "WALMART_US")
"""Where prices are stated without tax, so that no commission is charged on it."""

BOUNDS: tuple[Bound, ...] = (
    *_bounds(
        RECEIVING_DAYS,
        _PRACTICE,
        dict.fromkeys(MARKETPLACES, "21"),
        "Audits wait 21 to 30 days after the delivery before they call units short that are still being received.",
    ),
    *_bounds(
        REMOVAL_DAYS,
        "Amazon takes claims for lost removals from day 15 on",
        {entry.code: "15" for entry in _ON_AMAZON},
    ),
    *_bounds(MINIMUM_REFERRAL_FEE, _COMMON, _MINIMUM_FEES, "The least commission that is charged for a unit."),
    *_bounds(
        PRICE_INCLUDES_TAX,
        _COMMON,
        dict.fromkeys((code for code in MARKETPLACES if code not in _WITHOUT_TAX), "1"),
        "The commission is charged on what the customer pays, tax included.",
    ),
    *(
        Bound(f"{PRICE_TIER}{number}", entry.code, Decimal(tier), _TIERS_SOURCE, note=_TIERS_NOTE)
        for entry in _ON_AMAZON
        for number, tier in enumerate(_TIERS.get(entry.currency, ()), start=1)
    ),
    *(
        Bound(
            f"{FEE_PRICE}{number}", code, Decimal(price), _COMMON, note="Low-price FBA, and bands of the fee by price."
        )
        for code, prices in _FEE_PRICES.items()
        for number, price in enumerate(prices, start=1)
    ),
    *_bounds(
        RISING_RATE,
        _TIERS_SOURCE,
        {entry.code: "0.10" for entry in _ON_AMAZON},
        "Rates of 5, 8 and 10 % rise above a price; those of 15 % and more stay, or fall.",
    ),
    *_bounds(
        PREVIEW_DAYS,
        "A choice of caution: longer than fees can be claimed back, shorter than Amazon keeps them",
        {entry.code: "120" for entry in _ON_AMAZON},
    ),
    *_bounds(
        REMOTE_FULFILMENT,
        "Amazon's programme Remote Fulfillment with FBA",
        dict.fromkeys(("AMAZON_CA", "AMAZON_MX", "AMAZON_BR"), "1"),
    ),
    *_bounds(
        SMALLEST_AMOUNT,
        "ISO 4217",
        {entry.code: "1" if entry.currency == "JPY" else "0.01" for entry in MARKETPLACES.values()},
    ),
    *_bounds(
        TAX_ON_FEES,
        "The countries' standard rates of value-added or consumption tax",
        _TAXES,
        "Fees are stated with tax for sellers who are not registered for it.",
    ),
)
"""Every bound of every marketplace that has one."""
