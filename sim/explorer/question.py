"""Question: one comparison that is asked for, at more and more pairs. Its designs are drawn up once, and what is remembered is not lived
again."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from sim.experiment.compare import as_comparison, blueprints, run_seeds
from sim.experiment.comparison import Comparison
from sim.experiment.executors import cores
from sim.experiment.histories import live_all
from sim.explorer.runs import Memory, blueprint_key, remembering, run_key
from sim.scenario.objects import Scenario

STAGES = (8, 20, 50, 100)
"""Pairs after which an answer is drawn: a rough one at once, better ones, then the one that stays. Between two of them others have their
turn."""

FEW_RUNS = 20
"""New runs that a first picture waits for whatever they take: both designs of 8 pairs are 16, one design of 20 pairs is 20."""

SOON = 0.27
"""Seconds for which it waits for more, up to so many pairs: a rougher picture before them would put them off by its drawing."""

WORTH_WAITING = 20
"""Pairs that a first picture waits for, where they are made soon; for more it does not, since these are there sooner."""


class Question:
    """A scenario's designs on the seeds of one comparison: what `sim.experiment.compare.compare` gives, with remembered runs looked up."""

    def __init__(self, scenario: Scenario, seed: int, memory: Memory, stop: threading.Event, workers: int | None = None) -> None:
        """stop: once it is set, whatever is asked raises Superseded. Raises InputError where a design cannot be had."""
        self.scenario, self.seed, self.memory, self.workers = scenario, seed, memory, workers
        self._plans = blueprints(scenario, scenario.compare)
        self._live = remembering(memory, stop)

    def stages(self) -> tuple[int, ...]:
        """Pairs of the answers that are worth drawing: from the most that few new runs give, or some made soon, to the one that stays."""
        seeds, digests = run_seeds(self.seed, STAGES[-1]).tolist(), [blueprint_key(plan) for plan in self._plans]
        soon = SOON * (self.workers or cores()) / self.memory.pace
        first = 0
        for place, pairs in enumerate(STAGES):
            new = sum(run_key(digest, seed) not in self.memory for seed in seeds[:pairs] for digest in digests)
            if new <= FEW_RUNS or (new <= soon and pairs <= WORTH_WAITING):
                first = place
        return STAGES[first:]

    def compared(self, pairs: int) -> Comparison:
        """The comparison of so many pairs. Errors of failed runs are cut to their last line: what stands above it is about files of this
        machine."""
        started = time.perf_counter()
        designs, seeds, plans = self.scenario.compare, run_seeds(self.seed, pairs), self._plans
        found = live_all(
            designs, seeds, plans[0].world.series.shape, lambda place, seed: self._live(plans[place], seed), self.workers or cores()
        )
        told = found._replace(failures=tuple(replace(each, error=_last_line(each.error)) for each in found.failures))
        return as_comparison(self.scenario, plans, seeds, told, self.seed, time.perf_counter() - started, "")


def compared(scenario: Scenario, pairs: int, seed: int, memory: Memory, stop: threading.Event, workers: int | None = None) -> Comparison:
    """One comparison of so many pairs, as `Question.compared`; raises Superseded once `stop` is set."""
    return Question(scenario, seed, memory, stop, workers).compared(pairs)


def _last_line(error: str) -> str:
    """What went wrong, without where."""
    lines = error.strip().splitlines()
    return lines[-1].strip() if lines else ""
