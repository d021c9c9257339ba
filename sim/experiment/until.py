"""Until: the designs of a scenario on the same seeds, more and more of them, until a difference is known as well as asked."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.compare import as_comparison, blueprints, living, run_seeds
from sim.experiment.comparison import BEYOND_LIMIT, Comparison
from sim.experiment.executors import cores
from sim.experiment.histories import Histories, live_all
from sim.experiment.precision import AT_CEILING, NO_MEAN, REACHED, Continue, Precision, Stop, Stopped, decide
from sim.experiment.sequences.shares import share_bounds
from sim.model.outcomes import INDEX, OUTCOMES

if TYPE_CHECKING:
    from sim.model.kernel import Run
    from sim.scenario.objects import Scenario


def compare_until(
    scenario: Scenario,
    precision: Precision,
    seed: int,
    workers: int | None = None,
    simulate: Callable[[str, int], Run] | None = None,
    progress: Callable[[int, int], None] | None = None,
    command: str = "",
) -> Comparison:
    """Run every design of `scenario.compare` on the same seeds until the asked differences are that narrow, or at the ceiling.

    simulate, workers  as in `sim.experiment.compare.compare`; results, their number too, do not depend on the workers
    progress           called with (runs done, runs that it will take, as far as the last look can tell)

    The result is that of a comparison with as many replicates, and says how it ended. Raises ValueError for a single design.
    """
    if len(scenario.compare) < 2:
        raise ValueError(f"precision is that of a difference, and takes two designs: {scenario.compare}")
    started = time.perf_counter()
    designs, seeds = scenario.compare, run_seeds(seed, precision.ceiling)
    plans = blueprints(scenario, designs)
    live, months = living(designs, plans, simulate), plans[0].world.series.shape
    parts: list[Histories] = []
    step, end = look(_joined(parts, len(designs)), precision), ""
    while isinstance(step, Continue) and not end:
        first, pairs = step.pairs, step.next
        tell = None if progress is None else _telling(progress, first * len(designs), expected(step, precision) * len(designs))
        parts.append(live_all(designs, seeds[first:pairs], months, live, 1 if simulate else workers or cores(), tell))
        found = _joined(parts, len(designs))
        step = look(found, precision, seen=first)
        end = NO_MEAN if surely_beyond(found, precision) else ""
    end = end or (REACHED if isinstance(step, Stop) and step.reached else AT_CEILING)
    found = _joined(parts, len(designs))
    known = dict(zip(designs[1:], known_at(found, precision), strict=True))
    stopped = Stopped(precision, end, step.pairs, dict(zip(designs[1:], step.half_widths, strict=True)), known)
    return as_comparison(scenario, plans, seeds[: step.pairs], found, seed, time.perf_counter() - started, command, stopped)


def look(found: Histories, precision: Precision, seen: int = 0) -> Stop | Continue:
    """What the rule says to what was lived; what it said after `seen` pairs stays, even where a bound has become a value since."""
    return decide(samples(found, precision), precision.looks, precision.alpha, precision.half_width, precision.measure.interval, seen)


def known_at(found: Histories, precision: Precision) -> list[tuple[float, float, float]]:
    """Estimate, low and high of what was asked about, for every design but the first, from all that was lived."""
    columns = samples(found, precision).T
    return [precision.measure.known(column, precision.alpha / len(columns), len(precision.looks)) for column in columns]


def samples(found: Histories, precision: Precision) -> np.ndarray:
    """(R, S) what the rule reads: a column for every design but the first.

    A design whose quantile is beyond the window too often has a bound and not a value, so that it says nothing about a size; who is
    better it still says.
    """
    column = INDEX[precision.outcome]
    values, beyond = found.outcomes[:, :, column], found.beyond[:, :, column]
    gaps = values[1:] - values[:1]
    if not precision.measure.is_share:
        share = (beyond & ~np.isnan(values)).sum(axis=1) / np.maximum((~np.isnan(values)).sum(axis=1), 1)
        bound = np.maximum(share[1:], share[0]) > BEYOND_LIMIT
        gaps = np.where(bound[:, None], np.nan, gaps)
    return precision.measure.sample(gaps, OUTCOMES[precision.outcome].better).T


def surely_beyond(found: Histories, precision: Precision) -> bool:
    """Whether more runs of some design than a size can bear surely do not reach the quantile, however many more are lived."""
    if precision.measure.is_share:
        return False
    column = INDEX[precision.outcome]
    values, beyond = found.outcomes[:, :, column], found.beyond[:, :, column]
    each = precision.alpha / len(values)
    return any(
        share_bounds(float((marks & ~np.isnan(row)).sum()), int((~np.isnan(row)).sum()), each)[0] > BEYOND_LIMIT
        for row, marks in zip(values, beyond, strict=True)
    )


def expected(step: Continue, precision: Precision) -> int:
    """Pairs that it will take, as far as the last look can tell: half-widths shrink with the root of the pairs."""
    widest = max(step.half_widths, default=math.inf)
    if not math.isfinite(widest):
        return step.next
    wanted = step.pairs * (widest / precision.half_width) ** 2
    return next((pairs for pairs in precision.looks if pairs >= max(wanted, step.next)), precision.ceiling)


def _joined(parts: list[Histories], designs: int) -> Histories:
    """All that was lived, in the order of the seeds."""
    if not parts:
        none = np.empty((designs, 0, len(INDEX)))
        return Histories(none, none.astype(bool), none, ())
    outcomes, beyond, series = (np.concatenate(arrays, axis=1) for arrays in list(zip(*parts))[:3])
    return Histories(outcomes, beyond, series, tuple(failure for part in parts for failure in part.failures))


def _telling(progress: Callable[[int, int], None], before: int, total: int) -> Callable[[int, int], None]:
    return lambda done, _: progress(before + done, total)
