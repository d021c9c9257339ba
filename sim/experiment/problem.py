"""Problem and plan of a history match, and what is noted of every point and wave; done by `sim.experiment.matching`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.emulator import Emulator
from sim.experiment.space import Dimension, column_of
from sim.experiment.targets import Target, means_of

Point = Mapping[str, float]
"""Path → value."""

Measure = Callable[[str, Sequence[Point], int, int], Sequence[np.ndarray]]
"""(what is run, points, first history, one past the last) → for each point (histories, T); NaN where there is no value."""

@dataclass(frozen=True)
class Plan:
    """How much is tried.

    keep    points wanted
    blind   points of the first wave
    size    points of each further wave
    most    points run at most, over all waves
    stages  histories of a point; after each stage what is implausible is dropped, and what is left after the last was run in full
    seed    decides every point
    """

    keep: int = 300
    blind: int = 256
    size: int = 640
    most: int = 8000
    stages: tuple[int, ...] = (1, 2, 4, 8)
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Drawn:
    """A point that was run.

    wave   from 1
    place  (K,) between 0 and 1
    point  path → value
    runs   (histories, T)
    kept   whether it meets every target
    """

    wave: int
    place: np.ndarray
    point: Point
    runs: np.ndarray
    kept: bool

    @property
    def means(self) -> np.ndarray:
        """(T,) over its histories."""
        return means_of(self.runs)


@dataclass(frozen=True)
class Wave:
    """What became of a wave.

    looked_at  even points
    given      of these, those whose own numbers meet the targets that need no run
    left       of these, those that the emulator does not rule out
    senseless  of these, those on which the design cannot be had
    run, full, kept  points run, run in full, and kept
    """

    looked_at: int
    given: int
    left: int
    senseless: int
    run: int
    full: int
    kept: int


@dataclass(frozen=True, eq=False)
class Matched:
    """Everything that was tried, wave by wave, and the last emulator of each target."""

    dimensions: tuple[Dimension, ...]
    targets: tuple[Target, ...]
    drawn: tuple[Drawn, ...]
    waves: tuple[Wave, ...]
    emulators: tuple[Emulator | None, ...]

    @property
    def kept(self) -> tuple[Drawn, ...]:
        """The points that meet every target, in the order in which they were found."""
        return tuple(one for one in self.drawn if one.kept)


@dataclass(frozen=True)
class Problem:
    """What is asked.

    dimensions   the numbers that are not known
    targets      what runs are held against
    measure      runs points
    makes_sense  whether a point can be run
    given        names → whether points whose values (N,) these are meet what needs no run
    given_names  paths that `given` reads, of those that are not known; at least one where there is `given`
    """

    dimensions: tuple[Dimension, ...]
    targets: tuple[Target, ...]
    measure: Measure
    makes_sense: Callable[[Point], bool] = lambda point: True
    given: Callable[[Mapping[str, np.ndarray]], np.ndarray] | None = None
    given_names: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[int, ...]:
        """Places of the dimensions that `given` reads."""
        return tuple(number for number, each in enumerate(self.dimensions) if each.path in self.given_names)

    def meets_given(self, places: np.ndarray) -> np.ndarray:
        """(N,) of places (N, K): where a point's own numbers meet what needs no run."""
        return self.given_holds(places[:, self.own])

    def given_holds(self, places: np.ndarray) -> np.ndarray:
        """The same where places (N, len(own)) are those of the dimensions that `given` reads only."""
        if self.given is None or not self.own:
            return np.ones(len(places), bool)
        read = [self.dimensions[number] for number in self.own]
        return self.given({each.path: column_of(each.param, places[:, number]) for number, each in enumerate(read)})


def stages(full: int) -> tuple[int, ...]:
    """Stages that double up to so many histories, at least two.

    >>> stages(8), stages(6), stages(2)
    ((1, 2, 4, 8), (1, 2, 4, 6), (1, 2))
    """
    found = [1]
    while found[-1] < full:
        found.append(min(2 * found[-1], full))
    return tuple(found)
