"""Queues: one home of c one-person teams is M/M/c, or M/G/1 where sizes are lognormal and the team is alone.

    M/M/c:  Wq = C(c, cρ) / (c (1 − ρ)) service times, C the Erlang-C probability of waiting [erlang1917]
    M/G/1:  Wq = ρ (1 + cv²) / (2 (1 − ρ)) service times [pollaczek1930]

The model's day is a tick: items come in the morning, servers work through the day without gaps. For one server, work waiting in
the morning follows W' = (W + X − 1)₊ with X the work that comes. Squaring and taking means, with I the idle part of a day, gives

    E W = (λ E S² + (1 − ρ)² − E I²) / (2 (1 − ρ)),  and who comes with others waits ρ / 2 longer.

A busy spell ends on λ (1 − ρ) of the days, at a uniform moment where services last many days, so E I² = (1 − ρ)(1 − λ / 6): the mean
wait is that of continuous time and λ / 12 days. A busy firm of c servers is like one that is c times as fast; with S mean service days
and C the probability of having to wait the relative bias is then ρ (1 − ρ) (c / S)² / (12 C). So S / c, the days between two ends of
service, are many: at 10 the bias is under 0.2 % wherever ρ ≥ 0.7 and c ≤ 20, at 5 under 0.1 % where ρ = 0.9.
"""

from __future__ import annotations

import math
from functools import partial

from sim.model.begin import Blueprint
from sim.model.kernel import simulate
from sim.validation.measured import Measured, run_controlled
from sim.validation.settings import bare

SETTLING = 10.0
"""Relaxation times 1 / (1 − √ρ)² that pass before items count: what is left of the empty start is e^−10."""
TAIL = 40.0
"""Mean conditional waits 1 / (1 − ρ) after the last counted item: it has begun but for a chance of e^−40."""


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


def stretches(rho: float, variation: float, between: float) -> tuple[int, int]:
    """Days before items count, and days after the last of them."""
    stretch = between * max(1.0, 0.5 * (1.0 + variation))
    return math.ceil(SETTLING * stretch / (1.0 - math.sqrt(rho)) ** 2), math.ceil(TAIL * stretch / (1.0 - rho))


def queue(servers: int, rho: float, log_sd: float | None, between: float, items: int) -> tuple[Blueprint, int, int]:
    """(blueprint, first counted day, day after the last counted one) of a queue.

    log_sd   spread of lognormal sizes; None for exponential ones
    between  days between two ends of service while all servers are busy
    items    counted items a run, about
    """
    variation = 1.0 if log_sd is None else math.exp(log_sd * log_sd) - 1.0
    before, after = stretches(rho, variation, between)
    counted = math.ceil(items * between / rho)
    mean, spread = servers * between, log_sd or 0.0
    median = mean * math.exp(-0.5 * spread * spread)
    firm = {"technologists": float(servers), "change_load": rho, "size_median": median, "size_log_sd": spread}
    plan = bare(firm, {}, {"exponential_size": float(log_sd is None)}, before + counted + after)
    return plan, before, before + counted


def mean_wait(plan: Blueprint, first: int, last: int, service: float, servers: int, seed: int) -> tuple[float, float]:
    """(mean wait of the items raised in [first, last) until somebody works on them [service times], load that they brought).

    A run to which chance brings more work than the mean waits longer; how much work is known in the mean, so that it can be told off.

    Raises ValueError if an item still waits.
    """
    w = simulate(plan, seed)
    items = w.items[: w.firm[0].raised]
    counted = items[(items["raised"] >= first) & (items["raised"] < last)]
    if (counted["begun"] < 0.0).any():
        raise ValueError(f"seed {seed}: items still wait when the run ends")
    return float((counted["begun"] - counted["raised"]).mean() / service), float(counted["size"].sum()) / (servers * (last - first))


def measure_wait(
    servers: int, rho: float, log_sd: float | None = None, *, between: float = 10.0, items: int = 50_000, relative: float = 0.02,
    batch: int = 24, workers: int | None = None, first_seed: int = 1,
) -> Measured:  # fmt: skip
    """Mean wait of a queue [service times], run until its 99 % half-width is at most `relative` of it."""
    plan, first, last = queue(servers, rho, log_sd, between, items)
    one = partial(mean_wait, plan, first, last, servers * between, servers)
    return run_controlled(one, rho, relative, batch, workers=workers, first_seed=first_seed)
