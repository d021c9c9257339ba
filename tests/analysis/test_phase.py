"""Maps: measured where they change, classes as the intervals say, and a boundary where theory puts it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.phase import (
    CLOSE,
    FIRST_SURE,
    NOTHING,
    SECOND_SURE,
    Axis,
    Gap,
    Map,
    gap_of,
    in_words,
    says,
    where_it_turns,
)  # fmt: skip
from sim.experiment.phase import Node, around, corners, nodes_a_side, refine

PAIR = ("partnership", "pervasive")


def measured(truth, halvings: int = 2, noise: float = 0.05, pairs: int = 24) -> Map:
    """A map whose true difference is a function of shares of the way along both axes."""
    size = nodes_a_side(halvings)

    def measure(nodes: Sequence[Node]) -> list[np.ndarray]:
        found = []
        for x, y in nodes:
            chance = np.random.default_rng([1, x, y])
            second = truth(x / (size - 1), y / (size - 1)) + noise * chance.normal(size=pairs)
            found.append(np.stack([np.zeros(pairs), second]))
        return found

    values = tuple(place / (size - 1) for place in range(size))
    found = refine(halvings, measure, lambda earned: says(gap_of(earned)))
    axes = (Axis("firm.turbulence", "turbulence", "flips", values), Axis("firm.coupling", "coupling", "components", values))
    return Map(PAIR, *axes, {node: gap_of(earned) for node, earned in found.items()}, halvings)


def test_a_difference_that_never_changes_is_measured_at_the_coarse_nodes_only():
    found = measured(lambda x, y: 1.0)
    assert len(found.gaps) == 25
    assert found.shares()[SECOND_SURE] == 1.0
    assert "ahead everywhere" in where_it_turns(found)


def test_runs_go_where_the_boundary_is():
    found = measured(lambda x, y: x - 0.4, noise=0.02)
    assert len(found.gaps) < 0.6 * found.size**2
    near = [node for node in found.gaps if abs(node[0] / (found.size - 1) - 0.4) < 0.1]
    assert len(near) > len(found.gaps) / 3


def test_the_boundary_is_where_it_is():
    found = measured(lambda x, y: x - 0.3 - 0.4 * y, noise=0.05)
    rows = found.boundary()
    assert len(rows) == found.size
    hits = 0
    for up, value, low, high in rows:
        assert low <= value <= high
        assert abs(value - (0.3 + 0.4 * up)) < 0.06
        hits += low <= 0.3 + 0.4 * up <= high
    assert hits >= 0.8 * len(rows)


@settings(deadline=None, max_examples=30)
@given(st.floats(-1.0, 1.0), st.floats(-2.0, 2.0), st.floats(-2.0, 2.0))
def test_what_is_between_agreeing_corners_is_what_they_say(level, across, up):
    """A plane: no square whose corners agree holds anything else."""
    found = measured(lambda x, y: level + across * x + up * y, noise=0.01)
    kinds, size = found.classes(), found.size
    for y in range(size):
        for x in range(size):
            true = level + across * x / (size - 1) + up * y / (size - 1)
            if abs(true) > 0.03:
                assert kinds[y, x] == (SECOND_SURE if true > 0 else FIRST_SURE)


def test_with_the_designs_exchanged_the_map_is_its_mirror():
    one = measured(lambda x, y: x - 0.5)
    two = measured(lambda x, y: 0.5 - x)
    # The same noise falls on both, so they are no exact mirrors near zero; far from it they are.
    far = [0, 1, 2, -3, -2, -1]
    assert (one.classes()[:, far] == -two.classes()[:, far]).all()


def test_a_firm_that_cannot_have_both_designs_has_no_class():
    found = measured(lambda x, y: float("nan") if x > 0.7 else 1.0)
    kinds = found.classes()
    assert kinds[0, -1] == NOTHING
    assert kinds[0, 0] == SECOND_SURE
    assert "cannot have both" in in_words([found], "return on spend")


def test_classes_follow_the_intervals():
    assert Gap(1.0, 0.1, 20).kind == SECOND_SURE
    assert Gap(-1.0, 0.1, 20).kind == FIRST_SURE
    assert Gap(0.15, 0.1, 20).kind == 1
    assert Gap(0.01, 0.1, 20).kind == CLOSE
    assert Gap(1.0, 0.1, 1).kind == NOTHING


def test_less_may_be_better():
    earned = np.array([[10.0, 11.0, 12.0], [8.0, 9.5, 10.0]])
    assert gap_of(earned, -1).mean > 0


def test_every_node_lies_in_a_measured_square():
    found = measured(lambda x, y: math.sin(6 * x) + math.cos(5 * y), halvings=3)
    for x in range(found.size):
        for y in range(found.size):
            square, step = around((x, y), found.gaps, 3)
            assert all(corner in found.gaps for corner in corners(square, step))


def erlang_wait(servers: int, load: float) -> float:
    """Mean wait in service times of M/M/c at `load` (Erlang C)."""
    offered = servers * load
    top = offered**servers / math.factorial(servers) / (1.0 - load)
    waits = top / (sum(offered**k / math.factorial(k) for k in range(servers)) + top)
    return waits / (servers * (1.0 - load))


def test_the_boundary_of_pooling_is_erlangs():
    """A pool of five whose items take longer by a share, against five teams each with a fifth of the work.

    The pool is better while (1 + s) · (1 + its wait) < 1 + wait of M/M/1 at the same load, its load being (1 + s) times as high.
    """
    servers, loads, extras = 5, (0.4, 0.8), (0.0, 0.6)

    def longer(x: float, y: float) -> float:
        load, extra = loads[0] + (loads[1] - loads[0]) * y, extras[0] + (extras[1] - extras[0]) * x
        busy = min(load * (1.0 + extra), 0.99)
        return (1.0 + extra) * (1.0 + erlang_wait(servers, busy)) - 1.0 - erlang_wait(1, load)

    found = measured(longer, halvings=3, noise=0.1)
    checked = 0
    for up, value, low, high in found.boundary():
        if value is None:
            continue
        fine = np.linspace(0.0, 1.0, 2001)
        true = fine[int(np.argmin([abs(longer(x, up)) for x in fine]))]
        assert low - 0.02 <= true <= high + 0.02
        checked += 1
    assert checked >= found.size // 2


@pytest.mark.parametrize(("truth", "words"), [
    (lambda x, y: x - 0.5, "turbulence and coupling decide"),
    (lambda x, y: 1.0, "pervasive is surely better"),
    (lambda x, y: -1.0, "partnership is surely better"),
    (lambda x, y: 0.0, "than chance gives"),
])  # fmt: skip
def test_a_map_is_drawn_with_its_finding(truth, words):
    from sim.report.charts.phase_map import phase_map

    chart = phase_map("map", [measured(truth, noise=0.05)], "return on spend", (0.5, 0.5))
    assert words in chart.title.lower()
    assert chart.files["png"].startswith(b"\x89PNG")
    assert chart.csv.count("\n") == 17 * 17 + 1
    assert chart.files == phase_map("map", [measured(truth, noise=0.05)], "return on spend", (0.5, 0.5)).files
