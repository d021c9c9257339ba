"""Lasting differences between units: what makes one unit's items worth more, or one unit ask for more, in every month of a run.

    f_u = e^(log_sd · z_u − log_sd² / 2),  z_u standard normal, once a run from the unit's own key

f_u      lasting factor of unit u, mean 1 over histories                 –
log_sd   unit_value_log_sd or unit_demand_log_sd of the firm             [log]

Factors of value are used as they are. Factors of demand are divided by their mean over the units, so that the whole firm asks for
the same however unevenly its units do. Both are the same under every design.

Counter-force: where units differ in value, people who stay with one unit cannot go where they are worth most, and where units
differ in demand, people who stay with one unit wait for work while others have too much of it (pooling [kleinrock1975]).
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.streams import normal, stream_key


@jit
def unit_factor(seed, stream, unit, log_sd):
    """The lasting factor of one unit; exactly 1 where units do not differ.

    >>> unit_factor(7, 30, 2, 0.0)
    1.0
    """
    return math.exp(log_sd * normal(stream_key(seed, stream), unit) - 0.5 * log_sd * log_sd)


@jit
def liaison_capacity(w, liaison):
    """Items a day that a liaison can translate: the technology side sends its liaisons where most is lastingly asked for."""
    row = w.liaisons[liaison]
    return row.capacity * w.units[row.unit].appetite


@jit_apart
def mean_factor(seed, stream, units, log_sd):
    """Mean of the units' lasting factors in one history; exactly 1 where units do not differ.

    >>> mean_factor(7, 31, 12, 0.0)
    1.0
    """
    total = 0.0
    for unit in range(units):
        total += unit_factor(seed, stream, unit, log_sd)
    return total / units
