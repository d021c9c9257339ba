"""Translate: what a unit means reaches those who build it, through a liaison or through shared work.

    fidelity = 1 − loss · (1 − skill) · (1 − familiarity) · (1 + doubt · (1 − trust)),  at least 0
    familiarity += growth · (1 − familiarity) at each delivery;  halves every fading_half_life days without

skill        of the liaison; for a unit's own home, its cover of business experts     [0, 1]
familiarity  vocabulary and component knowledge that unit and home share              [0, 1]
trust        of the unit in the home                                                  [0, 1]

A liaison is a server of finite capacity, in proportion to what the unit lastingly asks for; without one an item passes at once with
skill 0. Boundary-spanning with a limited
channel: Galbraith (1974) [galbraith1974]; integrators: Lawrence & Lorsch (1967) [lawrence1967].
Counter-force: no liaison and no business knowledge in the team is worst of all; a good liaison is cheaper than a badly used
embedded technologist. Prices: liaisons_per_unit (taken from technologists), cross_functionality (experts leave operations).
Off: translation_loss at 0 loses nothing; liaison_rate is unbounded at its off value.
"""

from __future__ import annotations

from sim.core.jit import jit_apart
from sim.core.parameters import Param, parameters
from sim.model.intent import would_arrive
from sim.model.life import enter
from sim.model.lines import join, leave
from sim.model.stages import BOARD, LIAISON
from sim.model.unit_factors import liaison_capacity

PARAMETERS = parameters(
    translation_loss=Param(0.5, "intent lost between strangers without a liaison", "share", 0.2, 0.7,
                           "assumption: half of what is meant is not said", off=0.0, minimum=0, maximum=1),
    liaison_skill=Param(0.6, "how much of the loss a liaison prevents", "share", 0.3, 0.9, "assumption: swept", minimum=0, maximum=1),
    liaison_rate=Param(0.8, "items a full-time liaison translates", "items a day", 0.4, 1.6,
                       "assumption: in use half of the time at half a liaison a unit", off=1e6, minimum=1e-6, maximum=1e6),
    doubt=Param(0.3, "how much more is lost where there is no trust", "share", 0.0, 0.6, "assumption: guarded talk", off=0.0),
    familiarity_pool=Param(0.3, "familiarity of a unit with homes outside it, at first", "share", 0.1, 0.5, "assumption: swept",
                           minimum=0, maximum=1),
    familiarity_own=Param(0.7, "familiarity of a unit with its own home, at first", "share", 0.5, 0.9, "assumption: swept",
                          minimum=0, maximum=1),
    familiarity_growth=Param(0.05, "what of the rest is learned with each delivery", "share", 0.01, 0.15, "assumption: twenty deliveries",
                             minimum=0, maximum=1),
    fading_half_life=Param(240.0, "days without joint work until half is forgotten", "days", 120, 480, "assumption: a year",
                           minimum=1, maximum=1e9),
)  # fmt: skip


@jit_apart
def understand(w, item, day):
    """Fix how much of an item's intent has arrived, and pass it on to be decided: by the team itself, or by the board."""
    row = w.items[item]
    row.fidelity = would_arrive(w, row.unit, row.home, day)
    enter(w, item, day, BOARD)
    by_itself = row.size <= w.units[row.unit].own_authority
    join(w, w.leaders[w.units[row.unit].leader].line if by_itself else w.firm[0].board_line, item)


@jit_apart
def hand_in(w, item, day):
    """An item has its home: to the liaison where one stands between, else straight on."""
    row = w.items[item]
    liaison = w.units[row.unit].liaison
    if row.home != row.unit and liaison >= 0:
        row.handoffs += 1
        enter(w, item, day, LIAISON)
        join(w, w.liaisons[liaison].line, item)
    else:
        understand(w, item, day)


@jit_apart
def act(w, liaison, day):
    """Let one liaison translate what today's capacity allows."""
    row = w.liaisons[liaison]
    row.credit += liaison_capacity(w, liaison)
    while row.credit >= 1.0:
        item = leave(w, row.line)
        if item < 0:
            # Capacity does not pile up while nobody waits: one item's worth at most is at hand tomorrow.
            row.credit = min(row.credit, 1.0)
            return
        row.credit -= 1.0
        row.served += 1
        understand(w, item, day)
