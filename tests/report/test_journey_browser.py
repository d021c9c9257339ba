"""The pages of a journey and of single moves in a browser: nothing leaves the window, no words lie on each other, phone and desk."""

from __future__ import annotations

import pytest

from sim.analysis.journey import travelled
from sim.analysis.moves import effects_of
from sim.report.charts.journey import journey_chart
from sim.report.charts.moves import moves_chart
from sim.report.journey_page import journey_page
from sim.report.moves_page import moves_page
from tests.analysis.journeys import journey, planted
from tests.analysis.test_moves import planted as planted_moves
from tests.report.test_browser import OUTSIDE, OVERLAPS, browser  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    quick, slow = [-1900.0, -100.0, *[150.0] * 58], [-200.0] * 20 + [20.0] * 40
    paths = {"at_once": quick, "local_then_joined": slow, "pilot_then_scale": quick[::-1], "staying_on": [0.0] * 60}
    runs = journey({name: planted(months, noise=90.0) for name, months in paths.items()})
    found = travelled(runs)
    path = tmp_path_factory.mktemp("page") / "report.html"
    about = dict.fromkeys(paths, "What this path does, in a sentence that is as long as most of them are.")
    path.write_text(journey_page(runs, found, [journey_chart(found, "#1D5FA8")], about), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def moves_address(tmp_path_factory):
    runs, moves = planted_moves({"new_leader": 0.0, "outsourcing": -0.2, "embedded": -0.4, "funded": 0.3, "other": 0.2}, noise=0.1)
    found = effects_of(runs, moves)
    path = tmp_path_factory.mktemp("moves") / "report.html"
    path.write_text(moves_page(runs.settled, found, [moves_chart(found, "#1D5FA8")]), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [360, 390, 800, 1200])
def test_every_word_of_single_moves_is_inside_and_none_lies_on_another(browser, moves_address, width):  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(moves_address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPS) == []
    page.close()


@pytest.mark.parametrize("width", [360, 390, 800, 1200])
def test_every_word_is_inside_and_none_lies_on_another(browser, address, width):  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPS) == []
    page.close()
