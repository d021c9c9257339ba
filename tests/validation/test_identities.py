"""Identities that hold exactly in every run of the whole model: Little's law over a window, and days that add up to lead times."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.api import load_scenario
from sim.model.begin import Blueprint, draw_up
from sim.model.kernel import simulate
from sim.model.stages import BOARD, LIVE, TEAM_QUEUE
from sim.scenario.shipped import design_paths, scenario_paths
from sim.validation.evenings import Sides, both_sides
from tests.model.worlds import models, points

FIRMS = tuple(scenario_paths())
PRESETS = tuple(design_paths())


def shipped(firm: str, design: str, days: int = 240, warm_up: int = 240) -> Blueprint:
    scenario = load_scenario(firm)
    return draw_up(scenario.firm, scenario.designs[design].values, scenario.model, days, warm_up)


def check(sides: Sides) -> None:
    np.testing.assert_array_equal(sides.census, sides.items)
    assert sides.census.sum() == sides.by_dates


@pytest.mark.parametrize("design", PRESETS)
@pytest.mark.parametrize("firm", FIRMS)
def test_the_evening_census_counts_what_items_say_of_themselves(firm, design):
    sides = both_sides(shipped(firm, design), seed=7)
    check(sides)
    assert sides.census[TEAM_QUEUE] > 0
    assert sides.census[BOARD] > 0


@settings(max_examples=40, deadline=None)
@given(points(), models(), st.integers(1, 10_000), st.integers(0, 200))
def test_littles_law_is_an_identity_at_any_point_of_the_model(point, model, seed, warm_up):
    check(both_sides(draw_up(*point, model, 120, warm_up), seed))


@pytest.mark.parametrize("design", PRESETS)
@pytest.mark.parametrize("firm", FIRMS)
def test_every_items_days_by_cause_add_up_to_its_lead_time(firm, design):
    w = simulate(shipped(firm, design), seed=11)
    items = w.items[: w.firm[0].raised]
    live = items[items["stage"] == LIVE]
    assert len(live) > 50
    np.testing.assert_array_equal(live["days"].sum(axis=1), live["ended"] - live["raised"])
