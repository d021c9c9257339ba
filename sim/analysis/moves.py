"""Moves: what each intervention does to the headline outcomes, against doing nothing on the same seeds, alone and in pairs.

    effect       outcome with the intervention − outcome of doing nothing, over the same seed
    yardstick    the same of another design that was there from the start: what another organisation would do
    interaction  outcome with both − outcome with the first − outcome with the second + outcome of doing nothing

Intervals of all that is shown hold at once (sim/analysis/simultaneous.py). An effect is *nothing that matters* where its whole interval
is inside what matters, *a deck chair* where it is under a fifth of the yardstick, *half another organisation* where it is over half of it,
the whole interval each time; where the yardstick itself is not sure there is nothing to measure by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.analysis.contrasts import Case, differences
from sim.analysis.paired import analyse
from sim.analysis.results import Difference
from sim.experiment.comparison import Comparison
from sim.experiment.moves import Moves
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.interventions import AND, is_usual
from sim.scenario.journeys import Intervention

SHOWN = (*HEADLINE, "benefits_realised_share", "change_failure_rate", "cost_total")
"""Outcomes of the table: what headlines speak of, benefits realised, reliability and spend."""

A_FIFTH, HALF = 0.2, 0.5
NOTHING_THAT_MATTERS, DECK_CHAIR, BETWEEN, HALF_OF_IT, OPEN = (
    "nothing that matters", "under a fifth", "a fifth to a half", "over half", "open",
)  # fmt: skip
"""How large an effect is; the last three measured by the yardstick."""


@dataclass(frozen=True)
class Move:
    """One intervention.

    name, about  as the scenario says
    usual        whether it is done to the IT unit, rather than to how work is organised
    at_once      outcome → Difference from doing nothing, counted from the scenario's first day
    settled      the same, counted from a year after
    size         of the effect on the first headline outcome once settled, one of the words above
    """

    name: str
    about: str
    usual: bool
    at_once: Mapping[str, Difference]
    settled: Mapping[str, Difference]
    size: str

    @property
    def effect(self) -> Difference:
        """What it does to the first headline outcome once it has settled."""
        return self.settled[HEADLINE[0]]


@dataclass(frozen=True)
class Interaction:
    """What two interventions together do beyond what each does alone, once settled, to the first headline outcome."""

    first: str
    second: str
    together: Difference
    beyond_both: Difference


@dataclass(frozen=True)
class Effects:
    """All interventions, the strongest first within each kind, the yardstick, and the pairs where they were lived."""

    moves: tuple[Move, ...]
    yardstick: Mapping[str, Difference]
    other: str
    pairs: tuple[Interaction, ...]
    n: int
    confidence: float


def effects_of(runs: Moves, interventions: Mapping[str, Intervention], confidence: float = 0.95) -> Effects:
    """What the runs of `interventions`, pairs among them by their names, show."""
    alone = [name for name in interventions if AND not in name]
    at_once, settled = (analyse(_only(view, alone, runs.other), confidence, SHOWN).differences for view in (runs.at_once, runs.settled))
    yardstick = settled[runs.other]
    moves = [
        Move(name, interventions[name].about, is_usual(interventions[name]), at_once[name], settled[name],
             size_of(settled[name][HEADLINE[0]], yardstick[HEADLINE[0]]))
        for name in alone
    ]  # fmt: skip
    moves.sort(key=lambda move: (not move.usual, -move.effect.mean))
    together = _interactions(runs.settled, [name for name in interventions if AND in name], confidence)
    return Effects(tuple(moves), yardstick, runs.other, together, yardstick[HEADLINE[0]].n, confidence)


def _only(view: Comparison, alone: Sequence[str], other: str) -> Comparison:
    """Doing nothing, the single interventions and the yardstick."""
    names = (view.designs[0], *alone, other)
    rows = [view.designs.index(name) for name in names]
    return Comparison(view.scenario, names, view.seeds, view.outcomes[rows], view.beyond[rows])


class Sized(Protocol):
    """What has a size: a mean with an interval."""

    @property
    def mean(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def is_small(self) -> bool: ...
    @property
    def sure(self) -> bool: ...


def size_of(effect: Sized, yardstick: Sized) -> str:
    """How large an effect is, as far as its interval bears it."""
    if effect.low is None or effect.high is None:
        return OPEN
    if effect.is_small:
        return NOTHING_THAT_MATTERS
    if not yardstick.sure:
        return OPEN
    whole = abs(yardstick.mean)
    largest = max(abs(effect.low), abs(effect.high))
    least = 0.0 if effect.low <= 0.0 <= effect.high else min(abs(effect.low), abs(effect.high))
    if largest < A_FIFTH * whole:
        return DECK_CHAIR
    if least > HALF * whole:
        return HALF_OF_IT
    return BETWEEN if least >= A_FIFTH * whole and largest <= HALF * whole else OPEN


def _interactions(view: Comparison, names: Sequence[str], confidence: float) -> tuple[Interaction, ...]:
    """Every pair's joint effect and interaction; the intervals of all of them hold at once."""
    if not names:
        return ()
    outcome = HEADLINE[0]
    values = dict(zip(view.designs, view.outcomes[:, :, INDEX[outcome]], strict=True))
    beyond = np.zeros((2, len(view.seeds)), bool)  # a return is reached in every run
    nothing = values[view.designs[0]]
    cases = []
    for name in names:
        one, other = name.split(AND)
        for held_against in (nothing, values[one] + values[other] - nothing):
            cases.append(Case(name, np.stack([held_against, values[name]]), beyond, outcome))
    found = [each[names[0]] for each in differences(cases, (view.designs[0], names[0]), confidence)]
    pairs = []
    for name, together, beyond_both in zip(names, found[::2], found[1::2], strict=True):
        one, other = name.split(AND)
        pairs.append(Interaction(one, other, together, beyond_both))
    return tuple(sorted(pairs, key=lambda pair: -abs(pair.beyond_both.mean)))
