"""Adopt: benefits start only as the unit changes how it works, and that change is work.

    change work K = kappa · size: change_ownership · K by the delivering home's teams, then the rest by the unit
    adopted share a = change work done / K
    value flows at  value · level · ln 2 / half_life · 2^(−age / half_life)  a day,  level = fit · potential · a  (sim/model/changes.py)
    potential = worth_share · meant · (1 − digital_intensity · (1 − together))
    meant = 1 − (1 − fidelity) · (1 − mending_success where missed intent was found before release)
    together = 1 − (1 − cover) · (1 − familiarity)
    a unit's capacity = unit_change_capacity · appetite · kappa · change_load · technologists / units · (1 − experts_away · away)₊
    its progress on an item = time · (1 − reluctance · (1 − trust))

size         of the item; change_load, technologists: the firm's, so arriving change work   [person-days; a day]
cover        of business experts in the delivering home, where that is the unit's own       [0, 1]
familiarity  of unit and home as the item goes live, as all of potential                    [0, 1]
worth_share  what other mechanisms leave of the item's value                                [share]
fit          what the unit's architecture makes of it, as the item first earns (architect)  [ratio, may pass 1]
away         the unit's business experts who sit in delivery teams, of those it has         [0, 1]
trust        of the unit in the home that delivered                                         [0, 1]

The home's part waits in a line of the home and takes at most change_cap of the time that run work and meetings leave; the unit's
part waits in the unit's line, first come first served, and what the unit has not begun on after `patience` days is left as it is.
Benefits arise when people work differently: Peppard, Ward & Daniel (2007) [peppard2007]; large projects bring about half of what
was planned [bloch2012].
Counter-force: business experts in delivery teams are away from operations, and teams that own change build less.
Prices: change_ownership (teams' hours), cross_functionality (experts_away). The unit's hours are charged to spend_business at wage.
Off: kappa at 0: everything is adopted when it goes live; reluctance and experts_away at 0.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.model.changes import hand_over, realise, settle
from sim.model.homes import rank_by
from sim.model.lines import FOREMOST, first_in, join_by_rank, leave
from sim.model.ties import familiarity_now

PARAMETERS = parameters(
    kappa=Param(0.5, "organisational change that an item makes, per person-day of its size", "person-days a person-day", 0.25, 1.0,
                "assumption: a third of all the work of a change is not technology", off=0.0, maximum=10),
    unit_change_capacity=Param(0.45, "change work that a unit can do, of what all its requests would make", "share", 0.4, 1.2,
                               "assumption: benefits of 40 to 70 % of plan in large projects [bloch2012]", minimum=0, maximum=100),
    change_cap=Param(0.5, "largest share of a team's time for items that change work takes", "share", 0.3, 0.8,
                     "assumption: something is always built", minimum=0, maximum=1),
    reluctance=Param(0.4, "change that a unit without trust in the home fails to make in its time", "share", 0.1, 0.7,
                     "assumption: swept", off=0.0, minimum=0, maximum=0.95),
    experts_away=Param(0.3, "change capacity lost where all of a unit's business experts sit in delivery teams", "share", 0.1, 0.6,
                       "assumption: they are a third of those who lead change in operations", off=0.0, maximum=1),
    patience=Param(240.0, "days after going live until a unit no longer begins on an item", "days", 60, 240, "assumption: a year",
                   minimum=0, maximum=1e9),
    mending_success=Param(0.8, "missed intent that mending before release puts right", "share", 0.5, 1.0, "assumption: swept", minimum=0,
                          maximum=1),
)  # fmt: skip


@jit
def meant(fidelity, mended, mending_success):
    """Share of the intent that is in what goes live; `mended` is 1 where missed intent was found before release.

    >>> meant(0.6, 0, 0.5), meant(0.6, 1, 0.5)
    (0.6, 0.8)
    """
    return 1.0 - (1.0 - fidelity) * (1.0 - mended * mending_success)


@jit
def together(cover, familiarity):
    """How far technology and business knowledge came together: in the team itself, or by what unit and home share.

    >>> together(0.5, 0.5)
    0.75
    """
    return 1.0 - (1.0 - cover) * (1.0 - familiarity)


@jit
def usable(digital_intensity, joined):
    """Share of value that what came together allows.

    >>> usable(0.4, 0.5), usable(0.4, 1.0)
    (0.8, 1.0)
    """
    return 1.0 - digital_intensity * (1.0 - joined)


@jit
def change_capacity(arriving, capacity, experts_away, away):
    """Change work that a unit can do a day, of `arriving` change work [person-days a day].

    >>> change_capacity(2.0, 0.5, 0.4, 0.5)
    0.8
    """
    return capacity * arriving * max(0.0, 1.0 - experts_away * away)


@jit
def willing(reluctance, trust):
    """Progress that a unit makes on a change in its time, against one whose home it fully trusts.

    >>> willing(0.4, 0.5)
    0.8
    """
    return 1.0 - reluctance * (1.0 - trust)


@jit_apart
def begin(w, item, day):
    """An item has gone live: fix what it can be worth, and line up the change that it needs."""
    p = w.p[0]
    row = w.items[item]
    settle(w, item, day)
    cover = w.homes[row.home].expert_cover if row.home == row.unit else 0.0
    joined = together(cover, familiarity_now(w, row.unit, row.home, day))
    arrived = meant(row.fidelity, row.mended, p.mending_success)
    row.potential = row.worth_share * arrived * usable(p.digital_intensity, joined)
    if row.shadowed_on < 0:
        row.fit = w.units[row.unit].fit
    work = p.kappa * row.size
    row.change_home = w.p[1 + row.unit].change_ownership * work
    row.change_unit = work - row.change_home
    if row.change_home > 0.0:
        join_by_rank(w, w.homes[row.home].change_line, item, rank_by(w, row, row.change_home))
    else:
        hand_over(w, item, day)


@jit
def capacity_today(w, unit):
    """A unit's capacity for change [person-days a day]."""
    p = w.p[0]
    per_unit = p.technologists / p.units
    away = w.homes[unit].expert_cover * w.homes[unit].people / per_unit
    # A unit that lastingly asks for more is a larger unit, and has more people to change how it works.
    return change_capacity(w.units[unit].appetite * p.kappa * p.change_load * per_unit, p.unit_change_capacity, p.experts_away, away)


@jit
def take_up(w, item, day, time):
    """Let a unit spend up to `time` on its part of one item; gives the time used."""
    p = w.p[0]
    row = w.items[item]
    speed = willing(p.reluctance, w.ties[row.unit, row.home].trust)
    if row.change_unit <= time * speed:
        used = row.change_unit / speed
        row.change_unit = 0.0
    else:
        used = time
        row.change_unit -= time * speed
    realise(w, item, day)
    return used


@jit
def act(w, unit, day):
    """Let one unit change how it works, as far as today's capacity goes: first what its own shadow work takes, then its line."""
    me = w.units[unit]
    item = first_in(w, me.adoption_line)
    if item < 0 and me.shadow_backlog <= 0.0:
        return
    left = capacity_today(w, unit)
    building = min(me.shadow_backlog, left)
    me.shadow_backlog -= building
    left -= building
    spent = 0.0
    while item >= 0 and left > 0.0:
        if item != me.adopting and day - w.items[item].ended > w.p[0].patience:
            leave(w, me.adoption_line)  # left on the shelf, at the share that its home has brought about
        else:
            me.adopting = item
            w.items[item].rank = FOREMOST  # what is begun on is brought to an end, whatever comes in
            used = take_up(w, item, day, left)
            left -= used
            spent += used
            if w.items[item].change_unit <= 0.0:
                leave(w, me.adoption_line)
                hand_over(w, item, day)
        item = first_in(w, me.adoption_line)
    if day >= w.firm[0].counting_from:
        w.firm[0].spend_business += spent * w.p[0].wage
