"""Escalations: trouble that goes up to a unit's leader, and what it costs the home that it comes from."""

from __future__ import annotations

from sim.core.jit import jit_apart
from sim.model.homes import give_duty


@jit_apart
def escalate(w, unit, home, day, cases):
    """Put trouble before a unit's leader; the home's teams owe the time to explain themselves.

    cases  how many escalations this makes; a fraction where trouble goes up only so often    [escalations]
    """
    firm = w.firm[0]
    w.leaders[w.units[unit].leader].escalations += cases
    give_duty(w, home, cases * w.p[0].escalation_effort)
    if day >= firm.counting_from:
        firm.escalated += cases
