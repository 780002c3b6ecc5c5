"""Numbers of Outcomes: rates with confidence intervals from the sums of `outcomes.rates`, and the charts' tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd
import streamlit as st

from core.charts import SOURCES, interval_bar, warmth
from core.form import percent, span
from core.queries.outcomes import AGES
from core.statistics import MoneySums, Share, Survival, share_of_cases, share_of_money
from core.ui.components.coloured import Coloured
from core.ui.components.table import Sheet, sheet, without_empty
from core.ui.text.words import category, marketplace, month_label, number, plain
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel, Total

BY: dict[str, tuple[str, ...]] = {
    "category": ("category",),
    "marketplace": ("marketplace",),
    "both": ("category", "marketplace"),
}
"""Groupings of the rates with their columns. The heat map uses `both`."""

_ALL: Mapping[str, str] = {}

SMALL = 20
"""With fewer cases, a win rate's interval reaches 20 points or more to each side."""

BUCKETS: dict[str, str] = {
    f"{first + 1 if first else 0}-{last}d": f"{first + 1 if first else 0}–{last} days"
    for first, last in zip((0, *AGES), AGES, strict=False)
} | {f"{AGES[-1]}d": f"over {AGES[-1]} days"}
"""Labels of the buckets of `outcomes.ageing`, by their codes in URLs."""

APPROVED_LABEL = "Approved, not paid"
SEVERAL_LABEL = "Several categories"


def category_or_several(code: str) -> str:
    """The label of a case's category; an empty code means several categories."""
    return category(code) if code else SEVERAL_LABEL


@dataclass(frozen=True)
class Line:
    """One rate: `of` is the number of cases. A win rate has `won`, a recovery rate `claimed` and `recovered`. `group`
    has the codes of its category and marketplace.
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
        """Whether it has too few cases for conclusions."""
        return self.of < SMALL


def win_rates(rates: pd.DataFrame, by: Sequence[str]) -> list[Line]:
    """Win rate per group: won of decided cases, groups with most decided cases first."""
    lines = [_won(label, rows, group) for label, group, rows in _groups(rates, by)]
    return sorted((line for line in lines if line is not None), key=lambda line: -line.of)


def recovery_rates(rates: pd.DataFrame, by: Sequence[str], currency: str) -> list[Line]:
    """Recovery rate per group: recovered of claimed money of decided cases in one currency, most claimed first."""
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
    """The share's 95 % confidence interval: `47–61%`; a dash if it is unknown."""
    return span(share.low, share.high)


@dataclass(frozen=True)
class Rates:
    """A table of rates, the codes of each row's category or marketplace, and the title."""

    sheet: Sheet
    groups: tuple[Mapping[str, str], ...]
    title: str


WON, DECIDED, RATE = "Won", "Decided", "Win rate"
RECOVERED, FILED, OF_FILED = "Recovered", "Filed", "Recovered of filed"


def rates_of(rates: pd.DataFrame, by: str, currency: str) -> Rates:
    """Table of rates by category or marketplace: highest win rate first, groups with too few cases last."""
    wins = sorted(win_rates(rates, BY[by]), key=lambda line: (line.is_small, -line.share.value))
    money = {tuple(line.group.values()): line for line in recovery_rates(rates, BY[by], currency)}
    rows = [_row(by, line, money.get(tuple(line.group.values()))) for line in wins]
    config: dict[str, object] = {
        by.capitalize(): st.column_config.TextColumn(by.capitalize(), width=170),
        WON: st.column_config.NumberColumn(WON, width=60, help="Fully or partially reimbursed."),
        DECIDED: st.column_config.NumberColumn(DECIDED, width=75, help="Won or denied."),
        RATE: st.column_config.NumberColumn(RATE, width=80, format="%d%%"),
        "Interval": st.column_config.ImageColumn("0–100%", width=150, help="The win rate in its 95% interval."),
        "95% interval": st.column_config.TextColumn("95% interval"),
        OF_FILED: st.column_config.NumberColumn(OF_FILED, format="%d%%"),
        "Sample": st.column_config.TextColumn("Sample", help=f"Small: fewer than {SMALL} decided cases."),
    }
    shown = without_empty(pd.DataFrame(rows, dtype=object), RECOVERED, FILED, OF_FILED, "Sample")
    return Rates(
        sheet(shown, currency=currency, column_config=config), tuple(line.group for line in wins), best("win", wins)
    )


def _row(by: str, line: Line, money: Line | None) -> dict[str, object]:
    low, high = (None if edge is None else float(edge) for edge in (line.share.low, line.share.high))
    return {
        by.capitalize(): line.label,
        RATE: round(line.share.value * 100),
        "Interval": interval_bar(float(line.share.value), low, high, is_small=line.is_small),
        "95% interval": interval(line.share),
        WON: line.won,
        DECIDED: line.of,
        RECOVERED: money and money.recovered,
        FILED: money and money.claimed,
        OF_FILED: money and round(money.share.value * 100),
        "Sample": "small" if line.is_small else "",
    }


def best(of: str, lines: Sequence[Line]) -> str:
    """Title of a table of rates: the highest rate among groups with enough cases, if its interval doesn't overlap the
    lowest one's. `of` is `win` or `recovery`.
    """
    enough = sorted((line for line in lines if not line.is_small), key=lambda line: line.share.value)
    if not enough:
        return f"Too few cases to compare {of} rates"
    lowest, highest = enough[0], enough[-1]
    if len(enough) > 1 and (highest.share.low or Decimal(0)) <= (lowest.share.high or Decimal(1)):
        return f"No significant difference ({span(lowest.share.value, highest.share.value)})"
    return f"Highest {of} rate: {plain(highest.label)}, {percent(highest.share.value)}"


@dataclass(frozen=True)
class RateHeat:
    """Heat map of win rates: coloured cells, the rows' category codes and the columns' marketplace codes."""

    cells: Coloured
    categories: tuple[str, ...]
    marketplaces: tuple[str, ...]


def heat_of(rates: pd.DataFrame) -> RateHeat | None:
    """The win rates as a heat map; None unless there are at least two categories and two marketplaces."""
    lines = {(line.group["category"], line.group["marketplace"]): line for line in win_rates(rates, BY["both"])}
    own = [tuple(dict.fromkeys(codes)) for codes in zip(*lines, strict=True)] if lines else []
    if not own or min(map(len, own)) < 2:
        return None
    categories = tuple(code for code in (*CATEGORIES, "") if code in own[0])
    places = tuple(code for code in MARKETPLACES if code in own[1])
    shares = pd.DataFrame(
        [
            {"Category": category_or_several(kind)}
            | {code: lines[kind, code].share.value if (kind, code) in lines else None for code in places}
            for kind in categories
        ],
        dtype=object,
    )
    texts = shares.assign(
        **{
            code: [
                f"{percent(line.share.value)} of {number(line.of)}" if (line := lines.get((kind, code))) else ""
                for kind in categories
            ]
            for code in places
        }
    )
    css = shares.assign(Category="", **{code: [_warmth(share) for share in shares[code]] for code in places})
    return RateHeat(Coloured(texts, css), categories, places)


def _warmth(share: Decimal | None) -> str:
    return "" if share is None else warmth(share, Decimal(1), Total.CLAIMED)


def months_up_to_last(by_month: pd.DataFrame) -> pd.DataFrame:
    """All months from the first to the last with a decided case, including months without one."""
    months = [month.date() for month in pd.date_range(min(by_month["month"]), max(by_month["month"]), freq="MS")]
    found = by_month.set_index("month")
    return pd.DataFrame(
        [{"month": month} | {name: int(found[name].get(month, 0)) for name in ("won", "lost")} for month in months]
    )


def denied_table(by_month: pd.DataFrame) -> pd.DataFrame:
    """Denied cases by month, newest first."""
    rows = months_up_to_last(by_month).iloc[::-1]
    return pd.DataFrame(
        {
            "month": [f"{month:%Y-%m}" for month in rows["month"]],
            "Month": [month_label(month) for month in rows["month"]],
            "Denied": rows["lost"],
            "Decided cases": rows["won"] + rows["lost"],
        },
        dtype=object,
    )


def survival_table(curve: Survival) -> pd.DataFrame:
    """The survival curve as a table: for each day with a resolved case, the share not resolved by its end."""
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
    """Last day on the curve's axis: twice the last day with a resolved case, since the curve is flat after it."""
    resolved = max(day for day, ended in zip(curve.days, curve.ended, strict=True) if ended)
    return min(curve.days[-1], max(2 * resolved, 30))


def ageing_table(ageing: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Open cases by age bucket in one currency, including empty buckets."""
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
    """Sources of the paid money, by channel and currency."""
    columns: dict[str, object] = {
        "channel": sources["channel"],
        "currency": sources["currency"],
        "From": [Channel(code).label for code in sources["channel"]],
        "Currency": sources["currency"],
        **{name: sources[column] for column, (name, _) in SOURCES.items()},
        "All that was paid": sources["paid"],
    }
    return pd.DataFrame(columns, dtype=object)
