"""Measures: what may be sought in paired differences, each with its estimate and the interval that holds at every look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np

from sim.experiment.sequences.means import mean_interval
from sim.experiment.sequences.quantiles import quantile_interval
from sim.experiment.sequences.shares import share_interval

Interval = Callable[[np.ndarray, float, int], tuple[float, float]]
"""(sample (R,), alpha, number of looks) → low and high: `mean_interval`, `share_interval`, `quantile_interval` and their like."""


@dataclass(frozen=True)
class Measure:
    """One quantity of the differences of second and first design.

    words     for a sentence, before the outcome
    estimate  of a sample without NaN
    interval  of a sample
    is_share  True where it is sought how often the second design is better, and not by how much
    """

    words: str
    estimate: Callable[[np.ndarray], float]
    interval: Interval
    is_share: bool = False

    def sample(self, gaps: np.ndarray, better: int) -> np.ndarray:
        """What is estimated from second − first: the differences themselves, or 1, ½ and 0 for better, equal and worse; NaN stays.

        better  +1 where more is better, −1 where less is
        """
        return 0.5 * (1.0 + np.sign(better * gaps)) if self.is_share else gaps

    def known(self, sample: np.ndarray, alpha: float, looks: int) -> tuple[float, float, float]:
        """Estimate, low and high; NaN for the estimate of nothing."""
        defined = sample[~np.isnan(sample)]
        return (float(self.estimate(defined)) if len(defined) else float("nan"), *self.interval(sample, alpha, looks))


def _percentile(probability: float, words: str) -> Measure:
    return Measure(words, partial(np.quantile, q=probability), partial(quantile_interval, probability=probability))


MEAN = "mean"
MEASURES = MappingProxyType({
    MEAN: Measure("the mean difference of", np.mean, mean_interval),
    "median": _percentile(0.5, "the median difference of"),
    "p10": _percentile(0.1, "the 10th percentile of the difference of"),
    "p90": _percentile(0.9, "the 90th percentile of the difference of"),
    "share": Measure("how often a design is better in", np.mean, share_interval, is_share=True),
})  # fmt: skip
"""Name → measure, as `--of` names them."""
