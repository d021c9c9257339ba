"""What a comparison of designs gives back: every run's outcomes, on the same seeds for every design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.model.catalogue import PARAMETERS
from sim.model.outcomes import INDEX, NAMES, OUTCOMES
from sim.model.series import NAMES as QUANTITIES

if TYPE_CHECKING:
    import pandas

    from sim.experiment.precision import Stopped
    from sim.scenario.objects import Scenario

BEYOND_LIMIT = 0.05
"""Share of runs with a quantile not reached above which a mean is only a bound."""


@dataclass(frozen=True)
class Failure:
    """One run that did not finish: enough to repeat it alone."""

    design: str
    seed: int
    error: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs of several designs on one firm, paired by seed.

    scenario    the checked scenario that was run
    designs     names in the order of comparison; the first is what the others are compared with
    seeds       (R,) int64, the same for every design
    outcomes    (D, R, O) float64, columns in the order of sim.model.outcomes.NAMES; NaN where there was nothing to measure
    beyond      (D, R, O) bool: a quantile not reached; the outcome is then the length of the counted window
    series      (D, R, M, S) float64, monthly over the counted window, columns named in quantities; None if not asked for
    quantities  of the series: all of sim.model.series.SERIES, or those that were read of what is stored
    failures    runs that failed; their rows are NaN
    seconds     wall time of the runs
    seated      design → technologists that it has, liaisons included
    provenance  version, model_digest, plan_hash, python, numpy, numba, seconds, command
    stopped     how replication ended, where it went on until a difference was known well enough; None where the number was given.
                Whoever analyses it uses intervals that hold at every look then

    Raises ValueError where the shapes do not agree.
    """

    scenario: Scenario
    designs: tuple[str, ...]
    seeds: np.ndarray
    outcomes: np.ndarray
    beyond: np.ndarray
    series: np.ndarray | None = None
    quantities: tuple[str, ...] = field(default=QUANTITIES, kw_only=True)
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    provenance: Mapping[str, object] = field(default_factory=dict)
    seated: Mapping[str, float] = field(default_factory=dict)
    stopped: Stopped | None = None

    def months_of(self, quantity: str) -> np.ndarray:
        """(D, R, M) of one quantity of the series. Raises ValueError where there are no series, or not of it."""
        if self.series is None:
            raise ValueError("no series were kept")
        return np.asarray(self.series[..., self.quantities.index(quantity)])

    def __post_init__(self) -> None:
        shape = (len(self.designs), len(self.seeds), len(NAMES))
        for name in ("outcomes", "beyond"):
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}; designs, seeds and outcomes make {shape}")
        if self.series is not None and self.series.shape[:2] != shape[:2]:
            raise ValueError(f"series begins with {self.series.shape[:2]}; designs and seeds make {shape[:2]}")
        if len(set(self.designs)) != len(self.designs):
            raise ValueError(f"each design is compared once: {self.designs}")

    @property
    def replicates(self) -> int:
        """Number of seeds, failed runs included."""
        return len(self.seeds)

    @property
    def years(self) -> float:
        """Length of the counted window in years."""
        return float(self.scenario.run.days / self.scenario.model.get("year_days", PARAMETERS["year_days"].value))

    @cached_property
    def runs(self) -> pandas.DataFrame:
        """One row a run: design, seed, status ("ok" or "failed"), then the outcomes by name."""
        import pandas

        failed = {(failure.design, failure.seed) for failure in self.failures}
        keys = [(design, int(seed)) for design in self.designs for seed in self.seeds]
        frame = pandas.DataFrame(self.outcomes.reshape(len(keys), len(NAMES)), columns=list(NAMES))
        frame.insert(0, "design", [design for design, _ in keys])
        frame.insert(1, "seed", np.tile(self.seeds, len(self.designs)))
        frame.insert(2, "status", ["failed" if key in failed else "ok" for key in keys])
        return frame

    @property
    def residual(self) -> dict[str, float]:
        """Design → what it really spent ÷ what the first one did − 1, over the seeds that both have finished; NaN where none."""
        spent = self.outcomes[:, :, INDEX["cost_total"]]
        both = ~np.isnan(spent).any(axis=0)
        means = spent[:, both].mean(axis=1) if both.any() else np.full(len(self.designs), np.nan)
        return {design: float(mean / means[0] - 1.0) for design, mean in zip(self.designs, means, strict=True)}

    def table(self) -> pandas.DataFrame:
        """Means by outcome, in the unit beside them: one row an outcome, one column a design; undefined runs are left out."""
        import pandas

        # Shares are stored from 0 to 1, and shown in per cent where that is their unit.
        scale = [100.0 if OUTCOMES[name].unit == "%" else 1.0 for name in NAMES]
        means = {design: self.runs.loc[self.runs["design"] == design, list(NAMES)].mean() * scale for design in self.designs}
        about = {"label": [OUTCOMES[name].label for name in NAMES], "unit": [OUTCOMES[name].unit for name in NAMES]}
        return pandas.DataFrame(
            {**about, **{design: mean.to_numpy() for design, mean in means.items()}}, index=pandas.Index(NAMES, name="outcome")
        )
