"""Contrasts: the difference of two designs under several settings, and how far each setting moves it.

Settings are run on the same seeds, so both the difference under each and its change against the first are paired. All differences
of a table hold at once with the confidence given, and so do all changes (sim/analysis/simultaneous.py); with `alone` each interval
stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.results import BEYOND_LIMIT, Difference
from sim.analysis.simultaneous import half_widths
from sim.analysis.verdicts import paired_difference
from sim.experiment.columns import standard_errors
from sim.experiment.comparison import Comparison
from sim.model.outcomes import INDEX

SAME, MOVED, LOST, GAINED, FLIPPED = "same", "moved", "not sure", "sure", "flipped"
"""What a setting does to a verdict: nothing; to its size, by more than matters; it is no longer sure; it is sure only now; it turns."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is compared under one setting.

    name     of the setting
    values   (D, R) the outcome of each design's runs; NaN where there was nothing to measure
    beyond   (D, R) bool: a quantile that was not reached
    outcome  whose unit, direction and smallest difference that matters are used
    """

    name: str
    values: np.ndarray
    beyond: np.ndarray
    outcome: str


@dataclass(frozen=True)
class Contrast:
    """A difference under one setting, beside the same difference under the first.

    change            this difference less the first one      [unit of the outcome]
    change_low, high  its interval; None where it has none, as for the first setting itself
    effect            one of SAME, MOVED, LOST, GAINED, FLIPPED; SAME for the first setting
    """

    setting: str
    difference: Difference
    change: float
    change_low: float | None
    change_high: float | None
    effect: str

    @property
    def carries(self) -> bool:
        """Whether the finding hangs on what this setting changes."""
        return self.effect in (MOVED, LOST, FLIPPED)


def case(name: str, comparison: Comparison, outcome: str) -> Case:
    """An outcome of a comparison as a case."""
    column = INDEX[outcome]
    return Case(name, comparison.outcomes[:, :, column], comparison.beyond[:, :, column], outcome)


def differences(
    cases: Sequence[Case], designs: Sequence[str], confidence: float = 0.95, alone: bool = False, multiple: float | None = None
) -> list[dict[str, Difference]]:
    """For each case, every other design less the first.

    alone     each interval stands for itself, instead of all holding at once
    multiple  half-width of the intervals in standard errors, where it is another table's

    Raises ValueError where the cases do not have the same number of designs and seeds.
    """
    shapes = {entry.values.shape for entry in cases}
    if len(shapes) != 1:
        raise ValueError(f"cases are compared on equally many designs and seeds: {sorted(shapes)}")
    beyond = np.array([_beyond_share(entry) for entry in cases])
    gaps = np.stack([entry.values[1:] - entry.values[:1] for entry in cases])
    bound = np.maximum(beyond[:, 1:], beyond[:, :1]) > BEYOND_LIMIT
    half = _half_widths(np.where(bound[:, :, None], np.nan, gaps), confidence, alone, multiple)
    family = 1 if alone else max(1, bound.size)
    one_of_many = confidence ** (1.0 / family)
    return [
        {
            second: paired_difference(
                entry.outcome, (designs[0], second), entry.values[[0, s + 1]], beyond[c, [0, s + 1]], half[c, s], confidence, one_of_many
            )
            for s, second in enumerate(designs[1:])
        }
        for c, entry in enumerate(cases)
    ]


def contrasts(
    cases: Sequence[Case], designs: Sequence[str], confidence: float = 0.95, alone: bool = False
) -> Mapping[str, list[Contrast]]:
    """Second design → its contrast under each case; the first case is what the others are held against."""
    found = differences(cases, designs, confidence, alone)
    first = cases[0]
    usual = first.values[1:] - first.values[:1]
    changes = np.stack([(entry.values[1:] - entry.values[:1]) - usual for entry in cases])
    for c, here in enumerate(found):
        for s, second in enumerate(designs[1:]):
            if c == 0 or here[second].low is None or found[0][second].low is None:
                changes[c, s] = np.nan
    half = _half_widths(changes, confidence, alone)
    return {
        second: [_contrast(entry, found[c][second], found[0][second], half[c, s]) for c, entry in enumerate(cases)]
        for s, second in enumerate(designs[1:])
    }


def _contrast(entry: Case, here: Difference, usual: Difference, half: float) -> Contrast:
    change = here.mean - usual.mean
    low, high = (None, None) if np.isnan(half) else (change - float(half), change + float(half))
    return Contrast(entry.name, here, change, low, high, effect(here, usual, low, high))


def effect(here: Difference, usual: Difference, low: float | None, high: float | None) -> str:
    """What a setting does to a verdict; low and high are the interval of the change it makes to the difference."""
    if here.better != usual.better:
        if here.better is None:
            return LOST
        return GAINED if usual.better is None else FLIPPED
    if (here.low is None) != (usual.low is None):
        return MOVED  # so far that one of the two has no size any more
    moves = low is not None and high is not None and (low > 0 or high < 0)
    return MOVED if moves and abs(here.mean - usual.mean) > usual.matters else SAME


def _half_widths(gaps: np.ndarray, confidence: float, alone: bool, multiple: float | None = None) -> np.ndarray:
    """(C, S) half-widths of the means of (C, S, R)."""
    cases, others, replicates = gaps.shape
    flat = gaps.reshape(cases * others, replicates).T
    if multiple is not None:
        enough = (~np.isnan(flat)).sum(axis=0) >= 2
        return np.where(enough, multiple * standard_errors(flat), np.nan).reshape(cases, others)
    if alone:
        return np.array([half_widths(flat[:, k : k + 1], confidence)[0] for k in range(flat.shape[1])]).reshape(cases, others)
    return half_widths(flat, confidence).reshape(cases, others)


def _beyond_share(entry: Case) -> np.ndarray:
    """(D,) share of the defined runs whose quantile was not reached."""
    present = ~np.isnan(entry.values)
    return (entry.beyond & present).sum(axis=1) / np.maximum(present.sum(axis=1), 1)
