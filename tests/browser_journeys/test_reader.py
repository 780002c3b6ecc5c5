"""Two people look at the same figures, each in the form of the own browser's locale."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser_journeys.screen import PATIENCE, follow, opened, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GERMAN = re.compile(r"\d,\d{2}\s[$€]")
ENGLISH = re.compile(r"[$€](\d{1,3},)*\d{1,3}\.\d{2}")


def test_each_reader_sees_the_form_of_their_own_browser(browser: Browser, address: str, page: Page) -> None:
    first, second = browser.new_context(locale="de-DE").new_page(), page
    first.context.set_default_timeout(PATIENCE)
    try:
        for each in (first, second):
            opened(each, f"{address}/?user=seller@example.com+(Seller)")
        assert re.search(r"\d\.\d{3},\d{2}\s", words(first))
        for title in ("Overview", "Payments"):
            german, english = (words(follow(each, title)) for each in (first, second))
            assert GERMAN.search(german), title
            assert not ENGLISH.search(german), title
            assert ENGLISH.search(english), title
            assert not GERMAN.search(english), title
            assert re.search(r"(last synced|oldest sync) \d\d\.\d\d\.\d{4}", german), title
            assert re.search(r"(last synced|oldest sync) [A-Z][a-z]{2} \d{1,2}, \d{4}", english), title
    finally:
        first.context.close()
