"""Two people look at the same figures, each in the form of the own browser's locale."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser_journeys.screen import opened, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GERMAN = re.compile(r"\d,\d{2}\s[$€]")
ENGLISH = re.compile(r"[$€](\d{1,3},)*\d{1,3}\.\d{2}")


def test_each_reader_sees_the_form_of_their_own_browser(browser: Browser, address: str) -> None:
    first, second = (browser.new_context(locale=locale) for locale in ("de-DE", "en-US"))
    try:
        for path in ("", "outcomes", "payments"):
            at = f"{address}/{path}?user=seller@example.com+(Seller)"
            german, english = (words(opened(each.new_page(), at)) for each in (first, second))
            assert GERMAN.search(german), path
            assert path or re.search(r"\d\.\d{3},\d{2}\s", german)
            assert not ENGLISH.search(german), path
            assert ENGLISH.search(english), path
            assert not GERMAN.search(english), path
            assert re.search(r"last synced \d\d\.\d\d\.\d{4}", german), path
            assert re.search(r"last synced [A-Z][a-z]{2} \d{1,2}, \d{4}", english), path
    finally:
        first.close()
        second.close()
