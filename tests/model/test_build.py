"""Build: a team turns its people's day into progress; what takes from it, and what a lone item needs at least."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import begin
from sim.model.hands import familiar_speed
from sim.model.mechanisms.build import in_step, output_share, switching, wip_limit
from sim.model.outcomes import CAUSES
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, changes, lived, off, plan

LONE = {
    **MIDDLE, "tech_embedding": 1.0, "cross_functionality": 0.0, "liaisons_per_unit": 0.0, "enabling_share": 0.0, "delegation": 1.0,
    "funding_persistence": 1.0, "release_interval": 1.0, "experiment_budget": 0.0, "board_interval": 60.0, "self_organisation": 0.0,
}  # fmt: skip
ONE_TEAM = {**FIRM_VALUES, "units": 1.0, "technologists": 8.0, "run_load": 0.0, "data_work": 0.0, "mixed_items": 0.0}
FREE = {
    **off("build", "coordinate", "decide", "rework", "review", "fund", "release", "learn", "translate", "talent", "lead", "debt",
         "vendors", "cloud", "adopt"),
    "agenda_rate": 1e9, "commit_days": 1e9, "meeting_hours": 0.0,
}  # fmt: skip
"""Nothing takes from a team's day."""


def test_equations_by_hand():
    assert output_share(20.0, 0.0006) == pytest.approx(0.76)
    assert output_share(50.0, 0.0006) == 0.0
    assert switching(0.1, 6.0, 4.0) == pytest.approx(0.81)  # three streams a person
    assert switching(0.1, 1.0, 8.0) == 1.0
    assert wip_limit(0.5, 2.0, 5.0) == 3.5
    assert familiar_speed(0.3, 0.5, 0.4, 0.25) == pytest.approx(0.85 * 0.7)
    assert in_step(0.5, 0.5, 0.5, 0.0, 0.0, 0.0) == 1.0


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 0.9), st.floats(1.0, 12.0), st.floats(1.0, 20.0), st.floats(0.0, 3.0))
def test_more_in_hand_never_speeds_anybody_up(loss, items, people, more):
    assert 0.0 < switching(loss, items + more, people) <= switching(loss, items, people) <= 1.0


def _work_done(w):
    items = changes(w)
    return items["size"].sum() - items["left"].sum()


def test_off_means_gone_a_teams_output_equals_its_people():
    w = lived(design=LONE, firm={**ONE_TEAM, "change_load": 1.5}, model={**FREE, "crew_limit": 8.0}, days=200)
    assert w.firm[0].hours_total == pytest.approx(8.0 * 200)
    assert w.firm[0].hours_items + w.teams["idle"].sum() == pytest.approx(8.0 * 200)
    assert _work_done(w) == pytest.approx(w.firm[0].hours_items, rel=1e-9)
    # With more to do than people, nobody idles but before the first items come.
    assert w.firm[0].hours_items > 0.9 * 8.0 * 200


def test_specialists_are_faster_among_their_own_kind():
    """The counter-force: a team that holds every specialism makes 1 − depth of a day's work out of a day."""
    mixed = lived(design={**LONE, "cross_functionality": 1.0}, firm=ONE_TEAM, model={**FREE, "depth": 0.15}, days=200)
    assert _work_done(mixed) == pytest.approx(0.85 * mixed.firm[0].hours_items, rel=1e-9)


def test_each_loss_takes_from_what_is_built():
    busy = {**ONE_TEAM, "change_load": 2.0}
    free = _work_done(lived(design=LONE, firm=busy, model=FREE))
    losses = ("overhead", "switching_loss", "strangeness", "ignorance", "guild_hours", "reporting_hours", "goal_hours", "coaching_hours")
    for name in losses:
        assert _work_done(lived(design=LONE, firm=busy, model={**FREE, name: MODEL[name]})) < free, name
    assert _work_done(lived(design=LONE, firm=busy, model={**FREE, "availability": 0.85})) == pytest.approx(0.85 * free, rel=0.05)


def test_a_lone_item_takes_its_least_time():
    """Six of eight people work on it at once, from the day it is raised to the day it is finished, and it leaves that day."""
    items = changes(lived(design=LONE, firm={**ONE_TEAM, "change_load": 0.08, "size_median": 10.0}, model=FREE, days=4000))
    finished = items[items["ended"] >= 0]
    last_days = np.where(items["ended"] >= 0, items["ended"], 4000)
    # How many items are under way at any time of each one's life: one, where it is alone.
    company = [((items["raised"] <= item["ended"]) & (last_days >= item["raised"])).sum() for item in finished]
    alone = finished[np.array(company) == 1]
    assert len(alone) > 30
    assert (alone["ended"] - alone["raised"]).tolist() == (np.ceil(alone["size"] / 6.0 - 1e-9) - 1).astype(int).tolist()
    assert (alone["days"][:, CAUSES.index("building")] == alone["ended"] - alone["raised"]).all()


def test_run_work_goes_first_and_leaves_a_tenth_at_least():
    w = lived(design=LONE, firm={**ONE_TEAM, "run_load": 3.0}, model={**FREE, "run_cap": 0.9}, days=200)
    assert w.firm[0].hours_run == pytest.approx(0.9 * w.firm[0].hours_total)
    assert _work_done(w) > 0.0


def test_no_team_of_a_pool_takes_more_while_another_has_nothing():
    """A pool is one queue with many servers."""
    firm = {**ONE_TEAM, "units": 4.0, "technologists": 48.0, "change_load": 0.4}
    w = begin(plan(design={**LONE, "tech_embedding": 0.0}, firm=firm, model=FREE), 1)
    taken = 0
    for day in range(240):
        before, held = w.teams["wip"].copy(), w.items["team"].copy()
        kernel.run_days(w, day, day + 1)
        new = np.bincount(w.items["team"][(w.items["team"] != held) & (w.items["team"] >= 0)], minlength=len(w.teams))
        idle = (before == 0) & (w.teams["wip"] == 0) & (w.teams["skill"][:, 0] > 0.0)
        hoards = (new > 0) & (w.teams["wip"] > 1)
        assert not (idle.any() and hoards.any())
        taken += new.sum()
    assert taken > 50


def test_a_specialism_that_is_missing_is_done_by_another_team():
    both = {**ONE_TEAM, "units": 2.0, "technologists": 48.0, "data_work": 0.5, "mixed_items": 1.0}
    items = changes(lived(design={**LONE, "tech_embedding": 0.0}, firm=both, model=FREE, days=200))
    gone = items[items["stage"] == 10]
    assert (gone["handoffs"] >= 1).all()
    mixed = changes(lived(design={**LONE, "tech_embedding": 0.0, "cross_functionality": 1.0}, firm=both, model=FREE, days=200))
    assert (mixed["handoffs"] == 0).all()


@pytest.mark.parametrize("people", [6.0, 8.0])
def test_an_item_is_never_built_faster_than_its_crew_can(people):
    items = changes(lived(design=LONE, firm={**ONE_TEAM, "technologists": people, "change_load": 0.3}, model=FREE, days=400))
    gone = items[items["stage"] == 10]
    assert (gone["ended"] - np.floor(gone["begun"]) + 1 >= gone["size"] / 6.0 - 1e-9).all()
