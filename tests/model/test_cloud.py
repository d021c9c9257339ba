"""Cloud: providers do their part of the run work, are paid by use, and bring tooling; scale makes shared houses cheap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.cloud import floored, provided, usage_price
from sim.model.mechanisms.demand import scale_factor
from sim.model.mechanisms.release import automation
from sim.model.world import same
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, PRESETS, lived, off, plan

OTHERS = ("debt", "coordinate", "review", "shadow", "talent")
"""What makes run work of its own, or leaves less time for it."""
ALONE = {"release_effort": 0.0, "restore_effort": 0.0, "mending_cost": 0.0}
"""No run work but what arrives."""


def test_equations_by_hand():
    assert provided(0.35, 0.9) == pytest.approx(0.315)
    assert usage_price(1.2, 0.002, 100.0) == pytest.approx(1.44)
    assert floored(0.2, 0.5, 0.4) == pytest.approx(1.0 - 0.8 * 0.8)
    assert scale_factor(0.2, 8.0, 32.0) == pytest.approx(1.0 + 0.25 / 2.0)
    assert scale_factor(0.5, 8.0, 1.0) == 2.0, "no home is worse than a team on its own"


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 0.9), st.floats(1.0, 50.0), st.floats(0.5, 1000.0), st.floats(1.0, 4.0))
def test_a_larger_home_never_runs_things_for_more(economies, smallest, people, growth):
    small, large = scale_factor(economies, smallest, people), scale_factor(economies, smallest, people * growth)
    assert 1.0 <= large <= small <= 1.0 / (1.0 - economies) * (1.0 + 1e-12)


def test_off_means_gone_providers_do_nothing_and_cost_nothing():
    gone, without = (lived(model=off("cloud"), days=120, cloud_share=share) for share in (0.9, 0.0))
    assert gone.firm[0].run_provided == gone.firm[0].spend_cloud == 0.0
    assert gone.firm[0].automation == automation(MIDDLE["enabling_share"], MODEL["automation_scale"])
    assert same(gone, without) == ["p.cloud_share"]


def test_a_design_without_cloud_is_a_design_without_the_mechanism():
    different = same(lived(days=120, cloud_share=0.0), lived(model=off("cloud"), days=120, cloud_share=0.0))
    assert all(name.startswith("p.") for name in different)


@pytest.mark.parametrize("name", PRESETS)
def test_run_work_is_conserved_day_by_day(name):
    """What arrives = what providers do + what enabling teams do + what homes get; what homes get = done + not yet done."""
    model = {**off(*OTHERS), **ALONE, "meeting_hours": 0.0, "bid_hours": 0.0}
    design = {**PRESETS[name], "experiment_budget": 0.0}
    w = begin(plan(design=design, firm={**FIRM_VALUES, "scale_economies": 0.0}, model=model), 2)
    provided_before = given_out = 0.0
    builders = w.homes["builds"] > 0
    for day in range(60):
        kernel.run_days(w, day, day + 1)
        today = w.units["run_arrived"].sum()
        by_providers = w.firm[0].run_provided - provided_before
        to_homes = (w.homes["run_today"] * w.homes["people"])[builders].sum()
        by_enabling = min(w.firm[0].enabling_run, today - by_providers)
        assert today == pytest.approx(by_providers + by_enabling + to_homes, rel=1e-9)
        assert by_providers == pytest.approx(MODEL["infra_share"] * PRESETS[name]["cloud_share"] * today, rel=1e-9)
        provided_before = w.firm[0].run_provided
        given_out += to_homes
    # All of enabling teams' time counts as run work, whatever their tools do with it.
    tools = w.teams[~builders[w.teams["home"]]]
    enabling = (tools["people"] * tools["output_share"]).sum() * MODEL["availability"] * (1.0 - w.firm[0].in_step)
    assert given_out == pytest.approx(w.firm[0].hours_run - 60 * enabling + w.teams["run_backlog"].sum(), rel=1e-9)
    assert given_out > 0.0


def test_run_work_as_it_arrives_does_not_know_the_design():
    days = [lived(design=design, days=30).units["run_arrived"].tolist() for design in (PARTNERSHIP, PERVASIVE)]
    assert days[0] == days[1]


def test_the_price_is_charged_by_use():
    w = lived(design=PERVASIVE, days=120, run_log_sd=0.0, cloud_price=1.3)
    done = MODEL["infra_share"] * PERVASIVE["cloud_share"] * FIRM_VALUES["run_load"] * 48.0
    assert w.firm[0].run_provided == pytest.approx(120 * done, rel=1e-9)
    price = FIRM_VALUES["wage"] * usage_price(1.3, MODEL["cloud_scale"], done)
    assert w.firm[0].spend_cloud == pytest.approx(120 * done * price, rel=1e-9)


def test_only_counted_days_are_charged():
    counted = lived(design=PERVASIVE, days=60, warm_up=60, run_log_sd=0.0)
    assert counted.firm[0].spend_cloud == pytest.approx(lived(design=PERVASIVE, days=60, run_log_sd=0.0).firm[0].spend_cloud, rel=1e-9)


def test_providers_free_technologists_and_automate_releases():
    none, much = (lived(days=240, cloud_share=share) for share in (0.0, 1.0))
    assert much.firm[0].hours_run < none.firm[0].hours_run
    assert much.firm[0].automation > none.firm[0].automation
    assert much.firm[0].automation >= MODEL["cloud_floor"]


def test_a_shared_house_runs_things_for_less():
    """The counter-force to embedding: the same run work makes fewer hours in one pool than in many homes."""
    def run_hours(embedding, economies):
        place = {**MIDDLE, "tech_embedding": embedding, "enabling_share": 0.0}
        given_firm = {**FIRM_VALUES, "scale_economies": economies, "run_load": 0.3}
        return lived(design=place, firm=given_firm, model={**off(*OTHERS), **ALONE}, days=120).firm[0].hours_run

    saved = 1.0 - run_hours(0.0, 0.2) / run_hours(1.0, 0.2)
    people = FIRM_VALUES["technologists"] - MIDDLE["liaisons_per_unit"] * FIRM_VALUES["units"]
    expected = 1.0 - scale_factor(0.2, MODEL["team_size"], people) / scale_factor(0.2, MODEL["team_size"], people / FIRM_VALUES["units"])
    assert saved == pytest.approx(expected, abs=0.01)
    assert run_hours(0.0, 0.0) == pytest.approx(run_hours(1.0, 0.0), rel=0.005)
