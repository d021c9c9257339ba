"""Firms: one design lived on many firms, each a scenario with other numbers, on histories of its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.experiment.compare import blueprints, run_seeds
from sim.experiment.comparison import Failure
from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint
from sim.model.kernel import results, run_and_measure
from sim.model.world import World
from sim.scenario.changed import changed, what_is_wrong
from sim.scenario.objects import Scenario

Read = Callable[[Blueprint, int], Sequence[float]]
"""(what a run starts from, seed) → values of the run."""

Tell = Callable[[str, int, int], None]
"""(what is run, done, in all)."""


@dataclass
class Firms:
    """Where firms are tried.

    scenario  what every firm starts from
    design    the one that is lived on them
    read      what is kept of a run
    width     how many values that is
    seed      with a firm's numbers decides its histories
    tell      called with (what is run, firms done, firms in all)
    failures  runs that failed; their values are NaN
    runs      how many were done
    """

    scenario: Scenario
    design: str
    read: Read
    width: int
    seed: int = 1
    workers: int | None = None
    tell: Tell | None = None
    failures: list[Failure] = field(default_factory=list)
    runs: int = 0

    def __post_init__(self) -> None:
        # Other designs decide nothing here: not even whether a firm makes sense.
        self.scenario = replace(self.scenario, compare=(self.design,))

    def on(self, point: Mapping[str, float]) -> Scenario:
        """The scenario with a firm's numbers."""
        return changed(self.scenario, point)

    def makes_sense(self, point: Mapping[str, float]) -> bool:
        """Whether the design can be had on a firm."""
        return not what_is_wrong(self.on(point))

    def measure(self, title: str, points: Sequence[Mapping[str, float]], first: int, last: int) -> list[np.ndarray]:
        """(last − first, width) of each point: its histories from `first` up to, not including, `last`.

        A firm's histories are those of its numbers, whoever asks for them and whenever; workers share the firms.
        """

        def live(number: int) -> tuple[np.ndarray, list[Failure]]:
            return self._live(self.on(points[number]), first, last)

        found: dict[int, np.ndarray] = {}
        tasks = list(range(len(points)))
        for number, (values, failures) in spread(live, tasks, self.workers or cores(), size=1):
            found[number] = values
            self.failures += failures
            self.runs += last - first
            if self.tell is not None:
                self.tell(title, len(found), len(points))
        return [found[number] for number in tasks]

    def _live(self, scenario: Scenario, first: int, last: int) -> tuple[np.ndarray, list[Failure]]:
        values, failures = np.full((last - first, self.width), np.nan), []
        seeds = run_seeds(own_seed(scenario, self.seed), last)[first:]
        plan = blueprints(scenario, [self.design])[0]
        for row, seed in zip(values, seeds.tolist(), strict=True):
            try:
                row[:] = self.read(plan, seed)
            except Exception:  # whatever goes wrong in one run is that run's result, and costs no other run
                failures.append(Failure(self.design, seed, traceback.format_exc()))
        return values, failures


def live_whole(plan: Blueprint, seed: int) -> tuple[np.ndarray, World]:
    """One run: its outcomes (O,), and the whole world as it stands on the last evening."""
    worlds: list[World] = []

    def live(w: World, horizon: int, out: np.ndarray, beyond: np.ndarray) -> None:
        run_and_measure(w, horizon, out, beyond)
        worlds.append(w)

    return results(live, plan, seed).outcomes, worlds[0]


def own_seed(scenario: Scenario, seed: int) -> int:
    """Master seed of a firm's own histories: of neighbouring seeds and firms none are shared."""
    return (int(scenario.digest, 16) + seed) % 2**62
