"""Pooling: how much longer a shared pool may work on each item before as many dedicated teams are done as soon (row V7).

    dedicated   c × M/M/1:  time in all = 1 / (1 − ρ)                             service times
    pooled      M/M/c, each item takes 1 + h:  time in all = (1 + h) (1 + Wq(c, ρ (1 + h)))

Wq is the wait of M/M/c [erlang1917]; the break-even is the h at which both are equal, below 1 / ρ − 1, where the pool is unstable.

In the kernel both are one firm: c units that each raise work for one person. tech_embedding at 1 seats everybody with a unit of
their own, at 0 everybody in one pool, and the extra service share is what strangers lose: speed 1 − strangeness · (1 − familiarity),
with own homes wholly familiar and the pool wholly strange. Items are the same under both designs, and so differences are paired.
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

from scipy.optimize import brentq

from sim.model.begin import Blueprint
from sim.model.kernel import simulate
from sim.validation.measured import Measured, run_until
from sim.validation.queues import stretches, wait_mmc
from sim.validation.settings import UNLIMITED, bare

PUBLISHED = {
    10: {0.5: 0.62, 0.7: 0.35, 0.8: 0.21, 0.9: 0.10},
    5: {0.5: 0.48, 0.7: 0.29, 0.8: 0.18, 0.9: 0.09},
}
"""Teams → load → break-even extra service share, to two digits."""

SERVICE = 20.0
"""Days that a service takes on average: long against a day, so that waits are those of continuous time (sim/validation/queues.py)."""
NEAR_FULL = 0.985
"""Load up to which a pool is given its time to settle; see `Cell`."""


def time_pooled(servers: int, load: float, extra: float) -> float:
    """Mean time in all in a pool that takes 1 + `extra` an item [dedicated service times]; infinite where it cannot keep up.

    >>> time_pooled(1, 0.5, 0.0), time_pooled(10, 0.9, 0.12)
    (2.0, inf)
    """
    busy = load * (1.0 + extra)
    return (1.0 + extra) * (1.0 + wait_mmc(servers, busy)) if busy < 1.0 else math.inf


def time_dedicated(load: float) -> float:
    """Mean time in all with a team of one's own [service times].

    >>> time_dedicated(0.5)
    2.0
    """
    return 1.0 / (1.0 - load)


def break_even(servers: int, load: float) -> float:
    """The extra service share at which pooling takes as long as dedicated teams.

    >>> round(break_even(10, 0.9), 2)
    0.1
    """
    highest = (1.0 / load - 1.0) * (1.0 - 1e-9)
    return float(brentq(lambda extra: time_pooled(servers, load, extra) - time_dedicated(load), 0.0, highest))


class Cell(NamedTuple):
    """Both designs of one firm, and which items count.

    pooled, dedicated  their blueprints
    extra              extra service share of the pool
    first, last        items raised in [first, last) count

    From an empty start waits only grow. A pool so near to full that it would take too long to settle is measured before it has: its
    mean is then too low, which speaks for the pool, so that a finding that it takes longer stands.
    """

    pooled: Blueprint
    dedicated: Blueprint
    extra: float
    first: int
    last: int


def cell(servers: int, load: float, extra: float, items: int) -> Cell:
    """A firm of `servers` units and people at `load`, whose pool takes 1 + `extra` an item; about `items` items count in a run."""
    between = SERVICE / servers
    alone = stretches(load, 1.0, SERVICE)
    together = stretches(min(NEAR_FULL, load * (1.0 + extra)), 1.0, between)
    first, after = max(alone[0], together[0]), max(alone[1], together[1])
    last = first + math.ceil(items * between / load)
    firm = {"units": float(servers), "technologists": float(servers), "change_load": load, "size_median": SERVICE}
    model = {
        "strangeness": extra / (1.0 + extra), "familiarity_own": 1.0, "familiarity_pool": 0.0, "familiarity_growth": 0.0,
        "fading_half_life": UNLIMITED,
    }  # fmt: skip
    pooled, dedicated = (bare(firm, {"tech_embedding": embedding}, model, last + after) for embedding in (0.0, 1.0))
    return Cell(pooled, dedicated, extra, first, last)


def mean_time(plan: Blueprint, first: int, last: int, slowness: float, seed: int) -> float:
    """Mean time in all of the items raised in [first, last), an item's own work taking `slowness` of its size [service times].

    Only in a pool that hardly keeps up does an item still wait when the run ends; it counts with its time until then, too little again.
    """
    w = simulate(plan, seed)
    items = w.items[: w.firm[0].raised]
    counted = items[(items["raised"] >= first) & (items["raised"] < last)]
    begun = counted["begun"].copy()
    begun[begun < 0.0] = plan.horizon
    return float((begun - counted["raised"] + slowness * counted["size"]).mean() / SERVICE)


def difference(c: Cell, seed: int) -> float:
    """Time in all with the pool less that with dedicated teams, on the same items [service times]."""
    pooled = mean_time(c.pooled, c.first, c.last, 1.0 + c.extra, seed)
    return pooled - mean_time(c.dedicated, c.first, c.last, 1.0, seed)


def measure_difference(
    servers: int, load: float, extra: float, *, items: int = 20_000, relative: float = 0.5, batch: int = 12, most: int = 240,
    workers: int | None = None, first_seed: int = 1,
) -> Measured:  # fmt: skip
    """Pooled less dedicated, run until the 99 % half-width is at most `relative` of it: its sign is then known."""
    one = partial(difference, cell(servers, load, extra, items))
    return run_until(one, relative, batch, most, workers, first_seed)
