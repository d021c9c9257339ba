"""Spend: what people, tools and meetings cost; it counts, and changes nothing else.

    technologists  people on the payroll, liaisons included and vacant posts not · wage, a day
    tools          people of enabling teams · tool_price · wage, a day
    experts        business experts in teams · wage, a day
    business       executive_hours · units · executive_wage · wage, each meeting of the board

wage            of a person-day                                                [thousand / person-day]
tool_price      licences and machines of self-service tooling                  [wages / person of an enabling team]
executive_hours time of executives from outside technology, a unit             [person-days / meeting]
executive_wage  what their day costs                                           [wages]

Paid days are paid whatever they are used for: idle time, run work, meetings and experiments cost the same. Other mechanisms add
what they make the firm pay to counters of their own. Accounting identity; no source.
Counter-force: none, it is an account. Prices: cross_functionality (experts are paid), enabling_share (tools), board_interval
(executives' time), liaisons_per_unit and every other head (wage). Off: tool_price and executive_hours at 0 leave nothing but wages.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters

PARAMETERS = parameters(
    tool_price=Param(0.25, "licences and machines of self-service tooling, per person of an enabling team", "wages", 0.1, 0.5,
                     "assumption: a quarter of a salary for builds, tests, releases and data platforms", off=0.0, maximum=10),
    executive_hours=Param(0.5, "time of executives from outside technology that each meeting of the board takes, per unit", "person-days",
                          0.2, 1.5, "assumption: half a day to prepare and attend, as for technologists", off=0.0, maximum=50),
    executive_wage=Param(2.5, "cost of an executive's day", "wages", 1.5, 4.0, "assumption: two and a half times a technologist's",
                         minimum=0, maximum=50),
)  # fmt: skip


@jit
def pay(people, wage):
    """Thousand a day for so many people.

    >>> pay(100.0, 0.4)
    40.0
    """
    return people * wage


@jit
def board_cost(executive_hours, units, executive_wage, wage):
    """Thousand that one meeting of the board takes of executives' time.

    >>> board_cost(0.5, 12.0, 2.0, 0.5)
    6.0
    """
    return executive_hours * units * executive_wage * wage


@jit_apart
def act(w, day):
    """Pay everybody for the day, in the evening of days that count."""
    p = w.p[0]
    firm = w.firm[0]
    if day < firm.counting_from:
        return
    experts = 0.0
    for team in range(len(w.teams)):
        experts += w.teams[team].experts
    enabling = 0.0
    for home in range(len(w.units), len(w.homes)):
        if w.homes[home].builds == 0:
            enabling += w.homes[home].people
    vacant = 0.0
    for home in range(len(w.homes)):
        vacant += w.homes[home].vacant
    firm.spend_technologists += pay(firm.seated - vacant, p.wage)
    firm.spend_tools += p.tool_price * pay(enabling, p.wage)
    firm.spend_experts += pay(experts, p.wage)
    if firm.board_met == day:
        firm.spend_business += board_cost(p.executive_hours, p.units, p.executive_wage, p.wage)
