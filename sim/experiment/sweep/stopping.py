"""Stopping: which chunks a plan needs where each point is lived until its difference is known well enough.

A point's first block of replicates is always needed. After each block its paired differences are looked at, in the order of their
seeds, by the rule of `sim.experiment.precision`; the next block is needed while they are not narrow enough and the ceiling is not
reached. So what is needed follows from what is stored, whoever lived it and in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.precision import Continue, decide
from sim.experiment.sweep.store import Store
from sim.experiment.sweep.tables import places_of, read_table

ALPHA = 0.05
"""Chance that an interval of a point is ever wrong, each point for itself."""


@dataclass(frozen=True)
class Stopping:
    """The rule for one results folder.

    keys        of all chunks that the plan may need, by number
    points      blocks of points; a chunk's number is block of replicates × points + block of points
    edges       of the blocks of replicates, the looks
    designs     names
    outcome     whose difference is asked about; empty where every chunk is needed
    half_width  that is narrow enough
    """

    store: Store
    keys: Sequence[str]
    points: int
    edges: Sequence[int]
    designs: Sequence[str]
    outcome: str = ""
    half_width: float = 0.0

    def needed(self, have: Callable[[int], bool]) -> Iterator[int]:
        """Numbers of the chunks that are needed as far as can be known now: past one that is not there, nothing is."""
        if not self.outcome:
            yield from range(len(self.keys))
            return
        for point in range(self.points):
            number: int | None = point
            while number is not None:
                yield number
                number = self.after(number) if have(number) else None

    def after(self, number: int) -> int | None:
        """The chunk that is needed once this one is stored; None where there is none."""
        block, point = divmod(number, self.points)
        if not self.outcome or block + 2 >= len(self.edges):
            return None
        differences = np.concatenate([self._differences(earlier * self.points + point) for earlier in range(block + 1)])
        told = decide(differences, self.edges[1:], ALPHA, self.half_width)
        return (block + 1) * self.points + point if isinstance(told, Continue) else None

    def _differences(self, number: int) -> np.ndarray:
        """(R, D − 1) of one chunk of one point."""
        table = read_table(self.store.path(self.keys[number]))
        design = places_of(table.column("design"), self.designs)
        replicate = table.column("replicate").to_numpy()
        found = np.full((int(replicate.max() - replicate.min()) + 1, len(self.designs)), np.nan)
        found[replicate - replicate.min(), design] = table.column(self.outcome).to_numpy()
        return found[:, 1:] - found[:, :1]
