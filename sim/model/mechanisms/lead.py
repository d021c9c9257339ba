"""Lead: a leader's attention is finite; trouble comes before new work, and fluency grows with joint work.

    a decision on the teams' own authority takes one of attention_rate a day, an escalation escalation_attention, served first
    late items go up with probability  late_base + late_slope · (1 − trust);  a failed release or missed agreement makes `alarm` of one
    value kept of what is decided locally = 1 − drift · (1 − fluency)
    fluency += exposure_gain · (1 − fluency)  at each delivery by the unit's own home
    fluency −= leader_turnover · (fluency − hired)  a year

attention  what is left today [decisions]; it does not pile up, and what is overdrawn is owed tomorrow
late       waiting or delivered later than the home's promise for that size (trust)
trust      of the unit in the home                                                    [0, 1]
hired      fluency with which leaders of this post are hired: leader_fluency and its spread   [0, 1]
n deliveries a year settle fluency at (exposure_gain · n + leader_turnover · hired) / (exposure_gain · n + leader_turnover).

Attention as the scarce resource of those who decide: Simon (1947) [simon1947]; exceptions go up the line and overload it: Galbraith
(1974) [galbraith1974]. Counter-force: delegation needs fluent leaders, or what teams choose drifts from what is worth it.
Prices: leader_fluency (pay, dearer where talent is scarce), delegation (attention, drift).
Off: attention without bound, every other one at 0: nothing waits for attention, nothing goes up, fluency stays as hired.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ESCALATION, entity_key, stream_key, uniform
from sim.model.escalations import escalate
from sim.model.homes import size_class
from sim.model.judgement import judge

PARAMETERS = parameters(
    attention_rate=Param(0.5, "decisions that a unit's leader can take", "decisions a day", 0.25, 2.0,
                         "assumption: there is a unit to run besides", off=1e9, minimum=0.001, maximum=1e9),
    escalation_attention=Param(2.0, "attention that an escalation takes", "decisions", 0.5, 4.0, "assumption: swept", off=0.0),
    escalation_effort=Param(1.0, "time that a home spends on explaining an escalation", "person-days", 0.3, 3.0,
                            "assumption: half a day of two people", off=0.0),
    late_base=Param(0.1, "how often lateness goes up where there is full trust", "probability a month", 0.02, 0.3, "assumption: swept",
                    off=0.0, maximum=1),
    late_slope=Param(0.6, "how much more often where there is none", "probability a month", 0.2, 0.9, "assumption: swept", off=0.0,
                     maximum=1),
    alarm=Param(1.0, "escalations that a failed release or a missed agreement makes", "escalations", 0.5, 1.0,
                "assumption: users and partners call", off=0.0),
    drift=Param(0.15, "value lost of what teams choose under a leader without fluency", "share", 0.05, 0.40, "assumption: swept", off=0.0,
                maximum=1),
    exposure_gain=Param(0.005, "what of the missing fluency a joint delivery teaches", "share", 0.001, 0.015,
                        "assumption: two hundred deliveries", off=0.0, maximum=1),
    leader_turnover=Param(0.15, "leaders who are replaced, or forget", "share a year", 0.05, 0.30, "assumption: seven years in a post",
                          off=0.0, maximum=1),
    fluency_wage=Param(1.0, "pay of a fully fluent leader above one who is not", "wages", 0.3, 2.0,
                       "assumption: as much again as a technologist is paid", off=0.0),
)  # fmt: skip


@jit
def late_chance(base, slope, trust):
    """Probability that a late item goes up to the unit's leader.

    >>> late_chance(0.1, 0.6, 1.0), late_chance(0.5, 0.8, 0.0)
    (0.1, 1.0)
    """
    return min(1.0, base + slope * (1.0 - trust))


@jit
def fluency_after_delivery(fluency, gain):
    """Fluency of a leader after one more delivery by the unit's own home.

    >>> fluency_after_delivery(0.5, 0.1)
    0.55
    """
    return fluency + gain * (1.0 - fluency)


@jit
def fluency_after_time(fluency, hired, turnover, years):
    """Mean fluency of a post after `years`, a small part of one, in which leaders leave and are hired anew.

    >>> fluency_after_time(0.75, 0.25, 0.5, 0.5)
    0.625
    """
    return fluency - turnover * years * (fluency - hired)


@jit
def premium(fluency_wage, fluency, scarcity, wage):
    """What a leader of this fluency is paid above one without any [thousand a day].

    >>> premium(1.0, 0.5, 0.5, 0.4)
    0.30000000000000004
    """
    return fluency_wage * fluency * (1.0 + scarcity) * wage


@jit
def hear_escalations(w, leader):
    """Spend today's attention on trouble first; what it does not reach waits."""
    me = w.leaders[leader]
    cost = w.p[0].escalation_attention
    needed = me.escalations * cost
    spent = min(needed, max(0.0, me.attention))
    me.attention -= spent
    me.escalations = (needed - spent) / cost if cost > 0.0 else 0.0


@jit_apart
def turn_month(w, leader):
    """Once a month: posts change hands, and judgement follows fluency."""
    p = w.p[0]
    me = w.leaders[leader]
    me.fluency = fluency_after_time(me.fluency, me.hired, p.leader_turnover, p.look_interval / p.year_days)
    judge(w, leader)


@jit
def act(w, leader, day):
    """A leader's morning: a day's attention, and trouble before new work."""
    p = w.p[0]
    me = w.leaders[leader]
    me.attention = min(me.attention + p.attention_rate, p.attention_rate)
    hear_escalations(w, leader)
    if day % int(p.look_interval) == 0:
        turn_month(w, leader)
    if day >= w.firm[0].counting_from:
        w.firm[0].spend_leaders += premium(p.fluency_wage, me.fluency, p.talent_scarcity, p.wage)


@jit_apart
def complain(w, item, day):
    """Let an item that is late go up to its unit's leader, once, by its own luck and the unit's trust."""
    p = w.p[0]
    row = w.items[item]
    if row.escalated > 0 or day - row.decided <= w.homes[row.home].promise[size_class(w.firm[0], row.size)]:
        return
    # Each month is a new occasion: what trust let pass last month may go up this month.
    key = entity_key(stream_key(w.firm[0].seed, ESCALATION), row.key)
    if uniform(key, (day - row.decided) // int(p.month_days)) < late_chance(p.late_base, p.late_slope, w.ties[row.unit, row.home].trust):
        row.escalated = 1
        escalate(w, row.unit, row.home, day, 1.0)


@jit_apart
def look_for_late(w, day):
    """Once a month: who waits longer than was promised complains."""
    firm = w.firm[0]
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        if row.ended < 0 and row.decided >= 0:
            complain(w, item, day)


@jit_apart
def hear_delivery(w, item, day):
    """What a delivery tells a unit's leader: that it was late or lacks what was agreed, and how its own home's technology works."""
    row = w.items[item]
    complain(w, item, day)
    if row.missed > 0:
        escalate(w, row.unit, row.home, day, w.p[0].alarm * row.missed)
    if row.home == row.unit:
        me = w.leaders[w.units[row.unit].leader]
        me.fluency = fluency_after_delivery(me.fluency, w.p[0].exposure_gain)
