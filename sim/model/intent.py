"""Intent: how much of what a unit means arrives with those who are to build it.

Translating fixes it for an item; routing asks for it before, for every home that an item could go to.
"""

from __future__ import annotations

from sim.core.jit import jit
from sim.model.ties import familiarity_now


@jit
def fidelity(loss, skill, familiarity, doubt, trust):
    """Share of the intent that arrives.

    >>> fidelity(0.5, 0.0, 0.0, 0.3, 1.0)
    0.5
    >>> fidelity(0.5, 1.0, 0.0, 0.3, 0.0)
    1.0
    """
    return max(0.0, 1.0 - loss * (1.0 - skill) * (1.0 - familiarity) * (1.0 + doubt * (1.0 - trust)))


@jit
def would_arrive(w, unit, home, day):
    """Share of what a unit means that would arrive at a home today, by whoever is between them now."""
    p = w.p[0]
    skill = 0.0
    liaison = w.units[unit].liaison
    if home == unit:
        skill = w.homes[home].expert_cover
    elif liaison >= 0:
        skill = w.liaisons[liaison].skill
    return fidelity(p.translation_loss, skill, familiarity_now(w, unit, home, day), p.doubt, w.ties[unit, home].trust)
