"""The page in a browser: nothing scrolls sideways, nothing leaves the window, the right drawing is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.analysis.paired import analyse
from sim.report.charts.all import draw
from sim.report.page import page
from tests.report.synthetic import comparison
from tests.report.test_attribution_section import planted

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.browser

OUTSIDE = """() => [...document.querySelectorAll('h1, h2, p, li, dt, dd, td, th, caption, summary, svg text')]
    .filter(e => e.checkVisibility() && !e.closest('details:not([open])'))
    .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
    .filter(([_, r]) => r.width > 0 && (r.left < -0.5 || r.right > window.innerWidth + 0.5))
    .map(([t, r]) => `${t}: ${r.left} to ${r.right}`)"""

OVERLAPS = """() => [...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).flatMap(s => {
    const words = [...s.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    return words.flatMap(([a, p], i) => words.slice(i + 1)
        .filter(([_, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5
                         && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 5)
        .map(([b]) => `${a} / ${b}`));
})"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser test")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser test: {CHROMIUM} is missing (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    runs = comparison(replicates=60)
    analysis = replace(analyse(runs), attributions=(planted(),))
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(runs, analysis, draw(runs, analysis)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[360, 390, 820, 1180])
def shown(request, browser, address):
    context = browser.new_context(viewport={"width": request.param, "height": 800}, java_script_enabled=True)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda wanted: asked.append(wanted.url))
    tab.goto(address)
    yield tab, request.param, asked
    context.close()


def test_nothing_scrolls_sideways(shown):
    tab, width, _ = shown
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_no_text_leaves_the_window(shown):
    tab, _, _ = shown
    assert tab.evaluate(OUTSIDE) == []


def test_no_words_of_a_drawing_overlap(shown):
    tab, _, _ = shown
    assert tab.evaluate(OVERLAPS) == []


def test_a_phone_gets_the_narrow_drawings(shown):
    tab, width, _ = shown
    for kind, expected in (("wide", width >= 800), ("narrow", width < 800)):
        assert tab.locator(f".drawing .{kind} svg").first.is_visible() is expected


def test_the_page_asks_for_nothing_but_itself(shown):
    _, _, asked = shown
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
