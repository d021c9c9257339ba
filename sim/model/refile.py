"""Refile: after a reorganisation, every open item has a home, a queue or a hand in the new design, and no item is lost.

What waits at a home, or is in its teams' hands, stays there or follows the people who leave, and is then routed like new work. What
waits to be understood, decided or paid for waits before whoever has that say now. What waits for a date, a review, a release or its
unit stays in its queue, as there are as many of these under every design. Items whose mark is −2 are placed last.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.model.homes import count_load, let_go, main_specialism, take_on, wait_at_home, work_left
from sim.model.judgement import judge
from sim.model.lines import join, join_first, leave
from sim.model.mechanisms import fund, reorganise, route, talent, translate
from sim.model.stages import EXPERIMENT

MARK = -2
"""Stands for a home, a queue or a team that is still to be found."""


@jit
def queue_of(w, row):
    """The queue of its home that an item waits in: of what most of it needs, where the home can do that."""
    holders = w.homes[row.home].holders
    specialism = main_specialism(row)
    return specialism if holders[specialism] > 0 else 1 - specialism


@jit
def can_do(w, home, row):
    """Whether somebody at a home can work on an item."""
    place = w.homes[home]
    mending = row.left[0] <= 0.0 and row.left[1] <= 0.0
    engineers = place.holders[0] > 0 and (mending or row.left[0] > 0.0)
    return engineers or (place.holders[1] > 0 and (mending or row.left[1] > 0.0))


@jit_apart
def find_homes(w, old, flow, day):
    """Give every item the row that its home has now, and route anew what has left its home."""
    firm = w.firm[0]
    for item in range(firm.raised):
        row = w.items[item]
        if row.home >= 0:
            before = row.home
            home = flow.home_of[before]
            with_crew = row.team >= 0 and flow.together[row.team] >= 0
            if row.ended >= 0 or work_left(row) <= 0.0:
                row.home = flow.heir_home[before]
            elif home >= 0 and can_do(w, home, row) and (with_crew or not reorganise.follows_people(w, item, flow.kept[before], day)):
                row.home = home
                w.homes[home].load += work_left(row)
                count_load(w, row, 1.0)
            else:
                row.home = MARK
    for place in range(firm.open_count):
        item = w.open_items[place]
        if w.items[item].home == MARK:
            w.items[item].home = -1
            take_on(w, item, route.best_home(w, item, day))


@jit_apart
def keep_hands(w, old, flow, day):
    """Crews that stay together keep what they have in hand; what the others had is marked."""
    firm = w.firm[0]
    firm.in_hand = 0
    for before in range(len(old.teams)):
        was = old.teams[before]
        team = flow.together[before]
        for slot in range(was.wip):
            row = w.items[was.hand[slot]]
            if team >= 0 and row.home == w.teams[team].home and w.teams[team].wip < w.teams[team].wip_limit:
                me = w.teams[team]
                me.hand[me.wip] = was.hand[slot]
                me.wip += 1
                firm.in_hand += 1
                row.team = team
                reorganise.hand_over(w, was.hand[slot], 1.0 - flow.people[before, team] / was.people)
            else:
                row.team = MARK


@jit_apart
def empty_line(w, old, line, target):
    """Move who waits in an old queue to a new one, in order."""
    item = old.lines[line].head
    while item >= 0:
        row = w.items[item]
        following = row.next
        if row.line == line:
            join(w, target, item)
        item = following


@jit_apart
def hand_on_changes(w, old, flow):
    """What is live and not yet brought into use by its home waits with the home's heir, behind what waits there already."""
    for home in range(len(old.homes)):
        if flow.home_of[home] == flow.heir_home[home]:
            empty_line(w, old, old.homes[home].change_line, w.homes[flow.heir_home[home]].change_line)
    for home in range(len(old.homes)):
        if flow.home_of[home] != flow.heir_home[home]:
            empty_line(w, old, old.homes[home].change_line, w.homes[flow.heir_home[home]].change_line)


@jit_apart
def empty_home(w, old, flow, before):
    """Who waits at a home and stays keeps the order; who does not is marked."""
    for specialism in range(2):
        line = old.homes[before].line + specialism
        item = old.lines[line].head
        while item >= 0:
            row = w.items[item]
            following = row.next
            if row.line == line:
                if row.home == flow.home_of[before]:
                    wait_at_home(w, item, queue_of(w, row))
                else:
                    row.line = MARK
                    row.next = -1
                    row.handoffs += 1
                    reorganise.hand_over(w, item, 1.0)
            item = following


@jit_apart
def empty_liaison(w, old, liaison, day):
    """Who waits for a liaison goes on waiting, or is handed in anew where nobody stands between any more."""
    line = old.liaisons[liaison].line
    item = old.lines[line].head
    while item >= 0:
        row = w.items[item]
        following = row.next
        if row.line == line:
            through = w.units[row.unit].liaison
            if through >= 0 and row.home != row.unit:
                join(w, w.liaisons[through].line, item)
            else:
                row.line = -1
                row.next = -1
                translate.hand_in(w, item, day)
        item = following


@jit_apart
def empty_experiments(w, old, flow, team):
    """A team's experiments wait with whoever has most of its people; they are marked, to be joined in the order of their start."""
    line = old.teams[team].line
    item = old.lines[line].head
    while item >= 0:
        row = w.items[item]
        following = row.next
        if row.line == line:
            row.line = MARK
            row.next = -1
            row.team = flow.heir[team]
        item = following


@jit_apart
def place_marked(w):
    """What is marked joins: experiments and moved work behind the others, oldest first; scattered crews' work before them."""
    firm = w.firm[0]
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        if row.line == MARK and row.stage == EXPERIMENT:
            join(w, w.teams[row.team].line, item)
            row.team = -1
        elif row.line == MARK:
            wait_at_home(w, item, queue_of(w, row))
    for place in range(firm.open_count - 1, -1, -1):
        item = w.open_items[place]
        row = w.items[item]
        if row.team == MARK:
            row.team = -1
            row.handoffs += 1
            reorganise.hand_over(w, item, 1.0)
            join_first(w, w.homes[row.home].line + queue_of(w, row), item)


@jit_apart
def regroup(w, old, flow, day):
    """Everything of an old world that is not a field of one row: beliefs, ties, homes of items, hands and queues."""
    reorganise.pay(w, old, flow)
    for team in range(len(w.teams)):
        reorganise.act(w, old, flow, team, day)
    for unit in range(len(w.units)):
        for home in range(len(w.homes)):
            before = flow.was[home]
            people = w.homes[home].people
            unchanged = before >= 0 and people == old.homes[before].people and flow.by_home[before, home] == people
            if (unchanged and flow.new_home[before, home] <= 0.0) or (people <= 0.0 and before >= 0):
                w.ties[unit, home].familiarity = old.ties[unit, before].familiarity
                w.ties[unit, home].seen = old.ties[unit, before].seen
                w.ties[unit, home].trust = old.ties[unit, before].trust
            elif people > 0.0:
                reorganise.mix_ties(w, old, flow, unit, home, day)
        for before in range(len(old.homes)):
            w.ties[unit, flow.heir_home[before]].deliveries += old.ties[unit, before].deliveries
    find_homes(w, old, flow, day)
    keep_hands(w, old, flow, day)
    for home in range(len(old.homes)):
        empty_home(w, old, flow, home)
    for liaison in range(len(old.liaisons)):
        empty_liaison(w, old, liaison, day)
    for team in range(len(old.teams)):
        empty_experiments(w, old, flow, team)
    place_marked(w)
    hand_on_changes(w, old, flow)
    for team in range(len(w.teams)):
        talent.cover_skill(w.p[0], w.teams[team])
    talent.count_present(w)


@jit_apart
def decide_anew(w):
    """Who has the say has changed: what waits to be decided waits before whoever has it now."""
    firm = w.firm[0]
    for leader in range(len(w.leaders)):
        line = w.leaders[leader].line
        for _ in range(w.lines[line].count):
            item = leave(w, line)
            row = w.items[item]
            by_itself = row.size <= w.units[row.unit].own_authority
            join(w, w.leaders[w.units[row.unit].leader].line if by_itself else firm.board_line, item)


@jit_apart
def fund_anew(w, day):
    """What is funded standing has changed: what waits for project money and needs none any more may start."""
    line = w.firm[0].funding_line
    for _ in range(w.lines[line].count):
        fund.act(w, leave(w, line), day)


@jit_apart
def trim_hands(w):
    """A team whose limit on work in progress has fallen puts back what it took in hand last."""
    for team in range(len(w.teams)):
        me = w.teams[team]
        while me.wip > me.wip_limit:
            item = me.hand[me.wip - 1]
            let_go(w, team, me.wip - 1)
            join_first(w, w.homes[w.items[item].home].line + queue_of(w, w.items[item]), item)


@jit_apart
def change_rights(w, day, judgement, decisions, funding):
    """Rights hold at once; `judgement`, `decisions` and `funding` say whether what these follow has changed."""
    if judgement > 0:
        for leader in range(len(w.leaders)):
            judge(w, leader)
    if decisions > 0:
        decide_anew(w)
    if funding > 0:
        fund_anew(w, day)
    trim_hands(w)
