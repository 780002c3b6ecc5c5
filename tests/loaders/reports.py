"""Small report files: each row a dict of what matters to a test, the rest as in any report."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Row = Mapping[str, object]

LEDGER: dict[str, object] = {
    "Date": "05/13/2026",
    "FNSKU": "X00LAMP001",
    "ASIN": "B0LAMP0001",
    "MSKU": "LAMP-1",
    "Title": "Desk lamp",
    "Event Type": "Adjustments",
    "Reference ID": "21188081",
    "Quantity": "-1",
    "Fulfillment Center": "LGB3",
    "Disposition": "SELLABLE",
    "Reason": "M",
    "Country": "US",
    "Reconciled Quantity": "",
    "Unreconciled Quantity": "",
}
REIMBURSEMENT: dict[str, object] = {
    "approval-date": "2026-05-20T10:00:00+00:00",
    "reimbursement-id": "9100000001",
    "case-id": "",
    "amazon-order-id": "",
    "reason": "Lost_Warehouse",
    "sku": "LAMP-1",
    "fnsku": "X00LAMP001",
    "asin": "B0LAMP0001",
    "product-name": "Desk lamp",
    "condition": "NewItem",
    "currency-unit": "USD",
    "amount-per-unit": "12.34",
    "amount-total": "12.34",
    "quantity-reimbursed-cash": "1",
    "quantity-reimbursed-inventory": "0",
    "quantity-reimbursed-total": "1",
}
RETURN: dict[str, object] = {
    "return-date": "2026-05-20T10:00:00+00:00",
    "order-id": "111-0000001-0000001",
    "sku": "LAMP-1",
    "asin": "B0LAMP0001",
    "fnsku": "X00LAMP001",
    "product-name": "Desk lamp",
    "quantity": "1",
    "fulfillment-center-id": "LGB3",
    "detailed-disposition": "SELLABLE",
    "reason": "UNWANTED_ITEM",
    "status": "",
    "license-plate-number": "LPN000000001",
    "customer-comments": "",
}
RECON: dict[str, object] = {
    "Period Start Date": "",
    "Period End Date": "",
    "Total Payable": "",
    "Currency": "USD",
    "Transaction Key": "",
    "Transaction Posted Timestamp": "08/01/2026",
    "Transaction Type": "Adjustment",
    "Transaction Description": "WFS LostInventory",
    "Customer Order #": "",
    "Customer Order line #": "",
    "Purchase Order #": "",
    "Purchase Order line #": "",
    "Amount": "10.00",
    "Amount Type": "WFS Inventory Fee/Reimbursement",
    "Ship Qty": "1",
    "Transaction Reason Description": "",
    "Partner Item Id": "MUG-1",
    "Partner GTIN": "00012345678905",
}
CASE: dict[str, object] = {
    "case_id": "77010203",
    "marketplace": "AMAZON_US",
    "opened_on": "2026-05-20",
    "sku": "LAMP-1",
    "claimed_units": "1",
    "decision": "",
    "decided_on": "",
    "closed_on": "",
}
COST: dict[str, object] = {
    "sku": "LAMP-1",
    "marketplace": "",
    "unit_cost": "5.00",
    "currency": "USD",
    "valid_from": "2026-01-01",
}


def table(template: Row, rows: Iterable[Row], columns: Sequence[str] = (), delimiter: str = "\t") -> str:
    """The rows as a file, each completed from the template; `columns` chooses and orders the columns."""
    names = list(columns or template)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**template, **row} for row in rows)
    return text.getvalue()


def ledger(*rows: Row, columns: Sequence[str] = ()) -> str:
    """An Amazon inventory ledger."""
    return table(LEDGER, rows, columns)


def reimbursements(*rows: Row, columns: Sequence[str] = ()) -> str:
    """An Amazon reimbursements report."""
    return table(REIMBURSEMENT, rows, columns)


def returns(*rows: Row) -> str:
    """An Amazon customer returns report."""
    return table(RETURN, rows)


def recon(total: str, *rows: Row) -> str:
    """A Walmart reconciliation report of the last half of July 2026."""
    summary = {
        "Period Start Date": "07/18/2026",
        "Period End Date": "08/01/2026",
        "Total Payable": total,
        "Transaction Type": "PaymentSummary",
        "Amount": "",
    }
    return table(RECON, [summary, *rows], delimiter=",")


def cases(*rows: Row) -> str:
    """A case file."""
    return table(CASE, rows, delimiter=",")


def costs(*rows: Row) -> str:
    """A file of sourcing costs."""
    return table(COST, rows, delimiter=",")
