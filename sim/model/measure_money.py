"""Measure money: what the counted window cost, what its items earn, and the return of the one on the other."""

from __future__ import annotations

import numpy as np

from sim.core.jit import jit_allocating, jit_apart
from sim.model.outcomes import INDEX

_RETURN, _COST, _BENEFITS = INDEX["return_on_spend"], INDEX["cost_total"], INDEX["benefits_money"]
_EXPERTS = INDEX["spend_experts"]


@jit_apart
def total_spend(w):
    """Thousand spent in the counted window, whoever was paid."""
    firm = w.firm[0]
    business = firm.spend_business + firm.spend_experts + firm.spend_leaders
    people = firm.spend_technologists + business + firm.spend_hiring + firm.spend_moving
    bought = firm.spend_tools + firm.spend_vendors + firm.spend_cloud
    return people + bought + firm.spend_breaches


@jit_allocating
def measure_money(w, horizon, out):
    """Cost of a year, and return on spend: benefits, measured before, ÷ spend; NaN where nothing is counted or spent."""
    p, firm = w.p[0], w.firm[0]
    days = horizon - firm.counting_from
    spent = total_spend(w)
    out[_COST] = spent / (days / p.year_days) if days > 0 else np.nan
    out[_EXPERTS] = firm.spend_experts / (days / p.year_days) if days > 0 else np.nan
    if spent > 0.0:
        out[_RETURN] = out[_BENEFITS] / spent
