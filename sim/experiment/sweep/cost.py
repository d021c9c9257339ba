"""What a plan costs before anything starts: time by living its first runs, size by what a row takes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sim.experiment.compare import compile_now
from sim.experiment.sweep.living import REFUSED, STATUS, live_chunk
from sim.experiment.sweep.plan import Plan
from sim.scenario.sweep import DOUBLE, SINGLE

BYTES_A_ROW, BYTES_A_NUMBER, BYTES_A_COLUMN = 12.0, {SINGLE: 2.6, DOUBLE: 6.3}, 165.0
KEYS = 8
"""What a stored run takes: its keys, each of its outcomes, and what each chunk tells of each column, keys included; fitted to chunks of
200 and of 400 runs of the branch bank. `python -m benchmarks sweeping` prints what a run took."""

TRIED_POINTS, TRIED_REPLICATES, TRIED_SECONDS = 4, 4, 3.0


@dataclass(frozen=True)
class Cost:
    """What a plan will take.

    seconds_a_run   of one worker on this machine, from the first runs of a few points
    bytes           on the disk
    refused         of the points tried, how many have a design that the firm cannot have
    tried           points tried
    """

    seconds_a_run: float
    bytes: float
    refused: int
    tried: int


def cost_of(plan: Plan) -> Cost:
    """Live a few replicates of a few points, spread over the plan, and draw the conclusion."""
    compile_now()
    count = len(plan.points)
    chosen = sorted({count * place // TRIED_POINTS for place in range(TRIED_POINTS)})
    started, runs, refused, tried = time.perf_counter(), 0, 0, 0
    each, some = plan.chunk_replicates * len(plan.designs), min(plan.chunk_replicates, TRIED_REPLICATES) * len(plan.designs)
    for point in chosen:
        number, within = point // plan.chunk_points, point % plan.chunk_points
        rows = live_chunk(plan, number, span=(within * each, within * each + some))
        status = rows.status[within * each : within * each + some]
        runs, tried, refused = runs + some, tried + 1, refused + bool((status == STATUS.index(REFUSED)).any())
        if time.perf_counter() - started > TRIED_SECONDS:
            break
    seconds = (time.perf_counter() - started) / runs
    outcomes = len(plan.sweep.outcomes)
    size = plan.runs * (BYTES_A_ROW + BYTES_A_NUMBER[plan.sweep.numbers] * outcomes) + plan.chunks * BYTES_A_COLUMN * (KEYS + outcomes)
    return Cost(seconds, size, refused, tried)
