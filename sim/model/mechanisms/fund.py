"""Fund: standing capacity starts at once, project money waits for its window and moves to where it is needed.

    an item needs project money  if size > funding_floor and its own uniform number > 1 − (1 − funding_persistence) · project_share
    money of a window = cover · (1 − funding_persistence) · capacity · funding_interval
    work under way that a window finds unfinished takes  left · (1 + restart_share)

capacity   the homes' running time for items                        [person-days / day]

What is funded and not yet begun when its window's money has run out goes back to wait. Budgeting by project windows against
standing teams: after the research briefing on the two models [peppard2019].
Counter-force: standing money cannot move to another unit's better idea; project money goes to the home that is free soonest.
Prices: funding_persistence (no moving), funding_interval (bidding hours, restarts). Off: project_share at 0 needs no project money.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ITEM_LUCK, choice, entity_key, stream_key, uniform
from sim.model.calendar import has_a_date
from sim.model.homes import burden, days_until, main_specialism, rank_of, take_on
from sim.model.life import enter
from sim.model.lines import join, join_by_rank, leave
from sim.model.stages import FUNDING

PARAMETERS = parameters(
    project_share=Param(1.0, "how much of what is not standing needs a window", "share", 0.5, 1.0, "assumption: all of it", off=0.0,
                        minimum=0, maximum=1),
    funding_floor=Param(25.0, "size up to which an item needs no project money", "person-days", 10, 60,
                        "assumption: petty work is paid from what is there"),
    cover=Param(1.2, "project money released, against the capacity that it pays for", "share", 0.9, 1.5, "assumption: a fifth of slack",
                minimum=0.01, maximum=100),
    restart_share=Param(0.05, "work added to what a window finds unfinished", "share", 0.0, 0.15,
                        "assumption: a day in twenty to stop and start", off=0.0),
    bid_hours=Param(1.0, "time that each window takes, per unit", "person-days", 0.3, 3.0, "assumption: a day to bid", off=0.0),
    staffing_reach=Param(3, "homes that a project office asks for people", "homes", 1, 6, "assumption: a few calls", off=0, whole=True),
)  # fmt: skip


@jit
def needs_window(size, floor, luck, persistence, project_share):
    """Whether an item waits for project money.

    >>> needs_window(10.0, 25.0, 0.9, 0.0, 1.0), needs_window(30.0, 25.0, 0.9, 0.5, 1.0), needs_window(30.0, 25.0, 0.4, 0.5, 1.0)
    (False, True, False)
    """
    return size > floor and luck > 1.0 - (1.0 - persistence) * project_share


@jit
def window_money(cover, persistence, capacity, interval):
    """Project money that a window releases [person-days].

    >>> window_money(1.0, 0.5, 10.0, 20.0)
    100.0
    """
    return cover * (1.0 - persistence) * capacity * interval


@jit_apart
def staff(w, item, day):
    """Project money is free to move: the item goes to the freest of its home and a few others that can do it."""
    p = w.p[0]
    row = w.items[item]
    specialism = main_specialism(row)
    key = entity_key(stream_key(w.firm[0].seed, ITEM_LUCK), row.key)
    best = row.home
    soonest = days_until(w, best, specialism, 0.0) if w.homes[best].holders[specialism] > 0 else math.inf
    for call in range(int(p.staffing_reach)):
        other = choice(key, 10 + call, len(w.homes))
        asked = w.homes[other]
        if asked.builds > 0 and asked.holders[specialism] > 0:
            days = days_until(w, other, specialism, row.size)
            if days < soonest:
                best, soonest = other, days
    if best != row.home:
        row.handoffs += 1
        take_on(w, item, best)


@jit_apart
def act(w, item, day):
    """Clear an item that has been decided on, or let it wait for project money."""
    p = w.p[0]
    row = w.items[item]
    luck = uniform(entity_key(stream_key(w.firm[0].seed, ITEM_LUCK), row.key), 0)
    if needs_window(row.size, p.funding_floor, luck, w.p[1 + row.unit].funding_persistence, p.project_share):
        enter(w, item, day, FUNDING)
        join_by_rank(w, w.firm[0].funding_line, item, rank_of(w, row))
    else:
        join(w, w.firm[0].cleared_line, item)


@jit_apart
def _carry_over(w, day):
    """Pay first for what was funded before: begun work with its restart cost; what is not begun may lose its money."""
    p = w.p[0]
    firm = w.firm[0]
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        if row.funded > 0 and row.ended < 0 and row.begun >= 0.0 and row.checked == 0:
            for specialism in range(2):
                extra = row.left[specialism] * p.restart_share
                row.left[specialism] += extra
                w.homes[row.home].load += extra
                w.homes[row.home].load_of[specialism] += extra
            firm.money -= row.left[0] + row.left[1]
        elif row.funded > 0 and has_a_date(w, item):
            firm.money -= row.size  # agreements are sought for it: its money stays put
    for home in range(len(w.homes)):
        for specialism in range(2):
            line = w.homes[home].line + specialism
            for _ in range(w.lines[line].count):
                item = leave(w, line)
                row = w.items[item]
                if row.funded > 0 and row.begun < 0.0 and firm.money < row.size:
                    row.funded = 0
                    enter(w, item, day, FUNDING)
                    join_by_rank(w, firm.funding_line, item, rank_of(w, row))
                else:
                    if row.funded > 0 and row.begun < 0.0:
                        firm.money -= row.size
                    join(w, line, item)


@jit_apart
def open_window(w, day):
    """A funding window: money is set anew, carried-over work is paid first, then what is first in line."""
    p = w.p[0]
    firm = w.firm[0]
    firm.next_window += p.funding_interval
    burden(w, p.bid_hours * p.units)
    capacity = 0.0
    for home in range(len(w.homes)):
        capacity += w.homes[home].pace
    firm.money = window_money(p.cover, p.funding_persistence, capacity, p.funding_interval)
    _carry_over(w, day)
    granted = 0
    for _ in range(w.lines[firm.funding_line].count):
        item = leave(w, firm.funding_line)
        row = w.items[item]
        # The first in line is paid even where it is larger than a whole window's money, or it would wait for ever.
        if row.size <= firm.money or (granted == 0 and firm.money > 0.0):
            granted += 1
            firm.money -= row.size
            row.funded = 1
            staff(w, item, day)
            join(w, firm.cleared_line, item)
        else:
            join(w, firm.funding_line, item)
