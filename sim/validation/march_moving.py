"""March (1991), figures 2 to 5: members of two kinds, turnover, and a reality that moves [march1991].

Figure 5 has a table of its own in the evidence. Of figures 2 to 4 only the findings are taken, in words:

    2, 3  of members who learn fast and slowly both, the slow ones keep the variety from which the fast ones gain
    4     turnover hurts an organisation that learns slowly from its code and, in measure, helps one that learns fast

Members of two kinds are two units whose teams follow the principles at rates of their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from sim.core.jit import entry
from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint, begin
from sim.model.beliefs import bits_set
from sim.model.kernel import run_days
from sim.model.mechanisms.learn import code_knowledge
from sim.model.world import World
from sim.validation.march import DIMENSIONS, MEMBERS
from sim.validation.settings import bare

TURBULENCE, TURNOVER = 0.02, 0.1
TIMES = (10, 20, 40, 100)
PUBLISHED = {
    0.0: {10: 0.814, 20: 0.730, 40: 0.602, 100: 0.508},
    TURNOVER: {10: 0.818, 20: 0.799, 100: 0.788},
}
"""Turnover a period → period → share of the code that is right, p1 = p2 = 0.5: computed with the program's rules."""
YEAR = 240.0
SLOW, FAST = 0.1, 0.9
MIXED_UNITS = 10
"""Units of five members, so that the share of fast learners goes in tenths."""

knowledge_of = entry(code_knowledge)


def moving(p1: float, turnover: float, turbulence: float, days: int, p2: float = 0.5, units: float = 1.0) -> Blueprint:
    """The organisation of the published model, whose members leave and whose reality flips with these chances a period."""
    model = {"learning_interval": 1.0, "belief_dimensions": float(DIMENSIONS), "socialisation": p1, "code_learning": p2}
    firm = {
        "technologists": float(MEMBERS), "units": units, "change_load": 0.0, "turbulence": YEAR * turbulence, "turnover": YEAR * turnover,
    }  # fmt: skip
    return bare(firm, {"principles_strength": 1.0}, model, days)


def share_right(w: World) -> float:
    """Share of the dimensions on which the code is right."""
    firm = w.firm[0]
    right = 0
    for plus, minus, true in zip(firm.code_plus, firm.code_minus, firm.reality, strict=True):
        right += int(bits_set(plus & true)) + int(bits_set(minus & ~true))
    return right / DIMENSIONS


def course(plan: Blueprint, times: Sequence[int], seed: int) -> list[float]:
    """Share right at each of `times` of one run."""
    w, day, found = begin(plan, seed), 0, []
    for time in times:
        run_days(w, day, time)
        day = time
        found.append(share_right(w))
    return found


def courses(turnover: float, runs: int, workers: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(mean, standard error) of the share right at TIMES, (4,) each."""
    plan = moving(0.5, turnover, TURBULENCE, max(TIMES))
    return _mean([value for _, value in spread(partial(course, plan, TIMES), range(runs), workers or cores())])


def mixed(fast: int, runs: int, workers: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(mean, standard error) of what is known at rest: the code, fast members, slow members (NaN where there are none), (3,) each.

    fast  of MIXED_UNITS units of five, how many learn fast from the code
    """
    plan = moving(SLOW, 0.0, 0.0, 300, units=float(MIXED_UNITS))
    return _mean([value for _, value in spread(partial(_mixed_run, plan, fast), range(runs), workers or cores())])


def _mixed_run(plan: Blueprint, fast: int, seed: int) -> list[float]:
    w = begin(plan, seed)
    w.p["socialisation"][1 : 1 + fast] = FAST
    run_days(w, 0, plan.horizon)
    known = w.teams["score"] / DIMENSIONS
    quick = w.homes["unit"][w.teams["home"]] < fast
    return [knowledge_of(w), *(float(known[some].mean()) if some.any() else math.nan for some in (quick, ~quick))]


def alike(p1: float, runs: int, workers: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(mean, standard error) of the code's knowledge at rest where all members learn at the rate p1, (1,) each."""
    plan = moving(p1, 0.0, 0.0, 300)
    return _mean([[value] for _, value in spread(partial(_at_rest, plan), range(runs), workers or cores())])


def with_turnover(p1: float, turnover: float, runs: int, workers: int | None = None, periods: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """(mean, standard error) of the code's knowledge after some periods with members who come and go, (1,) each."""
    plan = moving(p1, turnover, 0.0, periods)
    return _mean([[value] for _, value in spread(partial(_at_rest, plan), range(runs), workers or cores())])


def _at_rest(plan: Blueprint, seed: int) -> float:
    w = begin(plan, seed)
    run_days(w, 0, plan.horizon)
    return float(knowledge_of(w))


def _mean(values: Sequence[Sequence[float]]) -> tuple[np.ndarray, np.ndarray]:
    found = np.array(values)
    return found.mean(axis=0), found.std(axis=0, ddof=1) / math.sqrt(len(found))
