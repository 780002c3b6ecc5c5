"""A large account is detected by groups, and after a sync only the groups that it touched: the results are the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import Connection, text

from core.database.rollups.totals import differing
from core.detect import run
from core.detect.groups import changed, judged, members, whole
from core.laws.run import FOLDER
from core.reporting.rollups import ROLLUPS
from tests.conftest import Database
from tests.core.reports import Reports
from tests.core.settle.test_machine import FIRST, InDatabase

NEVER = 10**12


@pytest.fixture(autouse=True)
def any_account_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LARGE", 0)
    monkeypatch.setattr(whole, "ROWS_OF_A_PART", 2)


def differences(connection: Connection, account_id: int) -> dict[str, tuple[int, ...]]:
    """What detecting the account as a whole would change, by table."""
    savepoint = connection.begin_nested()
    before, run.LARGE = run.LARGE, NEVER
    (written,) = run.detect_and_write(connection, [account_id]).values()
    run.LARGE = before
    savepoint.rollback()
    return {table: tuple(rows) for table, rows in written.items() if rows.new or rows.changed or rows.gone}


def sums_that_differ(connection: Connection) -> list[str]:
    return [total.name for total in ROLLUPS if differing(connection, total)]


def groups_judged(connection: Connection, seller: Reports, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many names the next detection judges; empty where it judges all."""
    seen: list[int] = []
    find = members.touched

    def spy(*values: Any) -> list[members.Part]:
        parts = find(*values)
        seen.append(sum(len(part.names) for part in parts))
        return parts

    with monkeypatch.context() as patch:
        patch.setattr(changed, "touched", spy)
        seller.detect()
    return seen


MUG = {"sku": "MUG-1", "fnsku": "X001", "asin": "B001"}
PAN = {"sku": "PAN-1", "fnsku": "X002", "asin": "B002"}
LID = {"sku": "LID-1", "fnsku": "X003", "asin": "B003"}


@pytest.fixture
def seller(connection: Connection) -> Reports:
    """A seller with losses of three products, whose reports are whole."""
    seller = Reports(connection, "ACME")
    for goods in (MUG, PAN, LID):
        seller.adjusted(-2, "M", on="2026-03-01", goods=goods)
    seller.adjusted(-1, "M", on="2026-06-01", goods=LID)
    seller.detect()
    return seller


class TestOnlyWhatChanged:
    def test_a_payment_touches_the_names_of_its_product(
        self, connection: Connection, seller: Reports, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seller.reimbursed(1, "10.00", on="2026-03-20", goods=MUG)
        (names,) = groups_judged(connection, seller, monkeypatch)
        assert names < 10
        assert differences(connection, seller.account_id) == {}
        assert sums_that_differ(connection) == []

    def test_nothing_new_touches_nothing(
        self, connection: Connection, seller: Reports, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert groups_judged(connection, seller, monkeypatch) == [0]

    def test_a_shipment_to_a_customer_touches_nothing_unless_it_names_goods_otherwise(
        self, connection: Connection, seller: Reports, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def ship(goods: dict[str, str]) -> None:
            seller.adjusted(-1, "", on="2026-03-09", event_type="Shipments", goods=goods)

        ship(MUG)
        assert groups_judged(connection, seller, monkeypatch) != [0]
        ship(MUG)
        assert groups_judged(connection, seller, monkeypatch) == [0]
        ship(MUG | {"fnsku": PAN["fnsku"]})
        assert groups_judged(connection, seller, monkeypatch) != [0]
        assert differences(connection, seller.account_id) == {}

    def test_a_case_over_two_products_makes_one_group_of_them(
        self, connection: Connection, seller: Reports, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for goods in (MUG, PAN):
            seller.filed("77", on="2026-03-10", units=1, goods=goods)
        seller.detect()
        seller.reimbursed(1, "10.00", on="2026-03-20", case="77", goods=MUG)
        groups_judged(connection, seller, monkeypatch)
        query = "select count(distinct leader) from name_group where name in ('MUG-1', 'PAN-1', '77')"
        assert connection.execute(text(query)).scalar_one() == 1
        assert differences(connection, seller.account_id) == {}

    def test_a_row_that_is_gone_touches_what_it_named(self, connection: Connection, seller: Reports) -> None:
        row = seller.adjusted(-1, "M", on="2026-03-05", goods=MUG)
        seller.detect()
        seller.forget("inventory_event", row)
        assert seller.detect().withdrawn == 1
        assert differences(connection, seller.account_id) == {}

    def test_a_row_that_names_other_goods_now_touches_both(self, connection: Connection, seller: Reports) -> None:
        row = seller.reimbursed(1, "10.00", on="2026-03-20", goods=MUG)
        seller.detect()
        seller.change("reimbursement", row, **PAN)
        seller.detect()
        assert differences(connection, seller.account_id) == {}


class TestEverything:
    """What makes every group be judged anew."""

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda seller: seller.covers("amazon_customer_returns"), id="coverage"),
            pytest.param(
                lambda seller: seller.connection.execute(
                    text("insert into account_marketplace (account_id, marketplace) values (:id, 'AMAZON_CA')"),
                    {"id": seller.account_id},
                ),
                id="marketplaces",
            ),
        ],
    )
    def test_other_circumstances(
        self,
        seller: Reports,
        connection: Connection,
        monkeypatch: pytest.MonkeyPatch,
        change: Callable[[Reports], object],
    ) -> None:
        change(seller)
        seller.reimbursed(1, "10.00", on="2026-03-20", goods=MUG)
        assert groups_judged(connection, seller, monkeypatch) == []
        assert differences(connection, seller.account_id) == {}

    def test_data_that_end_sooner(self, seller: Reports, connection: Connection) -> None:
        before = judged.last_circumstances(connection, seller.account_id)
        assert before is not None
        assert before.judged_through is not None
        sooner = judged.Circumstances(before.judged_in, before.judged_through - timedelta(days=1))
        assert before.allows(sooner)
        assert not sooner.allows(before)

    def test_an_account_that_is_small_has_no_groups(
        self, seller: Reports, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "LARGE", NEVER)
        run.detect_all(connection, [seller.account_id])
        assert judged.last_circumstances(connection, seller.account_id) is None
        assert connection.execute(text("select count(*) from name_group")).scalar_one() == 0


def test_what_waits_for_a_day_is_judged_when_the_data_reach_it(connection: Connection) -> None:
    """A loss is in Review a week after it, where no reimbursements are known; nothing of its own changes then."""
    seller = Reports(connection, "ACME", whole=("amazon_ledger_detail",))
    seller.adjusted(-1, "M", on="2026-03-01", goods=MUG)
    seller.adjusted(-1, "M", on="2026-03-02", goods=PAN)
    seller.detect()
    for day in range(3, 12):
        seller.adjusted(-1, "M", on=f"2026-03-{day:02}", goods=LID)
        seller.detect()
        assert differences(connection, seller.account_id) == {}, day


class InPieces(InDatabase):
    """The history as reports have it, detected after each step by what the step touched."""

    def __init__(self) -> None:
        super().__init__()
        # the newest data stay the same, so that steps touch single groups
        self.reports.adjusted(-1, "M", on=str(FIRST + timedelta(days=300)), goods=LID)

    @invariant()
    def the_laws_hold_on_any_day(self) -> None:
        """Detected from nothing, the account has the same items, with the same ids, and everything else."""
        self.reports.detect()
        self.connection.commit()  # a detection holds the locks of its temporary tables until then
        assert differences(self.connection, self.reports.account_id) == {}
        assert sums_that_differ(self.connection) == []
        assert self.connection.execute(text((FOLDER / "adds_up.sql").read_text())).all() == []
        self.connection.rollback()


@pytest.mark.parametrize("histories", [2, pytest.param(40, marks=pytest.mark.exhaustive)])
def test_random_histories_in_random_pieces_give_the_same_as_from_nothing(database: Database, histories: int) -> None:
    with database.owner.connect() as connection:
        InPieces.connection = connection
        run_state_machine_as_test(
            InPieces,
            settings=settings(
                max_examples=histories,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )


class TestGroups:
    def test_names_of_one_row_belong_together_transitively(self) -> None:
        found = members.Groups()
        for names in (["a", "b"], ["c", "d"], ["b", "c"], ["e"]):
            found.add(names)
        leaders = dict(found)
        assert len({leaders[name] for name in "abcd"}) == 1
        assert leaders["e"] == "e"

    def test_a_part_has_whole_groups(self, connection: Connection, seller: Reports) -> None:
        parts = members.find_all(connection, seller.account_id, 1)
        assert all(not set(one.names) & set(other.names) for one in parts for other in parts if one is not other)
        assert sum(part.rows for part in parts) >= 4
