"""How much of the unpaid money is in Review, and for which reasons, in simulated worlds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, text

from tests.bench.lines import Line

SHARE = 0.15
"""The most of a currency's unpaid money that may be in Review."""

_IN_REVIEW = text(
    "select currency, coalesce(review_code, '') as code, sum(unclaimed) as unpaid,"
    " sum(unclaimed - coalesce((units_future + units_ready + units_in_case) * unit_value, 0)) as in_review"
    " from reporting.items where currency not in ('CAD', 'JPY', '') group by 1, 2"
)
"""Canada's and Japan's windows are unconfirmed, so that all of theirs is in Review."""


@dataclass
class Reviewed:
    """Unpaid money by currency, and what is in Review of it by currency and reason. Amounts of two never meet."""

    unpaid: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    in_review: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, other: "Reviewed") -> None:
        """Add another world's."""
        for currency, amount in other.unpaid.items():
            self.unpaid[currency] += amount
        for key, amount in other.in_review.items():
            self.in_review[key] += amount

    def shares(self) -> dict[str, float]:
        """The share in Review by currency."""
        return {currency: self._share(currency) for currency in sorted(self.unpaid) if self.unpaid[currency]}

    def lines(self) -> Iterator[Line]:
        """The worst share with the others beside it, held against its bound."""
        shares = self.shares()
        told = ", ".join(f"{currency} {share:.1%}" for currency, share in shares.items())
        worst = max(shares.values(), default=0.0)
        yield Line(
            "unpaid money in Review outside Canada and Japan", f"{worst:.1%} ({told})", f"≤ {SHARE:.0%}", worst <= SHARE
        )

    def reasons(self) -> Iterator[str]:
        """The share of each reason in the unpaid money of each currency, the largest first."""
        codes = {code for _, code in self.in_review}
        shares = {code: {currency: self._share(currency, code) for currency in self.shares()} for code in codes}
        for code in sorted(codes, key=lambda code: (-max(shares[code].values(), default=0), code)):
            told = ", ".join(f"{currency} {share:.2%}" for currency, share in shares[code].items())
            yield f"    {code or 'no reason'}: {told}"

    def _share(self, currency: str, code: str | None = None) -> float:
        amounts = (a for (c, reason), a in self.in_review.items() if c == currency and code in (None, reason))
        return float(sum(amounts, Decimal(0)) / self.unpaid[currency])


def reviewed_in(connection: Connection) -> Reviewed:
    """What `reporting.items` says, as of the day that the transaction is set to."""
    reviewed = Reviewed()
    for row in connection.execute(_IN_REVIEW):
        reviewed.unpaid[row.currency] += row.unpaid
        if row.in_review:
            reviewed.in_review[row.currency, row.code] += row.in_review
    return reviewed
