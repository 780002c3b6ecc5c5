"""The numbers of Outcomes: rates with their intervals out of the sums of `outcomes.rates`, and the charts' tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from core.charts import SOURCES, Rate
from core.form import percent, span
from core.money import formatted
from core.queries.outcomes import AGES
from core.statistics import MoneySums, Share, Survival, share_of_cases, share_of_money
from core.ui.text.words import category, marketplace, number
from core.vocabulary import Channel

BY: dict[str, tuple[str, ...]] = {
    "category": ("category",),
    "marketplace": ("marketplace",),
    "both": ("category", "marketplace"),
}
"""Groupings of the rates, each with its columns."""

_ALL: Mapping[str, str] = {}

SMALL = 20
"""Of fewer cases a win rate's interval reaches 20 points to each side and more."""

BUCKETS: dict[str, str] = {
    f"{first + 1 if first else 0}-{last}d": f"{first + 1 if first else 0}–{last} days"
    for first, last in zip((0, *AGES), AGES, strict=False)
} | {f"{AGES[-1]}d": f"over {AGES[-1]} days"}
"""The labels of the buckets of `outcomes.ageing`, by their codes in addresses."""

APPROVED_LABEL = "Approved, not paid"
SEVERAL_LABEL = "Several categories"


def category_or_several(code: str) -> str:
    """The label of a case's category; the words for none, where it is of several."""
    return category(code) if code else SEVERAL_LABEL


@dataclass(frozen=True)
class Line:
    """One rate: of so many cases; where it is of money, of what they claimed and recovered. `group` are the codes of
    the category and marketplace that it is of.
    """

    label: str
    share: Share
    of: int
    won: int = 0
    claimed: Decimal = Decimal(0)
    recovered: Decimal = Decimal(0)
    group: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Whether its cases are too few to conclude from."""
        return self.of < SMALL

    def drawn(self, summary: str) -> Rate:
        """The same for the chart; `summary` is the hover text of its point."""
        low, high = (None if edge is None else float(edge) for edge in (self.share.low, self.share.high))
        return Rate(self.label, float(self.share.value), low, high, summary, self.is_small, self.group)


def win_rates(rates: pd.DataFrame, by: Sequence[str]) -> list[Line]:
    """How many of the decided cases were won: the groups with most decided ones first."""
    lines = [_won(label, rows, group) for label, group, rows in _groups(rates, by)]
    return sorted((line for line in lines if line is not None), key=lambda line: -line.of)


def recovery_rates(rates: pd.DataFrame, by: Sequence[str], currency: str) -> list[Line]:
    """How much of the money that decided cases claimed was recovered, in one currency: most claimed first."""
    lines = [_money(label, rows, group) for label, group, rows in _groups(rates[rates["currency"] == currency], by)]
    return sorted((line for line in lines if line is not None), key=lambda line: -line.claimed)


def win_rate(rates: pd.DataFrame) -> Line | None:
    """The win rate over all rows."""
    return _won("All", rates)


def recovery_rate(rates: pd.DataFrame, currency: str) -> Line | None:
    """The recovery rate over all rows of a currency."""
    return _money("All", rates[rates["currency"] == currency])


def _groups(rates: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[str, dict[str, str], pd.DataFrame]]:
    words: dict[str, Callable[[str], str]] = {"category": category_or_several, "marketplace": marketplace}
    for codes, rows in rates.groupby(list(by), sort=True):
        group = dict(zip(by, map(str, codes), strict=True))
        yield ", ".join(words[name](code) for name, code in group.items()), group, rows


def _won(label: str, rows: pd.DataFrame, group: Mapping[str, str] = _ALL) -> Line | None:
    won, lost = int(rows["won"].sum()), int(rows["lost"].sum())
    share = share_of_cases(won, won + lost)
    return Line(label, share, won + lost, won, group=group) if share else None


def _money(label: str, rows: pd.DataFrame, group: Mapping[str, str] = _ALL) -> Line | None:
    names = ("claimed", "recovered", "claimed_squared", "recovered_squared", "product")
    sums = MoneySums(int(rows["priced"].sum()), *(sum(rows[name], Decimal(0)) for name in names))
    share = share_of_money(sums)
    if share is None:
        return None
    return Line(label, share, sums.cases, claimed=sums.claimed, recovered=sums.recovered, group=group)


def interval(share: Share) -> str:
    """`47–61%`, in which the share lies with 95 % confidence; a dash where it can not be told."""
    return span(share.low, share.high)


def drawn_wins(lines: Sequence[Line]) -> list[Rate]:
    """The win rates for their chart."""
    return [
        line.drawn(
            f"<b>{percent(line.share.value)}</b> ({interval(line.share)}): {number(line.won)} of {number(line.of)} won"
        )
        for line in lines
    ]


def drawn_recoveries(lines: Sequence[Line], currency: str) -> list[Rate]:
    """The recovery rates for their chart."""
    return [
        line.drawn(
            f"<b>{percent(line.share.value)}</b> ({interval(line.share)}): {formatted(line.recovered, currency)} of"
            f" {formatted(line.claimed, currency)}, {number(line.of)} cases"
        )
        for line in lines
    ]


def win_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The win rates as a table."""
    return pd.DataFrame([_common(line) | {"Won": line.won, "Decided": line.of} | _size(line) for line in lines])


def recovery_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The recovery rates as a table."""
    return pd.DataFrame(
        [
            _common(line) | {"Filed": line.claimed, "Recovered": line.recovered, "Cases": line.of} | _size(line)
            for line in lines
        ],
        dtype=object,
    )


def _common(line: Line) -> dict[str, object]:
    return {**line.group, "Of": line.label, "Rate": percent(line.share.value), "95% interval": interval(line.share)}


def _size(line: Line) -> dict[str, object]:
    return {"Sample": "small" if line.is_small else "enough"}


def survival_table(curve: Survival) -> pd.DataFrame:
    """The days on which cases were resolved, and how many of them had not been by their end."""
    return pd.DataFrame(
        [
            {
                "After": f"{day} days",
                "Not resolved": percent(share),
                "95% interval": span(low, high),
                "Resolved then": ended,
                "At risk": at_risk,
            }
            for day, share, low, high, ended, at_risk in zip(
                curve.days, curve.share, curve.low, curve.high, curve.ended, curve.at_risk, strict=True
            )
            if ended
        ]
    )


def last_drawn(curve: Survival) -> int:
    """Up to which day the curve is drawn: twice the last one on which a case was resolved, what follows is level."""
    resolved = max(day for day, ended in zip(curve.days, curve.ended, strict=True) if ended)
    return min(curve.days[-1], max(2 * resolved, 30))


def ageing_table(ageing: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Each bucket of age with its open cases, of one currency; empty buckets are there too."""
    rows = ageing[ageing["currency"] == currency]
    return pd.DataFrame(
        [
            {
                "age": code,
                "Age": label,
                "Open cases": int(own["cases"].sum()),
                APPROVED_LABEL: int(own["approved"].sum()),
                "Filed": sum(own["claimed"], Decimal(0)),
            }
            for bucket, (code, label) in enumerate(BUCKETS.items())
            for own in [rows[rows["bucket"] == bucket]]
        ],
        dtype=object,
    )


def source_table(sources: pd.DataFrame) -> pd.DataFrame:
    """Where the money came from, by channel and currency."""
    columns: dict[str, object] = {
        "channel": sources["channel"],
        "currency": sources["currency"],
        "From": [Channel(code).label for code in sources["channel"]],
        "Currency": sources["currency"],
        **{name: sources[column] for column, (name, _) in SOURCES.items()},
        "All that was paid": sources["paid"],
    }
    return pd.DataFrame(columns, dtype=object)
