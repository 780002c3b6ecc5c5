"""Numbers and dates stand as their reader writes them, and never as another one does.

What a locale writes is CLDR's, and changes with it: the tests ask Babel for it, and hold no letter of it themselves.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from threading import Thread
from time import thread_time

import pandas as pd
import pytest
from babel import Locale
from babel.numbers import format_currency, format_percent
from streamlit.runtime import context

from core import form
from core.form import ENGLISH, MINUS
from core.money import formatted
from core.ui.components.columns import columns_of
from core.ui.text.locale import form_of
from core.ui.text.words import amount, count, day, plain
from tests.pages.conftest import Open

NBSP, NARROW = "\u00a0", "\u202f"
LOCALES = ("en-US", "en-GB", "en-IN", "de-DE", "de-CH", "fr-FR", "fr-CH", "ja-JP", "zh-CN", "tr-TR", "pt-BR", "pl-PL")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """What a test writes in is nobody else's."""
    yield
    form.use(ENGLISH)


def without_spaces(text: str) -> str:
    """The text without spaces and marks of direction, of which each release of CLDR has others."""
    return re.sub("[\\s\u061c\u200e\u200f]", "", text)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_amount_is_written_as_babel_writes_it(locale: str) -> None:
    own, theirs = form_of(locale), Locale.parse(locale, sep="-")
    form.use(own)
    for currency in ("USD", "EUR", "JPY", "INR", "PLN"):
        value = Decimal("1234567.56")
        written = formatted(value, currency)
        expected = format_currency(value, currency, locale=theirs, numbering_system="latn", group_separator=False)
        assert without_spaces(written.replace(own.group, "")) == without_spaces(expected)
        assert formatted(-value, currency) == f"{MINUS}{written}"


@pytest.mark.parametrize("locale", LOCALES)
def test_digits_are_grouped_alike_in_amounts_and_numbers(locale: str) -> None:
    own = form_of(locale)
    form.use(own)
    assert own.group in ("'", "’", ".", ",", NBSP, NARROW)
    assert count(1204, "item") == f"1{own.group}204 items"
    assert f"1{own.group}204" in formatted(Decimal(1204), "JPY")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_share_is_written_as_babel_writes_it(locale: str) -> None:
    form.use(form_of(locale))
    expected = format_percent(Decimal("0.54"), locale=Locale.parse(locale, sep="-"), numbering_system="latn")
    assert without_spaces(form.percent(Decimal("0.54"))) == without_spaces(expected)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_has_its_parts_in_the_order_of_the_locale(locale: str) -> None:
    form.use(form_of(locale))
    written = day(date(2026, 11, 2))
    theirs = Locale.parse(locale, sep="-").date_formats["medium"].pattern.replace("L", "M")
    shown = (("y", "2026"), ("M", "11|Nov"), ("d", r"(?<!\d)0?2(?!\d)"))
    found = {part: match.start() for part, pattern in shown if (match := re.search(pattern, written))}
    assert sorted(found, key=lambda part: found[part]) == sorted("dMy", key=theirs.index)


def test_where_the_locale_is_not_known_it_is_that_of_the_united_states() -> None:
    form.use(form_of(None))
    shown = formatted(Decimal("-1234.5"), "USD"), formatted(Decimal("1234.5"), "JPY"), count(1204, "item")
    assert shown == ("−$1,234.50", "¥1,235", "1,204 items")
    assert (day(date(2026, 11, 2)), form.percent(Decimal("0.54"))) == ("Nov 2, 2026", "54%")


def test_india_groups_by_two_above_the_thousands() -> None:
    form.use(form_of("en-IN"))
    assert re.findall(r"\d+", form.current().number(12345678)) == ["1", "23", "45", "678"]


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
    shown = amount(Decimal("1234.5"), "EUR")
    assert set(re.findall(r"\s", shown)) <= {NBSP, NARROW}
    assert re.sub(r"\s", " ", shown) == re.sub(r"\s", " ", formatted(Decimal("1234.5"), "EUR"))
    assert plain(f"a\u2028b  c{NBSP}d") == f"a b c{NBSP}d"


def test_a_date_never_begins_a_list_in_markdown() -> None:
    for locale in ("da-DK", "hu-HU", "cs-CZ", "ko-KR"):
        form.use(form_of(locale))
        assert ". " not in day(date(2026, 11, 2))


@pytest.mark.parametrize(
    ("locale", "currency", "label", "pattern"),
    [
        ("en-US", "USD", "Amount", "$%,.2f"),
        ("en-US", "CAD", "Amount", "CA$%,.2f"),
        ("en-US", "JPY", "Amount", "¥%,.0f"),
        ("en-US", None, "Amount", "%,.2f"),
        ("de-DE", "USD", "Amount", "dollar"),
        ("de-DE", "CAD", f"Amount ({form_of('de-DE').symbols['CAD']})", "localized"),
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
    form.use(form_of("de-DE"))
    assert written == {"de-DE": {formatted(Decimal("1234.5"), "USD")}, "en-US": {"$1,234.50"}}


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
    assert re.search(r"\d,\d\d\s\$", seen["de-DE"])
    assert not re.search(r"\$\d+\.\d\d", seen["de-DE"])
    assert not re.search(r"\d,\d\d\s\$", seen["en-US"])


def test_a_pages_worth_of_amounts_costs_a_few_milliseconds() -> None:
    form.use(form_of("de-DE"))
    began = thread_time()
    for number in range(500):
        formatted(Decimal(number * 1234) / 100, "USD")
    assert thread_time() - began < 0.1
