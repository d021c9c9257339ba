"""Candidates: the points of one wave of a history match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.emulator import Emulator
from sim.experiment.problem import Plan, Point, Problem
from sim.experiment.space import spread_evenly, values_of
from sim.experiment.targets import Target, distances, is_implausible

BATCH = 16384
"""Even points that are looked at at once."""

MOST_BATCHES = 200

@dataclass
class Search:
    """Points of one wave, and how many were looked at for them."""

    problem: Problem
    plan: Plan
    number: int
    emulators: Sequence[Emulator | None]
    noise: np.ndarray
    looked_at: int = 0
    given: int = 0
    left: int = 0
    senseless: int = 0

    def points(self, size: int) -> list[tuple[np.ndarray, Point]]:
        """Up to `size` points; fewer where nearly nothing is left to be looked at."""
        return self._sensible(size, self._blind(size) if self.number == 1 else self._not_ruled_out())

    def _sensible(self, size: int, places: Iterable[np.ndarray]) -> list[tuple[np.ndarray, Point]]:
        chosen: list[tuple[np.ndarray, Point]] = []
        for place in places:
            point = values_of(self.problem.dimensions, place)
            if self.problem.makes_sense(point):
                chosen.append((place, point))
            else:
                self.senseless += 1
            if len(chosen) == size:
                break
        return chosen

    def _blind(self, size: int) -> np.ndarray:
        places = spread_evenly(size, len(self.problem.dimensions), self._generator(0))
        self.looked_at = self.left = size
        self.given = int(self.problem.meets_given(places).sum())
        return places

    def _not_ruled_out(self) -> Iterator[np.ndarray]:
        """Even points, batch after batch, that meet what needs no run and are not ruled out.

        Dimensions are independent, so those that `given` reads are drawn and sifted first, and the rest only for what is left: the same
        points in distribution, at a fraction of the work.
        """
        problem, targets = self.problem, self.problem.targets
        own = list(problem.own)
        others = [number for number in range(len(problem.dimensions)) if number not in own]
        for batch in range(MOST_BATCHES):
            generator = self._generator(batch)
            read = spread_evenly(BATCH, len(own), generator) if own else np.zeros((BATCH, 0))
            self.looked_at += BATCH
            read = read[problem.given_holds(read)]
            self.given += len(read)
            if not len(read):
                continue
            places = np.empty((len(read), len(problem.dimensions)))
            places[:, own], places[:, others] = read, spread_evenly(len(read), len(others), generator)
            places = places[~is_implausible(expected_implausibility(targets, self.emulators, self.noise, places))]
            self.left += len(places)
            yield from places

    def _generator(self, batch: int) -> np.random.Generator:
        return np.random.default_rng([self.plan.seed, self.number, batch])


def expected_implausibility(
    targets: Sequence[Target], emulators: Sequence[Emulator | None], noise: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """(N, T) of places (N, K), as far as emulators know; NaN where there is none."""
    found = np.full((len(places), len(targets)), np.nan)
    for number, (target, emulator) in enumerate(zip(targets, emulators, strict=True)):
        if emulator is not None and len(places):
            away = distances([target], emulator.at(places)[:, None])[:, 0]
            found[:, number] = away / np.sqrt(emulator.error**2 + (noise[number] if target.one_history else 0.0))
    return found
