"""Queues that go by promise: their order is a plain sorted list's, and who waits for money, a team or adoption stands in it."""

from __future__ import annotations

import bisect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.jit import entry
from sim.model import kernel
from sim.model import lines as rules
from sim.model.begin import begin
from sim.model.lines import FOREMOST
from sim.model.outcomes import NAMES
from tests.model.worlds import MIDDLE, PERVASIVE, changes, live, lived, plan

join_by_rank, join_first, leave, give_up = map(entry, (rules.join_by_rank, rules.join_first, rules.leave, rules.give_up))

STEPS = st.lists(st.tuples(st.sampled_from(("join", "first", "leave", "give up")), st.integers(0, 3), st.integers(0, 10_000)), max_size=60)
"""What happens to a queue: an item joins with one of four ranks, or before all; the first leaves; somebody gives up."""


@settings(deadline=None)
@given(STEPS)
def test_a_queue_by_rank_is_a_sorted_list_in_which_equals_keep_their_order(steps):
    w = begin(plan(MIDDLE, days=240), 1)
    line = int(w.firm[0].funding_line)
    waiting: list[tuple[float, int]] = []
    fresh = 0
    for what, rank, pick in steps:
        if what == "join" and fresh < len(w.items):
            join_by_rank(w, line, fresh, float(rank))
            place = sum(other >= rank for other, _ in waiting)
            waiting.insert(place, (float(rank), fresh))
            fresh += 1
        elif what == "first" and fresh < len(w.items):
            join_first(w, line, fresh)
            waiting.insert(0, (FOREMOST, fresh))
            fresh += 1
        elif what == "leave":
            assert leave(w, line) == (waiting.pop(0)[1] if waiting else -1)
        elif what == "give up" and waiting:
            give_up(w, waiting.pop(pick % len(waiting))[1])
        assert w.lines[line].count == len(waiting)
    for _, item in waiting:
        assert leave(w, line) == item
    assert leave(w, line) == -1


@pytest.mark.parametrize("ranks", [5, 10_000])
def test_a_long_queue_is_the_same_list_though_who_joins_walks_along_little_of_it(ranks):
    w = begin(plan(MIDDLE, days=2400), 1)
    assert len(w.items) > 1500
    line, generator = int(w.firm[0].funding_line), np.random.default_rng(7)
    waiting: list[tuple[float, int]] = []  # by falling rank, equals in the order in which they came
    for item in range(1500):
        rank = float(generator.integers(ranks))
        join_by_rank(w, line, item, rank)
        bisect.insort(waiting, (-rank, item))
        if item % 3 == 2:
            assert leave(w, line) == waiting.pop(0)[1]
        if item % 7 == 6:
            give_up(w, waiting.pop(int(generator.integers(len(waiting))))[1])
    assert len(waiting) > 10 * rules.FAR
    assert (w.marks[line] > 0).any()
    assert not np.delete(w.marks, line, axis=0).any()
    for _, item in waiting:
        assert leave(w, line) == item
    assert leave(w, line) == -1


def _worth(w):
    """Value of what went live, per person-day, against what was approved and has not been begun."""
    items = changes(w)
    approved = items[items["decided"] >= 0]
    done, left = live(w), approved[(approved["ended"] < 0) & (approved["begun"] < 0.0)]
    return np.median(done["value"] / done["size"]) / np.median(left["value"] / left["size"])


CROWDED = {"change_load": 0.3, "run_load": 0.3, "value_log_sd": 1.0, "estimate_log_sd": 0.0, "hurdle": 0.0, "days": 480}
"""Far more is approved than can be done, and everybody knows what it is worth."""


def test_what_is_worth_most_is_done_where_not_everything_can_be():
    """With sure estimates what is left undone is worth less; a queue by arrival does not choose."""
    by_arrival, by_promise = (_worth(lived(3, design=PERVASIVE, ranked_queues=ranked, **CROWDED)) for ranked in (0.0, 1.0))
    assert by_promise > 1.5 > by_arrival


def test_serving_by_cost_of_delay_over_work_left_makes_the_total_cost_of_waiting_least():
    """Cox & Smith (1961): of all orders of service, this one wastes the least value in waiting."""
    def earned(ranked):
        plan_of_all = plan(PERVASIVE, ranked_queues=ranked, **CROWDED)
        return sum(kernel.run(plan_of_all, seed).outcomes[NAMES.index("benefits_money")] for seed in range(6))

    assert earned(1.0) > 1.1 * earned(0.0)


def test_where_order_of_arrival_decides_nobody_has_a_rank():
    w = lived(2, design=PERVASIVE, ranked_queues=0.0, days=240)
    assert set(np.unique(changes(w)["rank"])) <= {0.0, FOREMOST}
    assert (changes(w)["promise"] == 0.0).all()
