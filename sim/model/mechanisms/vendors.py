"""Vendors: bought people stand beside a home's own, and come and go with its load.

    base    = vendor_supply · own pace · vendor_share / (1 − vendor_share)
    target  = base · elasticity / availability,  elasticity = load / ((own pace + base) · elastic_days) within elastic_low … elastic_high
    vendors += (target − vendors) / contract_days   each day
    spend a day = vendors · wage · vendor_price
    fidelity of an item taken in hand · (1 − (1 − vendor_fidelity) · bought);  familiarity's growth · (1 − vendor_loss · bought)

vendors   contracted people of a home, shared by its teams in proportion to their own people      [people]
own pace  running mean of the time that the home's technologists have for items                   [person-days / day]
load      work routed to the home and not yet done                                                [person-days]
bought    vendors' share of the home's time for items                                             [0, 1]

So vendor_share is the bought share of build capacity at normal load. Vendors work on items only: no run work, no meetings, no
repayment, no experiments. They are paid for as many days as technologists are, and as heads in the team they cost keeping in step
like anyone (build: overhead counts them). Capacity and knowledge across a firm's boundary: after Lacity & Hirschheim (1993)
[lacity1993]. Counter-force: elastic capacity is worth most when demand is bursty. Prices: vendor_share (spend_vendors, lost intent,
knowledge that leaves). Off: vendor_supply at 0 buys nobody.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters

PARAMETERS = parameters(
    vendor_supply=Param(1.0, "how much of what is wanted the market supplies", "share", 0.7, 1.0, "assumption: all of it", off=0.0,
                        minimum=0, maximum=1),
    contract_days=Param(30.0, "days over which contracts follow what is wanted", "days", 10, 90, "assumption: six weeks to sign or to end",
                        minimum=1, maximum=1e6),
    elastic_days=Param(45.0, "days of work ahead at which the normal number is contracted", "days", 15, 60,
                       "assumption: so that about as much is bought at usual load as a design says", minimum=0.1, maximum=1e6),
    elastic_low=Param(0.5, "least that is contracted, against normal", "ratio", 0.3, 1.0, "assumption: contracts of a year hold half",
                      minimum=0, maximum=100),
    elastic_high=Param(1.5, "most that is contracted, against normal", "ratio", 1.0, 2.5, "assumption: framework contracts allow half more",
                       minimum=0, maximum=100),
    vendor_fidelity=Param(0.85, "intent that survives in vendors' hands", "share", 0.70, 0.95, "assumption: swept", off=1.0, minimum=0,
                          maximum=1),
    vendor_loss=Param(0.15, "what is learned with a delivery that leaves with vendors", "share", 0.05, 0.50, "assumption: swept", off=0.0,
                      minimum=0, maximum=1),
)  # fmt: skip


@jit
def beside(vendor_share, own):
    """Capacity that makes `vendor_share` of the whole when it stands beside `own`.

    >>> round(beside(0.2, 8.0), 9)
    2.0
    """
    return own * vendor_share / (1.0 - vendor_share)


@jit
def elasticity(load, capacity, days, low, high):
    """How much is contracted against normal, where `load` waits for `capacity`.

    >>> elasticity(60.0, 1.0, 50.0, 0.5, 1.5), elasticity(10.0, 1.0, 50.0, 0.5, 1.5), elasticity(10.0, 0.0, 50.0, 0.5, 1.5)
    (1.2, 0.5, 0.5)
    """
    if capacity <= 0.0:
        return low
    return max(low, min(high, load / (capacity * days)))


@jit
def wanted(w, home):
    """Contracted people that a home wants today."""
    row = w.homes[home]
    p = w.p[1 + row.unit]
    base = p.vendor_supply * beside(p.vendor_share, row.own_pace)
    return base * elasticity(row.load, row.own_pace + base, p.elastic_days, p.elastic_low, p.elastic_high) / p.availability


@jit_apart
def act(w, home, day):
    """Pay one home's vendors for today, and let contracts follow its load."""
    p = w.p[0]
    row = w.homes[home]
    row.own_pace += (row.time_today - row.bought_today - row.own_pace) / p.pace_days
    row.bought_today = 0.0
    if row.builds == 0 or row.people <= 0.0:
        return
    if day >= w.firm[0].counting_from:
        w.firm[0].spend_vendors += row.vendors * p.wage * p.vendor_price
    row.vendors += (wanted(w, home) - row.vendors) / p.contract_days
    time = row.vendors * p.availability
    row.bought_share = time / (row.own_pace + time) if time > 0.0 else 0.0
    for team in range(row.first_team, row.first_team + row.teams):
        w.teams[team].vendors = row.vendors * w.teams[team].people / row.people
