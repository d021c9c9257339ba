"""Waiting in the kernel's queues against formulas, and Little's law."""

import itertools
import math

import numpy as np
import pytest

from sim.api import load_scenario
from sim.experiment.compare import blueprints
from sim.model.kernel import simulate
from sim.model.stages import EXPERIMENT, FAILED, LIVE
from sim.validation.gate import gate_wait, measured_gate_wait
from sim.validation.queues import erlang_c, measure_wait, wait_mg1, wait_mmc
from sim.validation.settings import bare

PUBLISHED = {
    1: (2.333, 4.000, 9.000), 2: (0.961, 1.778, 4.263), 5: (0.252, 0.554, 1.525), 10: (0.074, 0.205, 0.669), 20: (0.016, 0.064, 0.275),
}  # fmt: skip
LOADS = (0.7, 0.8, 0.9)


@pytest.mark.parametrize("servers", PUBLISHED)
def test_the_formula_gives_the_published_waits(servers):
    assert [round(wait_mmc(servers, load), 3) for load in LOADS] == list(PUBLISHED[servers])


def test_erlang_c_is_a_probability_that_grows_with_load():
    chances = [erlang_c(7, load) for load in np.linspace(0.05, 0.95, 19)]
    assert all(0.0 < low < high < 1.0 for low, high in itertools.pairwise(chances))


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (1, 0.8), (2, 0.7), (5, 0.8)])
def test_a_home_of_one_person_teams_waits_like_mmc(servers, load):
    wait = measure_wait(servers, load, items=20_000, relative=0.05, batch=16)
    assert wait.half_width <= 0.05 * wait.mean
    assert wait.holds(wait_mmc(servers, load))


@pytest.mark.parametrize("log_sd", [0.3, 0.9])
def test_lognormal_sizes_wait_by_pollaczek_and_khinchine(log_sd):
    wait = measure_wait(1, 0.7, log_sd, items=20_000, relative=0.05, batch=16)
    assert wait.half_width <= 0.05 * wait.mean
    assert wait.holds(wait_mg1(0.7, math.exp(log_sd * log_sd) - 1.0))


@pytest.mark.parametrize("interval", [1, 2, 5, 20, 60])
def test_a_fixed_gate_makes_items_wait_half_its_interval(interval):
    wait = np.mean([measured_gate_wait(interval, 200, seed) for seed in range(8)])
    # Poisson counts of 8 × 200 meetings' worth of items, spread over the interval: five standard errors.
    items = 8 * 200 * interval * 5.0
    assert wait == pytest.approx(gate_wait(interval), abs=5.0 * gate_wait(interval) / math.sqrt(3.0 * items))


@pytest.mark.parametrize("firm", ["branch_bank", "mobile_bank"])
def test_littles_law_is_an_identity_in_every_run(firm):
    """∫ L dt over the window = Σ time of the items inside it: an item raised on day d and ended on day e is there e − d evenings."""
    scenario = load_scenario(firm, [("run.days", "400"), ("run.warm_up", "0")])
    for blueprint in blueprints(scenario, scenario.compare):
        for seed in (1, 2):
            w = simulate(blueprint, seed)
            items = w.items[: int(w.firm[0].raised)]
            asked = items[(items["stage"] != EXPERIMENT) & (items["stage"] != FAILED)]
            inside = np.where(asked["ended"] >= 0, asked["ended"], 400) - asked["raised"]
            assert w.firm[0].stage_days[:EXPERIMENT].sum() == inside.sum()


def test_in_steady_state_the_number_in_the_system_is_rate_times_time():
    """L = λ W to 1 %, λ of what went live in the second half of long runs and W their own time, which the window cuts."""
    days, half = 200_000, 100_000
    blueprint = bare({"technologists": 1.0, "change_load": 0.8, "size_median": 10.0}, {}, {}, half, half)
    inside, done, time = 0.0, 0, 0.0
    for seed in range(8):
        w = simulate(blueprint, seed)
        items = w.items[: int(w.firm[0].raised)]
        left = items[(items["stage"] == LIVE) & (items["ended"] >= half)]
        inside += w.firm[0].stage_days[:EXPERIMENT].sum() / half
        done += len(left)
        time += (left["ended"] - left["raised"]).sum()
    assert inside == pytest.approx(done / half * (time / done), rel=0.01)
    assert days == blueprint.horizon


def test_a_lone_item_at_zero_load_takes_its_analytic_minimum():
    """Thirty person-days, a crew of six, no queue and no gate: five days of work, of which the day of raising is not counted."""
    firm = {"technologists": 8.0, "change_load": 0.0005, "size_median": 30.0}
    model = {"team_size": 8.0, "crew_limit": 6.0, "exponential_size": 0.0, "wip_high": 1.0}
    design = {"delegation": 0.0, "funding_persistence": 0.0}
    w = simulate(bare(firm, design, model, 60_000), 3)
    items = w.items[: int(w.firm[0].raised)]
    alone = items[(items["stage"] == LIVE)]
    assert len(alone) > 5
    assert (alone["ended"] - alone["raised"] == math.ceil(30.0 / 6.0) - 1).all()
