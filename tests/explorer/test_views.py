"""Watch and Map: what they tell is what the model did, and they are driven in Chromium by keyboard alone."""

from __future__ import annotations

import csv
import io
import json
import shlex
import threading
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from sim.api import load_scenario
from sim.explorer.phase import STEPS, outline_first
from sim.explorer.record import record
from sim.explorer.runs import Superseded
from sim.explorer.state import Scenarios, State
from sim.model.equal import blueprint_of
from sim.model.kernel import simulate
from sim.model.stages import STAGES
from sim.scenario.overrides import Override
from tests.explorer.browser import SETTLED, axe, chromium, commanded, tab
from tests.explorer.browser import SMALL as SMALL_TEXT
from tests.explorer.serving import SMALL, served

SIZE = 5
AXES = [("x", "firm.turbulence"), ("y", "firm.coupling")]
"""The same in every test, so that runs are made once."""


@pytest.fixture(scope="module")
def server():
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def told(server):
    return server.lines("/api/watch", SMALL)[0]


def test_the_history_that_is_watched_is_the_one_that_the_command_lives_through(told):
    overrides = [tuple(value.split("=", 1)) for _, value in SMALL]
    scenario = load_scenario("branch_bank", [*overrides, ("designs.compare", "partnership,pervasive")])
    for each in told["designs"]:
        world = simulate(blueprint_of(scenario, each["name"]), told["seed"])  # what `orgsim run` gives, byte for byte
        items = world.items[: world.firm[0].raised]
        watched = {(item[1], item[2], item[4]): item[6] for item in each["items"]}
        ends = {(int(i.unit), int(i.raised), round(float(i.size), 1)): int(i.stage) for i in items}
        assert len(watched) > 30
        assert {name: flat[-SIZE + 1] for name, flat in watched.items()} == {name: ends[name] for name in watched}


def test_an_item_moves_forward_in_time_and_never_comes_back_from_its_end(told):
    live = STAGES["live"]
    for each in told["designs"]:
        for item in each["items"]:
            events = [item[6][at : at + SIZE] for at in range(0, len(item[6]), SIZE)]
            assert all(first[0] < second[0] for first, second in pairwise(events))
            assert all(first[1] < live or second[1] >= live for first, second in pairwise(events))


def test_the_same_request_has_the_same_number_under_both_designs(told):
    first, second = ({item[0]: item[1:6] for item in each["items"] if item[3]} for each in told["designs"])
    both = first.keys() & second.keys()
    assert len(both) > 30
    assert all(first[number] == second[number] for number in both)


def test_meetings_are_seen_as_often_as_their_interval_says(told):
    for each in told["designs"]:
        gaps = np.diff(each["dates"]["board"])
        assert np.mean(gaps) == pytest.approx(each["board_interval"], abs=0.5)


def test_a_recording_that_nobody_waits_for_is_given_up():
    stop = threading.Event()
    stop.set()
    scenario = Scenarios().load(State("branch_bank", settings=tuple(Override(*value.split("=", 1)) for _, value in SMALL)))
    with pytest.raises(Superseded):
        record(scenario, 1, stop)


def test_the_map_has_every_point_once_and_says_who_earns_more_there(server):
    head, *points = server.lines("/api/map", [*SMALL, *AXES])
    assert len(points) == len(head["x"]["values"]) * len(head["y"]["values"]) == STEPS * STEPS
    assert len({tuple(each["point"]) for each in points}) == STEPS * STEPS
    for each in points:
        if each["kind"] in ("first", "second"):
            assert (each["low"] > 0.0) == (each["kind"] == "second")
            assert each["low"] * each["high"] > 0.0


def test_a_point_of_the_map_is_what_compare_says_about_it(server):
    head, *points = server.lines("/api/map", [*SMALL, *AXES])
    at = points[3]
    values = [("set", f"{head[name]['path']}={head[name]['values'][at['point'][place]]!r}") for place, name in enumerate("xy")]
    rough = server.ask("/api/runs.csv", [*SMALL, *values])[2].splitlines()
    column = rough[0].split(",").index("return_on_spend")
    rows = [line.split(",") for line in rough[1:]]
    first, second = ([float(row[column]) for row in rows if row[0] == name][: head["pairs"]] for name in head["designs"])
    assert np.mean(np.subtract(second, first)) == pytest.approx(at["mean"], abs=1e-4)


def test_the_map_begins_with_an_outline():
    order = list(outline_first(7, 7))
    assert order[:4] == [(0, 0), (4, 0), (0, 4), (4, 4)]
    assert len(set(order)) == len(order) == 49


@pytest.mark.parametrize(("fields", "says"), [([("x", "run.days")], "run.days"), ([("y", "firm.turbulence")], "same number"),
                                              ([("x", "design.nobody.delegation")], "no design"), ([("x", "../x")], "../x")])  # fmt: skip
def test_an_axis_that_is_none_is_refused_in_words(server, fields, says):
    status, _, text = server.ask("/api/map", fields)
    assert status == 400
    assert says in " ".join(json.loads(text).values())


@pytest.mark.browser
def test_a_history_is_watched_by_keyboard(browser, server):
    with tab(browser, reduced_motion="reduce") as page:
        page.goto(f"{server.address}/?view=watch&{SMALL_TEXT}")
        page.wait_for_selector("#watch svg.org")
        assert page.locator("#watch svg.org").count() == 2
        assert page.locator("#watch .followed").count() >= 1
        before = page.locator("#sentence").inner_text()
        page.locator("#main").focus()
        page.keyboard.press("Space")  # without motion, a step
        assert page.locator("#play").inner_text() == "Step"
        assert page.locator("#sentence").inner_text() != before
        page.keyboard.press("ArrowLeft")
        assert page.locator("#sentence").inner_text() == before
        fate = page.locator("#fate0").inner_text()
        page.keyboard.press("n")
        assert page.locator("#fate0").inner_text() != fate
        page.locator("#watch svg.org").first.locator("[data-place='board']").focus()
        page.keyboard.press("Enter")
        assert "Board, partnership" in page.locator("#place").inner_text()
        words = [shlex.split(each) for each in page.locator("#command").inner_text().split("&&")]
        assert [each[:2] for each in words] == [["orgsim", "run"], ["orgsim", "run"]]
        assert axe(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_a_watched_day_is_saved_as_one_picture_of_both_designs(browser, server, width, scheme):
    with tab(browser, width, color_scheme=scheme) as page:
        page.goto(f"{server.address}/?view=watch&day=190&place=board&{SMALL_TEXT}")
        page.wait_for_selector("#watch svg.org")
        saved = {}
        for kind in ("SVG", "PNG", "CSV"):
            page.get_by_role("button", name=f"Save this day as {kind}").focus()
            with page.expect_download() as download:
                page.keyboard.press("Enter")
            assert download.value.suggested_filename == f"watch-day-71.{kind.lower()}"
            saved[kind] = download.value.path().read_bytes()
        root = ElementTree.fromstring(saved["SVG"])
        ink = {each.get("fill") for each in root.iter("{http://www.w3.org/2000/svg}text")}
        words = " ".join("".join(root.itertext()).split())
        for part in ("Partnership", "Pervasive", "Day 71 of 240", "over a year", "orgsim run branch_bank"):
            assert part in words
        assert len(root.findall("{http://www.w3.org/2000/svg}svg")) == 4  # two organisations, two ribbons
        dots = [each for each in root.iter("{http://www.w3.org/2000/svg}circle") if each.get("data-number")]
        assert len(dots) == page.locator("#watch .dots circle").count()
        assert all(float(each.get("cx")) > 0 and not each.get("style") for each in dots)
        assert ("rgb(232, 234, 238)" in ink) == (scheme == "dark")  # the page's own colours are written into it
        assert "var(" not in saved["SVG"].decode()
        assert saved["PNG"].startswith(b"\x89PNG")
        across, down = (int.from_bytes(saved["PNG"][at : at + 4], "big") for at in (16, 20))
        assert (across, down) == tuple(round(2 * float(root.get(name))) for name in ("width", "height"))
        rows = list(csv.DictReader(io.StringIO(saved["CSV"].decode())))
        board = next(row for row in rows if (row["place"], row["design"]) == ("Board", "partnership"))
        assert page.locator("#watch svg.org").first.locator("[data-place='board']").get_attribute("aria-label").startswith(
            f"Board: {board['items']} item")
        assert page.locator(".unseen").count() == 0
        page.locator("#day-table summary").click()
        page.locator("#day-table tbody tr").first.wait_for()  # the browser tells of the opening a little later
        assert page.locator("#day-table tbody tr").count() == len(rows)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_what_is_watched_is_kept_in_the_address(browser, server):
    with tab(browser) as page:
        page.goto(f"{server.address}/?view=watch&day=190&{SMALL_TEXT}")
        page.wait_for_selector("#watch svg.org")
        page.locator("#watch svg.org").first.locator("[data-place='funding']").click()
        page.select_option("#speed", "10")
        page.get_by_role("button", name="Follow the next request").click()
        with tab(browser) as other:
            other.goto(page.url)
            other.wait_for_selector("#watch svg.org")
            for part in ("#sentence", "#fate0", "#fate1", "#place"):
                assert other.locator(part).inner_text() == page.locator(part).inner_text()
            assert other.locator("#speed").input_value() == "10"


@pytest.mark.browser
def test_time_is_played_paused_and_kept_in_the_address(browser, server):
    with tab(browser) as page:
        page.goto(f"{server.address}/?view=watch&day=150&{SMALL_TEXT}")
        page.wait_for_selector("#watch svg.org")
        assert page.locator("#scrub").input_value() == "150"
        page.select_option("#speed", "30")
        page.get_by_role("button", name="Play").click()
        page.locator("#scrub[aria-valuetext='day 240 of 240']").wait_for()
        page.get_by_role("button", name="Play").wait_for()  # it stops at the end by itself
        assert "day=359" in page.url


@pytest.mark.browser
def test_a_point_of_the_map_opens_in_compare(browser, server):
    with tab(browser) as page:
        page.goto(f"{server.address}/?view=map&y=firm.coupling&{SMALL_TEXT}")
        page.wait_for_selector("#map[data-done='true']")
        assert axe(page) == []
        page.locator("[data-point='0,0']").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        commanded(page, "firm.turbulence=0.292")
        page.wait_for_selector(SETTLED)
        assert "coupling=1.42" in page.locator("#command").inner_text()
