"""Decide: small items at once by the unit's own leader, the rest by the board, which sees more and meets seldom."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.judgement import estimate_spread
from sim.model.mechanisms.decide import sort_by_rank, value_seen
from sim.model.mechanisms.demand import size_quantile
from sim.model.stages import REJECTED, WITHDRAWN
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, changes, lived, off

LOCAL = {
    **MIDDLE, "delegation": 1.0, "liaisons_per_unit": 0.0, "funding_persistence": 1.0, "release_interval": 1.0, "self_organisation": 0.0,
    "experiment_budget": 0.0,
}  # fmt: skip
BOARD = {**LOCAL, "delegation": 0.0, "board_interval": 20.0}
UNLIMITED = {"agenda_rate": 1e9, "attention_rate": 1e9, "commit_days": 1e9, "hurdle": 0.0}
FIRM = {**FIRM_VALUES, "units": 4.0, "technologists": 80.0}


def test_estimates_narrow_with_fluency_and_visibility_by_hand():
    assert estimate_spread(1.0, 0.4, 0.7, 0.25, 0.9) == pytest.approx(0.72 * 0.775)
    assert estimate_spread(0.0, 0.4, 0.7, 0.25, 0.9) == 0.0


def test_joint_goals_let_a_leader_see_what_other_units_gain():
    assert value_seen(0.3, 0.0) == pytest.approx(0.7)
    assert value_seen(0.3, 0.5) == pytest.approx(0.85)
    assert value_seen(0.0, 0.0) == value_seen(0.8, 1.0) == 1.0


@pytest.mark.parametrize("count", [0, 1, 2, 17, 200])
def test_an_agenda_is_sorted_by_rank_and_then_by_age(count):
    generator = np.random.default_rng(count)
    rank = generator.integers(0, 9, count).astype(float)
    agenda = generator.permutation(count).astype(np.int32)
    expected = sorted(zip(-rank, agenda, strict=True))
    sort_by_rank(agenda, rank, count)
    assert list(zip(-rank, agenda, strict=True)) == expected


def test_off_means_gone_estimates_are_exact():
    w = lived(design=LOCAL, firm={**FIRM, "spillover": 0.0}, model={**off("decide", "lead", "shadow"), "hurdle": MODEL["hurdle"]})
    assert (w.leaders["estimate_sd"] == 0.0).all()
    items = changes(w)
    worth_it = items["value"] / items["size"] >= MODEL["hurdle"] * FIRM["wage"]
    assert ((items["stage"] == REJECTED) == ~worth_it).all()
    assert not worth_it.all()


def test_noise_rejects_some_that_are_worth_it_and_lets_others_pass():
    items = changes(lived(design=LOCAL, firm={**FIRM, "spillover": 0.0}, days=480))
    worth_it = items["value"] / items["size"] >= MODEL["hurdle"] * FIRM["wage"]
    rejected = items["stage"] == REJECTED
    assert (rejected & worth_it).any()
    assert (~rejected & ~worth_it).any()


def test_what_has_ended_is_struck_from_the_list_of_what_is_open_when_it_is_next_looked_at():
    w = lived(design=LOCAL, firm=FIRM, model={**MODEL, "look_interval": 20.0}, days=201)
    listed = w.open_items[: w.firm[0].open_count]
    items = w.items[: w.firm[0].raised]
    still = (items["ended"] < 0) | (items["ended"] >= 200) | (items["raised"] > 200)
    assert 0 < len(listed) < len(items) / 2
    assert listed.tolist() == np.flatnonzero(still).tolist()


def test_no_hurdle_rejects_and_withdraws_nobody():
    items = changes(lived(design=BOARD, firm=FIRM, hurdle=0.0, days=480))
    assert not np.isin(items["stage"], (REJECTED, WITHDRAWN)).any()


def test_only_items_within_own_authority_skip_the_board():
    items = changes(lived(design={**BOARD, "delegation": 0.5}, firm=FIRM, model={**MODEL, **UNLIMITED}, days=400))
    small = items["size"] <= size_quantile(0.5, FIRM["size_median"], FIRM["size_log_sd"], 0.0)
    decided = items["decided"] >= 0
    assert (items["decided"] == items["raised"])[small].all()
    assert len(set(items["decided"][~small & decided].tolist())) <= 400 / 20 + 1, "the board decides on meeting days only"


@pytest.mark.parametrize("interval", [10.0, 20.0, 40.0])
def test_a_fixed_calendar_makes_items_wait_half_its_interval(interval):
    """An item meets the board on a day of raising or one of the interval − 1 days after, each as likely."""
    design, model = {**BOARD, "board_interval": interval}, {**MODEL, **UNLIMITED}
    worlds = [lived(seed, design=design, firm=FIRM, model=model, days=480) for seed in range(12)]
    items = np.concatenate([changes(w)[changes(w)["decided"] >= 0] for w in worlds])
    waits = items["decided"] - items["raised"]
    # Items of one seed share the calendar's phase but not their own day; five standard errors of the uniform.
    assert waits.mean() == pytest.approx((interval - 1.0) / 2.0, abs=5.0 * interval / math.sqrt(12.0 * len(items)))
    assert waits.max() <= interval


def test_fractions_of_an_agenda_are_carried_over():
    """One and a half items a day at daily meetings are three in two days."""
    model = {**MODEL, **UNLIMITED, "agenda_rate": 1.5}
    firm = {**FIRM, "technologists": 400.0, "change_load": 0.35}
    items = changes(lived(design={**BOARD, "board_interval": 1.0}, firm=firm, model=model, days=200))
    assert (items["decided"] >= 0).sum() == pytest.approx(1.5 * 200, abs=3)


def test_the_board_commits_no_more_than_its_capacity_allows():
    tight = lived(design=BOARD, firm=FIRM, model={**MODEL, **UNLIMITED, "commit_days": 20.0}, days=400)
    loose = lived(design=BOARD, firm=FIRM, model={**MODEL, **UNLIMITED, "commit_days": 200.0}, days=400)
    assert tight.firm[0].committed < loose.firm[0].committed


def test_at_equal_noise_the_board_chooses_the_better_portfolio():
    """The counter-force: who ranks all units' items chooses better than who sees one at a time."""
    equal = {**MODEL, "hurdle": 0.0, "fluency_spread": 0.0, "commit_days": 1e9, "agenda_rate": 0.3}
    chosen = {}
    for name, design in (("local", LOCAL), ("board", BOARD)):
        worlds = [lived(seed, design=design, firm=FIRM, model=equal, days=480) for seed in range(5)]
        items = np.concatenate([changes(w)[changes(w)["decided"] >= 0] for w in worlds])
        chosen[name] = np.mean(np.log(items["value"] / items["size"]))
    assert chosen["board"] > chosen["local"] + 0.1


def test_meetings_take_time_that_is_free_when_off():
    busy, free = (lived(design=BOARD, firm=FIRM, meeting_hours=hours, days=200) for hours in (1.5, 0.0))
    assert busy.firm[0].hours_in_step > free.firm[0].hours_in_step
