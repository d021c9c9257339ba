"""Trust: units trust those who keep their promises, and lose trust faster than they gain it.

    kept:   T += gain · (1 − T)
    broken: T −= loss · T
    promise q of a home and size class: log q += step · (0.8 if later than q, else −0.2)

T      the unit's trust in the home                                     [0, 1]
q      running 80th percentile of days from the decision to live        [days]

A promise is what the home itself usually manages for that size, so trust measures reliability and not speed once more. The running
quantile is a stochastic approximation: Robbins & Monro (1951) [robbins1951]. Loss weighs two to five times gain in practice; trust
moves fidelity (translate): Mayer, Davis & Schoorman (1995) [mayer1995].
Counter-force: trust between a unit and other homes is its own pair: it starts low where people do not work together.
Prices: none. Off: gain and loss at 0 leave trust where it starts.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.model.homes import size_class

PARAMETERS = parameters(
    trust_start=Param(0.6, "trust of a unit in its suppliers at first", "share", 0.4, 0.8, "assumption: swept", minimum=0, maximum=1),
    trust_gain=Param(0.05, "what of the missing trust a kept promise adds", "share", 0.02, 0.10, "assumption: swept", off=0.0, maximum=1),
    trust_loss=Param(0.15, "what of the trust a broken promise takes", "share", 0.06, 0.30,
                     "assumption: loss weighs two to five times gain in practice (recalled, weak)", off=0.0, maximum=1),
    promise_step=Param(0.1, "step of the running promise, as a share of it", "share", 0.05, 0.2, "assumption: swept", minimum=0.001,
                       maximum=1),
    promise_share=Param(0.8, "share of deliveries a promise is meant to hold for", "share", 0.7, 0.9,
                        "definition: promises are running 80th percentiles", minimum=0.01, maximum=0.99),
    promise_start=Param(60.0, "days promised before there is experience", "days", 30, 120, "assumption: forgotten within the warm-up",
                        minimum=1),
)  # fmt: skip


@jit
def trust_after(trust, kept, gain, loss):
    """Trust after a promise was kept or broken.

    >>> round(trust_after(0.5, True, 0.1, 0.3), 9), trust_after(0.5, False, 0.1, 0.3)
    (0.55, 0.35)
    """
    if kept:
        return trust + gain * (1.0 - trust)
    return trust - loss * trust


@jit
def promise_after(promise, days, step, share):
    """The running promise after a delivery that took `days`.

    >>> promise_after(50.0, 60.0, 0.1, 0.8) > 50.0 > promise_after(50.0, 40.0, 0.1, 0.8)
    True
    """
    if days > promise:
        return promise * math.exp(step * share)
    return promise * math.exp(-step * (1.0 - share))


@jit_apart
def act(w, item, day):
    """Hold a delivery against its home's promise."""
    p = w.p[0]
    row = w.items[item]
    home = w.homes[row.home]
    tie = w.ties[row.unit, row.home]
    days = day - row.decided
    kind = size_class(w.firm[0], row.size)
    tie.trust = trust_after(tie.trust, days <= home.promise[kind], p.trust_gain, p.trust_loss)
    home.promise[kind] = promise_after(home.promise[kind], days, p.promise_step, p.promise_share)
    if day >= w.firm[0].counting_from:
        tie.deliveries += 1
        home.delivered += 1
