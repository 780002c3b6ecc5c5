"""The demo world is the same for the same seed, ends today, adds up, and tells the truth about itself."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.vocabulary import MARKETPLACES, Channel
from loaders.demo import write_world
from loaders.demo.build import simulate
from loaders.demo.model.facts import Facts
from loaders.demo.model.sellers import FIRST_SELLERS, sellers
from loaders.demo.model.world import Kind
from loaders.demo.stories.amazon_paths import PATH_STORIES
from loaders.demo.truth import STAGES, stage
from tests.loaders.demo.by_quantity import counted
from tests.loaders.demo.order_headers import ORDER_HEADERS

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)
SEED = 7

LEDGER = (
    "Date,FNSKU,ASIN,MSKU,Title,Event Type,Reference ID,Quantity,Fulfillment Center,Disposition,Reason,Country,"
    "Reconciled Quantity,Unreconciled Quantity,Date and Time,Store"
)
UNSPACED_LEDGER = (
    "Date,FNSKU,ASIN,MSKU,Title,EventType,ReferenceID,Quantity,FulfillmentCenter,Disposition,Reason,Country,"
    "ReconciledQuantity,UnreconciledQuantity"
)
REIMBURSEMENTS = (
    "approval-date,reimbursement-id,case-id,amazon-order-id,reason,sku,fnsku,asin,product-name,condition,currency-unit,"
    "amount-per-unit,amount-total,quantity-reimbursed-cash,quantity-reimbursed-inventory,quantity-reimbursed-total"
)
RETURNS = (
    "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,"
    "license-plate-number,customer-comments"
)
RECON = (
    "Period Start Date,Period End Date,Total Payable,Currency,Transaction Key,Transaction Posted Timestamp,"
    "Transaction Type,Transaction Description,Customer Order #,Customer Order line #,Purchase Order #,"
    "Purchase Order line #,Amount,Amount Type,Ship Qty,Commission Rate,Transaction Reason Description,Partner Item Id,"
    "Partner GTIN,Partner Item Name,Product Tax Code,Ship to State,Ship to City,Ship to Zipcode,Contract Category,"
    "Product Type,Commission Rule,Shipping Method,Fulfillment Type,Fulfillment Details,Original Commission,"
    "Commission Incentive Program,Commission Saving,Customer Promo Type,Total Walmart Funded Savings Program,"
    "Campaign Id,Item Condition"
)
CASES = (
    "case_id,marketplace,opened_on,category,fnsku,sku,order_id,shipment_id,claimed_units,claimed_amount,currency,"
    "decision,decided_on,closed_on,note"
)

NORTH_AMERICAN_REMOVALS = (
    "request-date,order-id,order-type,service-speed,order-status,last-updated-date,sku,fnsku,disposition,"
    "requested-quantity,cancelled-quantity,disposed-quantity,shipped-quantity,in-process-quantity,removal-fee,currency"
)
EUROPEAN_REMOVALS = (
    "request-date,order-id,order-source,order-type,order-status,last-updated-date,sku,fnsku,disposition,"
    "requested-quantity,cancelled-quantity,disposed-quantity,shipped-quantity,in-process-quantity,removal-fee,currency"
)
REMOVAL_SHIPMENTS = (
    "request-date,order-id,shipment-date,sku,fnsku,disposition,shipped-quantity,carrier,tracking-number,"
    "removal-order-type"
)


def with_tabs(header: str) -> str:
    return header.replace(",", "\t")


HEADERS = {
    "ledger_detail": {
        with_tabs(LEDGER),
        with_tabs(UNSPACED_LEDGER),
        ",".join(f'"{name}"' for name in LEDGER.split(",")),
    },
    "fba_reimbursements": {
        with_tabs(REIMBURSEMENTS),
        with_tabs(f"{REIMBURSEMENTS},original-reimbursement-id,original-reimbursement-type"),
    },
    "fba_customer_returns": {with_tabs(RETURNS)},
    "recon_v1": {RECON},
    "cases": {CASES},
    "removal_orders": {with_tabs(NORTH_AMERICAN_REMOVALS), with_tabs(EUROPEAN_REMOVALS)},
    "removal_shipments": {with_tabs(REMOVAL_SHIPMENTS)},
    "shipment_deliveries": {"shipment_id,delivered_on"},
    "sourcing_costs": {"sku,marketplace,unit_cost,currency,valid_from"},
    **ORDER_HEADERS,
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world")
    write_world(out, accounts=8, items=120, seed=SEED, today=TODAY)
    return out


@pytest.fixture(scope="module", params=[seller.code for seller in FIRST_SELLERS])
def facts(request: pytest.FixtureRequest) -> Facts:
    seller = next(seller for seller in FIRST_SELLERS if seller.code == request.param)
    return simulate(seller, items=200, seed=SEED, today=TODAY)


def encoding_of(path: Path) -> str:
    return "cp932" if "HINOKI" in path.parts and path.suffix == ".tsv" else "utf-8"


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def truths(out: Path) -> Iterator[dict[str, str]]:
    for path in sorted((out / "truth").glob("*.csv")):
        yield from rows(path)


def fingerprints(out: Path) -> dict[str, str]:
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_another_seed_writes_another_world(world: Path, tmp_path: Path) -> None:
    write_world(tmp_path, accounts=1, items=120, seed=SEED + 1, today=TODAY)
    other, first = fingerprints(tmp_path), fingerprints(world)
    assert other["truth/NORTHWIND.csv"] != first["truth/NORTHWIND.csv"]


def test_the_same_seed_writes_the_same_bytes_of_a_seller_whatever_the_number_of_accounts(
    world: Path, tmp_path: Path
) -> None:
    write_world(tmp_path, accounts=2, items=120, seed=SEED, today=TODAY)
    first, again = fingerprints(world), fingerprints(tmp_path)
    of_sellers = {name for name in again if "/" in name}
    assert {name.split("/")[0] for name in of_sellers} >= {"NORTHWIND", "ALDERFINCH", "truth"}
    assert all(first[name] == again[name] for name in of_sellers)


def test_sellers_have_codes_of_their_own_and_a_long_tail() -> None:
    many = sellers(200, SEED)
    assert len({seller.code for seller in many}) == len({seller.name for seller in many}) == 200
    sizes = sorted(seller.size for seller in many)
    assert sizes[-1] > 5 * sizes[100]


def test_each_file_has_a_documented_header(world: Path) -> None:
    seen = defaultdict(set)
    for path in [*world.glob("*/amazon/*"), *world.glob("*/*/*.tsv"), *world.glob("*/*/*.csv")]:
        if "truth" in path.parts:
            continue
        report = next(name for name in HEADERS if path.name.startswith(name))
        with path.open("rb") as file:
            header = file.readline().decode("ascii").rstrip("\n")
        assert header in HEADERS[report], path.name
        seen[report].add(header)
    assert seen == HEADERS


def test_an_inventory_log_page_has_the_documented_fields_and_all_its_entries(world: Path) -> None:
    entries: Counter[str] = Counter()
    totals: dict[str, int] = {}
    for path in world.glob("*/walmart/inventory_log_*.json"):
        page = json.loads(path.read_text(encoding="utf-8"))
        payload = page["payload"]
        assert set(page["headers"]) == {"limit", "offset", "totalCount"}
        assert set(payload) == {"gtin", "vendorSku", "productName", "inventoryLog"}
        assert len(payload["gtin"]) == 14
        assert payload["gtin"].startswith("00")
        for entry in payload["inventoryLog"]:
            assert entry["transactionTime"].endswith("Z")
        entries[payload["gtin"]] += len(payload["inventoryLog"])
        totals[payload["gtin"]] = page["headers"]["totalCount"]
    assert entries == totals


def test_every_reconciliation_adds_up_to_its_total_payable(world: Path) -> None:
    reports = list(world.glob("*/walmart/recon_v1_*.csv"))
    for path in reports:
        summary, *lines = rows(path)
        assert summary["Transaction Type"] == "PaymentSummary"
        assert sum(Decimal(line["Amount"]) for line in lines) == Decimal(summary["Total Payable"])
        assert not any(line["Period Start Date"] or line["Total Payable"] for line in lines)
    assert reports


def test_amounts_of_reimbursements_are_units_times_amount_per_unit(world: Path) -> None:
    for path in world.glob("*/amazon/fba_reimbursements_*"):
        for row in rows(path, "\t"):
            each, total = (Decimal(row[name].replace(",", ".")) for name in ("amount-per-unit", "amount-total"))
            cash, inventory = int(row["quantity-reimbursed-cash"]), int(row["quantity-reimbursed-inventory"])
            assert total == each * cash
            assert int(row["quantity-reimbursed-total"]) == cash + inventory


def test_reports_end_today_and_hold_nothing_later(world: Path) -> None:
    for code in ("NORTHWIND", "KESTREL", "TIDEWATER"):
        for report in ("ledger_detail", "fba_reimbursements", "recon_v1"):
            assert list(world.glob(f"{code}/*/{report}_*_{TODAY.isoformat()}.*")), (code, report)


def test_nothing_happens_after_today_or_before_the_history(facts: Facts) -> None:
    days = [movement.on for movement in facts.movements] + [payment.at.date() for payment in facts.payments]
    days += [case.closed_on or case.decided_on or case.opened_on for case in facts.cases]
    assert facts.since <= min(days)
    assert max(days) <= TODAY


def test_overlapping_exports_hold_whole_days(world: Path) -> None:
    by_day: dict[str, set[int]] = defaultdict(set)
    for path in world.glob("NORTHWIND/amazon/ledger_detail_NA_*"):
        for day, count in Counter(row["Date"] for row in rows(path, "\t")).items():
            by_day[day].add(count)
    assert all(len(counts) == 1 for counts in by_day.values())


def test_stock_is_never_below_zero(facts: Facts) -> None:
    stock: Counter[tuple[str, str]] = Counter()
    on_shelves = (movement for movement in facts.movements if movement.disposition == "SELLABLE")
    for movement in sorted(on_shelves, key=lambda movement: (movement.on, movement.kind is not Kind.RECEIPT)):
        stock[movement.marketplace.code, movement.goods.sku] += movement.units
        assert stock[movement.marketplace.code, movement.goods.sku] >= 0


def test_the_truth_has_every_lost_and_damaged_unit_once(facts: Facts) -> None:
    gone = -sum(m.units for m in facts.movements if m.kind in (Kind.LOST, Kind.DAMAGED) and m.units < 0)
    assert sum(incident.units for incident in facts.incidents) == gone
    for incident in facts.incidents:
        assert sum(part.units for part in incident.parts) == incident.units, incident.decoy


def test_counting_by_quantity_finds_the_units_that_were_meant(facts: Facts) -> None:
    """But for units that have to be judged together with something else: those have goods of their own."""
    by_quantity, others = counted(facts), {story.decoy for story in PATH_STORIES}
    for incident in (incident for incident in facts.incidents if incident.decoy not in others):
        meant: Counter[str] = Counter()
        for part in incident.parts:
            meant[stage(part, incident, facts.today) or "in kind"] += part.units
        assert by_quantity[id(incident)] == meant, (incident.decoy, incident.line)


def test_each_unit_of_the_truth_is_in_one_stage_or_settled_in_kind(world: Path) -> None:
    for row in truths(world):
        in_stages = sum(int(row[name]) for name in STAGES)
        assert in_stages + int(row["units_in_kind"]) == int(row["units"]), row


def test_money_of_the_truth_is_the_money_of_the_reports(world: Path) -> None:
    """What was taken back as found is in neither; what was taken back for good is paid and taken back."""
    for account in sorted(path for path in world.iterdir() if path.is_dir() and path.name != "truth"):
        paid: defaultdict[str, Decimal] = defaultdict(Decimal)
        for path in account.glob("amazon/fba_reimbursements_*"):
            for row in rows(path, "\t"):
                paid[row["currency-unit"]] += Decimal(row["amount-total"].replace(",", "."))
        claimed: defaultdict[str, Decimal] = defaultdict(Decimal)
        for row in rows(world / "truth" / f"{account.name}.csv"):
            if row["marketplace"].startswith("AMAZON"):
                claimed[row["currency"]] += Decimal(row["claimed_amount"])
        assert claimed == paid, account.name


def test_every_stage_occurs_in_every_currency(world: Path) -> None:
    units: Counter[tuple[str, str]] = Counter()
    for row in truths(world):
        units.update({(row["currency"], name): int(row[name]) for name in STAGES})
    never_sure = {("CAD", "future"), ("CAD", "ready")}
    currencies = ("USD", "CAD", "GBP", "EUR", "JPY")
    assert {(currency, name) for currency in currencies for name in STAGES} - never_sure == {
        k for k, v in units.items() if v
    }


def test_each_decoy_occurs(world: Path) -> None:
    decoys = {row["decoy"] for row in truths(world)}
    assert decoys >= {
        "found later",
        "equal rows",
        "may still be paid",
        "outside the window",
        "replaced, with an N row",
        "reversed, found",
        "reversed, not found",
        "unsellable before",
        "paid before",
        "paid without an event",
        "reconciled under other goods",
        "credit without a number of units",
        "appealed too late",
        *(story.decoy for story in PATH_STORIES),
    }


def test_the_last_day_of_the_window_is_ready_and_the_next_one_expired(world: Path) -> None:
    last_day = [row for row in truths(world) if row["decoy"] == "last day of the window"]
    next_day = [row for row in truths(world) if row["decoy"] == "first day after the window"]
    in_warehouses = [row for row in last_day if row["category"].startswith("inventory")]
    assert {row["event_on"] for row in in_warehouses} == {str(TODAY - timedelta(days=60))}
    assert {row["deadline_on"] for row in last_day} == {str(TODAY)}
    assert all(int(row["ready"]) + int(row["review"]) == int(row["units"]) for row in last_day)
    assert {row["marketplace"] for row in last_day if int(row["ready"])} >= {"AMAZON_US", "AMAZON_UK", "AMAZON_DE"}
    assert all(row["expired"] == row["units"] for row in next_day)


def test_each_damage_is_followed_by_its_p_twin(facts: Facts) -> None:
    lines = [movement for movement in facts.movements if movement.marketplace.channel is Channel.AMAZON]
    damaged = Counter((m.on, m.goods.sku, m.centre, -m.units) for m in lines if m.kind is Kind.DAMAGED)
    twins = Counter(
        (m.on, m.goods.sku, m.centre, m.units)
        for m in lines
        if m.reason == "P" and m.disposition == "WAREHOUSE_DAMAGED"
    )
    assert damaged == twins


def test_amazon_moves_units_under_its_documented_dispositions_and_reasons(facts: Facts) -> None:
    lines = [movement for movement in facts.movements if movement.marketplace.channel is Channel.AMAZON]
    assert {movement.disposition for movement in lines} <= {
        "SELLABLE",
        "DEFECTIVE",
        "CUSTOMER_DAMAGED",
        "DISTRIBUTOR_DAMAGED",
        "WAREHOUSE_DAMAGED",
        "CARRIER_DAMAGED",
        "EXPIRED",
    }
    known = [movement for movement in lines if movement.kind not in (Kind.ADJUSTED, Kind.UNKNOWN)]
    assert {movement.reason for movement in known} <= {"", *"M5FNE6HKU7POQD"}


def test_buyers_comments_hold_names_and_telephone_numbers(world: Path) -> None:
    paths = world.glob("*/amazon/fba_customer_returns_*")
    comments = "".join(
        path.read_text(encoding="cp1252" if "ALDER" in str(path) else encoding_of(path)) for path in paths
    )
    assert "Sarah Whitfield" in comments
    assert "555-01" in comments


def test_one_seller_has_returns_that_are_no_utf_8(world: Path) -> None:
    comments = b"".join(path.read_bytes() for path in world.glob("ALDERFINCH/amazon/fba_customer_returns_*"))
    with pytest.raises(UnicodeDecodeError):
        comments.decode("utf-8")


def test_users_have_the_accounts_of_their_role(world: Path) -> None:
    users = {user["email"]: user for user in json.loads((world / "users.json").read_text(encoding="utf-8"))}
    accounts = json.loads((world / "accounts.json").read_text(encoding="utf-8"))
    codes = [account["code"] for account in accounts]
    assert users["seller@example.com"] == {"email": "seller@example.com", "role": "seller", "accounts": codes[:2]}
    assert len(users["manager@example.com"]["accounts"]) == 6
    assert users["staff@example.com"]["accounts"] == []
    assert all(code in MARKETPLACES for account in accounts for code in account["marketplaces"])
