"""What hostile and damaged JSON files get: they are read, or refused with a reason, in bounded memory."""

import json

import pytest

from tests.loaders.conftest import Desk
from tests.loaders.hostile import MIB, Case, check, read, refused

LOG_ENTRY = {
    "id": "a-1",
    "fcName": "ATL1",
    "changedUnits": -1,
    "transactionTime": "2026-07-02T08:00:00Z",
    "transactionReasonCode": "LOST",
    "transactionType": "Adjustment",
}
LOG = json.dumps({"payload": {"gtin": "00012345678905", "vendorSku": "MUG-1", "inventoryLog": [LOG_ENTRY]}})


def logged(value: str) -> str:
    """The log with one more value in its entry, as JSON."""
    return LOG.replace('"id"', f'"more": {value}, "id"')


def many_names(count: int) -> str:
    return json.dumps({f"name{number:08}": 1 for number in range(count)})


CASES = {
    "JSON": read(LOG, 1),
    "JSON in UTF-16": read(LOG.encode("utf-16"), 1),
    "JSON behind blank lines": read(f"\n\n{LOG}", 1),
    "JSON that is cut off": refused(LOG[:-30], "is not a complete JSON document"),
    "JSON of an unknown shape": refused(
        '{"weather": ["rain"]}', "no known format. Its header has 1 name, none of which"
    ),
    "JSON that is a list": refused("[1, 2, 3]", "is of no known format. It is a list."),
    "a JSON page without entries": read('{"payload": {"gtin": "1", "vendorSku": "MUG-1", "inventoryLog": []}}', 0),
    "a JSON page without its entries": refused('{"payload": {"gtin": "1"}}', "is of no known format"),
    "JSON whose entries are no records": refused(
        '{"payload": {"inventoryLog": [1, "x", null]}}', "is of no known format"
    ),
    "JSON nested too deeply": refused("[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "JSON nested about as deeply as it can be read": refused("[" * 900 + "]" * 900, "JSON document|no known format"),
    "objects nested too deeply": refused('{"payload":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
    "objects nested too deeply that never close": refused('{"payload":' * 100_000, "nested too deeply"),
    "objects that never close": refused('{"payload":' * 50, "is not a complete JSON document: It ends too early"),
    "a record nested too deeply": refused(logged('{"a":' * 950 + "1" + "}" * 950), "nested too deeply|no known"),
    "JSON within which something is wrong": refused(LOG.replace(": -1", ": minus one"), "Expecting value (at byte "),
    "JSON with something behind it": refused(LOG + LOG, "is not a complete JSON document: Extra data"),
    "JSON with a comma too many": refused(LOG.replace("}]", "},]"), "is not a complete JSON document"),
    "JSON with a newline in a text": refused(LOG.replace("ATL1", "ATL\n1"), "Invalid control character"),
    "JSON in UTF-16 without a mark": read(LOG.encode("utf-16-le"), 1),
    "JSON in cp1252": read(LOG.replace("ATL1", "ATL\xfc").encode("cp1252"), 1),
    "a JSON list of pages": read(f"[{LOG}, {LOG.replace('a-1', 'a-2')}]", 2),
    "a JSON list of nothing": refused("[]", "is of no known format. It is a list."),
    "pages of nothing": read('[{"payload": []}, {"payload": []}]', 0),
    "a page of nothing that could be of two formats": read('{"payload": [], "headers": {"totalCount": 0}}', 0),
    "an object of nothing": refused("{}", "is of no known format. Its header has 0 names"),
    "a name twice in a record": refused(LOG.replace('"id"', '"id": "b-2", "id"'), "a name twice in one object"),
    "a name twice around the records": refused(LOG.replace('"gtin"', '"gtin": "1", "gtin"'), "a name twice in one"),
    "a name twice, written otherwise": refused(LOG.replace('"id"', '"ID": "b-2", "id"'), "has the column ID twice"),
    "a dotted name and an object of this name": refused(
        LOG.replace('"id"', '"a.b": "1", "a": {"b": 2}, "id"'), "a name twice in one object"
    ),
    "a value of 10 MB in a JSON record": refused(logged(f'"{"x" * 10 * MIB}"'), "value beside its records, of more"),
    "a value of 10 MB beside JSON records": refused(
        LOG.replace('"gtin"', f'"note": "{"x" * 10 * MIB}", "gtin"'), "value beside its records, of more than 4 MiB"
    ),
    "10 MB of JSON that are no report's": refused(f'{{"weather": "{"x" * 10 * MIB}"}}', "of more than 4 MiB"),
    "an identifier of 3 MB in JSON": read(LOG.replace("a-1", "x" * 3 * MIB), 0, 1),
    "more names than a report has": refused(logged(many_names(9_000)), "of more than 4 MiB"),
    "more names around records than a report has": refused(
        LOG.replace('"gtin"', f'{many_names(400_000)[1:-1]}, "gtin"'), "of more than 4 MiB"
    ),
    "items of a shipment that is not named": refused(
        '{"payload": {"ItemData": [{"SellerSKU": "MUG-1", "QuantityShipped": 1}]}}',
        "Its header has 1 name; of these, reports have: payload. It may be amazon_inbound_items without ShipmentId."
        " It may stand in each record, or once beside their list.",
    ),
    "an identifier that is a number": read(LOG.replace('"a-1"', "1E5"), 1),
    "a minus before a zero": read(LOG.replace(": -1", ": -0"), 1),
    "half a character in JSON": read(LOG.replace("ATL1", r"\ud83d"), 0, 1),
    "half a character in the name of a JSON value": refused(LOG.replace("fcName", r"\ud83d"), "control character"),
    "a zero character in JSON": read(LOG.replace("ATL1", r"\u0000"), 0, 1),
    "numbers in JSON that are none": read(LOG.replace("-1", "NaN", 1).replace(": -1", ": 1e400"), 0, 1),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_hostile_json_file_is_read_or_refused_with_a_reason(desk: Desk, case: Case) -> None:
    check(desk, case)


def test_an_identifier_that_is_a_number_keeps_its_text(desk: Desk) -> None:
    desk.take("log.json", LOG.replace('"a-1"', "1E5"))
    assert desk.column("select reference_id from inventory_event where account_id = :account_id") == ["1E5"]


def test_an_event_that_pages_hold_twice_is_one_event(desk: Desk) -> None:
    """The marketplace itself gives it its id: unlike a ledger's lines, equal ones are not two."""
    result = desk.take("pages.json", f"[{LOG}, {LOG}]")
    assert (result.rows, result.new, result.unchanged) == (2, 1, 1)


def test_a_page_of_nothing_leaves_a_record_and_says_so(desk: Desk) -> None:
    result = desk.take("page.json", '{"payload": []}')
    assert (result.status, result.format, result.rows, result.message) == ("taken", None, 0, "It holds no records.")
    assert desk.column("select status from sync_run where account_id = :account_id") == ["taken"]
    assert desk.column("select count(*) from source_file where account_id = :account_id") == [0]
