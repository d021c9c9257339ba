"""Learn: teams hold beliefs about market and technology, and reality turns over.

    action     a team acts on each dimension by its belief, by a fair coin where it has none
    score      Σ action · reality, where dimensions pay in blocks of payoff_block: a block counts its dimensions for all of it if
               none is wrong, against all of it if one is, and not at all if nothing is wrong and something undecided
    principles a team moves one step (−1, 0, +1) toward the code with probability socialisation · principles_strength,
               where the code holds something; the code takes the majority of the teams that score above it,
               with probability 1 − (1 − code_learning)^k, k votes for less votes against
    peers      a team takes the majority of the better ones among peers_met with probability peer_learning; whom it meets changes
               after peers_kept rounds
    reality    each dimension flips with probability turbulence / year_days a day; newcomers bring fresh beliefs (talent)

A share of right beliefs on what an item touches multiplies fidelity (market) and speed (technology).
Principles: March (1991), pages 74–79 [march1991], with the program's rules as documented by Rodan (2005) [rodan2005] and
Christensen (2015) [christensen2015]; peers: after Fang, Lee & Schilling (2010) [fang2010].
Counter-force: over-connection makes beliefs alike too early, so the optimum of linking lies inside. Prices: principles_strength,
guild_strength and visibility (early uniformity, hours in step). Off: ignorance and misjudgement at 0 make beliefs count for nothing.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import (
    ACTION,
    BELIEF,
    LEARN_CODE,
    LEARN_PEER,
    REALITY,
    choice,
    day_key,
    entity_key,
    mix,
    stream_key,
    uniform,
)
from sim.model.beliefs import belief_of, believe, hold_fresh, is_set, put, right_in, score
from sim.model.fields.field import PEER_SLOTS, WORDS

PARAMETERS = parameters(
    belief_dimensions=Param(40, "things that can be believed about market and technology, half and half", "dimensions", 20, 60,
                            "assumption: 30 in the published model", whole=True, minimum=2, maximum=128),
    learning_interval=Param(20, "days between rounds of learning", "days", 10, 40, "assumption: once a month", whole=True, minimum=1,
                            maximum=1e6),
    socialisation=Param(0.3, "probability a round that full principles move a belief", "probability", 0.1, 0.9,
                        "march1991: figure 1, 0.1 to 0.9", off=0.0, maximum=1),
    code_learning=Param(0.5, "how fast the principles learn from better teams", "probability", 0.1, 0.9,
                        "march1991: figure 1, 0.1 to 0.9", off=0.0, maximum=1),
    peer_learning=Param(0.3, "probability a round that a better majority is followed", "probability", 0.1, 0.5,
                        "fang2010: 0.3", off=0.0, maximum=1),
    payoff_block=Param(1, "beliefs that only pay when all of them are right", "dimensions", 1, 5,
                       "march1991: 1; fang2010: 5", off=1, whole=True, minimum=1, maximum=128),
    peers_kept=Param(1, "rounds of learning after which a team meets others", "rounds", 1, 12,
                     "assumption: whoever is at hand this month; in [fang2010] ties never change", off=1, whole=True, minimum=1,
                     maximum=1e6),
    peers_met=Param(5, "teams that a team compares itself with each round", "teams", 2, 7, "fang2010: subgroups of 7", off=0, whole=True,
                    maximum=16),
    guild_reach=Param(0.3, "how often a peer is from anywhere, at full guild strength", "probability", 0.1, 0.6, "assumption: swept",
                      off=0.0, maximum=1),
    sight_reach=Param(0.2, "how often a peer is from anywhere, at full visibility", "probability", 0.05, 0.4, "assumption: swept",
                      off=0.0, maximum=1),
    liaison_reach=Param(0.1, "how often a peer is from anywhere, with a liaison a unit", "probability", 0.02, 0.2, "assumption: swept",
                        off=0.0, maximum=0.25),
    misjudgement=Param(0.3, "fidelity lost by those whose market beliefs are all wrong", "share", 0.1, 0.5, "assumption: swept", off=0.0,
                       maximum=0.9),
    ignorance=Param(0.2, "speed lost by those whose technology beliefs are all wrong", "share", 0.1, 0.5, "assumption: swept", off=0.0,
                    maximum=0.9),
    touched=Param(4, "beliefs of each kind that an item touches", "beliefs", 2, 8, "assumption: swept", whole=True, minimum=1),
    year_days=Param(240, "working days in a year", "days", 240, 240, "definition: the calendar of the model", whole=True),
)  # fmt: skip


@jit
def code_step(code_learning, votes):
    """Probability that the code takes a majority of `votes` votes.

    >>> round(code_step(0.5, 2), 2)
    0.75
    """
    return 1.0 - math.exp(votes * math.log(1.0 - code_learning)) if code_learning < 1.0 else 1.0


@jit
def outside_chance(guild, sight, liaison):
    """Probability that a peer is from anywhere rather than from the own home, from three independent ways to meet.

    >>> outside_chance(0.5, 0.5, 0.0)
    0.75
    """
    return 1.0 - (1.0 - guild) * (1.0 - sight) * (1.0 - liaison)


@jit_apart
def begin_beliefs(w):
    """First reality, first beliefs; the code holds nothing yet."""
    firm = w.firm[0]
    dimensions = int(w.p[0].belief_dimensions)
    reality = stream_key(firm.seed, REALITY)
    beliefs = stream_key(firm.seed, BELIEF)
    for dimension in range(dimensions):
        put(firm.mask, dimension, True)
        put(firm.reality, dimension, uniform(reality, dimension) < 0.5)
        for team in range(len(w.teams)):
            hold_fresh(w, team, dimension, entity_key(beliefs, w.teams[team].key))


@jit_apart
def turn_reality(w, day):
    """Let what was true stop being true; ideas that rested on it can be found anew."""
    p = w.p[0]
    firm = w.firm[0]
    hazard = p.turbulence / p.year_days
    key = day_key(firm.seed, REALITY, day + 1)
    dimensions = int(p.belief_dimensions)
    half = dimensions // 2
    for dimension in range(dimensions):
        if uniform(key, dimension) < hazard:
            put(firm.reality, dimension, not is_set(firm.reality, dimension))
            for other in range(half):
                if dimension < half:
                    w.tried[dimension, other] = 0
                elif dimension - half < half:
                    w.tried[other, dimension - half] = 0


@jit_apart
def take_stock(w, team, day):
    """Record what a team does and shows today, and how well it does."""
    row = w.teams[team]
    firm = w.firm[0]
    key = entity_key(day_key(firm.seed, ACTION, day), w.teams[team].key)
    for word in range(WORDS):
        row.shown[word] = row.believed[word]
        row.denied[word] = row.disbelieved[word]
        coin = mix(key, word)
        row.acted[word] = (row.believed[word] | (coin & ~row.believed[word] & ~row.disbelieved[word])) & firm.mask[word]
        row.refrained[word] = ~row.acted[word] & firm.mask[word]
    row.score = score(w, row.acted, row.refrained)


@jit_apart
def socialise(w, team, day):
    """Move a team's beliefs toward the code."""
    firm = w.firm[0]
    row = w.teams[team]
    p = w.p[1 + w.homes[row.home].unit]
    chance = p.socialisation * p.principles_strength
    key = entity_key(day_key(firm.seed, LEARN_CODE, day), w.teams[team].key)
    for dimension in range(int(w.p[0].belief_dimensions)):
        code = 1 if is_set(firm.code_plus, dimension) else (-1 if is_set(firm.code_minus, dimension) else 0)
        held = belief_of(row, dimension)
        if code != 0 and held != code and uniform(key, dimension) < chance:
            believe(row, dimension, held + code)


@jit
def met_on(p, day):
    """The day on which a team met those with whom it compares itself today."""
    stretch = int(p.peers_kept * p.learning_interval)
    return day - day % stretch


@jit
def meet_peer(w, team, key, meeting, outside):
    """Whom a team compares itself with: one from anywhere with probability `outside`, else a colleague; −1 for nobody.

    Colleagues of its home are met one after another, from one drawn by lot on: nobody twice before all have been met.
    """
    row = w.teams[team]
    home = w.homes[row.home]
    if uniform(key, 2 * meeting) < outside:
        first, many = 0, len(w.teams)
        place = choice(key, 2 * meeting + 1, max(1, many - 1))
    else:
        first, many = home.first_team, home.teams
        place = (choice(key, 2 * PEER_SLOTS, max(1, many - 1)) + meeting) % max(1, many - 1)
    if many < 2:
        return -1
    peer = first + place
    return peer + 1 if peer >= team else peer


@jit_apart
def choose_peers(w, team, key):
    """Whom a team can learn from this round: those of the teams it meets that do better than it. Gives how many."""
    row = w.teams[team]
    p = w.p[1 + w.homes[row.home].unit]
    outside = outside_chance(p.guild_reach * p.guild_strength, p.sight_reach * p.visibility, p.liaison_reach * p.liaisons_per_unit)
    better = 0
    for meeting in range(int(p.peers_met)):
        peer = meet_peer(w, team, key, meeting, outside)
        if peer >= 0 and w.teams[peer].score > row.score:
            row.peers[better] = peer
            better += 1
    return better


@jit_apart
def follow_peers(w, team, day):
    """Take over what the better ones among a team's peers showed, where most of them agree."""
    p = w.p[0]
    row = w.teams[team]
    better = choose_peers(w, team, entity_key(day_key(w.firm[0].seed, LEARN_PEER, met_on(p, day)), row.key))
    if better == 0:
        return
    takes = mix(entity_key(day_key(w.firm[0].seed, LEARN_PEER, day), row.key), 2 * PEER_SLOTS + 1)
    for dimension in range(int(p.belief_dimensions)):
        if uniform(takes, dimension) < p.peer_learning:
            votes = 0
            for place in range(better):
                peer = w.teams[row.peers[place]]
                if is_set(peer.shown, dimension):
                    votes += 1
                elif is_set(peer.denied, dimension):
                    votes -= 1
            if votes != 0:
                believe(row, dimension, 1 if votes > 0 else -1)


@jit_apart
def teach_code(w, day):
    """Let the code learn from what the teams that score above it did."""
    p = w.p[0]
    firm = w.firm[0]
    code_score = score(w, firm.code_plus, firm.code_minus)
    key = entity_key(day_key(firm.seed, LEARN_CODE, day), len(w.teams))
    for dimension in range(int(p.belief_dimensions)):
        votes = 0
        for team in range(len(w.teams)):
            if w.teams[team].score > code_score:
                votes += 1 if is_set(w.teams[team].acted, dimension) else -1
        held = 1 if is_set(firm.code_plus, dimension) else (-1 if is_set(firm.code_minus, dimension) else 0)
        majority = 1 if votes > 0 else (-1 if votes < 0 else 0)
        if majority not in (0, held) and uniform(key, dimension) < code_step(p.code_learning, abs(votes)):
            put(firm.code_plus, dimension, majority > 0)
            put(firm.code_minus, dimension, majority < 0)


@jit_apart
def act(w, team, day):
    """One team's round of learning, after everybody has taken stock: the code, then peers."""
    socialise(w, team, day)
    follow_peers(w, team, day)


@jit_apart
def read_accuracy(w, day):
    """Read how much of what teams believe is right."""
    firm = w.firm[0]
    right = 0
    for team in range(len(w.teams)):
        right += right_in(firm, w.teams[team], firm.mask)
    firm.accuracy = right / (w.p[0].belief_dimensions * len(w.teams))
    if day >= firm.counting_from:
        firm.accuracy_sum += firm.accuracy
        firm.accuracy_readings += 1


@jit
def code_knowledge(w):
    """Net share of the code that is right: Σ code · reality / dimensions, as March (1991) measures knowledge."""
    firm = w.firm[0]
    return score(w, firm.code_plus, firm.code_minus) / w.p[0].belief_dimensions
