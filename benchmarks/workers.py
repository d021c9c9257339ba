"""What a second worker brings, and what a run leaves in memory.

Two processes that only count tell what the machine has to give just then: where they are no faster than one, nothing is.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.rows import Row
from sim.api import load_scenario
from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison
from sim.experiment.executors import cores
from sim.model.outcomes import NAMES

ROUNDS = 3
REPLICATES = 200
BESIDES = 64
"""Bytes a run may keep besides its outcomes."""


COUNT = "for _ in range(8_000_000): pass"


def two_bare() -> float:
    """Speed of two bare processes ÷ one, now."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", COUNT], check=True)
    middle = time.perf_counter()
    both = [subprocess.Popen([sys.executable, "-c", COUNT]) for _ in range(2)]
    for process in both:
        process.wait()
    return 2.0 * (middle - start) / (time.perf_counter() - middle)


def kept(comparison: Comparison) -> float:
    """Bytes kept of each run, series left out."""
    runs = len(comparison.designs) * comparison.replicates
    return (comparison.outcomes.nbytes + comparison.beyond.nbytes + comparison.seeds.nbytes) / runs


def measure() -> list[Row]:
    """Speed of 200 paired replicates on two workers against one; bytes kept of a run."""
    scenario = load_scenario("branch_bank", [("designs.compare", "partnership,pervasive")])
    taken: dict[int, list[float]] = {1: [], 2: []}
    machine = []
    compare(scenario, 2, 1, 1)
    for number in range(ROUNDS):
        machine.append(two_bare())
        for workers, seconds in taken.items():
            start = time.perf_counter()
            comparison = compare(scenario, REPLICATES, number, workers)
            seconds.append(time.perf_counter() - start)
    many = f"{REPLICATES} paired replicates"
    return [
        Row(f"{many}, one worker", taken[1], "s"),
        Row(f"{many}, two workers ({cores()} processors)", taken[2], "s"),
        Row(f"{many}, speed of two workers ÷ one", [one / two for one, two in zip(taken[1], taken[2])], at_least=1.8),
        Row("for comparison: two bare processes ÷ one, at that time", machine),
        Row(f"memory kept of a run of {len(NAMES)} outcomes", [kept(comparison)], "bytes", at_most=8.0 * len(NAMES) + BESIDES),
    ]
