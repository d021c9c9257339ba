"""Compare in a browser: what is drawn is what the command gives; sliders, address, keyboard and assistive technology work."""

from __future__ import annotations

import json
import shlex
from urllib.parse import parse_qs, urlparse

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.explorer.browser import SETTLED, SMALL, axe, chromium, commanded, tab
from tests.explorer.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address():
    with served() as running:
        yield running.address


@pytest.fixture
def page(browser, address):
    with tab(browser) as opened:
        opened.goto(f"{address}/?{SMALL}")
        opened.wait_for_selector(SETTLED)
        yield opened


def _slide(page, path):
    return page.locator(f"input[data-path='{path}']")


def _plain(text):
    """A text of the page without the spaces that keep a number and its sign together."""
    return text.replace("\xa0", " ")


def _sets(url, names=False):
    """What an address sets, in order; with `names`, without the values."""
    found = parse_qs(urlparse(url).query).get("set", [])
    return [each.partition("=")[0] for each in found] if names else found


def test_the_numbers_on_the_page_are_those_of_the_command_it_shows(page):
    words = shlex.split(page.locator("#command").inner_text())
    told = json.loads(CliRunner().invoke(main, [*words[1:], "--json", "--quiet"], standalone_mode=False).stdout)
    headline = f"{page.locator('#title').inner_text()} {page.locator('#rest').inner_text()}"
    assert _plain(headline.strip()) == told["headline"]
    assert list(map(_plain, page.locator("#notes li").all_inner_texts())) == told["notes"]
    page.locator("#figure-differences summary").click()
    row = page.locator("#figure-differences tbody tr", has_text="return on spend").locator("td").all_inner_texts()
    means = [told["designs"][name]["return_on_spend"]["mean"] for name in ("partnership", "pervasive")]
    assert [float(text) for text in row[:2]] == pytest.approx(means, abs=0.005)
    assert float(row[2].replace("−", "-")) == pytest.approx(means[1] - means[0], abs=0.005)


def test_a_moved_slider_is_answered_and_kept_in_the_address(page):
    before = page.locator("#title").inner_text(), page.locator("#figure-months svg").first.inner_html()
    _slide(page, "firm.turbulence").focus()
    page.keyboard.press("End")
    commanded(page, "firm.turbulence=1.5")
    page.wait_for_selector(SETTLED)
    page.wait_for_url(lambda url: "firm.turbulence=1.5" in _sets(url))
    assert (page.locator("#title").inner_text(), page.locator("#figure-months svg").first.inner_html()) != before
    assert page.locator("#figure-months .ghostline").count() > 0  # the setting before stays as a faint line
    page.go_back()
    page.locator("#command").filter(has_not_text="firm.turbulence").wait_for()
    page.wait_for_selector(SETTLED)
    assert page.locator("#title").inner_text() == before[0]
    assert _slide(page, "firm.turbulence").get_attribute("aria-valuetext").startswith("0.3 ")


def test_moves_in_quick_succession_are_steps_of_their_own(page):
    for path in ("firm.turbulence", "firm.coupling"):
        _slide(page, path).focus()
        page.keyboard.press("End")
    page.locator("#copy-link").click()  # at once: the link is that of what is set
    assert _sets(page.url, names=True) == [*_sets(f"?{SMALL}", names=True), "firm.turbulence", "firm.coupling"]
    page.go_back()
    page.wait_for_url(lambda url: any("turbulence" in each for each in _sets(url)) and not any("coupling" in each for each in _sets(url)))
    page.go_back()
    page.wait_for_url(lambda url: not any("turbulence" in each for each in _sets(url)))
    page.locator("#command").filter(has_not_text="firm.turbulence").wait_for()


def test_a_move_is_kept_in_the_address_where_nothing_is_compared(page):
    page.locator("nav a", has_text="Watch").click()
    page.wait_for_selector("#watch svg.org")
    _slide(page, "firm.turbulence").focus()
    page.keyboard.press("End")
    page.wait_for_url(lambda url: "firm.turbulence=1.5" in _sets(url) and "view=watch" in url)


def test_the_picture_follows_a_slider_while_it_is_dragged(page):
    box = _slide(page, "firm.turbulence").bounding_box()
    across = [box["x"] + box["width"] * share / 40 for share in range(10, 40)]
    page.mouse.move(across[0], box["y"] + box["height"] / 2)
    page.mouse.down()
    seen = set()
    for x in across:
        page.mouse.move(x, box["y"] + box["height"] / 2)
        page.wait_for_timeout(40)
        seen.add(page.locator("#command").inner_text())
    assert len(seen) > 2  # the setting before, and more than one on the way
    page.mouse.up()
    value = _slide(page, "firm.turbulence").get_attribute("aria-valuetext").split()[0]
    commanded(page, f"firm.turbulence={value}")
    page.wait_for_selector(SETTLED)


def test_an_address_restores_what_it_was_copied_from(browser, address, page):
    page.locator("summary", has_text="Decision").click()
    _slide(page, "design.pervasive.delegation").focus()
    page.keyboard.press("Home")
    page.select_option("#pick-equal", "headcount")
    commanded(page, "--equal headcount")
    page.wait_for_selector(SETTLED)
    with tab(browser) as other:
        other.goto(page.url)
        other.wait_for_selector(SETTLED)
        for part in ("#title", "#rest", "#command"):
            assert other.locator(part).inner_text() == page.locator(part).inner_text()
        assert _slide(other, "design.pervasive.delegation").input_value() == "0"
        assert other.locator("#pick-equal").input_value() == "headcount"


def test_everything_is_reached_by_keyboard_and_has_a_name(page):
    page.evaluate("document.querySelectorAll('#sliders details').forEach(each => { each.open = true })")
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, a, input, select, summary')]
        .filter(e => e.checkVisibility() && e.tabIndex < 0).map(e => e.outerHTML)""")
    assert nameless == []
    seen = set()
    page.locator("body").focus()
    for _ in range(400):
        page.keyboard.press("Tab")
        now = page.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label') || ''")
        seen.add(now)
        if now == "copy-link":
            break
    assert {"to-map", "pick-first", "slide-firm-units", "slide-design-pervasive-delegation", "Save months as CSV", "copy"} <= seen


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "dark"),
        (1200, "light"),
        *(pytest.param(*each, marks=pytest.mark.slow) for each in ((360, "light"), (1024, "dark"), (1440, "light"))),
    ],
)
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(browser, address, width, scheme):
    with tab(browser, width, color_scheme=scheme) as opened:
        opened.goto(f"{address}/?{SMALL}")
        opened.wait_for_selector(SETTLED)
        opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert axe(opened) == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_wrong_with_an_address_is_said_and_can_be_left(browser, address):
    with tab(browser) as opened:
        opened.goto(f"{address}/?{SMALL}&set=firm.turbulance%3D1")
        opened.wait_for_selector("#trouble:not([hidden])")
        assert "did you mean firm.turbulence?" in opened.locator("#trouble").inner_text()
        opened.get_by_role("button", name="Start afresh").click()
        opened.wait_for_selector("#compare[data-pairs]")
        assert opened.locator("#trouble").is_hidden()


def test_charts_and_scenario_are_saved(page, tmp_path):
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"outcome,partnership,pervasive")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save differences as {kind}").click()
        assert download.value.path().read_bytes().startswith(begins)
    with page.expect_download() as download:
        page.get_by_text("Scenario as TOML").click()
    assert "units = 4" in download.value.path().read_text()


def test_two_pages_do_not_disturb_each_other(browser, address, page):
    with tab(browser) as other:
        other.goto(f"{address}/?{SMALL}&set=firm.turbulence%3D1.2")
        _slide(page, "firm.coupling").focus()
        page.keyboard.press("End")
        other.wait_for_selector(SETTLED)
        commanded(page, "firm.coupling=6")
        page.wait_for_selector(SETTLED)
        assert "firm.turbulence=1.2" in other.locator("#command").inner_text()
        assert "firm.coupling" not in other.locator("#command").inner_text()
        assert "firm.turbulence" not in page.locator("#command").inner_text()


def test_a_stopped_server_is_told_and_the_page_goes_on_when_it_is_back(browser):
    with served() as first, tab(browser) as opened:
        opened.goto(f"{first.address}/?{SMALL}")
        opened.wait_for_selector(SETTLED)
        before, port = opened.locator("#title").inner_text(), first.port
        first.stop()
        _slide(opened, "firm.coupling").focus()
        opened.keyboard.press("End")
        opened.wait_for_selector("#trouble:not([hidden])")
        assert "orgsim explore" in opened.locator("#trouble").inner_text()
        with served(port=port):
            commanded(opened, "firm.coupling=6")
            opened.wait_for_selector(SETTLED)
            assert opened.locator("#trouble").is_hidden()
            assert before
