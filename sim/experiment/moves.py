"""Moves: every intervention and doing nothing, lived through on the same seeds, seen from its first day and once it has settled."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.compare import run_seeds
from sim.experiment.comparison import Comparison
from sim.experiment.executors import cores
from sim.experiment.histories import live_all
from sim.experiment.provenance import provenance
from sim.model.equal import blueprint_of
from sim.model.kernel import run_path
from sim.model.path import Path, intervention_path
from sim.scenario.changed import changed
from sim.scenario.interventions import earlier

if TYPE_CHECKING:
    from sim.scenario.journeys import Intervention
    from sim.scenario.objects import Scenario

NOTHING = "doing nothing"
"""What every intervention is held against."""

SETTLED = 240
"""Days between an intervention and the first counted day where it is looked at once it has settled: a year."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Runs of doing nothing and of every intervention, paired by seed.

    at_once  the intervention takes place within the counted days, as its scenario says
    settled  the same, but what is counted begins SETTLED days later: from the second year on
    other    design that would be another organisation, the last of the names in both; it is there from the start
    """

    at_once: Comparison
    settled: Comparison
    other: str


def live_moves(
    scenario: Scenario, interventions: Mapping[str, Intervention], other: str, replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None, command: str = "",
) -> Moves:  # fmt: skip
    """Live through doing nothing, each intervention and the other design on the same `replicates` seeds, in both views.

    interventions  by name, at least one, all in one design
    workers        threads that share the runs, all processors where None; results do not depend on it
    progress       called with (runs done, runs in all)

    Raises InputError where an intervention cannot be lived; a run that fails becomes a Failure, and the others go on.
    """
    later = changed(scenario, {"run.warm_up": scenario.run.warm_up + SETTLED})
    views = (
        (scenario, dict(interventions)),
        (later, {name: earlier(each, SETTLED) for name, each in interventions.items()}),
    )
    total = 2 * replicates * (len(interventions) + 2)
    found = []
    for place, (seen, moves) in enumerate(views):
        before = place * total // 2
        tell = None if progress is None else lambda done, _, before=before: progress(before + done, total)
        found.append(_live(seen, moves, other, replicates, seed, workers, tell, command))
    return Moves(found[0], found[1], other)


def _live(
    scenario: Scenario, interventions: Mapping[str, Intervention], other: str, replicates: int, seed: int, workers: int | None,
    progress: Callable[[int, int], None] | None, command: str,
) -> Comparison:  # fmt: skip
    started = time.perf_counter()
    paths = {name: intervention_path(scenario, each) for name, each in interventions.items()}
    ways = {NOTHING: next(iter(paths.values())).staying, **paths, other: Path(blueprint_of(scenario, other))}
    names, roads = tuple(ways), list(ways.values())
    seeds = run_seeds(seed, replicates)
    found = live_all(names, seeds, roads[0].first.world.series.shape, lambda place, one: run_path(roads[place], one),
                     workers or cores(), progress)  # fmt: skip
    seconds = time.perf_counter() - started
    steps = [f"{name}: {each!r}" for name, each in interventions.items()]
    return Comparison(scenario, names, seeds, *found, seconds, provenance(scenario, steps, seeds.tolist(), seed, seconds, command))
