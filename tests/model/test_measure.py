"""Measure: quantiles under competing risks, inequality and scatter by their formulas, and outcomes recomputed in plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.outcomes import CAUSES, INDEX, NAMES
from sim.model.series import SERIES
from sim.model.stages import CHANGE, EXPERIMENT, IDEA, LIVE, REJECTED, SHADOWED, WITHDRAWN
from sim.model.statistics import expected_gini, fano, gini, incidence_quantile
from tests.model.worlds import MIDDLE, MODERN, PARTNERSHIP, PERVASIVE, changes, plan, rows

DAYS, WARM_UP = 360, 120


def _quantile(ages, lived, share):
    return incidence_quantile(np.array(ages, np.int64), np.array(lived, np.int64), share)


def test_incidence_by_hand():
    """Five items: live at 2, given up at 3, live at 5, open at 6, live at 8.

    Incidence: 1/5 at 2; event-free 4/5, 3/5 after 3; + 3/5 · 1/3 = 2/5 at 5, event-free 2/5; open at 6 leaves one at risk;
    + 2/5 · 1 = 4/5 at 8.
    """
    ages, lived = [5, 2, 8, 3, 6], [1, 1, 1, 2, 0]
    assert _quantile(ages, lived, 0.2) == 2.0
    assert _quantile(ages, lived, 0.21) == 5.0
    assert _quantile(ages, lived, 0.4) == 5.0
    assert _quantile(ages, lived, 0.5) == 8.0
    assert _quantile(ages, lived, 0.8) == 8.0
    assert np.isnan(_quantile(ages, lived, 0.85)), "the item given up never goes live"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.sampled_from((0.25, 0.5, 0.85, 1.0)))
def test_where_everything_is_live_it_is_the_plain_quantile(ages, share):
    empirical = np.quantile(ages, share, method="inverted_cdf")
    assert _quantile(ages, [1] * len(ages), share) == empirical


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from((1, 2))), min_size=1, max_size=40), st.floats(0.05, 0.95))
def test_without_open_items_incidence_is_a_plain_share(items, share):
    """With nothing censored, the cumulative incidence at an age is the share of all items live by then."""
    ages, lived = map(list, zip(*items, strict=True))
    reached = [age for age in sorted(set(ages)) if sum(a <= age and k == 1 for a, k in items) / len(items) >= share - 1e-12]
    found = _quantile(ages, lived, share)
    assert found == reached[0] if reached else np.isnan(found)


def test_losing_slow_items_does_not_make_a_design_look_fast():
    fast, slow = [10] * 6, [100] * 6
    assert _quantile(fast + slow, [1] * 12, 0.85) == 100.0
    assert np.isnan(_quantile(fast + slow, [1] * 6 + [2] * 6, 0.85))


def test_gini_of_equals_is_nothing_and_of_one_taking_all_is_nearly_one():
    assert gini(np.array([3.0, 3.0, 3.0])) == 0.0
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert gini(np.array([1.0, 3.0])) == pytest.approx(0.25)  # half of the relative mean difference: (2 + 2) / (2 · 2 · 4)
    assert np.isnan(gini(np.zeros(3)))


def test_fano_is_variance_over_mean():
    counts = np.array([1.0, 4.0, 4.0, 7.0])
    assert fano(counts) == pytest.approx(np.var(counts, ddof=1) / 4.0)
    assert np.isnan(fano(np.zeros(4)))
    assert np.isnan(fano(np.array([3.0])))


@pytest.mark.parametrize(("count", "places"), [(1, 2), (1, 7), (5, 2), (5, 6), (40, 12), (300, 4)])
def test_expected_gini_is_what_random_scatter_shows(count, places):
    generator = np.random.default_rng(5)
    scattered = generator.multinomial(count, [1.0 / places] * places, size=4000).astype(float)
    seen = np.array([gini(row) for row in scattered])
    error = 5.0 * seen.std() / np.sqrt(len(seen)) + 1e-12
    assert expected_gini(count, places) == pytest.approx(seen.mean(), abs=error)


def test_expected_gini_of_one_thing_is_that_of_one_taking_all():
    for places in (2, 5, 30):
        assert expected_gini(1, places) == pytest.approx(gini(np.eye(places)[0]))


def _ratio(above, below):
    return above / below if below else np.nan


def _of_cohort(w) -> dict[str, float]:
    """Outcomes of the items raised in the counted window, from the table of items and nothing else."""
    items = changes(w)
    items = items[items["raised"] >= WARM_UP]
    gone = items[items["stage"] == LIVE]
    lead = (gone["ended"] - gone["raised"]).astype(float)
    days = gone["days"].sum(axis=0)
    chosen = items[items["decided"] >= 0]
    boundary = days[CAUSES.index("liaison")] + days[CAUSES.index("other_team")] + days[CAUSES.index("review")]
    found = {
        "lead_time_mean": lead.mean(),
        "delivery_time_median": np.median(gone["ended"] - np.floor(gone["begun"])),
        "finished_share": len(gone) / len(items),
        "rejected_share": (items["stage"] == REJECTED).sum() / len(items),
        "withdrawn_share": (items["stage"] == WITHDRAWN).sum() / len(items),
        "shadow_share": (items["stage"] == SHADOWED).sum() / len(items),
        "open_share": (items["ended"] < 0).sum() / len(items),
        "flow_efficiency": days[CAUSES.index("building")] / lead.sum(),
        "boundary_wait_share": boundary / lead.sum(),
        "handoffs_per_item": gone["handoffs"].mean(),
        "portfolio_value": (chosen["value"] * chosen["worth_share"] / chosen["size"]).mean(),
    }
    found |= {f"days_{cause}": days[place] / len(gone) for place, cause in enumerate(CAUSES) if f"days_{cause}" in INDEX}
    return found


def _of_window(w) -> dict[str, float]:
    """Outcomes of what happened in the counted window, whenever it began."""
    items, firm, p = changes(w), w.firm[0], w.p[0]
    months = DAYS / 20
    gone = items[(items["stage"] == LIVE) & (items["ended"] >= WARM_UP)]
    under_way = items[items["stage"] < EXPERIMENT]
    ideas = rows(w)[(rows(w)["kind"] == IDEA) & (rows(w)["adopted"] > 0)]
    ideas = ideas[ideas["adopted_on"] >= WARM_UP]
    begun = ideas[ideas["started"] >= WARM_UP]
    quarters = np.bincount((begun["started"] - WARM_UP) // 60, minlength=DAYS // 60).astype(float)
    starts = np.bincount(begun["unit"], minlength=len(w.units)).astype(float)
    weights = w.ties["deliveries"].astype(float)
    by_unit = [np.average(trust, weights=weight) for trust, weight in zip(w.ties["trust"], weights, strict=True) if weight.sum() > 0]
    difference = np.abs(starts[:, None] - starts).mean()
    between = p.liaisons_per_unit * p.units * DAYS
    return {
        "lead_time_median_all": np.median(gone["ended"] - gone["raised"]),
        "open_age": (WARM_UP + DAYS - under_way["raised"]).mean(),
        "throughput_items": len(gone) / months,
        "throughput_days": gone["size"].sum() / months,
        "innovations_per_100_technologist_years": 100.0 * len(ideas) / (p.technologists * DAYS / 240),
        "haphazardness_fano": _ratio(quarters.var(ddof=1), quarters.mean()) - 1.0,
        "haphazardness_gini": _ratio(difference, 2.0 * starts.mean()) - (expected_gini(len(begun), len(starts)) if len(begun) else np.nan),
        "wip": firm.wip_days / DAYS,
        "breaches_per_year": firm.breaches * 240.0 / DAYS,
        "deployments_per_month": w.units["deployments"].sum() / (len(w.units) * months),
        "change_failure_rate": _ratio(w.units["failures"].sum(), w.units["deployments"].sum()),
        "time_to_restore": _ratio(w.units["restore_days"].sum(), w.units["failures"].sum()),
        "experiment_hit_rate": _ratio(firm.experiments_hit, firm.experiments_done),
        "knowledge_accuracy": _ratio(firm.accuracy_sum, firm.accuracy_readings),
        "coordination_share": (firm.hours_in_step + between) / (firm.hours_total + between),
        "run_share": firm.hours_run / firm.hours_total,
        "attrition_rate": firm.leavers / firm.people / (DAYS / 240),
        "escalations_per_month": firm.escalated / months,
        "debt_level": firm.debt_days / DAYS,
        "trust_mean": np.average(w.ties["trust"], weights=weights),
        "trust_min": min(by_unit),
        "architecture_fit": _ratio(firm.fit_sum, firm.fit_readings),
    }


def _of_value(w) -> dict[str, float]:
    """Outcomes of value, of the items raised in the counted window, ideas among them."""
    items, firm, p = rows(w)[rows(w)["raised"] >= WARM_UP], w.firm[0], w.p[0]
    last = WARM_UP + DAYS - 1
    level = items["fit"] * (items["stopgap"] * (1.0 - items["adopted_share"]) + items["potential"] * items["adopted_share"])

    def worth(day):
        return items["value"] * np.exp2(-(day - items["raised"]) / p.value_half_life)

    window = items["earned"] + level * (worth(items["valued"]) - worth(last))
    around = items["fit"] * items["stopgap"] * (worth(items["shadowed_on"]) - worth(items["ended"]))
    early = np.where(items["shadowed_on"] >= 0, around, 0.0)
    gone = items["stage"] == LIVE
    whole = window + level * worth(last)
    twice = firm.duplicates * p.experiment_size + firm.duplicated_work
    return {
        "benefits_money_window": window.sum(),
        "benefits_money": whole.sum(),
        "benefits_realised_share": _ratio((whole - early)[gone].sum(), (items["fit"] * worth(items["ended"]))[gone].sum()),
        "duplicated_work_share": twice / (firm.hours_items + firm.hours_experiments + firm.hours_change + firm.shadow_work),
    }


@pytest.mark.parametrize("design", [PARTNERSHIP, MODERN, PERVASIVE, MIDDLE], ids=["partnership", "modern", "pervasive", "middle"])
@pytest.mark.parametrize("seed", [1, 2])
def test_outcomes_are_what_plain_arithmetic_finds_in_the_records(design, seed):
    blueprint = plan(design=design, days=DAYS, warm_up=WARM_UP)
    w = kernel.simulate(blueprint, seed)
    outcomes = dict(zip(NAMES, kernel.run(blueprint, seed).outcomes, strict=True))
    expected = _of_cohort(w) | _of_window(w) | _of_value(w)
    assert set(expected) | {"lead_time_median", "lead_time_p85", "return_on_spend", "cost_total", "spend_experts"} == set(NAMES)
    for name, value in expected.items():
        assert outcomes[name] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True), name


@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE], ids=["partnership", "pervasive"])
def test_causes_add_up_to_the_mean_lead_time(design):
    outcomes = dict(zip(NAMES, kernel.run(plan(design=design, days=DAYS, warm_up=WARM_UP), 3).outcomes, strict=True))
    causes = sum(value for name, value in outcomes.items() if name.startswith("days_"))
    assert causes == pytest.approx(outcomes["lead_time_mean"], rel=1e-12)


def test_monthly_series_add_up_to_what_the_records_say():
    blueprint = plan(days=DAYS, warm_up=WARM_UP)
    w = kernel.simulate(blueprint, 1)
    series = dict(zip(SERIES, kernel.run(blueprint, 1).series.T, strict=True))
    items, total = changes(w), DAYS + WARM_UP
    gone = items[(items["stage"] == LIVE) & (items["ended"] >= WARM_UP)]
    month = (gone["ended"] - WARM_UP) // 20
    assert series["raised"].tolist() == np.histogram(items["raised"], bins=np.arange(WARM_UP, total + 1, 20))[0].tolist()
    assert series["live"].tolist() == np.bincount(month, minlength=DAYS // 20).tolist()
    lead = np.bincount(month, weights=gone["ended"] - gone["raised"], minlength=DAYS // 20)
    np.testing.assert_allclose(np.nan_to_num(series["lead_time"]) * series["live"], lead, rtol=1e-12)
    assert series["deployments"].sum() == w.units["deployments"].sum()
    assert series["failures"].sum() == w.units["failures"].sum()
    assert series["wip"].sum() * 20 == pytest.approx(w.firm[0].wip_days)
    assert series["open"][-1] == (rows(w)["stage"] < EXPERIMENT).sum()
    assert (rows(w)["kind"] == CHANGE).sum() == w.firm[0].demanded


def test_item_days_by_stage_agree_with_days_by_cause():
    """Little's law as an identity, L = λ W: evenings an item is counted open are its days from raised to live."""
    w = kernel.simulate(plan(days=DAYS, warm_up=0, experiment_budget=0.0), 1)
    items = changes(w)
    last = np.where(items["ended"] >= 0, items["ended"], DAYS)
    assert w.firm[0].stage_days[:EXPERIMENT].sum() == (last - items["raised"]).sum()
