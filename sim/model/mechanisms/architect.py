"""Architect: the firm's business architecture is a set of binary choices that hang together, and somebody searches it.

    what a choice contributes = a uniform number, a function of itself, its unit's choices and the outside choices it depends on
    outside choices           = ⌊reach · coupling + u⌋, at most all, u uniform once a choice: reach · coupling on average
    local search              a unit flips one of its own choices and keeps it if its own contributions rise with the others as they are;
                              all units at once
    central search            central_trials · units choices of the firm, one after the other, are flipped and kept if the mean of all
                              contributions rises
    local share               = delegation · (1 − review_pull · governance_scope)
    a round                   each unit searches with probability local share; after them the centre with probability 1 − local share
    fit                       = 1 + architecture_weight · (mean of the unit's own contributions − ½)
    turbulence                in a round what a choice contributes is redrawn with probability turbulence · interval / year_days

coupling      other components that an item of change touches, expected    [components]
fit           value that the unit's changes realise, of what they would in an average architecture
½             what a contribution is on average while nobody has searched

Landscape, first choices and reshuffles are functions of the seed, the same under every design. Local and central search, and that
local search first and the centre after it can beat both: Siggelkow & Levinthal (2003) [siggelkow2003]; the balance of search and
stability: Rivkin & Siggelkow (2003) [rivkin2003].
Counter-force: units search in parallel and settle fast, blind to what they break elsewhere; the centre sees the whole and tries little
at a time. Prices: delegation (what a unit's choice takes from the others is nobody's loss), governance_scope (few trials, one after the
other). Off: architecture_weight at 0 holds no rounds, and every fit stays 1.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ARCHITECTURE, ARCHITECTURE_VALUE, choice, day_key, entity_key, stream_key, uniform
from sim.model.landscape import list_dependents, own_sum

PARAMETERS = parameters(
    choices_per_unit=Param(3, "choices that make up a unit's part of the architecture", "choices", 2, 4,
                           "siggelkow2003: divisions of three", whole=True, minimum=1, maximum=8),
    architecture_reach=Param(0.5, "outside choices that a choice depends on, per component that an item of change touches",
                             "choices a component", 0.25, 1.0, "assumption: two components make one choice, the published near case",
                             off=0.0, maximum=1000),
    architecture_interval=Param(20, "days between rounds of search in the architecture", "days", 10, 60, "assumption: once a month",
                                whole=True, minimum=1, maximum=1e6),
    architecture_weight=Param(0.6, "how much the value of changes follows the unit's part of the architecture", "ratio", 0.2, 1.2,
                              "assumption: searched well, a part contributes a quarter more than at random, and changes a sixth",
                              off=0.0, maximum=2),
    central_trials=Param(0.5, "choices that the centre tries in a round, per unit and at least one", "choices a unit", 0.25, 1.0,
                         "siggelkow2003: one a period for two divisions", minimum=0, maximum=100),
    review_pull=Param(0.5, "how much of the units' say in the architecture a review of everything takes", "share", 0.2, 0.8,
                      "assumption: half, since a review sees what is proposed and proposes nothing", off=0.0, maximum=1),
)  # fmt: skip


@jit
def local_share(delegation, review_pull, governance_scope):
    """Probability that a unit searches its own part of the architecture in a round; the centre's is what is left.

    >>> local_share(0.8, 0.5, 1.0), local_share(1.0, 0.5, 0.0)
    (0.4, 1.0)
    """
    return delegation * (1.0 - review_pull * governance_scope)


@jit
def fit_of(mean, weight):
    """Value that a unit's changes realise, of what they would in an average architecture.

    >>> fit_of(0.5, 0.6), fit_of(0.75, 0.6)
    (1.0, 1.15)
    """
    return 1.0 + weight * (mean - 0.5)


@jit_apart
def begin_architecture(w):
    """First choices, each a fair coin; nothing fits better or worse than on average."""
    if w.p[0].architecture_weight > 0.0:
        list_dependents(w)
    own = int(w.p[0].choices_per_unit)
    stream = stream_key(w.firm[0].seed, ARCHITECTURE_VALUE)
    for unit in range(len(w.units)):
        row = w.units[unit]
        row.fit = 1.0
        for place in range(own):
            if uniform(entity_key(stream, 2 * (unit * own + place)), 0) < 0.5:
                row.choices |= 1 << place


@jit
def round_day(w, day):
    """Whether the architecture is searched today: one that counts for nothing never is."""
    p = w.p[0]
    return p.architecture_weight > 0.0 and day % int(p.architecture_interval) == 0


@jit_apart
def reshuffle(w, day):
    """Let what choices contribute be drawn anew where the world has turned since the last round."""
    p = w.p[0]
    chance = min(1.0, p.turbulence * p.architecture_interval / p.year_days)
    own = int(p.choices_per_unit)
    key = entity_key(day_key(w.firm[0].seed, ARCHITECTURE, day), len(w.units) + 1)
    for unit in range(len(w.units)):
        for place in range(own):
            if uniform(key, unit * own + place) < chance:
                w.units[unit].epochs[place] += 1


@jit_apart
def act(w, unit, day):
    """One unit's round: try one own choice the other way and plan what serves the unit better, the others as they are now."""
    p = w.p[0]
    row = w.units[unit]
    held = row.choices
    row.planned = held
    key = entity_key(day_key(w.firm[0].seed, ARCHITECTURE, day), unit)
    own = w.p[1 + unit]
    if uniform(key, 0) < local_share(own.delegation, p.review_pull, own.governance_scope):
        before = own_sum(w, unit)
        tried = held ^ (1 << choice(key, 1, int(p.choices_per_unit)))
        row.choices = tried
        if own_sum(w, unit) > before:
            row.planned = tried
        row.choices = held


@jit_apart
def read_fit(w):
    """Read how well every unit's part of the architecture fits; gives the sum of what all choices contribute."""
    p = w.p[0]
    total = 0.0
    for unit in range(len(w.units)):
        part = own_sum(w, unit)
        w.units[unit].part = part
        w.units[unit].tried_part = part
        w.units[unit].fit = fit_of(part / p.choices_per_unit, p.architecture_weight)
        total += part
    return total


@jit
def trials(per_unit, units):
    """Choices that the centre tries in a round, so that a centre of many units tries as much of its firm as one of two.

    >>> trials(0.5, 2), trials(0.5, 12), trials(0.5, 1)
    (1, 6, 1)
    """
    return max(1, int(per_unit * units + 0.5))


@jit_apart
def whole_sum_with(w, number):
    """Sum of what all choices of the firm contribute once choice `number` has been turned: only parts that it touches are summed anew."""
    touched = number // int(w.p[0].choices_per_unit)
    w.units[touched].tried_part = own_sum(w, touched)
    for place in range(w.dependents_before[number], w.dependents_before[number + 1]):
        touched = w.dependents[place]
        w.units[touched].tried_part = own_sum(w, touched)
    total = 0.0
    for unit in range(len(w.units)):
        total += w.units[unit].tried_part
    return total


@jit
def keep_part(row, kept):
    """Keep a unit's part as it was tried, or leave it at what it was."""
    if kept:
        row.part = row.tried_part
    else:
        row.tried_part = row.part


@jit_apart
def keep_parts(w, number, kept):
    """Keep the parts that choice `number` touches as they were tried, or leave them at what they were."""
    keep_part(w.units[number // int(w.p[0].choices_per_unit)], kept)
    for place in range(w.dependents_before[number], w.dependents_before[number + 1]):
        keep_part(w.units[w.dependents[place]], kept)


@jit_apart
def search_centrally(w, day, total):
    """The centre's round: try choices of the firm the other way, one after the other, and keep what serves the whole better.

    Gives the sum of what all choices contribute after it, which before it was `total`.
    """
    p = w.p[0]
    own = int(p.choices_per_unit)
    key = entity_key(day_key(w.firm[0].seed, ARCHITECTURE, day), len(w.units))
    if uniform(key, 0) < local_share(p.delegation, p.review_pull, p.governance_scope):
        return total
    best = total
    for trial in range(trials(p.central_trials, len(w.units))):
        number = choice(key, 1 + trial, own * len(w.units))
        row = w.units[number // own]
        held = row.choices
        row.choices = held ^ (1 << (number % own))
        found = whole_sum_with(w, number)
        keep_parts(w, number, found > best)
        if found > best:
            best = found
        else:
            row.choices = held
    return best


@jit_apart
def settle(w, day):
    """All units do what they planned at once, then the centre searches, and how well all of it fits is read."""
    for unit in range(len(w.units)):
        w.units[unit].choices = w.units[unit].planned
    total = read_fit(w)
    if search_centrally(w, day, total) > total:
        total = read_fit(w)
    firm = w.firm[0]
    if day >= firm.counting_from:
        firm.fit_sum += total / (w.p[0].choices_per_unit * len(w.units))
        firm.fit_readings += 1
