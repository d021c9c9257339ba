"""The page with everything on it, in a browser: no barrier, light and dark, phone to wide screen, on paper, and with scripts off."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.report.stored.looking import look
from sim.report.stored.page import page_of
from tests.analysis.test_sweeps import stored
from tests.cli.test_report import SWEEP
from tests.explorer.browser import axe
from tests.report.folders import everything
from tests.report.test_browser import OUTSIDE, OVERLAPS, browser  # noqa: F401

pytestmark = pytest.mark.browser
LARGEST = 3_000_000
A4 = 718
"""Pixels between the margins of a sheet."""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    found = folder / "report.html"
    found.write_text(page_of(look(everything(folder)))[0], encoding="utf-8")
    return found


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (820, "light"), (1400, "dark"), (1400, "light")])
def test_no_barrier_and_nothing_outside_whatever_is_opened(browser, path, width, scheme):  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    for is_open in (False, True):
        if is_open:
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(OVERLAPS) == []
        assert axe(page) == []
    assert asked == [path.as_uri()]
    page.close()


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    (folder / "short.toml").write_text(SWEEP.replace('["partnership", "pervasive"]', '["partnership", "modern_partnership", "pervasive"]'))
    for command in (["sweep", str(folder / "short.toml"), "--out", str(folder / "out")], ["report", str(folder / "out")]):
        done = CliRunner().invoke(main, [*command, "--quiet"])
        assert done.exit_code == 0, done.output
    return folder / "out" / "report.html"


def check_opened(browser, path, width, scheme):  # noqa: F811
    """A page with all its folds open has no barrier, and nothing stands outside or over something else."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPS) == []
    assert axe(page) == []
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1400, "light")])
def test_the_page_of_a_sweep_has_no_barrier_and_nothing_outside(browser, swept, width, scheme):  # noqa: F811
    check_opened(browser, swept, width, scheme)


def test_it_reads_with_scripts_off_and_folds_open(browser, path):  # noqa: F811
    context = browser.new_context(viewport={"width": 1000, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator(".question > h2").all_inner_texts() == [
        "Which is better for a firm like this one?", "Why?", "How sure?", "What would it cost to get there?",
    ]  # fmt: skip
    summary = page.locator("summary", has_text="Methods")
    summary.click()
    assert page.get_by_text("What the comparison leaves out").is_visible()
    context.close()


def test_paper_gets_white_ground_wide_drawings_and_the_methods(browser, path):  # noqa: F811
    page = browser.new_page(viewport={"width": A4, "height": 1000}, color_scheme="dark")
    page.goto(path.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".drawing .wide svg").first.is_visible()
    assert not page.locator(".drawing .narrow svg").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    assert page.get_by_text("What the comparison leaves out").is_visible()
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    page.close()


def test_the_file_is_small(path):
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (800, "dark"), (1400, "light")])
def test_what_drives_a_sweep_has_no_barrier_and_nothing_outside(browser, tmp_path, width, scheme):  # noqa: F811
    swept = stored(tmp_path, "saltelli", 16)
    for command in (["analyse", swept, "--all", "--out", tmp_path / "found"], ["report", swept, tmp_path / "found"]):
        done = CliRunner().invoke(main, [str(part) for part in command])
        assert done.exit_code == 0, done.output
    check_opened(browser, swept / "report.html", width, scheme)
