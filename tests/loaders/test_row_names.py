"""A row's name holds nothing that a later export may change, and SQL and Python compare words alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from core.database.migrations.versions.m0040_parcels_named_without_tracking import NAMED
from core.vocabulary import fold
from loaders.formats import FORMATS
from tests.loaders.conftest import Desk
from tests.loaders.reports import table

PARCEL: dict[str, object] = {
    "request-date": "2026-05-01T10:00:00+00:00",
    "order-id": "R-1",
    "shipment-date": "2026-05-05T10:00:00+00:00",
    "sku": "LAMP-1",
    "fnsku": "X00LAMP001",
    "disposition": "Sellable",
    "shipped-quantity": "2",
    "carrier": "",
    "tracking-number": "",
    "removal-order-type": "Return",
}
CHANGING = {
    "status",
    "updated_at",
    "updated_on",
    "reconciled",
    "unreconciled",
    "received_units",
    "shipped_units",
    "tracking_number",
    "tracking_numbers",
    "carrier",
    "refund_status",
    "delivery_status",
    "item_status",
    "title",
    "name",
}


def parcels(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.rows(
        "select row_id::text, tracking_number from removal_shipment where account_id = :account_id order by 2, 1"
    )
    return [(row["row_id"], row["tracking_number"]) for row in rows]


def test_no_key_holds_what_a_marketplace_changes_later() -> None:
    assert {report.code: set(report.key) & CHANGING for report in FORMATS if set(report.key) & CHANGING} == {}


def test_a_parcel_whose_tracking_number_comes_later_is_the_same_parcel(desk: Desk) -> None:
    desk.take("parcels_2026-05-06.tsv", table(PARCEL, [{}]))
    later = desk.take("parcels_2026-05-20.tsv", table(PARCEL, [{"carrier": "UPS", "tracking-number": "1Z1"}]))
    assert (later.new, later.changed) == (0, 1)
    assert [tracking for _, tracking in parcels(desk)] == ["1Z1"]


def test_two_parcels_that_differ_in_their_tracking_numbers_alone_are_two(desk: Desk) -> None:
    both = [{"tracking-number": "1Z1"}, {"tracking-number": "1Z2"}]
    desk.take("parcels.tsv", table(PARCEL, both))
    again = desk.take("parcels_again.tsv", table(PARCEL, reversed(both)))
    assert (again.new, again.changed) == (0, 0)
    assert [tracking for _, tracking in parcels(desk)] == ["1Z1", "1Z2"]


def test_rows_of_before_get_the_names_that_files_give_now(desk: Desk, engine: Engine) -> None:
    rows = [
        {"tracking-number": "1Z1"},
        {"tracking-number": "1Z2"},
        {"shipment-date": "05/07/2026", "tracking-number": "1Z3"},
    ]
    desk.take("parcels.tsv", table(PARCEL, rows[:2]))
    desk.take("others.tsv", table(PARCEL, rows[2:]))
    named = parcels(desk)
    with engine.begin() as connection:
        connection.execute(text("update removal_shipment set row_id = gen_random_uuid()"))
        connection.execute(text(NAMED))
    assert parcels(desk) == named


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(WORDS, max_size=30))
def test_words_are_folded_alike_in_sql_and_python(engine: Engine, words: list[str]) -> None:
    with engine.connect() as connection:
        folded = connection.execute(
            text(
                "select array(select derived.fold(w)"
                " from unnest(cast(:words as text[])) with ordinality as u (w, n) order by n)"
            ),
            {"words": words},
        ).scalar_one()
    assert folded == [fold(word) for word in words]


@pytest.mark.parametrize(
    "word", ["Straße", "İSTANBUL", "\u212aelvin", "\u017fold", "Lost_Warehouse", "lost warehouse", "ＳＫＵ"]
)
def test_words_of_other_scripts_are_folded_alike(engine: Engine, word: str) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("select derived.fold(:word)"), {"word": word}).scalar_one() == fold(word)
