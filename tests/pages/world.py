"""Two sellers that share no word, one that has nothing yet, and somebody for each role; amounts known by heart."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, column, insert, table

from core.database.rollups import portfolios
from core.database.rollups.totals import bump_versions, record_sync, refresh_rollups
from core.ui.text.words import plain

TODAY = datetime.now(UTC).date()
TEXTS = ("sku", "fnsku", "asin", "gtin", "order_id", "shipment_id", "note")
STAGES = ("open", "doubtful", "in_case", "denied", "claimed", "reversed", "in_kind")


@dataclass(frozen=True)
class Seller:
    """An account, and a text that only its rows have."""

    code: str
    name: str
    sku: str
    marketplaces: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """How a page may name it: by the code, and the name as it is or as Markdown has it."""
        return self.code, self.name, plain(self.name)


ALPINE = Seller("ALPINE", "Alpine *Gear* <b>:material/home:", "ALPINE-1", ("AMAZON_US", "WALMART_US"))
BETULA = Seller("BETULA", "Betula", "BETULA-1", ("AMAZON_DE",))
EMPTY = Seller("EMPTY", "Empty Nest", "", ("AMAZON_US",))
SELLERS = (ALPINE, BETULA, EMPTY)

USERS: dict[str, tuple[str, tuple[Seller, ...]]] = {
    "alpine@example.com": ("seller", (ALPINE,)),
    "manager@example.com": ("account_manager", (ALPINE, BETULA)),
    "staff@example.com": ("staff", ()),
    "empty@example.com": ("seller", (EMPTY,)),
    "nobody@example.com": ("seller", ()),
}


def build(connection: Connection) -> dict[str, int]:
    """Fill a migrated database; returns the account ids by code."""
    ids = {seller.code: _account(connection, seller) for seller in SELLERS}
    for email, (role, accounts) in USERS.items():
        user_id = _row(connection, "app_user", "user_id", email=email, role=role)
        for seller in accounts:
            _row(connection, "user_account", "user_id", user_id=user_id, account_id=ids[seller.code])
    _alpine(connection, ids["ALPINE"])
    _betula(connection, ids["BETULA"])
    _keep(connection, *ids.values())
    portfolios.update_all(connection)
    return ids


def more(connection: Connection, account_id: int, **values: Any) -> None:
    """One more item that is ready at Amazon in the United States, and the sync that brought it."""
    more_items(connection, account_id, values)


def more_items(connection: Connection, account_id: int, *items: dict[str, Any]) -> None:
    """More items that are ready at Amazon in the United States, and the sync that brought them."""
    us = {"account_id": account_id, "marketplace": "AMAZON_US", "channel": "amazon", "currency": "USD"}
    _synced(connection, account_id)
    for values in items:
        _item(connection, us, units=1, units_open=1, **values)
    _keep(connection, account_id)


def more_payments(connection: Connection, account_id: int, paid: dict[str, date]) -> None:
    """More payments of Amazon in the United States that name no case, amounts by their days, and their sync."""
    us = {"account_id": account_id, "marketplace": "AMAZON_US", "channel": "amazon", "currency": "USD"}
    file_id = _synced(connection, account_id)
    for amount, day in paid.items():
        _payment(connection, us, file_id, amount=amount, reason="Lost_Warehouse", approved_on=day)
    _keep(connection, account_id)


def more_cases(connection: Connection, account_id: int, *cases: dict[str, Any]) -> None:
    """More cases, of Amazon in the United States where they say nothing else, and the sync that brought them.

    What one has in `paid` are amounts of payments that name it.
    """
    us = {"account_id": account_id, "marketplace": "AMAZON_US", "channel": "amazon", "currency": "USD"}
    file_id = _synced(connection, account_id)
    for case in cases:
        values = {"case_id": uuid4().hex, "status": "open", "claimed_amount": "10.00"} | case
        for amount in values.pop("paid", ()):
            named = {"reason": "Lost_Warehouse", "case_id": values["case_id"]}
            _payment(connection, us, file_id, amount=amount, **named)
        _case(connection, us, **values)
    _keep(connection, account_id)


def _alpine(connection: Connection, account_id: int) -> None:
    file_id = _synced(connection, account_id)
    us = {"account_id": account_id, "marketplace": "AMAZON_US", "channel": "amazon", "currency": "USD"}
    _item(connection, us, sku="ALPINE-1", unit_value="10.10", units=3, units_open=3, deadline_on=_in(5))
    _item(connection, us, category="inventory_damaged", unit_value="7.25", units=2, units_open=2, opens_on=_in(3))
    _item(connection, us, sku="ALPINE-EXPIRED", unit_value="4.00", units=1, units_open=1, deadline_on=_in(-10))
    _item(connection, us, unit_value="6.50", units=2, units_open=2, units_doubtful=2, review_reason="Doubtful match.")
    _item(connection, us, sku="ALPINE-UNVALUED", unit_value=None, units=1, units_open=1)
    in_case = _item(connection, us, unit_value="5.00", units=2, units_in_case=2, case_id="A-100")
    _item(connection, us, unit_value=None, units=2, units_claimed=2, claimed="20.40", value_basis="paid")
    walmart = us | {"marketplace": "WALMART_US", "channel": "walmart"}
    _item(connection, walmart, sku="ALPINE-WFS", unit_value="9.99", units=1, units_open=1)
    for amount, reason in (("25.40", "Lost_Warehouse"), ("-5.00", "Lost_Warehouse")):
        _payment(connection, us, file_id, amount=amount, reason=reason)
    _case(connection, us, case_id="A-100", status="open", claimed_units=2, claimed_amount="10.00")
    named = _only(us, "account_id", "marketplace")
    _row(connection, "claim_case_item", "units", **named, case_id="A-100", units=2, item_id=in_case)
    _case(
        connection,
        us,
        case_id="A-200",
        status="fully_reimbursed",
        stage="closed",
        outcome="approved",
        claimed_amount="20.40",
        recovered_amount="20.40",
        opened_on=_in(-40),
        closed_on=_in(-30),
        category="inventory_damaged",
    )


def _betula(connection: Connection, account_id: int) -> None:
    file_id = _synced(connection, account_id)
    de = {"account_id": account_id, "marketplace": "AMAZON_DE", "channel": "amazon", "currency": "EUR"}
    _item(connection, de, sku="BETULA-1", unit_value="3.33", units=4, units_open=4, deadline_on=_in(20))
    _item(connection, de, unit_value=None, units=1, units_claimed=1, claimed="11.11", value_basis="paid")
    _payment(connection, de, file_id, amount="11.11", reason="Lost_Warehouse")
    _case(
        connection, de, case_id="B-900", status="not_eligible", stage="closed", outcome="denied", claimed_amount="3.33"
    )


def _account(connection: Connection, seller: Seller) -> int:
    account_id: int = _row(connection, "account", "account_id", code=seller.code, name=seller.name)
    for marketplace in seller.marketplaces:
        _row(connection, "account_marketplace", "account_id", account_id=account_id, marketplace=marketplace)
    return account_id


def _synced(connection: Connection, account_id: int) -> int:
    file = {"account_id": account_id, "format": "amazon_reimbursements", "file": "reimbursements.tsv", "sha256": "0"}
    counts = {"rows": 2, "refused": 0}
    run_id = _row(
        connection,
        "sync_run",
        "run_id",
        **file,
        **counts,
        started_at=datetime.now(UTC),
        finished_at=datetime.now(UTC),
        status="taken",
        message="",
        new=2,
        changed=0,
        unchanged=0,
        data_through=TODAY,
    )
    record_sync(connection, account_id, run_id)
    file_id: int = _row(connection, "source_file", "file_id", **file, **counts, columns=["amount"], options="")
    return file_id


def _item(connection: Connection, place: dict[str, Any], **values: Any) -> str:
    item: dict[str, Any] = dict.fromkeys(TEXTS, "") | {f"units_{stage}": 0 for stage in STAGES}
    item |= {
        "item_id": str(uuid4()),
        "origin": "event",
        "category": "inventory_lost",
        "event_on": _in(-30),
        "value_basis": "sourcing_cost" if values.get("unit_value") else "unknown",
        "claimed": Decimal(0),
        "reversed": Decimal(0),
    }
    item |= place | values
    item["claimed"] = Decimal(item["claimed"])
    item["unit_value"] = item["unit_value"] and Decimal(item["unit_value"])
    unpaid = item["units_open"] + item["units_in_case"] + item["units_denied"]
    item["detected"] = item["claimed"] + unpaid * (item["unit_value"] or 0)
    _row(connection, "item", "units", **item)
    return str(item["item_id"])


def _payment(
    connection: Connection,
    place: dict[str, Any],
    file_id: int,
    *,
    amount: str,
    reason: str,
    case_id: str = "",
    approved_on: date | None = None,
) -> None:
    empty = ("order_id", "sku", "fnsku", "asin", "condition", "original_reimbursement_id")
    _row(
        connection,
        "reimbursement",
        "line",
        **_only(place, "account_id", "marketplace", "currency"),
        **dict.fromkeys(empty, ""),
        case_id=case_id,
        original_reimbursement_type="",
        row_id=str(uuid4()),
        file_id=file_id,
        line=1,
        source_line="",
        approved_on=approved_on or _in(-15),
        reimbursement_id=uuid4().hex,
        reason=reason,
        amount=Decimal(amount),
        units_cash=1,
        units_inventory=0,
    )


def _case(connection: Connection, place: dict[str, Any], **values: Any) -> None:
    case: dict[str, Any] = place | {
        "category": "inventory_lost",
        "origin": "case_file",
        "stage": "open",
        "outcome": "",
        "opened_on": _in(-9),
        "recovered_units": 0,
        "recovered_amount": "0",
        "note": "",
    }
    case |= values
    for name in ("claimed_amount", "recovered_amount"):
        case[name] = None if case[name] is None else Decimal(case[name])
    _row(connection, "claim_case", "case_id", **case)


def _keep(connection: Connection, *account_ids: int) -> None:
    """What a detection does at its end."""
    refresh_rollups(connection, account_ids)
    bump_versions(connection, account_ids)


def _row(connection: Connection, into: str, returned: str, /, **values: Any) -> Any:
    rows = table(into, *(column(key) for key in {*values, returned}))
    return connection.execute(insert(rows).values(values).returning(rows.c[returned])).scalar_one()


def _only(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)
