"""Positions: units at places of their own. All alike they are the uniform firm to the last byte; apart, each lives by its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import OrgModel
from sim.api import load_scenario, load_transitions
from sim.experiment.journey import paths_of
from sim.model import kernel
from sim.model.begin import begin, draw_up
from sim.model.equal import blueprint_of
from sim.model.measure import OUTCOME_COUNT
from sim.model.path import Path, Stretch, path_of
from sim.model.stages import LIVE
from sim.model.world import same
from sim.organisation.coordinates import COORDINATES
from sim.organisation.positions import BY_UNIT, even_mean, positions
from sim.organisation.structure import seat
from tests.model.test_invariants import check_evening
from tests.model.test_reorganise import check_conserved, copied
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, PRESETS, SMALL, changes, designs, models

UNITS = int(SMALL["units"])
FIRM_WIDE = [name for name in COORDINATES if name not in BY_UNIT]


def mixed(first=PARTNERSHIP, then=PERVASIVE, moved: int = 2, days: int = 240, warm_up: int = 0, **changed):
    """A firm of which the first units have moved on; `changed` are parameters."""
    return draw_up(SMALL, first, {**MODEL, **changed}, days, warm_up, own=[then] * moved + [first] * (UNITS - moved))


@st.composite
def anywhere(draw: st.DrawFn) -> list[dict[str, float]]:
    """Each unit anywhere; liaisons leave somebody to build."""
    own = [draw(designs()) for _ in range(UNITS)]
    for position in own:
        position["liaisons_per_unit"] = min(position["liaisons_per_unit"], 3.0)
    return own


@pytest.mark.parametrize("design", PRESETS.values(), ids=PRESETS)
def test_units_all_alike_are_the_uniform_firm_to_the_last_byte(design):
    uniform, alike = draw_up(SMALL, design, MODEL, 120, 20), draw_up(SMALL, PARTNERSHIP, MODEL, 120, 20, own=[design] * UNITS)
    assert same(kernel.simulate(uniform, 3), kernel.simulate(alike, 3)) == []


@given(anywhere())
def test_the_firm_stands_at_the_mean_and_units_differ_only_where_they_can(own):
    firm, units = positions(own)
    for name in COORDINATES:
        assert firm[name] == pytest.approx(np.mean([position[name] for position in own]))
        there = [unit[name] for unit in units]
        assert there == ([position[name] for position in own] if name in BY_UNIT else [firm[name]] * UNITS)


@given(st.floats(-1e6, 1e6), st.integers(1, 50))
def test_a_mean_of_equals_is_each_of_them(value, count):
    assert even_mean([value] * count) == value


@settings(deadline=None, max_examples=80)
@given(anywhere(), st.floats(20.0, 400.0), st.integers(0, 2))
def test_everybody_is_seated_once_wherever_units_stand(own, people, seed):
    design, places = positions(own)
    structure = seat({**SMALL, "technologists": people}, design, MODEL, 0.0, places)
    assert structure.placed == pytest.approx(people)
    assert [home.unit for home in structure.homes[:UNITS]] == list(range(UNITS))
    for row, unit in enumerate(structure.liaison_unit):
        assert structure.liaison_people[row] == own[unit]["liaisons_per_unit"] > 0.0
    assert len(structure.liaison_unit) == sum(position["liaisons_per_unit"] > 0.0 for position in own)


def test_a_unit_that_has_moved_has_the_people_it_has_where_all_have():
    """Its home is as large as in the uniform firm with as many people on enabling teams."""
    design, places = positions([PERVASIVE] * 2 + [PARTNERSHIP] * 2)
    structure = seat({**SMALL, "technologists": 100.0}, design, MODEL, 0.0, places)
    rest = (100.0 - structure.liaison_people.sum()) * (1.0 - design["enabling_share"])
    assert [home.people for home in structure.homes[:2]] == pytest.approx([PERVASIVE["tech_embedding"] * rest / UNITS] * 2)
    assert [home.people for home in structure.homes[2:4]] == [0.0, 0.0], "a person and a quarter are no team: they are in the pool"


@settings(deadline=None, max_examples=15)
@given(anywhere(), models(), st.integers(0, 2**31))
def test_every_evening_is_in_order_wherever_units_stand(own, model, seed):
    w = begin(draw_up(SMALL, own[0], model, 60, 0, own=own), seed)
    for day in range(60):
        kernel.run_days(w, day, day + 1)
        check_evening(w, day)


@settings(deadline=None, max_examples=20)
@given(anywhere(), anywhere(), st.integers(0, 2**31), st.integers(5, 79))
def test_nobody_and_nothing_is_lost_as_units_move(before, after, seed, day):
    first, then = (draw_up(SMALL, own[0], MODEL, 80, 0, own=own) for own in (before, after))
    path = Path(first, (Stretch(day, then),))
    w = path.begin(seed)
    kernel.run_days(w, 0, day)
    old = copied(w)
    w = path.turn(w, day)
    check_conserved(old, w)
    kernel.run_days(w, day, 80)
    check_evening(w, 79)


@pytest.mark.parametrize("name", BY_UNIT)
def test_whose_coordinate_it_is_changes_the_run(name):
    """The firm's mean is the same whichever unit differs, so what changes is read from the unit's own position."""
    axis = COORDINATES[name]
    low, high = {**MIDDLE, name: axis.low}, {**MIDDLE, name: min(axis.high, 1.0)}
    runs = [kernel.simulate(draw_up(SMALL, low, MODEL, 480, 0, own=[high if unit == who else low for unit in range(UNITS)]), 1)
            for who in (0, 1)]  # fmt: skip
    assert (runs[0].p[name][0] == runs[1].p[name][0]).all()
    assert not np.array_equal(runs[0].items["ended"], runs[1].items["ended"])


def test_what_is_a_units_own_holds_for_its_items_its_liaison_its_teams_and_its_leader():
    w = kernel.simulate(mixed(days=480, review_share=1.0), 2)
    items = changes(w)
    looked_at = items[items["stage"] == LIVE]
    moved = looked_at["unit"] < 2
    assert looked_at["reviewed"][~moved].all(), "the partnership reviews everything"
    assert not looked_at["reviewed"][moved].all()
    authority = w.units["own_authority"]
    assert (authority[:2] > authority[2:]).all()
    assert w.liaisons["unit"].tolist() == [2, 3]
    assert w.units["liaison"].tolist() == [-1, -1, 0, 1]
    hired = w.leaders["hired"]
    assert (hired[:2] > hired[2:4]).all()
    at_home = w.teams["home"] < 2
    assert (w.teams["experts"][at_home] > 0.0).all()
    assert (w.teams["experts"][~at_home] == 0.0).all()


def test_teams_of_a_unit_that_has_moved_have_its_money_for_experiments():
    w = begin(mixed(), 1)
    here = w.teams["home"] < 2
    assert (w.teams["experiment_share"][here] == PERVASIVE["experiment_budget"]).all()
    middle = even_mean([PERVASIVE["experiment_budget"]] * 2 + [PARTNERSHIP["experiment_budget"]] * 2)
    assert (w.teams["experiment_share"][~here] == middle).all(), "the pool and enabling teams follow the share of units moved"


def test_the_pools_part_of_the_run_work_follows_who_is_in_it():
    w = begin(mixed(), 1)
    assert (w.units["run_to_home"][:2] > 0.8).all(), "who has its own people runs its own systems"
    assert (w.units["run_to_home"][2:] == 0.0).all()


def test_firm_wide_coordinates_follow_the_share_of_units_moved():
    values = mixed(moved=1).values
    for name in FIRM_WIDE:
        assert values[name] == pytest.approx(0.25 * PERVASIVE[name] + 0.75 * PARTNERSHIP[name])


JOURNEY = [("firm.units", "4"), ("firm.technologists", "48"), ("run.warm_up", "60"), ("run.days", "500")]


@pytest.mark.parametrize("name", ["by_unit", "pilot_then_scale"])
def test_a_path_by_units_arrives_where_all_at_once_arrives(name):
    scenario, transitions = load_transitions("branch_bank", (name,), overrides=JOURNEY)
    path = paths_of(scenario, transitions)[name]
    assert same(path.stretches[-1].plan.world, blueprint_of(scenario, "pervasive").world) == []
    seats = [path.first.world.firm[0].seated, *(stretch.plan.world.firm[0].seated for stretch in path.stretches)]
    assert sorted(seats) in (seats, seats[::-1]), "people follow the share of units moved"


def test_project_money_of_units_waits_for_the_fiscal_year_as_of_all():
    scenario, transitions = load_transitions("branch_bank", ("by_unit",), overrides=JOURNEY)
    path = paths_of(scenario, transitions)["by_unit"]
    found = {stretch.day: stretch.plan.values["funding_persistence"] for stretch in path.stretches}
    a, b = PARTNERSHIP["funding_persistence"], PERVASIVE["funding_persistence"]
    assert [found[day] for day in (0, 120, 240, 360, 480)] == pytest.approx([a + s * (b - a) for s in (0.25, 0.25, 0.75, 0.75, 1.0)])


def test_both_drivers_agree_where_units_stand_apart():
    scenario = load_scenario("to_pervasive", JOURNEY)
    path = path_of(scenario, "by_unit")
    model = OrgModel(scenario, "partnership", 5, collect_every=0, path=path)
    w = path.begin(5)
    for day in range(200):
        w = path.turn(w, day)
        kernel.run_days(w, day, day + 1)
        model.step()
        assert same(model.world, w) == []


def test_a_unit_left_behind_earns_as_the_model_says_and_the_run_is_measured():
    run = kernel.run(mixed(first=PARTNERSHIP, then=MIDDLE, days=240), 1)
    assert run.outcomes.shape == (OUTCOME_COUNT,)
    assert np.isfinite(run.series[:, -3:]).all()
