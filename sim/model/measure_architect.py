"""Measure the architecture: how well the firm's choices fit together, over the rounds of the counted window."""

from __future__ import annotations

from sim.core.jit import jit_allocating
from sim.model.outcomes import INDEX

_FIT = INDEX["architecture_fit"]


@jit_allocating
def measure_architecture(w, out):
    """Mean over units and rounds of what a unit's own choices contribute; nothing to measure where no round was held."""
    firm = w.firm[0]
    if firm.fit_readings > 0:
        out[_FIT] = firm.fit_sum / firm.fit_readings
