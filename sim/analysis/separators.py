"""Separators: which numbers of a firm surely go with the difference between two designs, over many firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PERMUTATIONS = 2000


@dataclass(frozen=True)
class Separator:
    """How one number of a firm goes with the difference over many firms.

    correlation  Spearman's, from −1 to 1; + the second design gains as the number grows
    bound        what the largest correlation of all numbers stays under where none goes with it, with the confidence asked for
    """

    name: str
    correlation: float
    bound: float

    @property
    def sure(self) -> bool:
        """Whether it surely goes with the difference."""
        return abs(self.correlation) > self.bound


def going_with(names: Sequence[str], values: np.ndarray, gaps: np.ndarray, confidence: float = 0.95) -> list[Separator]:
    """Every number, the one that goes most with the difference first; values (F, N), gaps (F,).

    The bound is the quantile of the largest correlation of all where the differences are dealt out anew among the firms (the max-t
    permutation bound: Westfall & Young 1993, Resampling-Based Multiple Testing).
    """
    ranks, gap = _ranks(values), _ranks(gaps[:, None])[:, 0]
    generator = np.random.default_rng(0)
    dealt = np.array([generator.permutation(gap) for _ in range(PERMUTATIONS)])
    bound = float(np.quantile(np.abs(dealt @ ranks).max(axis=1), confidence))
    found = [Separator(name, float(correlation), bound) for name, correlation in zip(names, gap @ ranks, strict=True)]
    return sorted(found, key=lambda one: -abs(one.correlation))


def _ranks(columns: np.ndarray) -> np.ndarray:
    """Ranks of the columns, ties in the middle, centred and of length one, so that products are correlations; 0 where all are equal."""
    from scipy.stats import rankdata

    ranks = rankdata(columns, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    length = np.sqrt((ranks * ranks).sum(axis=0))
    return np.where(length > 0, ranks / np.where(length > 0, length, 1.0), 0.0)
