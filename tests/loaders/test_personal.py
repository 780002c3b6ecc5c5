"""Customers' names, addresses, e-mails and phone numbers are stored nowhere: not in a row, an issue or a raw line."""

from pathlib import Path

import pytest

from tests.loaders.conftest import Desk
from tests.loaders.test_samples import all_text

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.parametrize(
    ("path", "stays", "words"),
    [
        (
            "walmart_returns/page.json",
            "200000000000000011",
            ("Jane", "Roe", "John", "Doe", "relay.example", "512 555", "Elm Street", "Nowhereville", "73301"),
        ),
        (
            "walmart_inbound_shipments/page.json",
            "0070001GDM",
            ("Mug Street", "Fulfilment Way", "Nowhereville", "73301"),
        ),
        ("amazon_inbound_shipments/page.json", "FBA17MUGS001", ("Jane", "Roe", "Mug Street", "Nowhereville", "73301")),
        (
            "amazon_orders/all_by_last_update.tsv",
            "111-0000001-0000001",
            ("Nowhereville", "73301", "Köln", "123.456", "Roe"),
        ),
        ("amazon_customer_shipments/us.tsv", "026-0000001-0000001", ("Nowhereville", "73301", "N1 9GU")),
    ],
)
def test_what_is_personal_is_nowhere_in_the_database(desk: Desk, path: str, stays: str, words: tuple[str, ...]) -> None:
    assert desk.sync(SAMPLES / path).status == "taken"
    stored = all_text(desk.engine)
    assert stays in stored
    assert not [word for word in words if word in stored]
