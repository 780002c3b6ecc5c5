"""The five lists of follow-ups, each with advice on what to do about its rows."""

from collections.abc import Sequence
from typing import Any

from core.lists.common import (
    ACCOUNT,
    CATEGORY,
    CURRENCY,
    FNSKU,
    MARKETPLACE,
    ORDER,
    ORDER_OR_SHIPMENT,
    REASON,
    REASON_CODE,
    SKU,
    UNITS,
)
from core.lists.list_spec import Column, Lead, ListSpec, Row, never
from core.queries import follow_ups
from core.queries.follow_ups import FollowUpFilter
from core.queries.paging import Position
from core.queries.rows import Question
from core.vocabulary import SURPLUS_KINDS

_PLACE = (CURRENCY, ACCOUNT, MARKETPLACE)


def _follow_up(code: str, **declared: Any) -> ListSpec:
    """A list of follow-ups, with the settings that all of them share."""

    def query(
        account_ids: Sequence[int], wanted: FollowUpFilter, order: str, columns: Sequence[str], at: Position | None
    ) -> Question:
        return follow_ups.rows(account_ids, code, wanted, order, columns, at)

    return ListSpec(
        code,
        query=query,
        filter=FollowUpFilter,
        keys=follow_ups.ORDERS,
        orders={"first": "Deadline" if code == "underpaid" else "Date", "largest": "Amount"},
        alt=declared["label"],
        file_name=code,
        **declared,
    )


def _reference(row: Row) -> str:
    return str(row["order_id"] or row["shipment_id"] or row["case_id"])


UNDERPAID = _follow_up(
    "underpaid",
    noun="item",
    label="Paid below cost",
    advice="**Request a re-evaluation, with an invoice, by the date shown.**  \nPaid less than the units cost by your"
    " sourcing costs. Not counted as Unclaimed: the units are settled.",
    nothing=("No payment below cost can still be re-evaluated.", "This needs sourcing costs."),
    columns=(
        Column("days_left", "Days left", "days", file="number", help="That day included.", may_be_empty=True),
        Column("amount", "Shortfall", "amount", file="amount"),
        CURRENCY,
        CATEGORY,
        ACCOUNT,
        MARKETPLACE,
        Column("paid", "Paid", "amount", file="amount"),
        Column("sourcing_cost", "Unit cost", "amount", file="amount"),
        UNITS,
        SKU,
        FNSKU,
        ORDER,
        Column("paid_on", "Paid on", "date", file="date"),
        Column("re_evaluation_until", "Request by", "date", file="date", may_be_empty=True),
        Column("item_id", file="text", where=never),
    ),
    leads=(Lead("item"),),
    file_order="account marketplace category amount currency units paid sourcing_cost paid_on re_evaluation_until"
    " days_left sku fnsku order_id item_id",
)


def _of_cash(code: str, moved: str, document: str, **declared: Any) -> ListSpec:
    return _follow_up(
        code,
        noun="payment",
        columns=(
            Column("moved_on", moved, "date", file="date"),
            Column("amount", "Amount", "amount", file="amount", may_be_empty=True),
            CURRENCY,
            REASON,
            ACCOUNT,
            MARKETPLACE,
            Column("document", document, file="text"),
            SKU,
            ORDER,
            Column("file", "File", file="text", reads=("file", "file_id")),
            Column("line", "Line", file="number", cell=lambda row: str(row["line"])),
            REASON_CODE,
            Column("row_id", file="text", where=never),
        ),
        file_order="account marketplace moved_on amount currency reason document order_id sku file line row_id",
        **declared,
    )


APPROVED_NOT_PAID = _of_cash(
    "approved_not_paid",
    "Approved on",
    "Reimbursement",
    label="Approved, not paid",
    advice="**Ask Amazon where the money is, with the reimbursement's id.**  \nThe reimbursements report has the"
    " payment, and no settlement has the money. It counts as Claimed, as everything in that report does.",
    nothing=("Everything that Amazon approved is in the synced settlements.",),
    leads=(Lead("settled"),),
)

PAID_NOT_REPORTED = _of_cash(
    "paid_not_reported",
    "Posted on",
    "Settlement",
    label="Paid, not reported",
    advice="**Export the reimbursements of these days again, and import them on Data sync.**  \nA settlement has the"
    " money, and the reimbursements report does not. It counts in no total until then.",
    nothing=("Every reimbursement in the settlements is in the reimbursements report.",),
)

WITHDRAWN = _follow_up(
    "withdrawn",
    noun="item",
    label="Withdrawn",
    advice="**Withdraw the case, if one was filed: a claim without its event endangers the account.**  \nA later or"
    " corrected report no longer has the event. It counts in no total.",
    nothing=("No detected item has been withdrawn.",),
    columns=(
        Column("withdrawn_at", "Withdrawn", "date", file="date", cell=lambda row: row["withdrawn_at"].date()),
        Column("amount", "Was detected", "amount", file="amount"),
        CURRENCY,
        CATEGORY,
        ACCOUNT,
        MARKETPLACE,
        Column("reason", "Why", "wide", file="text"),
        UNITS,
        SKU,
        FNSKU,
        ORDER_OR_SHIPMENT,
        Column("event_on", "Event", "date", file="date"),
        Column("item_id", file="text", where=never),
    ),
    leads=(Lead("cases_of_goods", "Cases"),),
    file_order="account marketplace category reason withdrawn_at event_on amount currency units sku fnsku"
    " order_or_shipment item_id",
)

SURPLUSES = _follow_up(
    "surpluses",
    noun="surplus",
    label="Surplus",
    advice="**Find out what each was for, and sync the report that says so.**  \nUnits found, received, returned or"
    " filed beyond what was missing, and payments for no known event. As many open units of the goods are in Review.",
    nothing=("No surplus: everything found, received, returned, filed and paid fits an event.",),
    columns=(
        Column("kind", "Surplus of", file="text", registry=SURPLUS_KINDS, width=120),
        Column("units", "Units", "count", file="number", cell=lambda row: row["units"] or None),
        Column("amount", "Amount", "amount", file="amount", may_be_empty=True),
        *_PLACE,
        Column("happened_on", "Happened", "date", file="date"),
        Column(
            "units_matched",
            "Units in Review",
            "count",
            file="number",
            help="So many open units of the same goods are in Review meanwhile.",
        ),
        SKU,
        FNSKU,
        Column(
            "reference",
            "Order, shipment or case",
            cell=_reference,
            reads=("order_id", "shipment_id", "case_id"),
            may_be_empty=True,
        ),
        *(Column(code, file="text", where=never) for code in ("order_id", "shipment_id", "case_id")),
    ),
    leads=(Lead("surplus"),),
    file_order="account marketplace kind happened_on units units_matched amount currency sku fnsku order_id shipment_id"
    " case_id",
)

ALL = (UNDERPAID, APPROVED_NOT_PAID, PAID_NOT_REPORTED, WITHDRAWN, SURPLUSES)
