"""A4: deck chairs. Restructuring the IT unit, a new CIO, a digital tsar and outsourcing do not change the outcome much.

Each is held against doing nothing, counted from a year after, and measured by what another organisation would have made.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, any_of, word
from sim.analysis.claims.effect import FAILS, HOLDS, OPEN, Effect, Measure, Part, difference
from sim.analysis.moves import DECK_CHAIR, HALF_OF_IT, NOTHING_THAT_MATTERS, size_of
from sim.experiment.claims import Lived
from sim.experiment.moves import NOTHING
from sim.experiment.ways import DECK_CHAIRS, SECOND, settled
from sim.model.outcomes import HEADLINE, OUTCOMES

WAYS = (*DECK_CHAIRS, SECOND)


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    return [
        difference(lived, f"{way}, {OUTCOMES[outcome].label}", outcome, settled(NOTHING), settled(way))
        for outcome in HEADLINE for way in WAYS
    ]  # fmt: skip


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    parts = []
    for start in range(0, len(effects), len(WAYS)):
        *chairs, other = effects[start : start + len(WAYS)]
        parts += [Part(effect, _state(effect, other)) for effect in chairs]
    # The one that says most comes first: the largest that is no deck chair, else the first of all.
    parts.sort(key=lambda part: (part.state == HOLDS, part.state == OPEN))
    return word(all_of(parts), any_of(parts, FAILS)), parts


def _state(effect: Effect, other: Effect) -> str:
    """Holds where it is a deck chair; fails where it is over half of another organisation, whose own size is known."""
    size = size_of(effect, other)
    if size in (NOTHING_THAT_MATTERS, DECK_CHAIR):
        return HOLDS
    is_bound = other.low is None or other.high is None or max(abs(other.low), abs(other.high)) == float("inf")
    return FAILS if size == HALF_OF_IT and not is_bound else OPEN


CLAIM = Claim(
    "A4", "deck chairs: restructuring IT, a new CIO, a digital tsar, outsourcing do not change the outcome much",
    "each less doing nothing, every headline outcome, counted from a year after",
    "all of them inside what matters, or under a fifth of the difference of pervasive from the start",
    "one of them over half of that difference, on one of these outcomes", (settled(NOTHING), *map(settled, WAYS)), measure, judge,
)  # fmt: skip
