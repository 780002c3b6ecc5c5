"""Outcomes of owed units, however they were lost: paid, claimed, denied, reversed, nothing.

Each outcome gets its first possible day, and adds the parts of the amount owed.
"""

from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import FEES, REMOVALS, RETURNS, window_of
from loaders.demo.model.world import ClaimCase, Fate, Incident, Kind, Owed, Payment

PAID_FOR = {
    "inventory_lost": "Lost_Warehouse",
    "inventory_damaged": "Damaged_Warehouse",
    "inventory_destroyed": "Damaged_Warehouse",
    "shipment_lost": "Lost_Inbound",
    "shipment_damaged": "Damaged_Inbound",
    "removal_lost": "Removal_Order_Lost",
    "removal_damaged": "Removal_Order_Damaged",
    "return_lost": "CustomerReturn",
    "replacement_lost": "Free_Replacement_Refund_Items",
    "return_carrier_damaged": "CustomerReturn",
    "refunded_more": "CustomerServiceIssue",
    "return_delayed": "CustomerReturn",
    "referral_fee_overcharge": "Fee_Correction",
    "fulfilment_fee_overcharge": "Fee_Correction",
}
"""Amazon's payment reason. It has none of its own for units that it destroyed."""

_WALMART_PAYS_FOR = {"inventory_lost": "WFS LostInventory", "inventory_damaged": "WFS DamageInWarehouse"}
"""Walmart's payment reasons for its warehouses; it pays all else as disputes."""

_REFUSALS = {
    "inventory_lost": "Proof of sourcing cost was not accepted",
    "inventory_damaged": "Proof of sourcing cost was not accepted",
    "shipment_lost": "Proof of delivery was not accepted",
    "shipment_damaged": "The goods were not packed as required",
    "removal_lost": "The carrier says that it was delivered",
    "removal_damaged": "No photograph of the parcel was sent",
}
"""Reasons for a denied case."""


def unpaid(_scene: Scene, owed: Owed, _since: date) -> None:
    """Never paid or claimed."""
    owed.end(Fate.OPEN)


def paid(scene: Scene, owed: Owed, since: date) -> None:
    """Paid without a case."""
    pay(scene, owed, scene.later(since, 3, 15), owed.units, worth(scene, owed))


def underpaid(scene: Scene, owed: Owed, since: date) -> None:
    """Paid without a case, for less than the units cost."""
    pay(scene, owed, scene.later(since, 3, 15), owed.units, _too_little(scene, owed))


def partly_paid(scene: Scene, owed: Owed, since: date) -> None:
    """Some units are paid without a case, the others never."""
    units = scene.chance.randint(1, owed.units - 1)
    pay(scene, owed, scene.later(since, 3, 15), units, worth(scene, owed))
    owed.end(Fate.OPEN, owed.units - units)


def paid_late(scene: Scene, owed: Owed, _since: date) -> None:
    """Paid without a case, after the last day to claim."""
    pay(scene, owed, scene.later(_closed_on(owed), 3, 20), owed.units, worth(scene, owed))


def in_case(scene: Scene, owed: Owed, since: date) -> None:
    """A case is open."""
    file_case(scene, owed, scene.later(since, 1, 20), worth(scene, owed))
    owed.end(Fate.IN_CASE)


def approved_not_paid(scene: Scene, owed: Owed, since: date) -> None:
    """A case was approved, and the payment is outstanding."""
    case = file_case(scene, owed, scene.later(since, 1, 10), worth(scene, owed))
    case.decision, case.decided_on = "approved", scene.later(case.opened_on, 2, 6)
    owed.end(Fate.IN_CASE)


def denied(scene: Scene, owed: Owed, since: date) -> None:
    """A case was denied."""
    deny(scene, file_case(scene, owed, scene.later(since, 1, 20), worth(scene, owed)))
    owed.end(Fate.DENIED)


def appealed(scene: Scene, owed: Owed, since: date) -> None:
    """A case was denied, and a second one for the same units is open."""
    per_unit = worth(scene, owed)
    first = file_case(scene, owed, scene.later(since, 1, 6), per_unit)
    deny(scene, first)
    file_case(scene, owed, scene.later(first.closed_on or since, 1, 8), per_unit, f"Appeal of {first.case_id}")
    owed.end(Fate.IN_CASE)


def paid_case(scene: Scene, owed: Owed, since: date) -> None:
    """A case was approved and paid."""
    _approve(scene, owed, since, owed.units, worth(scene, owed))


def underpaid_case(scene: Scene, owed: Owed, since: date) -> None:
    """A case was approved, and paid with less than the units cost."""
    _approve(scene, owed, since, owed.units, _too_little(scene, owed))


def partly_paid_case(scene: Scene, owed: Owed, since: date) -> None:
    """A case was approved for some of the units, and closed."""
    units = scene.chance.randint(1, owed.units - 1)
    _approve(scene, owed, since, units, worth(scene, owed))
    owed.end(Fate.DENIED, owed.units - units)


def filed_late(scene: Scene, owed: Owed, _since: date) -> None:
    """A case was filed after the last day, and therefore denied."""
    case = file_case(scene, owed, scene.later(_closed_on(owed), 2, 12), worth(scene, owed))
    deny(scene, case)
    case.note = "Outside the claim window"
    owed.end(Fate.OPEN)


def taken_back(scene: Scene, owed: Owed, since: date) -> None:
    """Paid in a case, then reversed as paid in error. The units were not found."""
    payment = _approve(scene, owed, since, owed.units, worth(scene, owed))
    scene.take_back(payment, scene.later(payment.at.date(), 20, 60), payment.reason, units=owed.units, was_found=False)
    owed.parts[-1].fate = Fate.TAKEN_BACK


def found_after_paying(scene: Scene, owed: Owed, since: date) -> None:
    """Paid in a case, then one unit was found and its payment reversed; the unit returns to stock."""
    payment = _approve(scene, owed, since, owed.units, worth(scene, owed))
    taken_on = scene.later(payment.at.date(), 20, 60)
    scene.take_back(payment, taken_on, payment.reason, units=1, was_found=True)
    found = scene.move(scene.later(taken_on, 0, 4), owed.goods, Kind.FOUND, 1, "N")
    found.reconciled.append((found.on, 1))
    owed.return_one()


CLAIMS = (
    *(in_case, approved_not_paid, denied, appealed, paid_case, underpaid_case, partly_paid_case),
    *(taken_back, found_after_paying),
)
"""Outcomes that begin with a case."""

TAKES_BACK = (taken_back, found_after_paying)
"""Outcomes that the older layout of the reimbursements can not show: it does not name the reversed payment."""

NEEDS_TWO = (partly_paid, partly_paid_case)
"""Outcomes that need at least two units."""


def _approve(scene: Scene, owed: Owed, since: date, units: int, per_unit: Decimal) -> Payment:
    case = file_case(scene, owed, scene.later(since, 1, 20), per_unit)
    on = scene.later(case.opened_on, 4, 14)
    case.decision, case.decided_on, case.closed_on = "approved", on, on
    if units < owed.units:
        case.decision = "partially_approved"
    return pay(scene, owed, on, units, per_unit, case.case_id)


def deny(scene: Scene, case: ClaimCase) -> None:
    """Deny a case days after it was filed."""
    case.decision = "denied"
    case.decided_on = case.closed_on = scene.later(case.opened_on, 3, 10)
    case.note = _REFUSALS.get(case.category, "No error was found")


def file_case(
    scene: Scene, owed: Owed, opened_on: date, per_unit: Decimal, note: str = "", case_id: str = ""
) -> ClaimCase:
    """File a case for all units, or put them into one that is filed on that day for other goods."""
    case = ClaimCase(
        case_id=case_id or scene.chance.digits(8 if scene.is_walmart else 11),
        marketplace=owed.marketplace,
        opened_on=opened_on,
        category=owed.category,
        goods=owed.goods,
        claimed_units=owed.units,
        claimed_amount=per_unit * owed.units,
        note=note or (f"Arrived damaged on {owed.clock_on}" if owed.category == "removal_damaged" else ""),
        order_id=owed.order_id,
        shipment_id=owed.shipment_id,
    )
    scene.facts.cases.append(case)
    owed.case_id = case.case_id
    return case


def pay(scene: Scene, owed: Owed, on: date, units: int, per_unit: Decimal, case_id: str = "") -> Payment:
    """Pay units in cash. Walmart's report names no case. A damaged unit that was paid then belongs to Amazon."""
    if scene.is_walmart:
        reason, case_id = _WALMART_PAYS_FOR.get(owed.category, "Dispute"), ""
    else:
        reason = PAID_FOR[owed.category]
    payment = scene.pay(
        *(owed.goods, on, reason, per_unit, units),
        case_id=case_id,
        order_id="" if owed.category in REMOVALS else owed.order_id,  # the report has customers' orders only
        is_batched=isinstance(owed, Incident) and not case_id,
    )
    owed.end(Fate.PAID, units, per_unit)
    if isinstance(owed, Incident):
        owed.line.reconciled.append((on, units))
        if owed.category == "inventory_damaged" and not scene.is_walmart:
            own = scene.move(on, owed.goods, Kind.RECLASSIFIED, -units, "O", "WAREHOUSE_DAMAGED")
            own.centre = owed.line.centre
    return payment


def worth(scene: Scene, owed: Owed) -> Decimal:
    """The payment per unit: the marketplace's estimate of the sourcing cost, or Walmart's average sale price."""
    if owed.category in (*RETURNS, *FEES):
        return _worth_of_sold(scene, owed)
    if scene.is_walmart and not isinstance(owed, Incident):
        return scene.chance.amount(owed.goods.prices[scene.currency], 0.85, 1.0, scene.currency)
    most = 1.3 if scene.is_walmart else 1.12
    return scene.chance.amount(owed.goods.cost_on(owed.happened_on, scene.currency), 1.0, most, scene.currency)


def _worth_of_sold(scene: Scene, owed: Owed) -> Decimal:
    """The payment for sold units: roughly their proceeds; if owed in money, all of it."""
    if owed.unit_value is None:
        raise ValueError(f"{owed.category} without a value")
    is_money = owed.category in (*FEES, "refunded_more")
    return owed.unit_value if is_money else scene.chance.amount(owed.unit_value, 0.96, 1.04, scene.currency)


def _too_little(scene: Scene, owed: Owed) -> Decimal:
    if scene.is_walmart and owed.category not in (*FEES, "refunded_more"):
        # less than half of a unit's value would settle no whole unit
        return scene.chance.amount(worth(scene, owed), 0.55, 0.9, scene.currency)
    if owed.category in (*FEES, "refunded_more") and owed.unit_value is not None:
        return scene.chance.amount(owed.unit_value, 0.4, 0.7, scene.currency)
    return scene.chance.amount(owed.goods.cost_on(owed.happened_on, scene.currency), 0.45, 0.8, scene.currency)


def _closed_on(owed: Owed) -> date:
    """The first day after the window. Raises LookupError where it never closes."""
    window = window_of(owed.category, owed.marketplace)
    last_day = window.last_day(owed.clock_on) if owed.clock_on else None
    if last_day is None:
        raise LookupError(f"{owed.category} in {owed.marketplace.code} never closes")
    return last_day + timedelta(days=1)
