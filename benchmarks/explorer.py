"""How long one waits for the explorer: a real server and a real browser, from the start to the picture, and from a moved slider to it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rows import Row
from sim.explorer.question import STAGES

CHROMIUM = Path("/usr/bin/chromium")
STARTS = 3
MOVES = 12
SLIDERS = ("firm.turbulence", "firm.coupling", "design.pervasive.delegation", "design.partnership.board_interval")
"""Moved in turn: two of the firm, which touch both designs, and one of each design."""

FIRST = "first picture"
AT_MOST = {20: 0.3, 100: 2.0}
"""Pairs → seconds that a moved slider may take to their picture."""

TAKEN = "name => performance.getEntriesByName(name).map(each => each.duration / 1000)"

WATCHED = """name => { window.isSettled = new Promise(resolve => new PerformanceObserver((list, observer) => {
    if (list.getEntriesByName(name).length) { observer.disconnect(); resolve(); }
}).observe({ type: "measure" })); }"""
SETTLED = "() => window.isSettled"
"""The page tells when it has settled: asking it again and again would take time from what is measured."""


def measure() -> list[Row]:
    """Seconds, by the clock on the wall; nothing where there is no Chromium."""
    if not CHROMIUM.exists():
        print(f"explorer: {CHROMIUM} is missing, so nothing is measured", file=sys.stderr)
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--headless", "--no-sandbox", "--disable-gpu"])
        moves = _moves(browser)  # first, since it compiles what is not compiled yet
        starts = [_start(browser) for _ in range(STARTS)]
        browser.close()
    _, *between, last = STAGES
    return [
        Row("orgsim explore: start to first picture", starts, "s", at_most=2.0),
        Row("explorer: slider to first picture", moves[FIRST], "s", at_most=0.3),
        *(Row(f"explorer: slider to {pairs} pairs", moves[_pairs(pairs)], "s", at_most=AT_MOST.get(pairs)) for pairs in between),
        Row(f"explorer: slider to settled ({last} pairs)", moves[_pairs(last)], "s", at_most=AT_MOST.get(last)),
    ]


def _pairs(pairs: int) -> str:
    """The name under which the page notes how long so many pairs took."""
    return f"{pairs} pairs"


@contextmanager
def _served():
    command = [sys.executable, "-m", "sim.cli.main", "explore", "branch_bank", "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(30)


def _start(browser) -> float:
    """Seconds from the command to a picture in a browser that is there already."""
    begun = time.perf_counter()
    with _served() as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#compare[data-pairs]", timeout=300_000)
        taken = time.perf_counter() - begun
        page.close()
    return taken


def _moves(browser) -> dict[str, list[float]]:
    """Seconds from each of some moves of a slider until its first picture, and the picture of so many pairs, is on the screen."""
    with _served() as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#compare[data-pairs='100']:not(.stale)", timeout=300_000)
        page.evaluate("document.querySelectorAll('#sliders details').forEach(each => { each.open = true }); performance.clearMeasures()")
        for move in range(MOVES):
            page.locator(f"input[data-path='{SLIDERS[move % len(SLIDERS)]}']").focus()
            page.evaluate(WATCHED, _pairs(STAGES[-1]))
            page.keyboard.press("ArrowRight" if move % 2 else "ArrowUp")
            page.evaluate(SETTLED)
        found = {name: page.evaluate(TAKEN, name) for name in (FIRST, *map(_pairs, STAGES))}
        page.close()
    return found
