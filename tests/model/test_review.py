"""Review: a queue before finite reviewers, what it finds and costs, and breaches where nobody looks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.streams import REVIEW_STREAM, entity_key, stream_key, uniform
from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.review import due, exposure, guardrails, worked_off
from sim.model.outcomes import CAUSES, INDEX
from sim.model.stages import STOPPED
from sim.model.world import same
from sim.validation.settings import bare
from tests.model.test_invariants import check_evening
from tests.model.worlds import FIRM_VALUES, MIDDLE, NO_BUSINESS, PARTNERSHIP, PERVASIVE, SMALL, changes, live, lived, off, plan, rows

REVIEW, REWORK = CAUSES.index("review"), CAUSES.index("rework")
AMPLE = {"review_rate": 1e6}
NO_OTHER_RUN_WORK = {"release_effort": 0.0, "restore_effort": 0.0, "run_load": 0.0, "enabling_share": 0.0}


def test_equations_by_hand():
    assert guardrails(0.2, 0.8, 0.08) == pytest.approx(1.0 - math.exp(-2.0))
    assert worked_off(3.0, 3.5, 2.0) == 4.0
    assert due(3.0, 6.0, 8.0) == 9.0
    assert exposure(True, True, 0.1) == 0.1


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), st.floats(0.05, 5.0), st.floats(0.0, 15.0))
def test_reviewers_are_one_server_and_nobody_overtakes(arrivals, rate, least):
    """Against the waiting time recursion of a single server with constant service: w' = max(0, w + s − gap)."""
    until, last, wait, before = 0.0, 0.0, 0.0, None
    for arrival in sorted(arrivals):
        wait = 0.0 if before is None else max(0.0, wait + 1.0 / rate - (arrival - before))
        before = arrival
        until = worked_off(float(arrival), until, rate)
        assert until == pytest.approx(arrival + wait + 1.0 / rate)
        over = due(float(arrival), least, until)
        assert over >= arrival + least
        assert over >= last
        last = over


def test_off_means_gone_no_review_no_wait_no_breach():
    alone = {name: value for name, value in NO_BUSINESS.items() if name != "review_effort"}
    # The architecture reads governance_scope for itself.
    gone = lived(design=PARTNERSHIP, model=off("review", "architect"), **alone)
    assert (changes(gone)["days"][:, REVIEW] == 0).all()
    assert (rows(gone)["reviewed"] == 0).all()
    assert (gone.firm[0].breaches, gone.firm[0].spend_business, gone.firm[0].spend_breaches) == (0, 0.0, 0.0)
    unseen = lived(design={**PARTNERSHIP, "governance_scope": 0.0}, model=off("architect"), breach_probability=0.0, **alone)
    assert [field for field in same(gone, unseen) if field != "p" and not field.startswith(("p.", "firm.guarded"))] == []
    assert (changes(lived(design=PARTNERSHIP))["days"][:, REVIEW] > 0).any()


def test_the_review_queue_waits_as_m_d_1():
    """Items at random before reviewers who take ten days each: wait ρ S / (2 (1 − ρ)), exact also in whole days for whole S."""
    service, load = 10.0, 0.7
    firm = {"technologists": 60.0, "change_load": load / service * 10.0 / 60.0, "size_median": 10.0}
    model = {"review_share": 1.0, "review_rate": 1.0 / service}
    days, seeds = 60_000, 8
    means = []
    for seed in range(seeds):
        items = live(kernel.simulate(bare(firm, {"governance_scope": 1.0}, model, days), seed))
        means.append(items["days"][items["raised"] > 2000, REVIEW].mean())
    expected = service + load * service / (2.0 * (1.0 - load))
    error = np.std(means, ddof=1) / math.sqrt(seeds)
    assert np.mean(means) == pytest.approx(expected, abs=4.0 * error)
    assert error < 0.03 * expected


def test_a_review_takes_its_least_days_where_reviewers_are_free():
    items = live(lived(design=PARTNERSHIP, days=400, review_catch=0.0, **AMPLE))
    assert len(items) > 20
    assert (items["days"][:, REVIEW] == 6).all()


def test_a_lone_item_under_review_takes_its_analytic_minimum():
    """Thirty person-days by a crew of six take five days from the day of raising, the review six more."""
    firm = {"technologists": 8.0, "change_load": 0.0005, "size_median": 30.0}
    model = {"team_size": 8.0, "crew_limit": 6.0, "exponential_size": 0.0, "review_share": 1.0, "review_days": 6.0, "review_rate": 0.5}
    items = live(kernel.simulate(bare(firm, {"governance_scope": 1.0}, model, 60_000), 3))
    assert len(items) > 5
    assert (items["ended"] - items["raised"] == math.ceil(30.0 / 6.0) - 1 + 6).all()
    assert (items["days"].sum(axis=1) == items["ended"] - items["raised"]).all()


def test_fewer_reviewers_make_a_longer_queue():
    def days(rate):
        worlds = [lived(seed, design=PARTNERSHIP, firm=FIRM_VALUES, days=400, review_rate=rate) for seed in range(3)]
        return np.mean([live(w)["days"][:, REVIEW].mean() for w in worlds])

    waits = [days(rate) for rate in (0.4, 0.12, 0.08)]
    assert waits[0] == pytest.approx(6.0, abs=0.5)
    assert waits == sorted(waits)
    assert waits[2] > waits[0] + 5.0


@pytest.mark.parametrize("scope", [0.3, 1.0])
def test_the_share_reviewed_is_the_scope_and_draws_are_the_items_own(scope):
    w = lived(4, design={**MIDDLE, "governance_scope": scope}, firm=FIRM_VALUES, days=400)
    items = live(w)
    mine = [uniform(entity_key(stream_key(4, REVIEW_STREAM), int(key)), 0) < scope for key in items["key"]]
    assert (items["reviewed"] == mine).all()
    assert items["reviewed"].mean() == pytest.approx(scope, abs=5.0 * math.sqrt(0.25 / len(items)))


def test_a_review_finds_before_release_some_of_what_would_be_found_in_service():
    def world(catch):
        return lived(design=PARTNERSHIP, early_share=0.0, review_catch=catch, breach_work=0.0, days=400, **AMPLE, **NO_OTHER_RUN_WORK)

    blind, keen = world(0.0), world(0.6)
    assert (live(blind)["days"][:, REWORK] == 0).all()
    assert (live(keen)["days"][:, REWORK] > 0).mean() > 0.9
    assert keen.firm[0].hours_run < 0.6 * blind.firm[0].hours_run


def test_each_review_takes_hours_of_technologists_and_business_people():
    def world(effort):
        return lived(design=PARTNERSHIP, days=300, **{**NO_BUSINESS, "review_effort": effort})

    free, dear = world(0.0), world(3.0)
    reviewed = int(rows(dear)["reviewed"].sum())
    assert reviewed > 10
    assert free.firm[0].spend_business == 0.0
    assert dear.firm[0].spend_business == pytest.approx(reviewed * 0.5 * 3.0 * dear.p[0].wage)
    assert dear.firm[0].hours_in_step > free.firm[0].hours_in_step


NOBODY_LOOKS = {**MIDDLE, "governance_scope": 0.0, "enabling_share": 0.0}


def test_where_nobody_looks_every_regulated_item_may_breach():
    given = {"regulatory_load": 0.5, "breach_probability": 1.0, "shadow_hazard": 0.0, "days": 400}
    w = lived(design=NOBODY_LOOKS, breach_cost=300.0, **given)
    items = rows(w)[rows(w)["stage"] == 10]
    regulated = [uniform(entity_key(stream_key(1, REVIEW_STREAM), int(key)), 1) < 0.5 for key in items["key"]]
    assert w.firm[0].breaches == sum(regulated) > 10
    assert w.firm[0].spend_breaches == pytest.approx(300.0 * sum(regulated))
    outcomes = kernel.run(plan(design=NOBODY_LOOKS, **given), 1).outcomes
    assert outcomes[INDEX["breaches_per_year"]] == pytest.approx(sum(regulated) * 240.0 / 400.0)


def test_only_the_counted_window_counts_breaches():
    every = lived(design=NOBODY_LOOKS, breach_probability=1.0, days=400).firm[0].breaches
    late = lived(design=NOBODY_LOOKS, breach_probability=1.0, days=200, warm_up=200).firm[0].breaches
    assert 0 < late < every


def test_reviews_and_guardrails_keep_breaches_away():
    def breaches(**changed):
        design = {**NOBODY_LOOKS, "enabling_share": 0.2, "principles_strength": 0.8, **changed.pop("design", {})}
        given = {"regulatory_load": 1.0, "breach_probability": 1.0, "breach_work": 0.0, "shadow_hazard": 0.0, "days": 400, **changed}
        worlds = [lived(seed, design=design, firm=FIRM_VALUES, **given) for seed in range(2)]
        gone = sum(int((rows(w)["stage"] == 10).sum()) for w in worlds)
        return sum(int(w.firm[0].breaches) for w in worlds) / gone, gone

    share, gone = breaches()
    expected = math.exp(-0.2 * 0.8 / 0.08)
    assert share == pytest.approx(expected, abs=5.0 * math.sqrt(expected / gone))
    assert breaches(design={"principles_strength": 0.0})[0] == 1.0
    missed, gone = breaches(design={"governance_scope": 1.0}, review_miss=0.15, **AMPLE)
    assert missed == pytest.approx(0.15, abs=5.0 * math.sqrt(0.15 / gone))
    assert breaches(design={"governance_scope": 1.0}, review_miss=0.0, **AMPLE)[0] == 0.0


def test_a_breach_makes_run_work():
    hours = [lived(design=NOBODY_LOOKS, breach_probability=1.0, breach_work=work, regulatory_load=0.6, days=300).firm[0].hours_run
             for work in (0.0, 10.0)]  # fmt: skip
    assert hours[1] > hours[0]


def test_nothing_is_lost_where_ideas_are_stopped_while_they_are_reviewed():
    firm = {**SMALL, "turbulence": 1.5, "change_load": 0.1, "run_load": 0.2}
    design = {**PERVASIVE, "experiment_budget": 0.3, "metrics_interval": 5.0, "governance_scope": 1.0}
    w = begin(plan(design=design, firm=firm, review_days=15.0, hurdle=1.0), 2)
    for day in range(240):
        kernel.run_days(w, day, day + 1)
        check_evening(w, day)
    items = rows(w)
    assert ((items["stage"] == STOPPED) & (items["reviewed"] > 0)).any()
    assert (items["reviewed"] > 0).sum() > 20
