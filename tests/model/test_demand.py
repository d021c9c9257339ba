"""Demand: the same under every design, item by item; and its equations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.core.streams import DEMAND_RATE, day_key, normal
from sim.model import kernel
from sim.model.begin import begin, room_for_items
from sim.model.items import mean_size
from sim.model.mechanisms.demand import count_items, demand_factor, size_quantile, worth
from sim.model.world import same
from tests.model.worlds import FIRM_VALUES, PARTNERSHIP, PERVASIVE, SMALL, changes, designs, lived, off, plan

DRAWN = ("kind", "unit", "key", "size", "value", "noise", "tech_belief", "market_belief")
"""Fields of an item of change that only its own key decides."""


def _raised(w):
    """Day, unit and everything drawn at birth of each item of change, in the order of raising."""
    items = changes(w)
    return [items["raised"].tolist(), *(items[name].tolist() for name in DRAWN)]


@settings(deadline=None, max_examples=20)
@given(designs(), designs(), st.integers(0, 2**31))
def test_two_designs_meet_the_same_demand_item_by_item(first, second, seed):
    for design in (first, second):
        design["liaisons_per_unit"] = min(design["liaisons_per_unit"], 3.0)
    assert _raised(lived(seed, design=first)) == _raised(lived(seed, design=second))


def test_what_each_specialism_has_to_do_is_the_same_under_both_designs_at_birth():
    births = []
    for design in (PARTNERSHIP, PERVASIVE):
        w = begin(plan(design=design), 4)
        seen: dict[int, list[float]] = {}
        for day in range(120):
            kernel.run_days(w, day, day + 1)
            for item in changes(w):
                if item["raised"] == day and item["begun"] < 0.0:
                    seen[int(item["key"])] = item["left"].tolist()
        births.append(seen)
    both = births[0].keys() & births[1].keys()
    assert len(both) > 20
    assert all(births[0][key] == births[1][key] for key in both)


def test_another_seed_is_another_history():
    assert _raised(lived(1)) != _raised(lived(2))


def test_run_work_is_the_same_under_both_designs():
    # As it arrives, before the design makes more or less of it.
    alone = {"model": off("debt", "cloud"), "scale_economies": 0.0, "duplicated_support": 0.0}
    worlds = [begin(plan(design={**design, "enabling_share": 0.0}, **alone), 3) for design in (PARTNERSHIP, PERVASIVE)]
    for day in range(10):
        total = []
        for w in worlds:
            kernel.run_days(w, day, day + 1)
            builders = w.homes["builds"] > 0
            total.append((w.homes["run_today"] * w.homes["people"])[builders].sum())
        assert total[0] == pytest.approx(total[1], rel=1e-12)


def test_names_of_designs_are_no_part_of_the_model():
    """Exchanging two designs' names exchanges their results, bit for bit, and changes nothing else."""
    named = {"first": PARTNERSHIP, "second": PERVASIVE}
    swapped = {"first": PERVASIVE, "second": PARTNERSHIP}
    results = {name: lived(5, design=values) for name, values in named.items()}
    exchanged = {name: lived(5, design=values) for name, values in swapped.items()}
    assert same(results["first"], exchanged["second"]) == []
    assert same(results["second"], exchanged["first"]) == []
    assert same(results["first"], results["second"]) != []


def test_more_demand_adds_items_and_leaves_the_others_as_they_were():
    """Poisson counts come by inversion, so a higher rate keeps each unit's first items of a day."""
    few, many = (changes(lived(1, change_load=load, run_load=0.1)) for load in (0.15, 0.30))
    by_key = {int(item["key"]): item for item in many}
    assert len(many) > 1.5 * len(few)
    for item in few:
        other = by_key[int(item["key"])]
        assert all(item[name] == other[name] for name in ("raised", *DRAWN))


def test_a_further_unit_leaves_the_others_items_as_they_were():
    small = {**SMALL, "burstiness": 0.0, "unit_demand_log_sd": 0.0}
    three, four = (changes(lived(1, firm={**small, "units": units, "technologists": 12.0 * units})) for units in (3.0, 4.0))
    kept = four[four["unit"] < 3]
    for name in ("raised", *DRAWN):
        assert three[name].tolist() == kept[name].tolist()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 6), st.floats(0.0, 1.0), st.floats(0.0, 0.8), st.floats(0.0, 0.5))
def test_the_pool_of_items_is_counted_before_it_is_used(seed, units, correlation, burstiness, load):
    firm = {**SMALL, "units": float(units), "demand_correlation": correlation, "burstiness": burstiness, "change_load": load}
    blueprint = plan(firm=firm, days=150)
    w = kernel.simulate(blueprint, seed)
    rate = load * firm["technologists"] / (units * mean_size(firm["size_median"], firm["size_log_sd"]))
    assert count_items(seed, 150, units, rate, correlation, burstiness, 20, firm["unit_demand_log_sd"]) == w.firm[0].demanded
    assert w.firm[0].raised <= room_for_items(blueprint, seed) == len(w.items)


def test_units_raise_the_work_that_the_firm_says():
    firm = {**FIRM_VALUES, "burstiness": 0.0, "unit_demand_log_sd": 0.0}
    items = np.concatenate([changes(lived(seed, firm=firm, days=480)) for seed in range(6)])
    expected = FIRM_VALUES["change_load"] * FIRM_VALUES["technologists"] * 480 * 6
    mean, sd = items["size"].mean(), items["size"].std()
    # Compound Poisson: variance = number · (mean² + variance of size); five standard errors.
    assert items["size"].sum() == pytest.approx(expected, abs=5.0 * math.sqrt(len(items) * (mean**2 + sd**2)))
    law = stats.lognorm(s=FIRM_VALUES["size_log_sd"], scale=FIRM_VALUES["size_median"])
    assert stats.kstest(items["size"], law.cdf).pvalue > 1e-5


def test_exponential_sizes_have_the_same_mean():
    items = np.concatenate([changes(lived(seed, firm=FIRM_VALUES, exponential_size=1.0, days=480)) for seed in range(6)])
    mean = mean_size(FIRM_VALUES["size_median"], FIRM_VALUES["size_log_sd"])
    assert stats.kstest(items["size"], stats.expon(scale=mean).cdf).pvalue > 1e-5


def test_own_authority_reaches_to_the_quantile_of_sizes():
    items = np.concatenate([changes(lived(seed, firm=FIRM_VALUES, days=480)) for seed in range(4)])
    for share in (0.1, 0.5, 0.9):
        below = (items["size"] <= size_quantile(share, FIRM_VALUES["size_median"], FIRM_VALUES["size_log_sd"], 0.0)).mean()
        assert below == pytest.approx(share, abs=5.0 * math.sqrt(share * (1.0 - share) / len(items)))
    assert size_quantile(0.0, 18.0, 0.9, 0.0) == 0.0
    assert size_quantile(1.0, 18.0, 0.9, 1.0) == math.inf
    assert size_quantile(0.5, 18.0, 0.0, 1.0) == pytest.approx(18.0 * math.log(2.0))


def test_a_months_factor_has_mean_one_and_units_are_as_alike_as_they_should_be():
    correlation, burstiness, months = 0.6, 0.5, 4000
    logs = np.empty((months, 2))
    for month in range(months):
        key = day_key(11, DEMAND_RATE, month)
        factors = [demand_factor(normal(key, 2), normal(key, unit), correlation, burstiness) for unit in range(2)]
        logs[month] = np.log(factors)
    error = 5.0 / math.sqrt(months)
    assert logs.mean(axis=0) == pytest.approx([-0.5 * burstiness**2] * 2, abs=burstiness * error)
    assert logs.std(axis=0) == pytest.approx([burstiness] * 2, rel=error)
    assert np.corrcoef(logs.T)[0, 1] == pytest.approx(correlation, abs=error)


@pytest.mark.parametrize("shared", [-2.0, 0.5])
def test_fully_common_demand_ignores_what_is_a_units_own(shared):
    assert demand_factor(shared, 3.0, 1.0, 0.4) == demand_factor(shared, -3.0, 1.0, 0.4)
    assert demand_factor(shared, 3.0, 0.0, 0.4) == demand_factor(-shared, 3.0, 0.0, 0.4)


def test_worth_halves_every_half_life_and_never_grows():
    values = [worth(16.0, age, 100.0) for age in (0.0, 100.0, 200.0, 300.0)]
    assert values == pytest.approx([16.0, 8.0, 4.0, 2.0])


def test_off_means_gone_nothing_is_raised_and_nothing_runs():
    w = lived(1, change_load=0.0, run_load=0.0, experiment_budget=0.0, enabling_share=0.0)
    assert w.firm[0].raised == 0
    assert w.firm[0].hours_run == 0.0
    assert (w.teams["run_backlog"] == 0.0).all()
