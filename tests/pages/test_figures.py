"""From any figure to its rows: the list behind a figure adds up to it."""

import re
from decimal import Decimal
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.queries.expiring import MOST_ACCOUNTS
from core.ui.components.deadlines import BUCKETS, SPANS
from core.ui.components.heat_map import ALL, TOTAL, Heat, heat_of
from core.ui.components.stage_tiles import LISTS
from core.ui.items.holdings import LABELS, RUNNING
from core.ui.overview import drill_down
from core.ui.shell.navigation import PAGES
from core.ui.text.words import amount, plain
from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import cell, listed, texts
from tests.pages.world import ALPINE, BETULA

MANAGER = "manager@example.com"
SELLER = "alpine@example.com"


def ways(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    """The links to lists: what stands on each, and the query behind it."""
    links = [link.proto for link in app.get("page_link") if "items_holding" in link.proto.query_string]
    return [(link.label, {key: value[0] for key, value in parse_qs(link.query_string).items()}) for link in links]


def total(app: AppTest) -> str:
    """The sum in the title of the list: amounts and items; nothing where it is empty."""
    found = [each.value.rpartition(": ")[2] for each in app.header if re.search(r": .*\bitems?$", each.value)]
    return found[0] if found else ""


def money_of(shown: str) -> str:
    """The amount of a sum in one currency."""
    return shown.rpartition(", ")[0]


def test_the_lists_behind_the_tiles_of_the_overview_add_up_to_them(visit: Open) -> None:
    app = visit("pages/overview.py", SELLER)
    # those of charts, of alerts, and of what is in no amount have tests of their own
    found = [way for way in ways(app) if not re.search("View items|with no value", way[0])]
    assert len(found) == 10  # four stages and their total, claimed, three stages and their total
    tiles = {str(metric.label).split("**")[1]: str(metric.value) for metric in app.metric}
    for label, query in found:
        figure = tiles.get(LABELS[query["items_holding"]]) if label.startswith("All ") else label
        assert figure is not None
        behind = visit("pages/items.py", SELLER, **query)
        assert not behind.exception
        shown = total(behind)
        if not shown:
            assert "0\\.00" in figure, label
        else:
            assert money_of(shown) in figure, (label, shown)


def test_the_lists_behind_the_table_of_currencies_add_up_to_its_cells(visit: Open) -> None:
    app = visit("pages/overview.py", MANAGER)
    rows = next(frame.value for frame in app.dataframe if "unclaimed" in frame.value.columns)
    assert list(rows["currency"]) == ["USD", "EUR"]
    for _, row in rows.iterrows():
        for column in ("unclaimed", "ready", "claimed", "expired"):
            way = drill_down.of_currency({"currency": row["currency"], "column": column})
            assert way is not None
            shown = total(visit(f"pages/{PAGES[way[0]].file}.py", MANAGER, **way[1]))
            assert plain(row[column]) == (money_of(shown) if shown else amount(Decimal(0), row["currency"])), column
    assert drill_down.of_currency({"currency": "USD", "column": "currency"}) is None


def test_what_expires_this_week_is_said_first_and_leads_to_its_list(visit: Open) -> None:
    app = visit("pages/overview.py", SELLER)
    (query,) = [query for _, query in ways(app) if query.get("items_expires") == "week_0"]
    shown = total(visit("pages/items.py", SELLER, **query))
    assert f"**{money_of(shown)}** ready to claim expires this week · 1 item" in texts(app)


@pytest.mark.parametrize("expires", ["", "7d"])
@pytest.mark.parametrize("page", ["amazon", "walmart"])
def test_each_tile_of_a_marketplace_has_the_sum_of_its_list(visit: Open, page: str, expires: str) -> None:
    choices = {f"{page}_expires_in": expires} if expires else {}
    app = visit(f"pages/{page}.py", "alpine@example.com", **choices)
    for holding, label in LISTS.items():
        app.button(key=f"{page}_stage {holding}").click().run()
        assert not app.exception
        (tile,) = [button.label for button in app.button if button.key == f"{page}_stage {holding}"]
        sum_of_tile = re.sub(r"\*\*(.*)\*\* · (\d+)$", r"\1 \2", tile.splitlines()[1])
        shown = total(app)
        assert (f"{money_of(shown)} {shown.split(', ')[-1].split()[0]}" if shown else "\\$0\\.00 0") == sum_of_tile
        said = [header.value for header in app.header if header.value.startswith(label)]
        assert said
        assert ("expires within 7 days" in said[0]) == (expires != "" and holding in RUNNING)


def test_the_lists_behind_the_charts_of_the_overview_add_up_to_their_parts(visit: Open) -> None:
    app = visit("pages/overview.py", MANAGER, overview_currency="USD")
    ways_of = {"Week": drill_down.of_week, "Reason": drill_down.of_reason, "Category": drill_down.of_category}
    parts = [
        (row[column], query)
        for name, opens in ways_of.items()
        for _, row in next(frame.value for frame in app.dataframe if frame.value.columns[0] == name).iterrows()
        for column in ("Amount", "Unclaimed", "Claimed", "Lost")
        if column in row and (query := opens(cell(row, column), "USD"))
    ]
    assert len(parts) >= 1 + 3 + 3
    for figure, query in parts:
        shown = total(visit("pages/items.py", MANAGER, **query))
        assert money_of(shown) == amount(figure, "USD") if shown else figure == Decimal(0), query


def test_the_lists_behind_a_marketplace_of_the_overview_add_up_to_it(visit: Open) -> None:
    rows = listed(visit("pages/overview.py", MANAGER), "Marketplace")
    assert len(rows) == 3
    for _, row in rows.iterrows():
        for column in ("Unclaimed", "Claimed", "Lost"):
            query = drill_down.of_marketplace(cell(row, column))
            assert query is not None
            shown = total(visit("pages/items.py", MANAGER, **query))
            assert money_of(shown) == amount(row[column], row["Currency"]) if shown else not row[column], query


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_the_list_behind_the_title_of_a_chart_adds_up_to_it(visit: Open, currency: str) -> None:
    app = visit("pages/overview.py", MANAGER, overview_currency=currency)
    titles = [header.value for header in app.header if re.search(r"expires within|\(net\)", header.value)]
    links = [link.proto for link in app.get("page_link") if link.proto.label.startswith("View ")][-2:]
    assert len(titles) == len(links) == 2
    for title, link in zip(titles, links, strict=True):
        query = {key: value[0] for key, value in parse_qs(link.query_string).items()}
        behind = visit(f"pages/{link.page}.py", MANAGER, **query)
        assert not behind.exception
        assert title.split()[0] in texts(behind), (title, query)


def test_items_without_a_currency_have_their_list_and_no_amount_of_none(
    visit: Open, database: Database, small_world: dict[str, int]
) -> None:
    nowhere = {"marketplace": "AMAZON_UNASSIGNED", "currency": "", "unit_value": None}
    with database.owner.begin() as owner:
        world.more(owner, small_world["ALPINE"], **nowhere, units_doubtful=1, review_reason="No marketplace.")
    app = visit("pages/overview.py", MANAGER)
    (label,) = [expander.label for expander in app.expander]
    assert " 0\\.00" not in label
    ((label, query),) = [way for way in ways(app) if "no currency" in way[0]]
    assert label == "Unclaimed: 1 with no currency yet"
    behind = visit("pages/items.py", MANAGER, **query)
    assert total(behind) == "1 item"


def test_items_without_a_value_have_their_list(visit: Open) -> None:
    app = visit("pages/overview.py", "alpine@example.com")
    ((label, query),) = [way for way in ways(app) if "no value" in way[0]]
    assert label == "Unclaimed: 1 with no value yet"
    assert total(visit("pages/items.py", "alpine@example.com", **query)) == "\\$0\\.00, 1 item"


def test_a_part_of_a_bar_leads_where_its_number_does() -> None:
    bar = {"category": "inventory_lost", "total": "unclaimed"}
    number = {"category": "inventory_lost", "column": "Unclaimed"}
    assert drill_down.of_category(bar, "USD") == drill_down.of_category(number, "USD") is not None
    place = drill_down.of_marketplace({"marketplace": "AMAZON_DE", "currency": "EUR", "total": "lost"})
    assert place == drill_down.of_marketplace({"marketplace": "AMAZON_DE", "currency": "EUR", "column": "Lost"})
    assert place == {"items_holding": "lost", "items_currency": "EUR", "items_marketplace": "AMAZON_DE"}
    assert drill_down.of_category({"category": "forged", "total": "unclaimed"}, "USD") is None


def test_a_category_of_the_table_has_the_sum_of_its_list(visit: Open) -> None:
    app = visit("pages/amazon.py", "alpine@example.com", amazon_category="Inventory lost")
    rows = next(frame.value for frame in app.dataframe if "bar" in frame.value.columns)
    (figure,) = rows.loc[rows["Category"] == "Inventory lost", "bar"]
    assert f"{amount(figure, 'USD')}, 2 items" == total(app)
    assert "4 units · 1 with no value yet" in texts(app)


@pytest.mark.parametrize("holding", ["Ready to claim", "Future claim", "May expire"])
def test_the_list_behind_a_cell_of_the_heat_map_adds_up_to_it(visit: Open, holding: str) -> None:
    app = visit("pages/expiring.py", MANAGER, expiring_holding=holding)
    assert not app.exception
    rows = listed(app, "3 months")
    if "3 months" not in rows.columns:
        assert holding == "Future claim"  # the small world has none with a deadline
        return
    assert [tuple(row) for row in rows[["Account", "Currency"]].itertuples(index=False)] == [
        *((ALL, currency) for currency in ("USD", "EUR")),
        (ALPINE.name, "USD"),
        (BETULA.name, "EUR"),
    ]
    for _, row in rows.iterrows():
        of = {} if row["Account"] == ALL else {"expiring_of": row["Account"]}
        for bucket in (TOTAL, *BUCKETS):
            choices = {"expiring_holding": holding, "expiring_expires": bucket, "expiring_money": row["Currency"]}
            shown = total(visit("pages/expiring.py", MANAGER, **of, **choices))
            assert plain(row[SPANS[bucket].label]) == (money_of(shown) if shown else ""), (bucket, row)


def test_a_page_of_the_heat_map_has_the_next_accounts_in_each_currency() -> None:
    shown = [list(heat(page).coloured.texts["account"]) for page in (1, 2)]
    assert shown[0][:2] == shown[1][:2] == [ALL, ALL]
    assert len(shown[0]) == 2 + MOST_ACCOUNTS
    assert shown[0][2:] + shown[1][2:] == [f"S{number}" for number in range(24)]
    assert heat(1).pages == 2


def heat(page: int) -> Heat:
    """24 sellers, each with less at risk than the one before, in one of two currencies."""
    at_risk = {
        currency: pd.DataFrame(
            [
                {"account_id": None, "account": None, "at_risk": Decimal(1), "accounts": None, "bucket": 0}
                | {"items": 1, "amount": Decimal(1)},
                *(
                    {"account_id": number, "account": f"S{number}", "at_risk": Decimal(100 - number), "accounts": 12}
                    | {"bucket": 0, "items": 1, "amount": Decimal(100 - number)}
                    for number in numbers
                ),
            ],
            dtype=object,
        )
        for currency, numbers in (("USD", range(0, 24, 2)), ("EUR", range(1, 24, 2)))
    }
    return heat_of(at_risk, list(BUCKETS), page)


def test_the_worklist_has_the_soonest_over_all_accounts_first_or_the_largest(visit: Open) -> None:
    app = visit("pages/expiring.py", "staff@example.com", expiring_expires="3 months")
    assert list(listed(app, "Value from")["SKU"]) == ["ALPINE-1", "BETULA-1"]
    assert list(listed(app, "Value from")["Currency"]) == ["USD", "EUR"]
    assert "expires within 3 months" in texts(app)
    euros = visit("pages/expiring.py", "staff@example.com", expiring_expires="3 months", expiring_currency="EUR")
    assert list(listed(euros, "Value from")["Account"]) == ["Betula"]
