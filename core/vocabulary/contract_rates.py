"""Walmart's referral fee by contract category: the share of the product price charged as commission.

Only categories with one rate for every price: elsewhere the line's own rate is used. Not read in Walmart's own text,
but the same wherever sellers name it (marketplacelearn.walmart.com, Referral fees).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.vocabulary.reasons import fold


@dataclass(frozen=True)
class ContractRate:
    """The rate of one contract category; `category` is folded, as reports spell it in several ways."""

    category: str
    rate: Decimal
    source: str = "marketplacelearn.walmart.com/guides/Getting%20started/Fees/Referral-fees"
    checked_on: date = date(2026, 11, 22)


_RATES = {
    "0.06": ("Personal Computers",),
    "0.08": (
        "Camera & Photo",
        "Cell Phones",
        "Consumer Electronics",
        "Major Appliances",
        "Video Game Consoles",
    ),
    "0.10": ("Plumbing, Heating, Cooling & Ventilation", "Tires & Wheels"),
    "0.12": ("Automotive & Powersports", "Industrial & Scientific", "Musical Instruments"),
    "0.15": (
        "Automotive Electronics",
        "Books",
        "Decor",
        "Home & Garden",
        "Kitchen",
        "Luggage & Travel Accessories",
        "Music",
        "Office Products",
        "Outdoors",
        "Pet Supplies",
        "Shoes, Handbags & Sunglasses",
        "Software & Computer Video Games",
        "Sporting Goods",
        "Tools & Home Improvement",
        "Toys & Games",
        "Video & DVD",
        "Video Games",
        "Everything Else",
    ),
}

CONTRACT_RATES: tuple[ContractRate, ...] = tuple(
    ContractRate(fold(category), Decimal(rate)) for rate, categories in _RATES.items() for category in categories
)
"""Every contract category with one rate."""
