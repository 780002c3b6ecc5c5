"""How long a browser that was never here waits for the tiles, through nginx, and what goes over the wire."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.lines import Line
from tests.browser import ARGUMENTS, executable
from tests.browser_journeys.dashboards import free_port
from tests.browser_journeys.proxies import nginx, program

REPEATS = 7
MOST_RATIO, MOST_MEGABYTES = 1.5, 3.5
TILE = '[data-testid="stMetricValue"]'
TITLE = '[data-testid="stMain"] h1'
CHART = ".js-plotly-plot"
_WATCH = """(selector) => {
    const look = () => {
        if (!document.querySelector(selector)?.checkVisibility()) return;
        looking.disconnect();
        // the frame that shows it has been drawn when the task behind the frame's callback runs
        requestAnimationFrame(() => setTimeout(() => { window.readableAt = performance.now(); }));
    };
    const looking = new MutationObserver(look);
    looking.observe(document, {childList: true, subtree: true, attributes: true});
}"""
"""Notes in the page when what was waited for was drawn: to ask from outside takes the browser's time, and waits for
whatever it does next.
"""


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
    with sync_playwright() as playwright, _front(proxy, empty) as nothing_at, _front(proxy, address) as page_at:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        # in turns, for a machine is not as fast in one second as in the next; the first of each is the server's own
        loads = [
            (_load(browser, nothing_at, TITLE, TITLE), _load(browser, f"{page_at}/?{query}", TILE, CHART))
            for _ in range(1 + REPEATS)
        ][1:]
        browser.close()
    nothing, page = (_median(each) for each in zip(*loads, strict=True))
    ratio = page.seconds / nothing.seconds
    shown = f"{ratio:.2f} × ({page.seconds:.2f} s against {nothing.seconds:.2f} s)"
    yield Line("tiles readable in a cold browser", shown, f"≤ {MOST_RATIO} × an empty page", ratio <= MOST_RATIO)
    is_met = page.megabytes <= MOST_MEGABYTES
    yield Line("over the wire", f"{page.megabytes:.2f} MB, with charts", f"≤ {MOST_MEGABYTES} MB", is_met)


@contextmanager
def _front(proxy: str, address: str) -> Iterator[str]:
    port = int(address.rsplit(":", 1)[-1])
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx(proxy, Path(folder), [port], free_port(), is_named=False) as front,
    ):
        yield front


def _median(loads: Sequence[Loaded]) -> Loaded:
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
    page.add_init_script(f"({_WATCH})('{readable}')")
    page.goto(address)
    page.locator(whole).first.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    seconds = page.evaluate("window.readableAt") / 1000
    context.close()
    return Loaded(seconds, sum(sizes) / 1e6)
