"""Ties: what a unit and a home share, which fades without joint work and grows with each delivery."""

from __future__ import annotations

import math

from sim.core.jit import jit


@jit
def faded(familiarity, days, half_life):
    """Familiarity after days without joint work.

    >>> faded(0.8, 240.0, 240.0)
    0.4
    """
    return familiarity * math.exp(-math.log(2.0) * days / half_life)


@jit
def familiarity_now(w, unit, home, day):
    """What unit and home share today [0, 1]."""
    tie = w.ties[unit, home]
    return faded(tie.familiarity, day - tie.seen, w.p[0].fading_half_life)


@jit
def grow_familiar(w, unit, home, day):
    """Unit and home have delivered something together."""
    now = familiarity_now(w, unit, home, day)
    tie = w.ties[unit, home]
    kept = 1.0 - w.p[0].vendor_loss * w.homes[home].bought_share  # what vendors learned leaves with them
    tie.familiarity = now + w.p[0].familiarity_growth * kept * (1.0 - now)
    tie.seen = day
