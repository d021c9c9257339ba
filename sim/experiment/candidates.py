"""Candidates: the points of one wave of a history match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.emulator import Emulator
from sim.experiment.problem import Plan, Point, Problem
from sim.experiment.space import spread_evenly, values_of
from sim.experiment.targets import Target, distances, is_implausible

BATCH = 4096
"""Even points that are looked at at once."""

MOST_BATCHES = 400

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
        chosen: list[tuple[np.ndarray, Point]] = []
        blind = self.number == 1
        for batch in range(1 if blind else MOST_BATCHES):
            generator = np.random.default_rng([self.plan.seed, self.number, batch])
            places = spread_evenly(size if blind else BATCH, len(self.problem.dimensions), generator)
            for place in places if blind else self._not_ruled_out(places):
                point = values_of(self.problem.dimensions, place)
                if self.problem.makes_sense(point):
                    chosen.append((place, point))
                else:
                    self.senseless += 1
                if len(chosen) == size:
                    break
            if blind:
                self.given, self.left = int(self.problem.meets_given(places).sum()), len(places)
            self.looked_at += len(places)
            if len(chosen) == size:
                break
        return chosen

    def _not_ruled_out(self, places: np.ndarray) -> np.ndarray:
        places = places[self.problem.meets_given(places)]
        self.given += len(places)
        places = places[~is_implausible(expected_implausibility(self.problem.targets, self.emulators, self.noise, places))]
        self.left += len(places)
        return places


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
