"""The best of several designs: which of them cannot be told from it.

A design is told from the best where some other one is surely better than it. The best is kept unless one of the differences between
it and the others is missed, so that it is among those kept with at least the confidence of these differences: subset selection and
multiple comparisons with the best after Hsu (1984) [hsu1984], here on paired differences.

    behind_i = max(0, max_j high(gain_j − gain_i)),   gain turned so that more is better

Differences from the first design are those of the table; the others' intervals are as many standard errors wide, so that this never
says other than the table does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from sim.analysis.intervals import Intervals
from sim.analysis.results import BEYOND_LIMIT, Best, Difference
from sim.analysis.verdicts import paired_difference, widest_in_errors
from sim.model.outcomes import HEADLINE, OUTCOMES

FEWEST = 3
"""Designs from which on "the best of them" says more than the one difference."""


def best_of(
    designs: Sequence[str], outcomes: Sequence[str], values: np.ndarray, beyond: np.ndarray,
    found: Mapping[str, Mapping[str, Difference]], intervals: Intervals, confidence: float,
) -> dict[str, Best]:  # fmt: skip
    """Outcome → its best, for each headline outcome and the one that precision was asked of.

    values  (D, R, O);  beyond  (D, O) shares of runs whose quantile was not reached
    found   second design → outcome → its difference from the first
    """
    if len(designs) < FEWEST:
        return {}
    one_of_many = intervals.one_of_many(len(designs) - 1, outcomes, confidence)
    asked = dict.fromkeys((*HEADLINE, *intervals.asked))
    best = {}
    for name in asked:
        if name not in outcomes or not OUTCOMES[name].better:
            continue
        column = list(outcomes).index(name)
        usual = [found[second][name] for second in designs[1:]]
        wide = widest_in_errors(usual)
        pairs = {(designs[0], difference.second): difference for difference in usual}
        for one, other in combinations(range(1, len(designs)), 2):
            two = values[[one, other], :, column]
            half = math.nan
            if wide is not None and max(beyond[[one, other], column]) <= BEYOND_LIMIT:
                half = float(wide * intervals.errors((two[1] - two[0])[:, None])[0])
            pairs[designs[one], designs[other]] = paired_difference(
                name, (designs[one], designs[other]), two, beyond[[one, other], column], half, confidence,
                float(one_of_many[0, column]), intervals.share,
            )  # fmt: skip
        best[name] = among(name, designs, pairs)
    return best


def among(outcome: str, designs: Sequence[str], pairs: Mapping[tuple[str, str], Difference]) -> Best:
    """Which designs some other one is surely better than, from the differences of all pairs (first, second)."""
    losers = {next(one for one in pair if one != difference.better) for pair, difference in pairs.items() if difference.better}
    # Who is better in more pairs than not can go in a circle; then nobody is told from the best.
    kept = [design for design in designs if design not in losers] or list(designs)
    means = {pair[0]: difference.first_mean for pair, difference in pairs.items()}
    means |= {pair[1]: difference.second_mean for pair, difference in pairs.items()}
    kept.sort(key=lambda design: -OUTCOMES[outcome].better * means[design])
    told = tuple(design for design in designs if design not in kept)
    return Best(outcome, tuple(kept), told, {design: _behind(outcome, design, pairs) for design in designs})


def _behind(outcome: str, design: str, pairs: Mapping[tuple[str, str], Difference]) -> float | None:
    """How far a design is behind the best at most; None where a difference that matters for it has no interval."""
    most = 0.0
    for (first, second), difference in pairs.items():
        if design not in (first, second) or difference.better == design:
            continue  # the other one is surely not better
        if difference.low is None or difference.high is None:
            return None
        # Turned: how much better the other one may be.
        ahead = OUTCOMES[outcome].better * (-1.0 if design == second else 1.0)
        most = max(most, ahead * difference.low, ahead * difference.high)
    return most
