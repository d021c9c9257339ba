"""Reorganise: moving people and rights from one design to another takes time, ties and money.

    unsettled     = settle_loss · (1 + mentoring) · new / people;  it falls by 1 / settle_days of itself a day
    familiarity   of a unit with a home = mean over its people of what they shared before, less lost_ties of it where they are new
    trust         of a unit in a home = mean over its people of the trust they had, moved toward trust_start by reset_trust where new
    handed over   left · (1 + hand_over_share · gone)
    moving costs  (move_days · new + leaving_days · left) · wage · (1 − vacant)

unsettled   share of a team's time lost: its newcomers', and of those who stand in for what these lack   [0, 1]
mentoring   as in talent: time of others that each lost day of a newcomer takes                 [days a day]
new         people who came from another home, or into another team by a reshuffle              [people]
left        people who leave the firm; work left of an item that has been begun      [people; person-days]
vacant      share of posts that nobody holds: moving or closing one of these costs nothing      [0, 1]
gone        share of its crew that is no longer there; 1 where the crew is scattered            [0, 1]

What a regrouped team believes on a dimension is what one of its people believed, each as likely; who comes from outside holds
fresh beliefs. An item leaves its home with the probability that one of the home's people does, and finds the next by routing.
Rights change at once; money for projects and its calendar at the next fiscal year (funding_waits). Newcomers, half as productive
at first and about 80 days to assimilate: Abdel-Hamid & Madnick (1991) [abdelhamid1991].
Counter-force: a fresh start: trust that was low rises toward trust_start, queues are shared out anew, beliefs meet others.
Prices: every coordinate, when it changes. Off: all but settle_days at 0 make moves free.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import MOVE, choice, day_key, entity_key, uniform
from sim.model.beliefs import belief_of, believe
from sim.model.fields.field import WORDS
from sim.model.ties import familiarity_now

PARAMETERS = parameters(
    settle_loss=Param(0.3, "output that a newcomer lacks at first", "share", 0.1, 0.5,
                      "abdelhamid1991: half, for people new to the firm; less for those who know it (recalled)", off=0.0, maximum=1),
    settle_days=Param(80.0, "days until two thirds of that is over", "days", 40, 120,
                      "abdelhamid1991: about 80 working days to assimilate (recalled)", minimum=1, maximum=1e6),
    lost_ties=Param(0.3, "of what a unit and a person share, lost when the person changes home", "share", 0.1, 0.6,
                    "assumption: some of it lives between people", off=0.0, maximum=1),
    reset_trust=Param(0.7, "how far trust in new people starts again", "share", 0.3, 1.0, "assumption: names carry over, habits do not",
                      off=0.0, maximum=1),
    hand_over_share=Param(0.15, "work added to what is begun when its crew is scattered", "share", 0.05, 0.30,
                          "assumption: three times what a funding window's pause adds", off=0.0, maximum=10),
    move_days=Param(5.0, "paid days that moving a person takes", "person-days a person", 1, 15,
                    "assumption: a week of talks, contracts and desks", off=0.0, maximum=1000),
    leaving_days=Param(60.0, "paid days that letting a person go takes", "person-days a person", 20, 240,
                       "assumption: a quarter's notice or severance", off=0.0, maximum=1000),
    funding_waits=Param(1, "1 where new rules for project money wait for the fiscal year, 0 where they hold at once", "0 or 1", 0, 1,
                        "assumption: budgets are set once a year", off=0, whole=True),
)  # fmt: skip


@jit
def time_lost(newcomers, settle_loss, mentoring):
    """People's time lost at first to so many newcomers, that of those who show them round included.

    >>> time_lost(2.0, 0.5, 0.25)
    1.25
    """
    return newcomers * settle_loss * (1.0 + mentoring)


@jit
def trust_in_new(trust, start, reset):
    """Trust in somebody who was trusted elsewhere.

    >>> trust_in_new(0.2, 0.6, 0.5), trust_in_new(0.2, 0.6, 0.0)
    (0.4, 0.2)
    """
    return trust + reset * (start - trust)


@jit
def work_added(left, share, gone):
    """Person-days that handing over adds to what is left of an item.

    >>> work_added(20.0, 0.1, 1.0), work_added(20.0, 0.1, 0.0)
    (2.0, 0.0)
    """
    return left * share * gone


@jit
def moving_cost(newcomers, left, move_days, leaving_days, wage):
    """What moving and letting people go costs [thousand].

    >>> moving_cost(10.0, 2.0, 5.0, 50.0, 0.5)
    75.0
    """
    return (move_days * newcomers + leaving_days * left) * wage


@jit
def still_unsettled(unsettled, days):
    """What is left tomorrow of time lost today.

    >>> still_unsettled(0.8, 80.0)
    0.79
    """
    return unsettled - unsettled / days


@jit
def settle(w):
    """Every morning, people have settled a little more."""
    firm = w.firm[0]
    if firm.unsettled <= 0.0:
        return
    lost = 0.0
    for team in range(len(w.teams)):
        row = w.teams[team]
        row.unsettled = still_unsettled(row.unsettled, w.p[0].settle_days)
        lost += row.unsettled * row.people
    if lost < 1e-9:
        for team in range(len(w.teams)):
            w.teams[team].unsettled = 0.0
        lost = 0.0
    firm.unsettled = lost


@jit_apart
def unsettle(w, old, flow, team):
    """A regrouped team begins with what its people bring along of being new, and what is new in it."""
    p = w.p[0]
    row = w.teams[team]
    lost = time_lost(max(0.0, flow.outside[team] - flow.posts[team]), p.settle_loss, p.mentoring)
    for before in range(len(old.teams)):
        new = flow.new[before, team]
        lost += time_lost(new, p.settle_loss, p.mentoring) + old.teams[before].unsettled * (flow.people[before, team] - new)
    row.unsettled = min(1.0, lost / row.people)
    w.firm[0].unsettled += row.unsettled * row.people


@jit_apart
def mix_beliefs(w, old, flow, team, day):
    """Let each belief of a regrouped team be that of one of its people."""
    row = w.teams[team]
    main = -1
    came = 0
    for before in range(len(old.teams)):
        if flow.people[before, team] > 0.0:
            came += 1
            if main < 0 or flow.people[before, team] > flow.people[main, team]:
                main = before
    if main >= 0:
        source = old.teams[main]
        for word in range(WORDS):
            row.believed[word], row.disbelieved[word] = source.believed[word], source.disbelieved[word]
            row.acted[word], row.refrained[word] = source.acted[word], source.refrained[word]
            row.shown[word], row.denied[word] = source.shown[word], source.denied[word]
        row.score = source.score
    strangers = max(0.0, flow.outside[team] - flow.posts[team])  # a vacant post believes nothing
    if came == 1 and strangers <= 0.0:
        return
    key = entity_key(day_key(w.firm[0].seed, MOVE, day), row.key)
    dimensions = int(w.p[0].belief_dimensions)
    for dimension in range(dimensions):
        luck = uniform(key, dimension) * max(0.0, row.people - flow.posts[team])
        held = choice(key, dimensions + dimension, 3) - 1
        if luck >= strangers and main >= 0:
            luck -= strangers
            held = belief_of(old.teams[main], dimension)
            for before in range(len(old.teams)):
                people = flow.people[before, team]
                if people > 0.0 and luck < people:
                    held = belief_of(old.teams[before], dimension)
                    break
                luck -= people
        believe(row, dimension, held)


@jit_apart
def mix_ties(w, old, flow, unit, home, day):
    """What a unit and a regrouped home share is what its people bring along."""
    p = w.p[0]
    tie = w.ties[unit, home]
    people = w.homes[home].people - flow.home_posts[home]
    if people <= 0.0:
        return  # everybody is still to be found: they begin as any unit and home do
    rest = people
    known = trusted = 0.0
    for before in range(len(old.homes)):
        came = flow.by_home[before, home]
        if came > 0.0:
            new = flow.new_home[before, home]
            rest -= came
            known += familiarity_now(old, unit, before, day) * (came - new * p.lost_ties)
            trust = old.ties[unit, before].trust
            trusted += trust * (came - new) + trust_in_new(trust, p.trust_start, p.reset_trust) * new
    rest = max(0.0, rest)
    tie.familiarity = min(1.0, (known + rest * tie.familiarity) / people)
    tie.trust = min(1.0, (trusted + rest * p.trust_start) / people)
    tie.seen = day


@jit_apart
def hand_over(w, item, gone):
    """An item under way loses a share of its crew: what is left of it grows."""
    row = w.items[item]
    if row.begun < 0.0:
        return
    for specialism in range(2):
        extra = work_added(row.left[specialism], w.p[0].hand_over_share, gone)
        row.left[specialism] += extra
        w.homes[row.home].load += extra
        w.homes[row.home].load_of[specialism] += extra


@jit
def follows_people(w, item, kept, day):
    """Whether an item leaves its home when a share `kept` of the home's people stay: decided by the item's own luck."""
    return uniform(entity_key(day_key(w.firm[0].seed, MOVE, day), w.items[item].key), 0) >= kept


@jit_apart
def pay(w, old, flow):
    """Charge a move; posts that nobody held move for nothing."""
    p = w.p[0]
    posts = 0.0
    vacant = 0.0
    for team in range(len(old.teams)):
        posts += old.teams[team].people
        vacant += old.teams[team].vacant
    there = 1.0 - vacant / posts
    w.firm[0].spend_moving += moving_cost(there * flow.newcomers, there * flow.left, p.move_days, p.leaving_days, p.wage)


@jit_apart
def act(w, old, flow, team, day):
    """Regroup one team: what its people believe, and how new they are to each other."""
    mix_beliefs(w, old, flow, team, day)
    unsettle(w, old, flow, team)
