"""Who sits where: nobody is lost on the way from the firm to its teams, whatever the design."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.core.parameters import Param
from sim.model import kernel
from sim.model.begin import draw_up
from sim.organisation.structure import Structure, fraction, seat
from sim.scenario.firm import FIRM
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, designs

FEW = settings(deadline=None, max_examples=80)


def _firm(units: int, technologists: float, data_work: float) -> dict[str, float]:
    return {**FIRM_VALUES, "units": float(units), "technologists": technologists, "data_work": data_work}


@st.composite
def seatings(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, float]]:
    """Firms from one person to a thousand units, under any design that leaves a person to build."""
    units = draw(st.one_of(st.sampled_from((1, 2, 1000)), st.integers(1, 40)))
    technologists = draw(st.one_of(st.sampled_from((1.0, 2.5, 3000.0)), st.floats(1.0, 400.0)))
    firm = _firm(units, technologists, draw(st.floats(0.0, 1.0)))
    design = draw(designs())
    # At the edge, all but one person are liaisons.
    design["liaisons_per_unit"] = min(design["liaisons_per_unit"], (technologists - 1.0) / units)
    return firm, design


def _corner(units: int, technologists: float, **design: float):
    return example((_firm(units, technologists, 0.25), {**MIDDLE, "liaisons_per_unit": 0.0, **design}))


CORNERS = (
    _corner(1, 1.0), _corner(1000, 1.0), _corner(1000, 3000.0, tech_embedding=1.0), _corner(12, 340.0, tech_embedding=0.0),
    _corner(12, 340.0, tech_embedding=1.0, enabling_share=0.4), _corner(3, 9.0, cross_functionality=0.0, tech_embedding=1.0),
    _corner(5, 21.0, liaisons_per_unit=4.0), _corner(2, 8.0, liaisons_per_unit=3.5, enabling_share=0.4),
)  # fmt: skip


def _at_corners(test):
    for corner in CORNERS:
        test = corner(test)
    return test


def _seat(place) -> Structure:
    firm, design = place
    return seat(firm, design, MODEL)


@FEW
@_at_corners
@given(seatings())
def test_as_many_technologists_are_placed_as_the_firm_has(place):
    assert _seat(place).placed == pytest.approx(place[0]["technologists"], rel=1e-9)


@FEW
@_at_corners
@given(seatings())
def test_homes_hold_the_people_of_their_teams(place):
    structure = _seat(place)
    people = np.bincount(structure.team_home, weights=structure.team_people, minlength=len(structure.homes))
    np.testing.assert_allclose(people, [home.people for home in structure.homes], rtol=1e-9, atol=1e-12)


@FEW
@_at_corners
@given(seatings())
def test_every_specialism_is_held_by_a_team_that_builds(place):
    structure = _seat(place)
    builds = np.array([structure.homes[home].builds for home in structure.team_home])
    assert structure.team_holds[builds].any(axis=0).all()
    assert structure.team_holds.any(axis=1).all(), "every team can do something"


@FEW
@_at_corners
@given(seatings())
def test_teams_of_a_home_stand_in_a_row_and_have_people(place):
    structure = _seat(place)
    assert (np.diff(structure.team_home) >= 0).all()
    assert (structure.team_people > 0.0).all()
    assert (structure.team_people <= MODEL["team_size"] * 1.5 + 1e-9).all(), "a home is cut by rounding, so no team is half as large again"


@FEW
@_at_corners
@given(seatings())
def test_no_number_is_missing_and_a_group_is_none_or_large_enough(place):
    structure = _seat(place)
    for numbers in (structure.team_people, structure.team_experts, structure.liaison_people, structure.leader_fluency):
        assert np.isfinite(numbers).all()
        assert (numbers >= 0.0).all()
    assert (structure.leader_fluency <= 1.0).all()
    smallest = min(MODEL["smallest_home"], sum(home.people for home in structure.homes))
    for home in structure.homes:
        assert home.people == 0.0 or home.people >= smallest * (1.0 - 1e-9)


@FEW
@given(seatings())
def test_seating_is_the_same_each_time(place):
    first, second = _seat(place), _seat(place)
    assert first.homes == second.homes
    for name in ("team_home", "team_people", "team_experts", "team_holds", "liaison_people", "leader_fluency"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


@settings(deadline=None, max_examples=25)
@_at_corners
@given(seatings())
def test_a_run_of_sixty_days_stays_finite(place):
    firm, design = place
    w = kernel.simulate(draw_up(firm, design, MODEL, 60, 0), 1)
    for table in (w.firm, w.units, w.homes, w.teams, w.liaisons, w.leaders, w.ties):
        for name in table.dtype.names:
            # Own authority is without bound where everything is delegated.
            if table.dtype[name].base.kind == "f" and name != "own_authority":
                assert np.isfinite(table[name]).all(), name


def test_the_shipped_designs_seat_people_where_they_say():
    for design in (PARTNERSHIP, PERVASIVE):
        structure = seat(FIRM_VALUES, design, MODEL)
        builders = FIRM_VALUES["technologists"] - 12 * design["liaisons_per_unit"]
        embedded = sum(home.people for home in structure.homes if home.unit >= 0)
        enabling = sum(home.people for home in structure.homes if not home.builds)
        pool = builders - embedded - enabling
        assert enabling == pytest.approx(design["enabling_share"] * builders)
        wanted = design["tech_embedding"] * (builders - enabling)
        # One and a third person a unit is no team: the few local analysts of the first design join the pool.
        assert embedded == pytest.approx(wanted if wanted / 12 >= MODEL["smallest_home"] else 0.0)
        assert pool == pytest.approx(builders - enabling - embedded)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("first", [0, 7, 100])
def test_any_stretch_of_teams_has_nearly_the_right_mix(share, first):
    held = np.mean([fraction(k, (5.0**0.5 - 1.0) / 2.0) < share for k in range(first, first + 100)])
    # Discrepancy of the golden rotation over n points is below 1.5 · log n / n (Niederreiter 1992, section 3.1): 0.07 at 100.
    assert held == pytest.approx(share, abs=0.07)


def test_cross_functionality_sets_how_many_teams_hold_everything():
    firm = {**FIRM_VALUES, "technologists": 1600.0}
    shares = [seat(firm, {**MIDDLE, "cross_functionality": x}, MODEL).team_holds.all(axis=1).mean() for x in (0.0, 0.3, 0.6, 1.0)]
    assert shares == pytest.approx([0.0, 0.3, 0.6, 1.0], abs=0.03)


def test_business_experts_come_with_mixed_teams_of_units_only():
    structure = seat(FIRM_VALUES, {**PERVASIVE, "tech_embedding": 0.6}, MODEL)
    in_units = np.array([structure.homes[home].unit >= 0 for home in structure.team_home])
    assert (structure.team_experts[~in_units] == 0.0).all()
    expected = FIRM_VALUES["business_experts"] * 0.9 * structure.team_people[in_units].sum()
    assert structure.team_experts[in_units].sum() == pytest.approx(expected)


def test_the_ranges_that_seating_is_tested_on_are_what_a_scenario_may_give():
    units, people = FIRM["units"], FIRM["technologists"]
    assert isinstance(units, Param)
    assert (units.least, units.most, people.least) == (1, 1000, 1)
