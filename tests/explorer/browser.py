"""Chromium for the explorer's tests: one browser a session of tests, a fresh context a test, and what it asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
SMALL = "set=run.days%3D240&set=run.warm_up%3D120&set=firm.units%3D4&set=firm.technologists%3D60"
"""A firm so small that the page is settled at once."""

SETTLED = "#compare[data-pairs='100']:not(.stale)"


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser; skips where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser test")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser test: {CHROMIUM} is missing (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def tab(browser: Any, width: int = 1200, **more: Any) -> Iterator[Any]:
    """A page of its own; whatever goes wrong in its scripts fails the test, and so does a request to anywhere else."""
    context = browser.new_context(viewport={"width": width, "height": 850}, **more)
    context.set_default_timeout(60_000)
    page, faults, asked = context.new_page(), [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda said: faults.append(said.text) if said.type == "error" and "Failed to load resource" not in said.text else None
    )
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert not faults
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


def commanded(page: Any, text: str) -> None:
    """Wait until the answer to this setting is drawn: the command shown holds it. (The page's policy forbids scripts made of text.)"""
    page.locator("#command").filter(has_text=text).wait_for()


def axe(page: Any) -> list[str]:
    """What axe-core finds on the page: rule and element of each violation."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
