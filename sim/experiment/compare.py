"""Compare: the designs of a scenario on the same firm and the same seeds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.streams import mix
from sim.experiment.comparison import Comparison
from sim.experiment.executors import cores
from sim.experiment.histories import Histories, live_all
from sim.experiment.provenance import provenance
from sim.model.begin import Blueprint, draw_up
from sim.model.catalogue import PARAMETERS
from sim.model.equal import blueprint_of
from sim.model.kernel import Run, run
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM

if TYPE_CHECKING:
    from sim.experiment.precision import Stopped
    from sim.scenario.objects import Scenario

SEED_BITS = 62


def run_seeds(seed: int, replicates: int) -> np.ndarray:
    """Seeds of a comparison's runs, (R,) int64: hashed, so that comparisons of neighbouring seeds share none of them.

    The first seeds of a longer comparison are those of a shorter one.
    """
    return np.array([int(mix(seed, number)) & (2**SEED_BITS - 1) for number in range(replicates)], np.int64)


def blueprints(scenario: Scenario, designs: Sequence[str]) -> list[Blueprint]:
    """What every run of each design starts from, in the order of `designs`."""
    return [blueprint_of(scenario, name) for name in designs]


def compile_now() -> None:
    """Compile the kernel, or load it from the cache, by a day of the smallest firm."""
    firm = {name: field.value for name, field in FIRM.items()} | {"units": 1.0, "technologists": 4.0}
    design = {name: coordinate.low for name, coordinate in COORDINATES.items()}
    run(draw_up(firm, design, {name: parameter.value for name, parameter in PARAMETERS.items()}, 1, 0), 0)


def compare(
    scenario: Scenario,
    replicates: int,
    seed: int,
    workers: int | None = None,
    simulate: Callable[[str, int], Run] | None = None,
    progress: Callable[[int, int], None] | None = None,
    command: str = "",
    kernel: Callable[[Blueprint, int], Run] | None = None,
) -> Comparison:
    """Run every design of `scenario.compare` on the same `replicates` seeds.

    workers   threads that share the runs, all processors where None; results do not depend on it
    simulate  (design, seed) → Run, instead of the kernel: one at a time, for rules written in plain Python
    kernel    (blueprint, seed) → Run, instead of the kernel's own, such as the day in another order; shared by the workers
    progress  called with (runs done, runs in all)

    A run that fails becomes a Failure with its error, and a row of NaN; the others go on.
    """
    started = time.perf_counter()
    designs, seeds = scenario.compare, run_seeds(seed, replicates)
    plans = blueprints(scenario, designs)
    live = living(designs, plans, simulate, kernel)
    found = live_all(designs, seeds, plans[0].world.series.shape, live, 1 if simulate else workers or cores(), progress)
    return as_comparison(scenario, plans, seeds, found, seed, time.perf_counter() - started, command)


def living(
    designs: Sequence[str],
    plans: Sequence[Blueprint],
    simulate: Callable[[str, int], Run] | None = None,
    kernel: Callable[[Blueprint, int], Run] | None = None,
) -> Callable[[int, int], Run]:
    """(place of the design, seed) → its Run, by whatever lives it."""

    def live(place: int, number: int) -> Run:
        return simulate(designs[place], number) if simulate is not None else (kernel or run)(plans[place], number)

    return live


def as_comparison(
    scenario: Scenario, plans: Sequence[Blueprint], seeds: np.ndarray, found: Histories, seed: int, seconds: float, command: str,
    stopped: Stopped | None = None,
) -> Comparison:  # fmt: skip
    """What was lived, with what made it and how many technologists each design has."""
    designs = scenario.compare
    made_by = provenance(scenario, designs, seeds.tolist(), seed, seconds, command)
    seated = {name: float(plan.world.firm[0].seated) for name, plan in zip(designs, plans, strict=True)}
    return Comparison(scenario, designs, seeds, *found, seconds, made_by, seated, stopped)
