"""Decide: which items are done. Small ones at once by the unit's own leader, the rest by the board when it meets.

    estimate = value seen · exp(sd · z) · 2^(−age / half_life) / size
    value seen = value by the board, value · (1 − spillover · (1 − joint_goals)) by a unit's own leader
    sd = estimate_log_sd · (1 − fluency_slope · fluency) · (1 − visibility_slope · visibility)
    rejected where estimate < hurdle · wage; withdrawn while waiting where estimate < give_up_share · hurdle · wage

z           the item's own standard normal, the same whoever estimates and under every design
own authority reaches to the size F⁻¹(delegation) of the law of sizes; each such decision takes one of its leader's attention
The board ranks by estimate per person-day, within agenda_rate items a day since its last meeting and a commitment of
commit_days + (1 − funding_persistence) · project_share · days until the next funding window, in days of capacity for items.
What has been approved waits for money and for teams in the order of the same estimate per person-day left, whoever approved it: the
rule of least waiting cost, Cox & Smith (1961) [cox1961]. What is mended goes before it.

Central against local search: Rivkin & Siggelkow (2003) [rivkin2003]; estimates against later value: EVIDENCE.md row C8 gives a
correlation of 0.2 to 0.4.
Counter-force: global sight picks the better portfolio; local choice is fast and myopic. Prices: delegation (local sight),
board_interval (meeting hours), leader_fluency and joint_goals (hours in step), visibility (hours in step).
Off: estimate_log_sd at 0 and spillover at 0 make every choice right; meeting_hours at 0 makes meetings free.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.model.homes import burden, drop, is_unbegun
from sim.model.life import charge
from sim.model.lines import join, leave
from sim.model.stages import BOARD, REJECTED, WITHDRAWN

PARAMETERS = parameters(
    estimate_log_sd=Param(2.2, "spread of the logarithm of estimates of value", "log", 1.0, 3.0,
                          "assumption: correlation of rank and true value of 0.2 to 0.4 in practice (recalled)", off=0.0),
    fluency_slope=Param(0.4, "how far a fully fluent leader narrows estimates", "share", 0.1, 0.6, "assumption: swept", off=0.0,
                        minimum=0, maximum=1),
    fluency_spread=Param(0.15, "how far leaders' fluency differs from its mean, either way", "share", 0.0, 0.3, "assumption: swept",
                         off=0.0, maximum=1),
    visibility_slope=Param(0.25, "how far full visibility narrows estimates", "share", 0.1, 0.4, "assumption: swept", off=0.0,
                           minimum=0, maximum=1),
    hurdle=Param(4.0, "least value per person-day worth its while", "wages", 1.5, 6.0, "assumption: most of what is asked for is done",
                 off=0.0),
    give_up_share=Param(0.7, "share of the hurdle under which a waiting item is given up", "share", 0.4, 0.9, "assumption: swept",
                        off=0.0, minimum=0, maximum=1),
    look_interval=Param(20, "days between looks at what waits", "days", 20, 20, "definition: once a month", whole=True),
    agenda_rate=Param(2.0, "items the board can decide", "items a day since the last meeting", 1.0, 4.0, "assumption: swept",
                      off=1e9, minimum=0.001, maximum=1e9),
    commit_days=Param(60.0, "work that the board commits ahead of capacity", "days of capacity", 30, 120, "assumption: a quarter",
                      off=1e9, minimum=1, maximum=1e9),
    ranked_queues=Param(1, "1: who waits for money or a team goes by promise per person-day left, 0: by arrival", "0 or 1", 0, 1,
                        "cox1961: served in the order of cost of delay over time to serve, the sum of what waiting costs is least",
                        off=0, whole=True, minimum=0, maximum=1),
    meeting_hours=Param(0.5, "time that each meeting of the board takes, per unit", "person-days", 0.2, 1.5,
                        "assumption: half a day to prepare and attend", off=0.0),
)  # fmt: skip


@jit
def value_seen(spillover, joint_goals):
    """Share of an item's value that a unit's own leader counts.

    >>> value_seen(0.3, 1.0)
    1.0
    """
    return 1.0 - spillover * (1.0 - joint_goals)


@jit
def estimate(w, item, day, leader, seen):
    """Estimated value per person-day [thousand] of an item by a leader who counts the share `seen` of its value."""
    row = w.items[item]
    halves = (day - row.raised) / w.p[0].value_half_life
    return seen * row.value * math.exp(w.leaders[leader].estimate_sd * row.noise - math.log(2.0) * halves) / row.size


@jit
def promise(w, item, leader, seen):
    """Logarithm of an item's value as a leader sees it, reckoned back to the first day [log thousand].

    With what is left to do it orders the queues: all values fade at the same rate, so the order lasts.
    """
    row = w.items[item]
    return math.log(seen * row.value) + w.leaders[leader].estimate_sd * row.noise + math.log(2.0) * row.raised / w.p[0].value_half_life


@jit_apart
def approve(w, item, day, leader, seen):
    """Say yes: the item goes on to be funded."""
    row = w.items[item]
    if w.p[0].ranked_queues > 0 and seen * row.value > 0.0:
        row.promise = promise(w, item, leader, seen)
    charge(w, item, day, BOARD)
    row.decided = day
    w.firm[0].committed += row.size
    w.leaders[leader].decided += 1
    join(w, w.firm[0].approved_line, item)


@jit
def decide_locally(w, leader, day):
    """A unit's leader decides on what is within the team's own authority, as long as there is attention left today."""
    p = w.p[0]
    me = w.leaders[leader]
    seen = value_seen(p.spillover, w.p[1 + me.unit].joint_goals)
    item = leave(w, me.line) if me.attention > 0.0 else -1
    while item >= 0:
        me.attention -= 1.0
        if estimate(w, item, day, leader, seen) < p.hurdle * p.wage:
            drop(w, item, day, REJECTED)
        else:
            w.items[item].worth_share *= me.kept
            approve(w, item, day, leader, seen)
        item = leave(w, me.line) if me.attention > 0.0 else -1


@jit_apart
def sort_by_rank(agenda, rank, count):
    """Order the first `count` items of an agenda by falling rank, older ones first where ranks are equal (Shell 1959)."""
    gap = count // 2
    while gap > 0:
        for i in range(gap, count):
            item, value, j = agenda[i], rank[i], i
            while j >= gap and (rank[j - gap] < value or (rank[j - gap] == value and agenda[j - gap] > item)):
                agenda[j], rank[j] = agenda[j - gap], rank[j - gap]
                j -= gap
            agenda[j], rank[j] = item, value
        gap //= 2


@jit
def commitment(commit_days, persistence, project_share, until_window):
    """Days of capacity that the board commits: what it commits ahead, and what cannot begin before the next window pays for it.

    >>> commitment(60.0, 0.5, 1.0, 40.0), commitment(60.0, 1.0, 1.0, 40.0)
    (80.0, 60.0)
    """
    return commit_days + (1.0 - persistence) * project_share * max(0.0, until_window)


@jit_apart
def _set_agenda(w, leader, day):
    """Read what waits for the board, turn down what is not worth its while, rank the rest; gives how many stay."""
    p = w.p[0]
    line = w.leaders[leader].line
    count = 0
    item = leave(w, line)
    while item >= 0:
        value = estimate(w, item, day, leader, 1.0)
        if value < p.hurdle * p.wage:
            drop(w, item, day, REJECTED)
        else:
            w.agenda[count] = item
            w.rank[count] = value
            count += 1
        item = leave(w, line)
    sort_by_rank(w.agenda, w.rank, count)
    return count


@jit_apart
def meet(w, leader, day):
    """A meeting of the board: the best of what waits, within agenda and capacity; the rest is put off, not rejected."""
    p = w.p[0]
    firm = w.firm[0]
    # A whole number of items fits an agenda; counting from the first day carries the fraction over to the next meeting.
    before = math.floor(p.agenda_rate * firm.next_board)
    firm.next_board += max(1.0, p.board_interval)
    firm.board_met = day
    places = math.floor(p.agenda_rate * firm.next_board) - before
    burden(w, p.meeting_hours * p.units)
    pace = 0.0
    for home in range(len(w.homes)):
        pace += w.homes[home].pace
    room = commitment(p.commit_days, p.funding_persistence, p.project_share, firm.next_window - day) * pace
    count = _set_agenda(w, leader, day)
    taken = 0
    for place in range(count):
        item = w.agenda[place]
        if taken + 1 <= places and firm.committed <= room:
            approve(w, item, day, leader, 1.0)
            taken += 1
        else:
            join(w, w.leaders[leader].line, item)


@jit_apart
def look_at_waiting(w, day):
    """Once in a while: withdraw what waits and is no longer worth it, and strike what has ended from the list of what is open."""
    p = w.p[0]
    firm = w.firm[0]
    chair = len(w.leaders) - 1
    kept = 0
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        if row.ended < 0:
            if is_unbegun(row) and estimate(w, item, day, chair, 1.0) < p.give_up_share * p.hurdle * p.wage:
                drop(w, item, day, WITHDRAWN)
            else:
                w.open_items[kept] = item
                kept += 1
    firm.open_count = kept


@jit
def act(w, leader, day):
    """Let one leader decide what is before them today; the board decides when it meets."""
    if w.leaders[leader].unit >= 0:
        decide_locally(w, leader, day)
    elif day >= w.firm[0].next_board:
        meet(w, leader, day)
