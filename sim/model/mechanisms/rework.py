"""Rework: intent that was missed comes back as mending, and the later it is found, the more it costs.

    missed = min(1, 1 − fidelity + missed_intent · agreements missed)
    found before release with probability early_share:  mending = mending_cost · missed · size, in the item
    else found in service:  run work = late_factor(metrics_interval) · mending_cost · missed · size, for the home's teams
    of which a central review finds some: that is mended before release
    late_factor(m) = 1 + late_cost · (1 − e^(−m / late_days))

missed       share of the intent that did not reach those who built           [0, 1]
m            days until an outcome is measured and fed back                    [days]
late_cost    extra cost of what is found after long                            [share]

That defects cost more the later they are found: Boehm (1981), chapter 4 [boehm1981].
Counter-force: fast feedback costs capacity every day (measuring, in build). Prices: metrics_interval (measuring).
Off: mending_cost at 0.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import QUALITY, entity_key, stream_key, uniform
from sim.model.homes import give_run_work, mend
from sim.model.life import enter
from sim.model.lines import join
from sim.model.stages import RELEASE

PARAMETERS = parameters(
    mending_cost=Param(0.6, "work to mend, per person-day of missed intent", "person-days a person-day", 0.3, 1.2, "assumption: swept",
                       off=0.0),
    early_share=Param(0.6, "missed intent that is found before release", "share", 0.4, 0.8, "assumption: swept", minimum=0, maximum=1),
    late_cost=Param(2.0, "how much more mending costs when it is found after long", "share", 0.5, 5.0,
                    "boehm1981: several times as much after release (recalled)", off=0.0),
    late_days=Param(60.0, "days after which most of that extra cost has come together", "days", 20, 120, "assumption: swept", minimum=0.1,
                    maximum=1e6),
)  # fmt: skip


@jit
def late_factor(interval, late_cost, late_days):
    """Cost of mending in service against mending before release.

    >>> late_factor(0.0, 2.0, 60.0)
    1.0
    """
    return 1.0 + late_cost * (1.0 - math.exp(-interval / late_days))


@jit
def mending(cost, missed, size):
    """Person-days of mending that missed intent makes.

    >>> mending(0.5, 0.2, 30.0)
    3.0
    """
    return cost * missed * size


@jit
def all_missed(unheard, agreements, intent):
    """Share of an item that is missed: what was not heard, and `intent` for each agreement missed; at most all of it.

    >>> round(all_missed(0.2, 1, 0.1), 9), all_missed(0.8, 4, 0.1)
    (0.3, 1.0)
    """
    return min(1.0, unheard + agreements * intent)


@jit_apart
def act(w, item, day):
    """Look at an item whose building or mending has just ended: mend it, or let it go on to be reviewed."""
    p = w.p[0]
    row = w.items[item]
    if row.checked == 0:
        row.checked = 1
        w.firm[0].committed -= row.size
        work = mending(p.mending_cost, all_missed(1.0 - row.fidelity, row.missed, p.missed_intent), row.size)
        if uniform(entity_key(stream_key(w.firm[0].seed, QUALITY), row.key), 0) < p.early_share:
            if work > 0.0:
                row.mended = 1
                mend(w, item, day, work)
                return
        else:
            row.hidden = work
    join(w, w.firm[0].checked_line, item)


@jit_apart
def hand_on(w, item, day):
    """Let an item go to the next release; what is still hidden in it comes back as run work."""
    p = w.p[0]
    row = w.items[item]
    give_run_work(w, row.home, row.hidden * late_factor(p.metrics_interval, p.late_cost, p.late_days))
    enter(w, item, day, RELEASE)
    join(w, w.units[row.unit].line, item)
