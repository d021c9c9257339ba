"""History matching: what is kept is what meets the targets, spread as the even points are that meet them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp

from sim.experiment.emulator import fitted
from sim.experiment.lives import Lives, measured
from sim.experiment.matching import matched
from sim.experiment.problem import Plan, stages
from sim.experiment.space import column_of, dimensions, is_uncertain, spread_evenly, value_at
from sim.experiment.targets import CUT, Target, bound, distances, implausibility, is_implausible, meets
from sim.model.catalogue import PARAMETERS
from sim.scenario.firm import FIRM
from tests.experiment.planted import DIMENSIONS, NOISE, PRODUCT, SUM, measure, planted, shown

PLAN = Plan(keep=150, blind=128, size=200, most=3000, stages=(1, 2, 4), seed=3)


@pytest.fixture(scope="module")
def found():
    return matched(planted(), PLAN)


def test_every_kept_firm_meets_every_target(found):
    assert len(found.kept) >= PLAN.keep
    for one in found.kept:
        assert SUM.holds(one.means[0])
        assert PRODUCT.holds(one.means[1])
        assert len(one.runs) == PLAN.stages[-1]


def test_kept_firms_are_spread_as_even_firms_that_meet_the_targets(found):
    """Against rejection: of many even points those that show what they should, chance of few histories included."""
    even = spread_evenly(20_000, len(DIMENSIONS), np.random.default_rng(9))
    means = np.stack([even[:, 0] + even[:, 1], even[:, 1] * even[:, 2]], axis=1)
    means += NOISE / np.sqrt(PLAN.stages[-1]) * np.random.default_rng(8).normal(size=means.shape)
    truth = even[SUM.holds(means[:, 0]) & PRODUCT.holds(means[:, 1])]
    kept = np.array([one.place for one in found.kept])
    for number in range(len(DIMENSIONS)):
        assert ks_2samp(kept[:, number], truth[:, number]).pvalue > 0.001


def test_an_emulator_makes_later_waves_keep_more(found):
    shares = [wave.kept / wave.run for wave in found.waves]
    assert len(shares) > 1
    assert shares[-1] > 2.0 * shares[0]
    assert found.waves[-1].left < found.waves[-1].given


def test_a_seed_says_everything():
    points = [[dict(one.point) for one in matched(planted(), Plan(20, 40, 40, 200, (1, 2), seed)).kept] for seed in (1, 1, 2)]
    assert points[0] == points[1] != points[2]


def test_no_more_firms_are_run_than_asked_for():
    rare = Target("sum", 1.9, 2.0)
    found = matched(planted(rare, PRODUCT), Plan(10, 40, 50, 120, (1, 2)))
    assert len(found.drawn) <= 120
    assert len(found.kept) < 10


def test_firms_whose_runs_failed_are_not_kept():
    def broken(title, points, first, last):
        found = zip(points, measure(title, points, first, last), strict=True)
        return [np.where(shown(point)[0] > 1.0, np.nan, runs) for point, runs in found]

    found = matched(planted(measure=broken), Plan(20, 60, 60, 600, (1, 2)))
    assert found.kept
    assert all(shown(one.point)[0] <= 1.0 for one in found.kept)


def test_what_needs_no_run_is_met_before_anything_is_run():
    def low_wage(columns):
        return columns["firm.wage"] < 0.4

    found = matched(planted(given=low_wage, given_names=("firm.wage",)), Plan(20, 60, 60, 400, (1, 2)))
    assert found.kept
    assert all(one.point["firm.wage"] < 0.4 for one in found.drawn if one.wave > 1 or one.kept)
    assert all(len(one.runs) == 2 for one in found.drawn if one.wave == 1 and one.point["firm.wage"] >= 0.4), "run no further"


def test_senseless_firms_are_not_run():
    found = matched(planted(makes_sense=lambda point: point["firm.turnover"] > 0.1), Plan(20, 60, 60, 400, (1, 2)))
    assert all(one.point["firm.turnover"] > 0.1 for one in found.drawn)
    assert found.waves[0].senseless


def test_what_one_real_history_gave_is_matched_as_far_as_chance_allows():
    """A firm is kept where the history could be one of its own: about as far off as √(1 + 1/R) of the spread between histories."""
    target = Target("sum", 1.0, 1.0, one_history=True)
    found = matched(planted(target, PRODUCT), Plan(100, 128, 200, 2000, (1, 2, 4)))
    away = np.array([abs(shown(one.point)[0] - 1.0) for one in found.kept])
    assert 0.5 * NOISE < away.mean() < 3.0 * NOISE
    assert away.max() < 5.5 * NOISE


def test_stages_end_with_all_histories():
    assert stages(8)[-1] == 8
    assert stages(5) == (1, 2, 4, 5)


def test_an_emulator_finds_what_a_function_reads():
    places = spread_evenly(400, 12, np.random.default_rng(1))
    x = 2.0 * places - 1.0
    values = 3.0 + 2.0 * x[:, 4] - x[:, 7] * x[:, 4] + 1.5 * x[:, 2] ** 2 + x[:, 2] + 0.2 * np.random.default_rng(2).normal(size=400)
    found = fitted(places, values)
    assert found is not None
    assert {2, 4, 7} <= set(found.active)
    assert found.error == pytest.approx(0.2, rel=0.15), "what is left is chance"
    fresh = spread_evenly(200, 12, np.random.default_rng(3))
    y = 2.0 * fresh - 1.0
    truth = 3.0 + 2.0 * y[:, 4] - y[:, 7] * y[:, 4] + 1.5 * y[:, 2] ** 2 + y[:, 2]
    assert np.abs(found.at(fresh) - truth).max() < 0.2


def test_an_emulator_of_chance_alone_rules_nothing_out():
    places = spread_evenly(300, 50, np.random.default_rng(1))
    found = fitted(places, np.random.default_rng(2).normal(size=300))
    assert found is not None
    assert found.explained < 0.1
    assert fitted(places, np.ones(300)) is None
    assert fitted(places[:10], np.arange(10.0)) is None
    missing = np.where(np.arange(300) % 2, places[:, 3], np.nan)
    assert fitted(places, missing).explained > 0.99, "points without a value are left out"


def test_distances_are_taken_on_the_scale_that_a_target_says():
    both = (Target("a", 1.0, 2.0), Target("b", 10.0, 20.0, by_ratio=True))
    away = distances(both, np.array([[2.5, np.log(40.0)], [1.5, np.log(5.0)], [0.0, np.nan]]))
    assert away[:2] == pytest.approx(np.array([[0.5, np.log(2.0)], [0.0, np.log(2.0)]]))
    assert away[2, 0] == 1.0
    assert np.isnan(away[2, 1])


def test_what_is_only_chance_is_rarely_implausible():
    """All together in about one of 200 cases, one alone at three standard deviations in one of 370."""
    drawn = np.abs(np.random.default_rng(1).normal(size=(40_000, 8)))
    alone = 1.0 - (1.0 - 0.0027) ** 8
    assert is_implausible(drawn).mean() == pytest.approx(0.005 + alone, abs=0.006)
    assert bound(8) == pytest.approx(21.955, abs=0.001), "chi-squared table, eight degrees of freedom"
    assert is_implausible(np.array([[CUT + 0.01, np.nan]]))[0]
    assert not is_implausible(np.array([[np.nan, np.nan]]))[0]


def test_few_histories_make_a_firm_less_implausible_than_many():
    target = (Target("a", 0.0, 1.0),)
    runs = np.full((1, 8, 1), 2.0)
    few, many = (implausibility(target, runs[:, :number], np.array([1.0]))[0, 0] for number in (1, 8))
    assert few < many
    assert not meets(target, runs, np.array([1.0]))[0]
    assert meets(target, runs - 1.5, np.array([1.0]))[0]


def test_numbers_that_are_not_uncertain_are_not_drawn():
    paths = {each.path for each in dimensions(load())}
    assert {f"firm.{name}" for name in FIRM} <= paths
    for name in ("ranked_queues", "funding_waits", "month_days", "promise_share", "payoff_block", "exponential_size"):
        assert f"model.{name}" not in paths
        assert not is_uncertain(PARAMETERS[name])
    assert "firm.units" not in {each.path for each in dimensions(load(), ["firm.units"])}
    off = load(("off.mechanisms", "trust"))
    assert "model.trust_gain" in paths - {each.path for each in dimensions(off)}


def load(*settings):
    from sim.api import load_scenario

    return load_scenario("branch_bank", settings)


def test_columns_are_what_single_values_are():
    shares = np.concatenate([np.random.default_rng(4).random(300), [0.0, 1.0]])
    for each in dimensions(load()):
        assert column_of(each.param, shares).tolist() == [value_at(each.param, float(share)) for share in shares]


def test_statistics_of_lives_are_what_they_say():
    days = np.arange(40)
    lives = Lives(days, np.where(days < 30, days + 5, -1), np.where(days < 20, days + 15, -1), days % 5, 200)
    found = measured(lives)
    assert found["lead_median"] == 15.0
    assert found["hands_median"] == 10.0
    assert found["begun_share"] == pytest.approx(10 / 15)
    assert found["asked_a_month"] == 4.0
    assert found["finished_a_month"] == 2.0
    assert found["finished_share"] == 0.5
    assert found["team_unevenness"] == 0.0
    assert np.isnan(measured(Lives(days[:2], days[:2], days[:2], days[:2], 200))["lead_median"])
