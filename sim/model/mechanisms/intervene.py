"""Intervene: a dated event changes coordinates or agents, as a firm does that means to mend its organisation.

    fluency of a new leader = asked for, or  mean + fluency_spread · (2 · u − 1),  within 0 and 1
    the board does not meet while its chair is vacant: for vacancy_days after the old one has left
    fees = search_days · wage a leader

u  uniform, of the seed and the day     (0, 1)

What each kind of event changes stands in `sim/scenario/events.py`; people who change place because of one pay what `reorganise`
says. The benefit of a more fluent leader is the better estimate (decide); what is
learned and forgotten in the post goes on from there (lead). Interventions at the technology side and their limits:
after the article's examples of a new leader, a digital tsar, a restructured IT unit and outsourcing [peppard2019].
Counter-force: what nobody decides waits; a drawn successor may be worse than who has left.
Prices: leader_fluency (vacancy, fees). Off: vacancy_days and search_days at 0; an event that is not in the scenario is not there.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import MOVE, day_key, uniform
from sim.model.judgement import judge

PARAMETERS = parameters(
    vacancy_days=Param(60.0, "days until a leader's successor is there", "days", 20, 120,
                       "assumption: notice and search take a quarter", off=0.0, maximum=1000),
    search_days=Param(100.0, "cost of finding a leader", "paid days of a technologist", 40, 240,
                      "assumption: a third of a year's pay of somebody with more than a technologist's", off=0.0, maximum=10000),
)  # fmt: skip


@jit
def drawn_fluency(mean, spread, luck):
    """Fluency of a leader who is taken from the market that the others came from.

    >>> drawn_fluency(0.5, 0.2, 0.5), drawn_fluency(0.9, 0.2, 1.0)
    (0.5, 1.0)
    """
    return min(1.0, max(0.0, mean + spread * (2.0 * luck - 1.0)))


@jit
def fees(search_days, wage, leaders):
    """What finding so many leaders costs [thousand].

    >>> fees(100.0, 0.5, 2.0)
    100.0
    """
    return search_days * wage * leaders


@jit_apart
def hire(w, leaders):
    """Pay for the search of so many leaders."""
    w.firm[0].spend_moving += fees(w.p[0].search_days, w.p[0].wage, leaders)


@jit_apart
def act(w, leader, fluency, day):
    """The technology leader leaves; the successor has the fluency asked for, or a drawn one where that is negative."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.leaders[leader]
    if fluency < 0.0:
        row.fluency = drawn_fluency(p.leader_fluency, p.fluency_spread, uniform(day_key(firm.seed, MOVE, day), leader))
    else:
        row.fluency = fluency
    judge(w, leader)
    firm.next_board = max(firm.next_board, day + p.vacancy_days)
    hire(w, 1.0)
