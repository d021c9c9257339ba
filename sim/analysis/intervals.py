"""Which intervals a comparison gets: a fixed sample's, or, where its runs were added until it was precise, those of a sequence.

Table, verdicts, page and charts all read what is decided here, so that nothing that is shown stops holding because of when the
runs stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.analysis.simultaneous import half_widths, student_quantile
from sim.analysis.superiority import probability_better
from sim.experiment.columns import standard_errors
from sim.experiment.comparison import Comparison
from sim.experiment.precision import Stopped
from sim.experiment.sequences import means
from sim.experiment.sequences.shares import share_bounds

Share = tuple[float, float, float]


class Intervals(Protocol):
    """What an analysis asks of its intervals; every half-width is NaN where there is no interval."""

    @property
    def asked(self) -> tuple[str, ...]:
        """Outcomes that precision was asked of."""

    def errors(self, columns: np.ndarray) -> np.ndarray:
        """(K,) standard errors of the means of (R, K), NaN where they say too little to make an interval of."""

    def differences(self, paired: np.ndarray, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        """(S, O) half-widths of the means of (S, R, O) differences, holding all at once."""

    def alone(self, values: np.ndarray, confidence: float) -> np.ndarray:
        """(K,) half-widths of the means of (R, K), each for itself."""

    def one_of_many(self, others: int, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        """(S, O) confidence of each interval, such that all hold at once with `confidence`."""

    def share(self, gain: np.ndarray, confidence: float) -> Share | None:
        """Share of (R,) pairs with a gain, ties half, low and high of its interval; None without a defined pair."""


class FixedSize:
    """The number of runs was given: Student's t, simultaneous ones from sim/analysis/simultaneous.py, Wilson's for shares."""

    asked = ()

    def errors(self, columns: np.ndarray) -> np.ndarray:
        enough = (~np.isnan(columns)).sum(axis=0) >= 2
        return np.where(enough, standard_errors(columns), np.nan)

    def differences(self, paired: np.ndarray, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        others, replicates, columns = paired.shape
        family = paired.transpose(1, 0, 2).reshape(replicates, others * columns)
        return half_widths(family, confidence).reshape(others, columns)

    def alone(self, values: np.ndarray, confidence: float) -> np.ndarray:
        number = (~np.isnan(values)).sum(axis=0)
        return student_quantile(0.5 + confidence / 2.0, number - 1.0) * self.errors(values)

    def one_of_many(self, others: int, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        family = max(1, others * len(outcomes))
        return np.full((others, len(outcomes)), confidence ** (1.0 / family))

    def share(self, gain: np.ndarray, confidence: float) -> Share | None:
        return probability_better(gain, confidence)


@dataclass(frozen=True)
class Sequential:
    """Runs were added until one difference was known well enough: confidence sequences, valid whenever that was."""

    stopped: Stopped

    @property
    def asked(self) -> tuple[str, ...]:
        return (self.stopped.precision.outcome,)

    def errors(self, columns: np.ndarray) -> np.ndarray:
        return np.where(means.bears_an_interval(columns), standard_errors(columns), np.nan)

    def differences(self, paired: np.ndarray, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        alphas = self.stopped.alphas(len(paired), outcomes, confidence)
        return np.array([_or_nan(means.half_widths(gaps, alpha)) for gaps, alpha in zip(paired, alphas, strict=True)])

    def alone(self, values: np.ndarray, confidence: float) -> np.ndarray:
        return _or_nan(means.half_widths(values, 1.0 - confidence))

    def one_of_many(self, others: int, outcomes: Sequence[str], confidence: float) -> np.ndarray:
        return 1.0 - self.stopped.alphas(others, outcomes, confidence)[:others]

    def share(self, gain: np.ndarray, confidence: float) -> Share | None:
        gain = gain[~np.isnan(gain)]
        if not len(gain):
            return None
        wins = float((gain > 0).sum() + 0.5 * (gain == 0).sum())
        return (wins / len(gain), *share_bounds(wins, len(gain), 1.0 - confidence))


def intervals_of(comparison: Comparison) -> Intervals:
    """The intervals that hold for how the comparison's runs came to be as many as they are."""
    return FixedSize() if comparison.stopped is None else Sequential(comparison.stopped)


def _or_nan(widths: np.ndarray) -> np.ndarray:
    return np.where(np.isinf(widths), np.nan, widths)
