"""How long a browser that was never here waits for the tiles, through nginx, and what goes over the wire."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.bench.lines import Line
from tests.browser import ARGUMENTS, executable
from tests.browser_journeys.dashboards import free_port
from tests.browser_journeys.proxies import nginx, program

REPEATS = 5
MOST_RATIO, MOST_MEGABYTES = 1.5, 3.5
TILE = '[data-testid="stMetricValue"]'
TITLE = '[data-testid="stMain"] h1'
CHART = ".js-plotly-plot"


@dataclass(frozen=True)
class Loaded:
    """When what was waited for could be read, and what had come over the wire once the page was whole."""

    seconds: float
    megabytes: float


def cold_lines(address: str, empty: str, query: str) -> Iterator[Line]:
    """The lines for an Overview with charts, against a Streamlit page of one title."""
    found, proxy = executable(), program("nginx", "nginx-light")
    if found is None or proxy is None:
        print("– a cold browser: needs Chromium and nginx (python -m tests.browser, apt-get install nginx-light)")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        nothing = _through(proxy, browser, empty, "", TITLE, TITLE)
        page = _through(proxy, browser, address, f"?{query}", TILE, CHART)
        browser.close()
    ratio = page.seconds / nothing.seconds
    shown = f"{ratio:.2f} × ({page.seconds:.2f} s against {nothing.seconds:.2f} s)"
    yield Line("tiles readable in a cold browser", shown, f"≤ {MOST_RATIO} × an empty page", ratio <= MOST_RATIO)
    is_met = page.megabytes <= MOST_MEGABYTES
    yield Line("over the wire", f"{page.megabytes:.2f} MB, with charts", f"≤ {MOST_MEGABYTES} MB", is_met)


def _through(proxy: str, browser: Browser, address: str, query: str, readable: str, whole: str) -> Loaded:
    port = int(address.rsplit(":", 1)[-1])
    with tempfile.TemporaryDirectory() as folder, nginx(proxy, Path(folder), [port], free_port()) as front:
        _load(browser, f"{front}/{query}", readable, whole)  # the server's own first time
        loads = [_load(browser, f"{front}/{query}", readable, whole) for _ in range(REPEATS)]
    return Loaded(
        statistics.median(each.seconds for each in loads), statistics.median(each.megabytes for each in loads)
    )


def _load(browser: Browser, address: str, readable: str, whole: str) -> Loaded:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"]) * 0.75))
    wire.send("Network.enable")
    began = time.perf_counter()
    page.goto(address)
    expect(page.locator(readable).first).to_be_visible(timeout=60_000)
    seconds = time.perf_counter() - began
    expect(page.locator(whole).first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1000)
    context.close()
    return Loaded(seconds, sum(sizes) / 1e6)
