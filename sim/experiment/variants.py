"""Variants: the same comparison with one thing changed, on the same seeds, so that what the change does is paired too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison

if TYPE_CHECKING:
    from sim.model.begin import Blueprint
    from sim.model.kernel import Run
    from sim.scenario.objects import Scenario

Kernel = Callable[["Blueprint", int], "Run"]


@dataclass(frozen=True)
class Variant:
    """One comparison to run.

    name      what is changed, in a few words; the first variant of a list usually changes nothing
    scenario  with the change made
    seed      master seed, where it is not the one of the others
    kernel    what lives a run, where it is not the model's own day
    """

    name: str
    scenario: Scenario
    seed: int | None = None
    kernel: Kernel | None = None

    @property
    def runs(self) -> int:
        """Runs for one seed."""
        return len(self.scenario.compare)


def run_variants(
    variants: Sequence[Variant],
    replicates: int,
    seed: int,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    command: str = "",
) -> list[Comparison]:
    """Run each variant on the same seeds; gives its comparison without monthly series, in the order of the variants.

    progress  called with (runs done, runs in all), over all variants
    """
    total = sum(variant.runs for variant in variants) * replicates
    found: list[Comparison] = []
    before = 0
    for variant in variants:
        tell = None if progress is None else _telling(progress, before, total)
        own = seed if variant.seed is None else variant.seed
        comparison = compare(variant.scenario, replicates, own, workers, progress=tell, command=command, kernel=variant.kernel)
        found.append(replace(comparison, series=None))
        before += variant.runs * replicates
    return found


def _telling(progress: Callable[[int, int], None], before: int, total: int) -> Callable[[int, int], None]:
    return lambda done, _: progress(before + done, total)
