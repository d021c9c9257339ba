"""Measure debt: what is owed on average over the counted window."""

from __future__ import annotations

from sim.core.jit import jit
from sim.model.outcomes import INDEX

_DEBT = INDEX["debt_level"]


@jit
def measure_debt(w, horizon, out):
    """Fill in the debt of a product, mean over units and counted days [years of its technologists]."""
    out[_DEBT] = w.firm[0].debt_days / (horizon - w.firm[0].counting_from)
