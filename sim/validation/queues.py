"""Queues: one home of c one-person teams is M/M/c, or M/G/c where sizes are lognormal.

    M/M/c:  Wq = C(c, cρ) / (c (1 − ρ)) service times, C the Erlang-C probability of waiting [erlang1917]
    M/G/1:  Wq = ρ (1 + cv²) / (2 (1 − ρ)) service times [pollaczek1930]

A wait runs from the day an item is raised to the moment of its first work. Arrivals of a day all stand at its start: that is a
batch a day instead of a stream. For one server the mean wait then exceeds the formula by λ / 12 days, a share (1 − ρ) / (12 S²) of
it for a mean service of S days; for c servers the scale of a departure is S / c days, so that S = 20 c keeps the share under 0.1 %.
Independent seeds are the batches: each gives one mean, with its first `warm_up` days left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.simultaneous import student_quantile
from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint
from sim.model.kernel import simulate
from sim.validation.settings import bare

CONFIDENCE = 0.99


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c at utilisation `load`.

    >>> round(erlang_c(1, 0.7), 9)
    0.7
    """
    offered = servers * load
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = offered * blocked / (server + offered * blocked)
    return blocked / (1.0 - load * (1.0 - blocked))


def wait_mmc(servers: int, load: float) -> float:
    """Mean wait in M/M/c, in service times.

    >>> round(wait_mmc(1, 0.9), 9), round(wait_mmc(2, 0.7), 3)
    (9.0, 0.961)
    """
    return erlang_c(servers, load) / (servers * (1.0 - load))


def wait_mg1(load: float, squared_variation: float) -> float:
    """Mean wait in M/G/1, in service times.

    >>> round(wait_mg1(0.8, 1.0), 9)
    4.0
    """
    return load * (1.0 + squared_variation) / (2.0 * (1.0 - load))


def queue(servers: int, load: float, service: float, days: int, log_sd: float | None = None) -> Blueprint:
    """A queue with `servers` one-person teams and a mean service of `service` days; lognormal where `log_sd` is given."""
    spread_of_size = 0.0 if log_sd is None else log_sd
    firm = {
        "technologists": float(servers),
        "change_load": load,
        "size_median": service * math.exp(-0.5 * spread_of_size * spread_of_size),
        "size_log_sd": spread_of_size,
    }
    return bare(firm, {}, {"exponential_size": 1.0 if log_sd is None else 0.0}, days)


@dataclass(frozen=True)
class Wait:
    """A measured mean wait in service times, with the half-width of its 99 % interval, from `items` items."""

    mean: float
    half: float
    items: int

    def holds(self, value: float) -> bool:
        """Whether the interval holds a value."""
        return abs(self.mean - value) <= self.half


def measure_wait(blueprint: Blueprint, service: float, seeds: range, warm_up: int, workers: int | None = None) -> Wait:
    """Mean wait over independent seeds; items raised in the warm-up, and those not yet begun at the end, are left out.

    Leaving out what has not begun cuts the waits of the last items short, so the last tenth of the days is left out too.
    """

    def one(seed: int) -> tuple[float, int]:
        w = simulate(blueprint, seed)
        items = w.items[: int(w.firm[0].raised)]
        counted = (items["raised"] >= warm_up) & (items["raised"] < blueprint.days - blueprint.days // 10) & (items["begun"] >= 0.0)
        waits = items["begun"][counted] - items["raised"][counted]
        return float(waits.mean()) / service, len(waits)

    results = dict(spread(one, list(seeds), workers or cores()))
    means = np.array([results[seed][0] for seed in seeds])
    weights = np.array([results[seed][1] for seed in seeds], float)
    mean = float(np.average(means, weights=weights))
    spread_of_means = math.sqrt(float(np.average((means - mean) ** 2, weights=weights)) * len(means) / (len(means) - 1))
    half = float(student_quantile(0.5 + CONFIDENCE / 2.0, np.array([len(means) - 1.0]))[0]) * spread_of_means / math.sqrt(len(means))
    return Wait(mean, half, int(weights.sum()))
