"""A plan: every run of a sweep, fixed before the first of them, cut into chunks that are named by what decides their content.

A chunk is some points × some replicates × all designs. Its key is a digest of the model, the scenarios, the values of its points, its
seeds and what is stored. Nothing in it depends on who lives it, in which order, or what else the plan holds: so any worker may make it,
a plan with more replicates keeps the chunks of the one before, and shards merge by lying in one folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.core.errors import InputError
from sim.core.jit import model_digest
from sim.core.streams import mix
from sim.experiment.compare import SEED_BITS, run_seeds
from sim.experiment.sequences.looks import schedule
from sim.experiment.sweep.samples import count_points, decoded, points_of
from sim.model.begin import MONTH
from sim.scenario.changed import changed, for_each_design
from sim.scenario.factors import SCENARIO, Value
from sim.scenario.objects import Scenario
from sim.scenario.sweep import SERIES_DAYS, Sweep

MOST_RUNS = 10**10
"""More is a slip of the pen: at a hundred runs a second on each of a thousand workers, a day."""

CHUNK_SECONDS = 2.0
SECONDS_PER_PERSON_DAY = 20e-9
"""What a run costs for each technologist and simulated day, near enough to choose the size of a chunk by; measured by
`python -m benchmarks scale`."""

LEAST_RUN_SECONDS = 5e-4
SMALLEST_CHUNK, LARGEST_CHUNK, FEWEST_CHUNKS = 12, 5000, 32

OWN_SEEDS = 1 << 40
"""Where the seeds of independent points begin among a master seed's: no number of replicates reaches it."""


class Slice(NamedTuple):
    """What a chunk holds: points and replicates from first up to, not including, last; every design."""

    first_point: int
    last_point: int
    first_replicate: int
    last_replicate: int


@dataclass(frozen=True, eq=False)
class Plan:
    """Every run of a sweep.

    points            (N, K) as `samples.points_of` gives them
    replicates        histories of each point
    chunk_points, chunk_replicates   size of a chunk, kept when replicates are added later
    runner            "module:function" (Blueprint, seed) → Run, instead of the kernel; empty for the kernel
    """

    sweep: Sweep
    points: np.ndarray
    replicates: int
    chunk_points: int
    chunk_replicates: int
    runner: str = ""

    @property
    def designs(self) -> tuple[str, ...]:
        return self.sweep.designs

    @property
    def series_days(self) -> int:
        """Working days that a row of the series sums up."""
        return SERIES_DAYS.get(self.sweep.series, MONTH)

    @property
    def runs(self) -> int:
        """Runs in all."""
        return len(self.points) * self.replicates * len(self.designs)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """Where blocks of replicates begin and end: at the looks where a precision is asked for, else as large as a chunk may be."""
        if self.sweep.precision:
            return (0, *schedule(self.replicates))
        return (*range(0, self.replicates, self.chunk_replicates), self.replicates)

    @property
    def _blocks(self) -> tuple[int, int]:
        """Blocks of points and of replicates."""
        return -(-len(self.points) // self.chunk_points), len(self.edges) - 1

    @property
    def chunks(self) -> int:
        """How many chunks there are; they are numbered from 0, the first replicates of all points first."""
        points, replicates = self._blocks
        return points * replicates

    def slice(self, number: int) -> Slice:
        """What the chunk of a number holds."""
        replicate, point = divmod(number, self._blocks[0])
        p = point * self.chunk_points
        return Slice(p, min(p + self.chunk_points, len(self.points)), self.edges[replicate], self.edges[replicate + 1])

    def runs_of(self, number: int) -> int:
        """Runs of one chunk."""
        p0, p1, r0, r1 = self.slice(number)
        return (p1 - p0) * (r1 - r0) * len(self.designs)

    def seeds(self, point: int, first: int, last: int) -> np.ndarray:
        """Seeds of a point's replicates from `first` up to `last`, int64; the same for every point unless they are independent."""
        if not self.sweep.independent:
            return self._common[first:last]
        own = int(mix(self.sweep.seed, OWN_SEEDS + point)) & (2**SEED_BITS - 1)
        return np.array([int(mix(own, number)) & (2**SEED_BITS - 1) for number in range(first, last)], np.int64)

    @cached_property
    def _common(self) -> np.ndarray:
        return run_seeds(self.sweep.seed, self.replicates)

    def values(self, point: int) -> Mapping[str, Value]:
        """Path → value at a point."""
        return decoded(self.points[point], self.sweep.factors)

    def scenario(self, point: int) -> Scenario:
        """The scenario of a point: the one it names, with the point's values."""
        values = dict(self.values(point))
        ground = self.sweep.scenarios[str(values.pop(SCENARIO, self.sweep.firms[0]))]
        return changed(ground, for_each_design(values, self.designs)) if values else ground

    @cached_property
    def _ground(self) -> bytes:
        """What all chunks of the plan share, as bytes."""
        sweep = self.sweep
        content = [
            model_digest(), self.runner, {name: scenario.digest for name, scenario in sweep.scenarios.items()}, list(sweep.designs),
            [[factor.path, [] if factor.is_number else list(factor.values)] for factor in sweep.factors], list(sweep.outcomes),
            sweep.series, sweep.numbers,
        ]  # fmt: skip
        return json.dumps(content, sort_keys=True).encode()

    def key(self, number: int) -> str:
        """Digest of everything that decides what is in a chunk, its place in the plan included: 32 hex digits."""
        p0, p1, r0, r1 = self.slice(number)
        digest = hashlib.sha256(self._ground)
        digest.update(np.array([p0, p1, r0, r1], np.int64).tobytes())
        digest.update(np.ascontiguousarray(self.points[p0:p1]).tobytes())
        seeds = [self.seeds(point, r0, r1) for point in (range(p0, p1) if self.sweep.independent else (p0,))]
        digest.update(np.concatenate(seeds).tobytes())
        return digest.hexdigest()[:32]

    @property
    def hash(self) -> str:
        """Hex digest of everything that decides the results, the number of replicates apart: what a results folder belongs to."""
        digest = hashlib.sha256(f"{self.sweep.digest} {model_digest()} {self.runner}".encode())
        digest.update(np.ascontiguousarray(self.points).tobytes())
        return digest.hexdigest()[:16]


def draw_up_plan(sweep: Sweep, runner: str = "", chunk: tuple[int, int] | None = None) -> Plan:
    """The plan of a sweep.

    chunk  points and replicates of a chunk where they are given, as by a results folder that is gone on with

    Raises InputError for more runs than anyone means.
    """
    runs = count_points(sweep.sample, sweep.factors) * sweep.replicates * len(sweep.designs)
    if runs > MOST_RUNS:
        raise InputError(sweep.name, f"asks for {runs:,} runs", f"at most {MOST_RUNS:,}", "fewer points, levels or replicates")
    points = points_of(sweep)
    return Plan(sweep, points, sweep.replicates, *(chunk or _chunk_size(sweep, len(points))), runner)


def _chunk_size(sweep: Sweep, points: int) -> tuple[int, int]:
    """Points and replicates of a chunk that takes seconds: fewer files than runs, and little lost when a worker dies."""
    costs = [max(LEAST_RUN_SECONDS, SECONDS_PER_PERSON_DAY * each.firm["technologists"] * (each.run.days + each.run.warm_up))
             for each in sweep.scenarios.values()]  # fmt: skip
    designs = len(sweep.designs)
    for_all = points * sweep.replicates * designs // FEWEST_CHUNKS  # a small plan is shared out too, and shows how far it is
    if sweep.precision:  # each point stops when it is known well enough
        return 1, sweep.replicates
    runs = sweep.chunk_runs or max(SMALLEST_CHUNK, min(int(CHUNK_SECONDS / max(costs)), LARGEST_CHUNK, for_all))
    if sweep.replicates * designs >= runs:
        return 1, max(1, runs // designs)
    return max(1, min(points, runs // (sweep.replicates * designs))), sweep.replicates
