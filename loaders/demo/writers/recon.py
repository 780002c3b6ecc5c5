"""Writes Walmart's reconciliation report v1: every amount of each two weeks' payment, to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import Refund, Sale
from loaders.demo.model.periods import periods
from loaders.demo.model.tariff import contract_category
from loaders.demo.model.world import Goods, Payment
from loaders.demo.writers.files import Span, american, header, named, write_table

HEADER = header("reconciliation")

_FEE = "WFS Fee/Reimbursement"
_INVENTORY = "WFS Inventory Fee/Reimbursement"


@dataclass(frozen=True)
class _Line:
    """One row below the payment's summary; `more` are columns that only some rows fill."""

    posted_on: date
    kind: str
    description: str
    amount: Decimal
    amount_type: str
    more: dict[str, object]


def write_recon(facts: Facts, folder: Path) -> None:
    """Write one file for each two weeks; the last one ends today."""
    if not any(m.channel is Channel.WALMART for m in facts.seller.marketplaces):
        return
    lines = sorted(_lines(facts), key=lambda line: line.posted_on)
    for first, last in periods(facts.since, facts.today):
        within = [line for line in lines if first <= line.posted_on <= last]
        _write(folder / "walmart" / named("recon_v1", "US", (first, last), "csv"), (first, last), within)


def _write(path: Path, period: Span, lines: list[_Line]) -> None:
    first, last = period
    fee = Decimal("-3.20") - Decimal(len(lines)) / 20
    lines = [*lines, _Line(last, "Adjustment", "WFS StorageFee", rounded(fee, "USD"), _FEE, {})]
    summary: dict[str, object] = {
        "Period Start Date": american(first),
        "Period End Date": american(last),
        "Total Payable": sum(line.amount for line in lines),
        "Currency": "USD",
        "Transaction Posted Timestamp": american(last),
        "Transaction Type": "PaymentSummary",
        "Transaction Description": "Deposited in  account",
    }
    rows = [summary, *(_row(line) for line in lines)]
    write_table(path, HEADER, ([row.get(name, "") for name in HEADER] for row in rows))


def _row(line: _Line) -> dict[str, object]:
    return {
        "Currency": "USD",
        "Transaction Posted Timestamp": american(line.posted_on),
        "Transaction Type": line.kind,
        "Transaction Description": line.description,
        "Amount": line.amount,
        "Amount Type": line.amount_type,
        "Fulfillment Type": "Walmart Fulfilled",
        **line.more,
    }


def _lines(facts: Facts) -> Iterator[_Line]:
    for sale in facts.sales:
        if sale.marketplace.channel is Channel.WALMART:
            yield from _sold(sale)
    for refund in facts.refunds:
        if refund.sale.marketplace.channel is Channel.WALMART:
            yield from (line for line in _refunded(refund) if line.posted_on <= facts.today)
    for payment in facts.payments:
        if payment.marketplace.channel is Channel.WALMART:
            yield _paid(payment)


def _goods(goods: Goods) -> dict[str, object]:
    return {
        "Partner Item Id": goods.sku,
        "Partner GTIN": goods.gtin,
        "Partner Item Name": goods.title,
        "Contract Category": contract_category(goods),
    }


def _order(sale: Sale) -> dict[str, object]:
    city, state, code = sale.ship_to
    return {
        **_goods(sale.goods),
        "Customer Order #": sale.order_id,
        "Customer Order line #": 1,
        "Purchase Order #": sale.purchase_order_id,
        "Purchase Order line #": 1,
        "Ship to State": state,
        "Ship to City": city,
        "Ship to Zipcode": code,
        "Item Condition": "New",
    }


def _sold(sale: Sale) -> Iterator[_Line]:
    on = sale.at.date()
    order = {**_order(sale), "Ship Qty": sale.units}
    yield _Line(on, "Sale", "Purchase", sale.principal, "Product Price", order)
    yield _Line(on, "Sale", "Purchase", -sale.commission, "Commission on Product", {**order, **_commission(sale)})
    if sale.tax:
        yield _Line(on, "Sale", "Purchase", sale.tax, "Product tax", order)
        yield _Line(on, "Sale", "Purchase", -sale.tax, "Product tax withheld", order)
    yield _Line(on, "Adjustment", "WFS Fulfillment fee", -sale.fulfilment_fee, _FEE, order)


def _commission(sale: Sale) -> dict[str, object]:
    """The commission charged: the original commission less the incentive's saving."""
    original = sale.commission + sale.commission_saved
    rate = {"Commission Rate": f"{original / sale.principal * 100:.1f}", "Original Commission": original}
    if sale.commission_saved:
        rate |= {"Commission Incentive Program": "New Seller Savings", "Commission Saving": sale.commission_saved}
    return rate


def _refunded(refund: Refund) -> Iterator[_Line]:
    sale, on = refund.sale, refund.at.date()
    order = {**_order(sale), "Ship Qty": refund.units, "Transaction Reason Description": refund.reason}
    yield _Line(on, "Refund", refund.description, -refund.goods, "Product Price", order)
    yield _Line(on, "Refund", refund.description, refund.commission, "Commission on Product", order)
    if refund.is_reversed:
        later = on + timedelta(days=8)
        yield _Line(later, "Refund", refund.description, refund.goods, "Product Price", order)
        yield _Line(later, "Refund", refund.description, -refund.commission, "Commission on Product", order)
    elif refund.description == "Return Refund":
        yield _Line(on, "Adjustment", "WFS Return Shipping fee ", Decimal("-7.30"), _FEE, _goods(sale.goods))


def _paid(payment: Payment) -> _Line:
    more = {**_goods(payment.goods), "Ship Qty": abs(payment.cash) if payment.is_counted else ""}
    on = payment.at.date()
    if payment.reason == "Dispute":
        more["Customer Order #"] = payment.order_id
        return _Line(on, "Dispute", "Dispute Reimbursement", payment.amount, "Fee/Reimbursement", more)
    return _Line(on, "Adjustment", payment.reason, payment.amount, _INVENTORY, more)
