"""Numbers and dates stand as their reader writes them, and never as another one does."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from threading import Thread
from time import perf_counter

import pandas as pd
import pytest
from streamlit.runtime import context

from core import form
from core.form import ENGLISH
from core.money import formatted
from core.ui.parts.columns import columns_of
from core.ui.reader import form_of
from core.ui.words import amount, count, day, plain
from tests.pages.conftest import Open

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """What a test writes in is nobody else's."""
    yield
    form.use(ENGLISH)


@pytest.mark.parametrize(
    ("locale", "dollars", "euros", "yen", "on", "items", "share"),
    [
        ("en-US", "−$1,234.50", "€1,234.50", "¥1,235", "Nov 2, 2026", "1,204 items", "54%"),
        ("en-GB", "−US$1,234.50", "€1,234.50", "JP¥1,235", "2 Nov 2026", "1,204 items", "54%"),
        ("de-DE", "−1.234,50 $", "1.234,50 €", "1.235 ¥", "02.11.2026", "1.204 items", "54 %"),
        ("fr-FR", "−1_234,50 $US", "1_234,50 €", "1_235 JPY", "2 Nov 2026", "1_204 items", "54 %"),
        ("de-CH", "−$ 1’234.50", "EUR 1’234.50", "¥ 1’235", "02.11.2026", "1’204 items", "54%"),
        ("ja-JP", "−$1,234.50", "€1,234.50", "￥1,235", "2026/11/02", "1,204 items", "54%"),
        ("zh-CN", "−US$1,234.50", "€1,234.50", "JP¥1,235", "2026年11月2日", "1,204 items", "54%"),
        ("tr-TR", "−$1.234,50", "€1.234,50", "¥1.235", "2 Nov 2026", "1.204 items", "%54"),
        ("pt-BR", "−US$ 1.234,50", "€ 1.234,50", "JP¥ 1.235", "2 Nov 2026", "1.204 items", "54%"),
    ],
)
def test_each_locale_has_its_form(
    locale: str, dollars: str, euros: str, yen: str, on: str, items: str, share: str
) -> None:
    form.use(form_of(locale))
    value = Decimal("1234.5")
    shown = formatted(-value, "USD"), formatted(value, "EUR"), formatted(value, "JPY")
    # spaces within an amount do not break; `_` stands for the narrow one
    assert shown == tuple(text.replace(" ", NBSP).replace("_", NARROW) for text in (dollars, euros, yen))
    assert day(date(2026, 11, 2)) == on
    assert count(1204, "item") == items.replace("_", NARROW)
    assert form.percent(Decimal("0.54")).replace(NBSP, " ") == share


def test_india_groups_by_two_above_the_thousands() -> None:
    form.use(form_of("en-IN"))
    assert formatted(Decimal("12345678.9"), "INR") == "₹1,23,45,678.90"


@pytest.mark.parametrize(
    "locale", ["", None, "C", "xx", "en-XX", "de<script>", "../../etc/passwd", "de\x00", "x" * 999]
)
def test_what_is_no_locale_is_english(locale: str | None) -> None:
    assert form_of(locale) is ENGLISH


def test_what_follows_a_locale_changes_nothing() -> None:
    assert form_of("de-DE-u-nu-thai") is form_of("de-DE")
    assert form_of("de-XX").name == "de"


def test_an_amount_in_markdown_keeps_the_spaces_that_do_not_break() -> None:
    form.use(form_of("fr-FR"))
    assert amount(Decimal("1234.5"), "EUR") == f"1{NARROW}234,50{NBSP}€"
    assert plain(f"a\u2028b  c{NBSP}d") == f"a b c{NBSP}d"


def test_a_date_never_begins_a_list_in_markdown() -> None:
    for locale in ("da-DK", "hu-HU", "cs-CZ", "ko-KR"):
        form.use(form_of(locale))
        assert ". " not in day(date(2026, 11, 2))


@pytest.mark.parametrize(
    ("locale", "currency", "label", "pattern"),
    [
        ("en-US", "USD", "Amount", "$%,.2f"),
        ("en-GB", "CAD", "Amount", "CA$%,.2f"),
        ("en-US", "JPY", "Amount", "¥%,.0f"),
        ("en-US", None, "Amount", "%,.2f"),
        ("de-DE", "USD", "Amount", "dollar"),
        ("de-DE", "CAD", "Amount (CA$)", "localized"),
        ("de-DE", None, "Amount", "localized"),
    ],
)
def test_tables_have_the_readers_form(locale: str, currency: str | None, label: str, pattern: str) -> None:
    form.use(form_of(locale))
    rows = pd.DataFrame({"Amount": [Decimal("1234.5")], "Paid on": [date(2026, 11, 2)]}, dtype=object)
    columns = columns_of(rows, currency)
    assert columns["Amount"]["label"] == label
    assert columns["Amount"]["type_config"]["format"] == pattern
    assert columns["Paid on"]["type_config"]["format"] == form.current().day


def test_two_readers_at_once_write_each_in_their_own_form() -> None:
    written: dict[str, set[str]] = {}

    def write(locale: str) -> None:
        form.use(form_of(locale))
        written[locale] = {formatted(Decimal("1234.5"), "USD") for _ in range(2000)}

    threads = [Thread(target=write, args=(locale,)) for locale in ("de-DE", "en-US")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert written == {"de-DE": {f"1.234,50{NBSP}$"}, "en-US": {"$1,234.50"}}


def test_what_is_kept_for_one_form_is_not_shown_in_another(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    separators: dict[str, set[str]] = {}
    for locale in ("de-DE", "en-US", "de-DE"):
        # A page that is run without a browser has no locale of its own.
        monkeypatch.setattr(context.ContextProxy, "locale", locale)
        page = visit("pages/overview.py", "alpine@example.com")
        assert not page.exception
        figures = [json.loads(each.proto.spec) for each in page.get("plotly_chart")]
        told = [metric.value.replace("\\", "") for metric in page.metric]
        seen[locale] = " ".join([*told, *(json.dumps(figure, ensure_ascii=False) for figure in figures)])
        separators[locale] = {figure["layout"]["separators"] for figure in figures}
    assert separators == {"de-DE": {",."}, "en-US": {".,"}}
    assert re.search(r"\$\d+\.\d\d", seen["en-US"])
    assert re.search(rf"\d,\d\d{NBSP}\$", seen["de-DE"])
    assert not re.search(r"\$\d+\.\d\d", seen["de-DE"])
    assert not re.search(rf"\d,\d\d{NBSP}\$", seen["en-US"])


def test_a_pages_worth_of_amounts_costs_a_few_milliseconds() -> None:
    form.use(form_of("de-DE"))
    began = perf_counter()
    for number in range(500):
        formatted(Decimal(number * 1234) / 100, "USD")
    assert perf_counter() - began < 0.1
