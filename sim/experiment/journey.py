"""Journey: every path of a scenario and staying where it begins, lived through on the same seeds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sim.experiment.compare import run_seeds
from sim.experiment.comparison import Comparison
from sim.experiment.executors import cores
from sim.experiment.histories import live_all
from sim.experiment.provenance import provenance
from sim.model.kernel import run_path
from sim.model.path import Path, transition_path

if TYPE_CHECKING:
    from sim.scenario.journeys import Transition
    from sim.scenario.objects import Scenario

STAYING = "staying"
"""What every path is held against: the same beginning, and nothing after it."""


def paths_of(scenario: Scenario, transitions: Mapping[str, Transition]) -> dict[str, Path]:
    """Staying, then every transition by name, as paths. Raises InputError where one of them cannot be lived."""
    paths = {name: transition_path(scenario, transition) for name, transition in transitions.items()}
    return {STAYING: next(iter(paths.values())).staying, **paths}


def travel(
    scenario: Scenario, transitions: Mapping[str, Transition], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None, command: str = "",
) -> Comparison:  # fmt: skip
    """Live through staying and each transition on the same `replicates` seeds; the comparison's designs are their names.

    transitions  by name, at least one, all from the same design
    workers      threads that share the runs, all processors where None; results do not depend on it
    progress     called with (runs done, runs in all)

    Raises InputError where a transition cannot be lived; a run that fails becomes a Failure, and the others go on.
    """
    started = time.perf_counter()
    paths = paths_of(scenario, transitions)
    names, ways = tuple(paths), list(paths.values())
    seeds = run_seeds(seed, replicates)
    found = live_all(names, seeds, ways[0].first.world.series.shape, lambda place, one: run_path(ways[place], one),
                     workers or cores(), progress)  # fmt: skip
    seconds = time.perf_counter() - started
    steps = [f"{name}: {transition!r}" for name, transition in transitions.items()]
    made_by = provenance(scenario, steps, seeds.tolist(), seed, seconds, command)
    return Comparison(scenario, names, seeds, *found, seconds, made_by)
