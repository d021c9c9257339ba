"""What a sweep is once it is checked: which scenarios and designs, what is varied and how it is sampled, how often each is lived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.scenario.between import MONTH
from sim.scenario.factors import Factor, Value
from sim.scenario.objects import Scenario

GRID, LATIN, SOBOL, MORRIS, SALTELLI, LIST = "grid", "latin_hypercube", "sobol", "morris", "saltelli", "list"
KINDS = {
    GRID: "every combination of levels",
    LATIN: "points spread evenly in every direction",
    SOBOL: "points of a scrambled Sobol sequence, a power of two of them",
    MORRIS: "trajectories that move one factor at a time, for screening",
    SALTELLI: "the blocks from which Sobol indices are estimated, points × (factors + 2) of them",
    LIST: "rows that are given, here or in a CSV file",
}
"""Kind of sample → what it is."""


SINGLE, DOUBLE = "single", "double"
NUMBERS = (SINGLE, DOUBLE)
"""How outcomes are stored: with the seven digits of four bytes, or with the fifteen of eight. The luck of one history is in the second."""

SERIES_DAYS = {"monthly": MONTH, "daily": 1}
"""Kind of series → working days that one of its rows sums up."""


@dataclass(frozen=True)
class Sample:
    """How points are chosen.

    kind      one of KINDS
    points    size of a Latin hypercube, Sobol sequence or base sample of Saltelli's blocks; trajectories of Morris
    levels    of a grid's ranges and of Morris' trajectories
    rows      of a list: one value a factor
    """

    kind: str
    points: int = 0
    levels: int = 4
    rows: tuple[tuple[Value, ...], ...] = ()


@dataclass(frozen=True)
class Precision:
    """When a point has been lived often enough: its paired differences in `outcome` are known to ± `half_width`.

    half_width  of the interval that holds at every look   [unit of the outcome as stored: a share is 0 to 1]
    """

    half_width: float
    outcome: str


@dataclass(frozen=True)
class Sweep:
    """A plan as its author wrote it.

    scenarios    name → scenario, each with the sweep's own settings in it; the first is meant where none is varied
    designs      names, the first being the reference
    factors      what is varied, in the order of the file
    replicates   histories of each point, or the most of them where `precision` is asked for
    outcomes     names of what is stored, in the model's order
    series       whether series are stored too: "", "monthly" or "daily"
    independent  whether each point has seeds of its own; without, all points and designs share them (common random numbers)
    chunk_runs   runs that are stored together
    numbers      one of NUMBERS
    text         of the file
    """

    name: str
    title: str
    about: str
    scenarios: Mapping[str, Scenario]
    designs: tuple[str, ...]
    factors: tuple[Factor, ...]
    sample: Sample
    replicates: int
    seed: int
    outcomes: tuple[str, ...]
    series: str = ""
    independent: bool = False
    precision: Precision | None = None
    chunk_runs: int = 0
    numbers: str = SINGLE
    text: str = field(default="", compare=False)

    @property
    def firms(self) -> tuple[str, ...]:
        """Names of the scenarios, in order."""
        return tuple(self.scenarios)

    def about_it(self) -> dict[str, object]:
        """Everything that decides its results but the model and the number of replicates, as plain values."""
        return {
            "scenarios": {name: scenario.digest for name, scenario in self.scenarios.items()},
            "designs": list(self.designs),
            "factors": [{"path": factor.path, "scale": factor.scale, "low": None if factor.values else factor.low,
                         "high": None if factor.values else factor.high, "values": list(factor.values), "unit": factor.unit}
                        for factor in self.factors],
            "sample": {"kind": self.sample.kind, "points": self.sample.points, "levels": self.sample.levels,
                       "rows": [list(row) for row in self.sample.rows]},
            "seed": self.seed,
            "independent": self.independent,
            "outcomes": list(self.outcomes),
            "series": self.series,
            "numbers": self.numbers,
            "precision": vars(self.precision) if self.precision else None,
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """Hex digest of `about_it`."""
        return hashlib.sha256(json.dumps(self.about_it(), sort_keys=True).encode()).hexdigest()[:16]
