"""Measure people: who left, and how often trouble went up to a unit's leader, over the counted window."""

from __future__ import annotations

from sim.core.jit import jit_apart
from sim.model.outcomes import INDEX

_ATTRITION, _ESCALATIONS = INDEX["attrition_rate"], INDEX["escalations_per_month"]


@jit_apart
def measure_people(w, horizon, out):
    """Fill in attrition (share of the posts a year) and escalations (a month), from what was counted on the way."""
    p, firm = w.p[0], w.firm[0]
    days = horizon - firm.counting_from
    post_days = firm.post_days + firm.people * (horizon - firm.stretch_from)
    out[_ATTRITION] = firm.leavers * p.year_days / post_days
    out[_ESCALATIONS] = firm.escalated * p.month_days / days
