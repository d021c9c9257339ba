"""A claim: what is said, how it is tested, when it holds and when it is refuted, declared before anything is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.claims.effect import HOLDS, Effect, Measure, Part, effects_of
from sim.experiment.claims import Lived

REFUTED, NEITHER, NOT_RUN = "refuted", "neither", "not run"
VERDICTS = (HOLDS, REFUTED, NEITHER, NOT_RUN)

Everybody = Mapping[str, Lived]
"""Firm → what it lived through."""


@dataclass(frozen=True)
class Judged:
    """A claim on one firm. parts: the first is what the ledger shows; note: why it was not run."""

    verdict: str
    parts: tuple[Part, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """One claim.

    asks     ways to live through (sim/experiment/ways.py)
    measure  (what a firm lived, what all firms lived) → measures; empty where it cannot be tested on these firms
    judge    effects of these measures, in their order → (verdict, parts)
    effects  another way from what was lived to effects, where means over replicates are not what is looked at
    """

    key: str
    claim: str
    test: str
    holds: str
    refuted: str
    asks: tuple[str, ...]
    measure: Callable[[Lived, Everybody], Sequence[Measure]] | None
    judge: Callable[[Sequence[Effect]], tuple[str, Sequence[Part]]]
    effects: Callable[[Lived], Sequence[Effect]] | None = None

    def on(self, lived: Lived, everybody: Everybody, confidence: float = 0.95) -> Judged:
        """The verdict on one firm."""
        if self.effects is not None:
            try:
                found = list(self.effects(lived))
            except ValueError as error:  # too few histories finished
                return Judged(NOT_RUN, note=str(error))
        else:
            assert self.measure is not None
            measures = list(self.measure(lived, everybody))
            if not measures:
                return Judged(NOT_RUN, note="needs two firms or more")
            found = effects_of(measures, confidence)
        verdict, parts = self.judge(found)
        return Judged(verdict, tuple(parts))


def all_of(parts: Sequence[Part], state: str = HOLDS) -> bool:
    """Whether every part is in a state."""
    return all(part.state == state for part in parts)


def any_of(parts: Sequence[Part], state: str) -> bool:
    """Whether some part is in a state."""
    return any(part.state == state for part in parts)


def word(holds: bool, refuted: bool) -> str:
    """The verdict."""
    return HOLDS if holds else REFUTED if refuted else NEITHER


