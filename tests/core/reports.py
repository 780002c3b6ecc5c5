"""Rows of reports in few words, as the loaders lay them down: an account's own, straight into its tables."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from hashlib import md5
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Connection, RowMapping, text

from core.database.access import people
from core.database.rollups.totals import record_sync
from core.detect import Detected, detect
from core.vocabulary import COVERED_FORMATS, MARKETPLACES
from loaders.store import changes
from loaders.store.attempt import Days
from loaders.store.coverage import state

MUG = {"sku": "MUG-1", "fnsku": "X0MUG00001", "asin": "B0MUG00001"}
PAN = {"sku": "PAN-1", "fnsku": "X0PAN00001", "asin": "B0PAN00001"}
LAMP = {"sku": "LAMP-1", "gtin": "00012345678905"}


@dataclass
class Reports:
    """The report rows of one account. Every method that adds a row returns its id. What counts as paid is whole for all
    days, and so is what else is `whole`: formats by their codes.
    """

    connection: Connection
    code: str = "ACME"
    marketplaces: tuple[str, ...] = ("AMAZON_US",)
    whole: tuple[str, ...] = ("amazon_reimbursements", "walmart_reconciliation")
    account_id: int = field(init=False)
    _files: dict[str, int] = field(default_factory=dict)
    _rows: int = 0

    def __post_init__(self) -> None:
        self.account_id = people.add_account(self.connection, self.code, f"{self.code} Ltd", self.marketplaces)

    def over(self, connection: Connection) -> Self:
        """The same account, over another connection: to a copy of the database that it was made in."""
        made = copy(self)
        made.connection, made._files = connection, dict(self._files)
        return made

    def adjusted(
        self,
        quantity: int,
        reason: str,
        *,
        on: str,
        marketplace: str = "AMAZON_US",
        goods: dict[str, str] = MUG,
        event_type: str = "Adjustments",
        reason_text: str = "",
        unreconciled: int | None = None,
        reconciled: int | None = None,
        disposition: str = "SELLABLE",
    ) -> UUID:
        """A line of the inventory ledger (or of Walmart's inventory log)."""
        return self._add(
            "inventory_event",
            marketplace=marketplace,
            channel=MARKETPLACES[marketplace].channel.value,
            event_on=on,
            event_type=event_type,
            reason=reason,
            reason_text=reason_text,
            quantity=quantity,
            unreconciled=unreconciled,
            reconciled=reconciled,
            reference_id="",
            shipment_id="",
            **{"sku": "", "fnsku": "", "asin": "", "gtin": ""} | goods,
            fulfilment_center="LGB3",
            disposition=disposition,
            country="US",
        )

    def lost(self, units: int, *, on: str, **more: Any) -> UUID:
        """Units lost on Amazon (code M)."""
        return self.adjusted(-units, "M", on=on, **more)

    def reimbursed(
        self,
        units: int,
        amount: str,
        *,
        on: str,
        inventory: int = 0,
        case: str = "",
        name: str = "",
        original: str = "",
        reason: str = "Lost_Warehouse",
        marketplace: str = "AMAZON_US",
        currency: str = "",
        order: str = "",
        goods: dict[str, str] = MUG,
    ) -> UUID:
        """A row of Amazon's reimbursements."""
        return self._add(
            "reimbursement",
            marketplace=marketplace,
            approved_on=on,
            reimbursement_id=name or f"R{self._rows}",
            case_id=case,
            order_id=order,
            reason=reason,
            **goods,
            condition="NewItem",
            currency=currency or MARKETPLACES[marketplace].currency,
            amount=amount,
            units_cash=units,
            units_inventory=inventory,
            original_reimbursement_id=original,
            original_reimbursement_type="",
        )

    def reconciled(
        self,
        description: str,
        amount: str,
        *,
        on: str,
        quantity: int | None = 1,
        transaction_type: str = "Adjustment",
        goods: dict[str, str] = LAMP,
    ) -> UUID:
        """A line of Walmart's reconciliation report."""
        return self._add(
            "settlement_line",
            marketplace="WALMART_US",
            channel="walmart",
            document="2026-01",
            posted_on=on,
            transaction_key="",
            transaction_type=transaction_type,
            description=description,
            order_id="",
            order_line="",
            purchase_order_id="",
            purchase_order_line="",
            amount=amount,
            amount_type="WFS Inventory Fee/Reimbursement",
            currency="USD",
            quantity=quantity,
            reason="",
            **{"sku": "", "gtin": ""} | goods,
            contract_category="",
            fulfilment_type="",
        )

    def settled(
        self,
        description: str,
        amount: str,
        *,
        on: str,
        order: str = "",
        sku: str = MUG["sku"],
        quantity: int | None = None,
        transaction_type: str = "other-transaction",
        amount_type: str = "FBA Inventory Reimbursement",
        document: str = "S1",
        period: tuple[str, str] = ("2026-01-01", "2026-12-31"),
        marketplace: str = "AMAZON_US",
    ) -> UUID:
        """A line of Amazon's settlement report, V2."""
        return self._add(
            "settlement_line",
            marketplace=marketplace,
            channel="amazon",
            document=document,
            period_start=period[0],
            period_end=period[1],
            posted_on=on,
            transaction_key="",
            transaction_type=transaction_type,
            description=description,
            order_id=order,
            order_line="",
            purchase_order_id="",
            purchase_order_line="",
            amount=amount,
            amount_type=amount_type,
            currency=MARKETPLACES[marketplace].currency,
            quantity=quantity,
            reason="",
            sku=sku,
            gtin="",
            contract_category="",
            fulfilment_type="AFN",
        )

    def filed(
        self,
        case: str,
        *,
        on: str,
        units: int | None = None,
        decision: str = "",
        decided: str | None = None,
        closed: str | None = None,
        marketplace: str = "AMAZON_US",
        order: str = "",
        goods: dict[str, str] = MUG,
    ) -> UUID:
        """A row of the case file."""
        return self._add(
            "case_entry",
            marketplace=marketplace,
            case_id=case,
            opened_on=on,
            category="",
            fnsku=goods.get("fnsku", ""),
            sku=goods["sku"],
            order_id=order,
            shipment_id="",
            claimed_units=units,
            currency="",
            decision=decision,
            decided_on=decided,
            closed_on=closed,
            note="",
        )

    def costs(
        self, unit_cost: str, *, since: str, marketplace: str | None = None, currency: str = "USD", sku: str = "MUG-1"
    ) -> UUID:
        """A row of the sourcing costs; without a marketplace it holds for all that use the currency."""
        return self._add(
            "sourcing_cost",
            marketplace=marketplace,
            sku=sku,
            unit_cost=unit_cost,
            currency=currency,
            valid_from=since,
        )

    def returned(self, *, on: str) -> UUID:
        """A row of the customer returns."""
        return self._add(
            "customer_return",
            marketplace="AMAZON_US",
            returned_on=on,
            order_id="111-1",
            **MUG,
            quantity=1,
            fulfilment_center="LGB3",
            disposition="SELLABLE",
            reason="UNWANTED_ITEM",
            status="",
            license_plate="",
        )

    def refused(self, value: str) -> None:
        """A file that was taken with one refused row."""
        run_id = self.connection.execute(
            text(
                "insert into sync_run (account_id, format, file, started_at, finished_at, status, message, rows, new,"
                " changed, unchanged, refused) values (:account_id, 'amazon_reimbursements', 'paid.tsv', now(), now(),"
                " 'taken', '', 2, 1, 0, 0, 1) returning run_id"
            ),
            {"account_id": self.account_id},
        ).scalar_one()
        self.connection.execute(
            text(
                "insert into row_issue (account_id, run_id, line, column_name, value, reason)"
                " values (:account_id, :run_id, 3, 'amount-total', :value, 'is no amount')"
            ),
            {"account_id": self.account_id, "run_id": run_id, "value": value},
        )
        record_sync(self.connection, self.account_id, run_id)

    def forget(self, table: str, row_id: UUID) -> None:
        """Remove a row, as when a corrected report no longer has it."""
        named = {"account_id": self.account_id, "row_id": row_id}
        changes.delete(self.connection, table, "t.account_id = :account_id and t.row_id = :row_id", named)

    def change(self, table: str, row_id: UUID, **values: str) -> None:
        """Change a row, as when a report says something else."""
        of_row, noted = "account_id = :account_id and row_id = :row_id", changes.columns(table, table)
        new = ", ".join(f"{name} = :{name}" for name in values)
        self._write(
            table,
            f"update {table} set {new} where {of_row} returning {noted}",
            {"account_id": self.account_id, "row_id": row_id} | values,
            before=f"select {noted} from {table} where {of_row}",
        )

    def exported(self, table: str, *, on: str) -> None:
        """Say on which day the file with the rows of a table was exported."""
        self.connection.execute(
            text("update source_file set exported_on = :day where account_id = :account_id and file_id = :file_id"),
            {"account_id": self.account_id, "file_id": self._file(table), "day": on},
        )

    def detect(self) -> Detected:
        """Detect and settle the account."""
        for report in self.whole:
            self.covers(report)
        return detect(self.connection, self.account_id)

    def covers(self, report: str, first: str = "2000-01-01", last: str = "2099-12-31") -> None:
        """State that a report is whole for some days, in all regions of its channel."""
        channel = COVERED_FORMATS[report].channel
        places = (MARKETPLACES[code] for code in self.marketplaces)
        regions = sorted({place.region for place in places if place.channel is channel and place.region})
        days = Days(date.fromisoformat(first), date.fromisoformat(last))
        if regions:
            state(self.connection, self.account_id, report, regions, days)

    def items(self, as_of: str | None = None) -> list[RowMapping]:
        """The account's rows of `reporting.items`, oldest first, as of a date."""
        as_of_date(self.connection, as_of)
        query = text("select * from reporting.items where account = :code order by event_on, marketplace, item_id")
        return list(self.connection.execute(query, {"code": self.code}).mappings())

    def item(self, as_of: str | None = None) -> RowMapping:
        """The account's only item, after detection."""
        self.detect()
        (item,) = self.items(as_of)
        return item

    def _add(self, table: str, **columns: Any) -> UUID:
        self._rows += 1
        row_id = UUID(md5(f"{self.code} {self._rows}".encode(), usedforsecurity=False).hexdigest())
        row = {
            "account_id": self.account_id,
            "row_id": row_id,
            "file_id": self._file(table),
            "line": self._rows + 1,
            "source_line": f"{self.code}\x1f{self._rows}",
            **columns,
        }
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        noted = changes.columns(table, table)
        self._write(table, f"insert into {table} ({names}) values ({values}) returning {noted}", row)
        return row_id

    def _write(self, table: str, statement: str, values: dict[str, Any], before: str = "") -> None:
        """Write rows as a sync does, noting what it changes."""
        touched = "select names from written" if before else changes.names_of_new(table, "written")
        before = before or "select * from written where false"
        touched += " union all select names from before"
        noted = changes.noted(table, added="table written", removed="table before", touched=touched)
        query = f"with written as ({statement}), before as ({before}){noted} select count(*) from written"
        self.connection.execute(text(query), values)

    def _file(self, table: str) -> int:
        if table not in self._files:
            self._files[table] = self.connection.execute(
                text(
                    "insert into source_file (account_id, format, file, sha256, columns, options, rows, refused)"
                    " values (:account_id, :format, :file, '', array['Account', 'Number'], '', 0, 0) returning file_id"
                ),
                {"account_id": self.account_id, "format": table, "file": f"{self.code}-{table}.csv"},
            ).scalar_one()
        return self._files[table]


def as_of_date(connection: Connection, day: str | None) -> None:
    """Let the views answer as of a date, in this transaction; None is each marketplace's own today."""
    if day is not None:
        date.fromisoformat(day)
    connection.execute(text("set local recoup.today = :day"), {"day": day or ""})


def stages(item: RowMapping | Mapping[str, Any]) -> dict[str, int]:
    """The stages of an item's units; those without units are left out."""
    names = ("future", "ready", "review", "in_case", "claimed", "expired", "denied", "reversed", "in_kind")
    return {name: item[f"units_{name}"] for name in names if item[f"units_{name}"]}
