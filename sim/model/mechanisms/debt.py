"""Debt: work done in haste or against the principles wants mending later, and until then slows, burdens and endangers.

    owed by an item that goes live = size · (haste_debt · haste + straying_debt · straying + missed_debt · missed)
    haste    = (1 − haste_days · pace / load)₊           straying = (1 − principles_strength) · 2 u
    debt of a unit += owed / year of its technologists;  repaid at rate  effort · debt / (debt + debt_half)
    speed of work ÷ (1 + debt_drag · debt);  run work · (1 + debt_run · debt);  a release's hazard + debt_risk · debt
    divergence of a home += (x − divergence) · (1 − e^(−size / (divergence_memory · people)))  at each delivery,
        x = min(1, straying) · (1 − the home's share of all people) where the team's own authority decided, else 0
    run work that the home does · (1 + divergence_cost · divergence)

debt       mending owed, in years of the work of the product's technologists (by the firm's head count)    [years]
effort     teams' time set aside for mending, repay_share of it; pools mend for all units by their debt    [years a day]
load/pace  days of work ahead of the home that delivers, at that moment                                    [days]
missed     agreements missed on the way                                                                    [count]
u          the item's own uniform number, the same under every design                                      [0, 1]
divergence share of a home's stack that strays from the firm's standard                                    [0, 1]

A year of its people is the size that a product has by the firm's facts, so debt is the same stock under every design. Debt as work
left undone: Cunningham (1992) [cunningham1992]; that a tenth to a fifth of what is meant for new things goes into it: [mckinsey2020].
In steady state debt = debt_half · inflow / (effort − inflow). Counter-force: divergence: many autonomous stacks cost more to run
than one standard. Prices: delegation (divergence), principles_strength (learn), repay_share (time). Off: all of its parameters at 0.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import DEBT, entity_key, stream_key, uniform

PARAMETERS = parameters(
    haste_debt=Param(0.25, "mending owed by work done in full haste", "person-days a person-day", 0.10, 0.50, "assumption: swept",
                     off=0.0),
    haste_days=Param(30.0, "days of work ahead of a home from which haste begins", "days", 15, 60, "assumption: a month and a half",
                     minimum=0, maximum=1e6),
    straying_debt=Param(0.25, "mending owed by work that no principle guides", "person-days a person-day", 0.10, 0.50,
                        "assumption: swept", off=0.0),
    missed_debt=Param(0.05, "mending owed for each missed agreement", "person-days a person-day", 0.01, 0.15, "assumption: swept",
                      off=0.0),
    repay_share=Param(0.05, "time of building teams that repays debt", "share", 0.02, 0.12, "assumption: a day a month", off=0.0,
                      maximum=1),
    debt_half=Param(0.3, "debt at which half of the time set aside finds what it looks for", "years", 0.1, 0.8, "assumption: swept",
                    minimum=1e-6, maximum=1e6),
    debt_drag=Param(0.5, "work added by each year of debt", "share a year", 0.2, 1.0,
                    "mckinsey2020: 10 to 20 % of what is meant for new products, at a quarter of a year of debt", off=0.0),
    debt_run=Param(0.3, "run work added by each year of debt", "share a year", 0.1, 0.6, "assumption: swept", off=0.0),
    debt_risk=Param(0.2, "hazard that each year of debt adds to a release", "per year", 0.05, 0.50, "assumption: swept", off=0.0),
    divergence_cost=Param(0.12, "run work added by a stack that has wholly gone its own way", "share", 0.05, 0.30,
                          "assumption: duplication costs 10 to 40 % (recalled, weak)", off=0.0),
    divergence_memory=Param(40.0, "change per person after which two thirds of a home's stack is new", "person-days a person", 20, 100,
                            "assumption: a year or so of change", minimum=0.01, maximum=1e9),
)  # fmt: skip


@jit
def haste(load, pace, days):
    """How far a home is pressed: the share of what it has ahead that `days` do not suffice for.

    >>> haste(60.0, 1.0, 30.0), haste(20.0, 1.0, 30.0), haste(0.0, 1.0, 30.0)
    (0.5, 0.0, 0.0)
    """
    return max(0.0, 1.0 - days * pace / load) if load > 0.0 else 0.0


@jit
def straying(principles_strength, luck):
    """How far an item strays from the firm's principles, 1 − principles_strength on average; `luck` is uniform.

    >>> straying(1.0, 0.7), straying(0.25, 0.5)
    (0.0, 0.75)
    """
    return (1.0 - principles_strength) * 2.0 * luck


@jit
def debt_after(debt, effort, half):
    """Debt after `effort` was spent on mending: the less there is, the less of the time finds it. All in years.

    >>> debt_after(0.3, 0.02, 0.3), debt_after(0.0, 0.02, 0.3)
    (0.29, 0.0)
    """
    return max(0.0, debt - effort * debt / (debt + half))


@jit
def diverged(divergence, strays, size, stack):
    """Divergence of a home's stack after a change of `size` that strays by `strays`, in a stack of `stack` person-days.

    >>> diverged(0.5, 1.0, 0.0, 100.0), round(diverged(0.0, 1.0, 1e9, 100.0), 9)
    (0.5, 1.0)
    """
    return divergence + (strays - divergence) * (1.0 - math.exp(-size / stack))


@jit
def product_year(p):
    """Person-days in a year of the technologists of one product, by the firm's own head count."""
    return p.year_days * p.technologists / p.units


@jit
def share_of_people(w, home):
    """Share of all technologists who sit with this home; a pool's homes are one house."""
    row = w.homes[home]
    return min(1.0, (row.people if row.unit >= 0 else w.firm[0].pool_people) / w.firm[0].people)


@jit_apart
def act(w, item, day):
    """An item has gone live: its unit owes what was done in haste or astray, and its home's stack is partly new."""
    p = w.p[0]
    row = w.items[item]
    home = w.homes[row.home]
    luck = uniform(entity_key(stream_key(w.firm[0].seed, DEBT), row.key), 0)
    strays = straying(p.principles_strength, luck)
    rate = p.haste_debt * haste(home.load, home.pace, p.haste_days) + p.straying_debt * strays + p.missed_debt * row.missed
    w.units[row.unit].debt += row.size * rate / product_year(p)
    apart = 0.0
    if row.size <= w.units[row.unit].own_authority:
        apart = min(1.0, strays) * (1.0 - share_of_people(w, row.home))
    home.divergence = diverged(home.divergence, apart, row.size, p.divergence_memory * home.people)


@jit_apart
def repay(w, day):
    """In the evening: what teams mended lowers their unit's debt; pools mend for every unit, where most is owed most."""
    p = w.p[0]
    firm = w.firm[0]
    units = len(w.units)
    owed = 0.0
    for unit in range(units):
        owed += w.units[unit].debt
    pooled = 0.0
    for home in range(units, len(w.homes)):
        pooled += w.homes[home].repaid
        w.homes[home].repaid = 0.0
    left = 0.0
    for unit in range(units):
        row = w.units[unit]
        effort = w.homes[unit].repaid + (pooled * row.debt / owed if owed > 0.0 else 0.0)
        w.homes[unit].repaid = 0.0
        row.debt = debt_after(row.debt, effort / product_year(p), p.debt_half)
        left += row.debt
    if day >= firm.counting_from:
        firm.debt_days += left / units
