"""What a design has more than another at every point of a sweep, all points at once: ten thousand of them take milliseconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from sim.analysis.phase import CLOSE, FIRST_LEANS, FIRST_SURE, LEANING, NOTHING, SECOND_LEANS, SECOND_SURE, SURE, Gap
from sim.analysis.simultaneous import student_quantile
from sim.experiment.columns import standard_errors

CLASSES = (FIRST_SURE, FIRST_LEANS, CLOSE, SECOND_LEANS, SECOND_SURE, NOTHING)


@dataclass(frozen=True, eq=False)
class Gaps(Sequence[Gap]):
    """The gaps of points, in the plan's order: a sequence of `sim.analysis.phase.Gap`, held as columns.

    mean, error, pairs  (N,) as in a Gap; NaN means and errors where fewer than two pairs are there
    kinds               (N,) classes
    """

    mean: np.ndarray
    error: np.ndarray
    pairs: np.ndarray
    kinds: np.ndarray

    def __len__(self) -> int:
        return len(self.mean)

    @overload
    def __getitem__(self, place: int) -> Gap: ...

    @overload
    def __getitem__(self, place: slice) -> Gaps: ...

    def __getitem__(self, place: int | slice) -> Gap | Gaps:
        if isinstance(place, slice):
            return self.at(np.arange(len(self))[place])
        return Gap(float(self.mean[place]), float(self.error[place]), int(self.pairs[place]))

    def __iter__(self) -> Iterator[Gap]:
        for mean, error, pairs in zip(self.mean.tolist(), self.error.tolist(), self.pairs.tolist(), strict=True):
            yield Gap(mean, error, pairs)

    def at(self, places: np.ndarray) -> Gaps:
        """Those of some points: their numbers, or True where a point is meant."""
        return Gaps(self.mean[places], self.error[places], self.pairs[places], self.kinds[places])

    def shares(self) -> dict[int, float]:
        """Class → share of the points in it."""
        return {kind: float((self.kinds == kind).mean()) for kind in CLASSES}


def gaps_of(pairs: np.ndarray) -> Gaps:
    """The gaps of (N, R) paired differences, turned so that more is better; NaN for a pair that is not there."""
    number = (~np.isnan(pairs)).sum(axis=1)
    enough = number >= 2
    whole = np.where(np.isnan(pairs), 0.0, pairs).sum(axis=1)
    mean = np.where(enough, whole / np.maximum(number, 1), np.nan)
    error = np.where(enough, standard_errors(pairs.T), np.nan)
    freedom = np.where(enough, number - 1.0, 1.0)
    sure, leaning = (student_quantile(0.5 + confidence / 2.0, freedom) * error for confidence in (SURE, LEANING))
    with np.errstate(invalid="ignore"):
        strength = (np.abs(mean) > leaning).astype(int) + (np.abs(mean) > sure)
        kinds = np.where(enough, np.where(mean > 0, 1, -1) * strength, NOTHING)
    return Gaps(mean, error, number, kinds)
