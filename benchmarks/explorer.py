"""How long one waits for the explorer: a real server and a real browser, from the start to the picture, and from a moved slider to it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rows import Row

CHROMIUM = Path("/usr/bin/chromium")
STARTS = 3
MOVES = 12
SLIDERS = ("firm.turbulence", "firm.coupling", "design.pervasive.delegation", "design.partnership.board_interval")
"""Moved in turn: two of the firm, which touch both designs, and one of each design."""

TAKEN = "name => performance.getEntriesByName(name).map(each => each.duration / 1000)"


def measure() -> list[Row]:
    """Seconds, by the clock on the wall; nothing where there is no Chromium."""
    if not CHROMIUM.exists():
        print(f"explorer: {CHROMIUM} is missing, so nothing is measured", file=sys.stderr)
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--headless", "--no-sandbox", "--disable-gpu"])
        _start(browser)  # compiles where nothing is compiled yet
        starts = [_start(browser) for _ in range(STARTS)]
        pictures, settled = _moves(browser)
        browser.close()
    return [
        Row("orgsim explore: start to first picture", starts, "s", at_most=2.0),
        Row("explorer: slider to first picture (20 pairs)", pictures, "s", at_most=0.3),
        Row("explorer: slider to settled (100 pairs)", settled, "s", at_most=2.0),
    ]


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


def _moves(browser) -> tuple[list[float], list[float]]:
    """Seconds from each of some moves of a slider to its first picture, and until it is settled."""
    with _served() as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#compare[data-pairs='100']:not(.stale)", timeout=300_000)
        page.evaluate("document.querySelectorAll('#sliders details').forEach(each => { each.open = true }); performance.clearMeasures()")
        for move in range(MOVES):
            page.locator(f"input[data-path='{SLIDERS[move % len(SLIDERS)]}']").focus()
            page.keyboard.press("ArrowRight" if move % 2 else "ArrowUp")
            while len(page.evaluate(TAKEN, "settled")) <= move:
                page.wait_for_timeout(20)
        found = page.evaluate(TAKEN, "first picture"), page.evaluate(TAKEN, "settled")
        page.close()
    return found
