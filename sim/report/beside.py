"""Beside a comparison: what other commands found about the same firm, for the sections of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.journey import Journey
from sim.analysis.journey_words import counted as counted_of_journey
from sim.analysis.ledger import Ledger
from sim.analysis.moves import Effects
from sim.analysis.moves_words import counted as counted_of_moves
from sim.analysis.phase import Map
from sim.analysis.sweeps import Found
from sim.analysis.winners import Winners
from sim.experiment.sweep.results import Results


@dataclass(frozen=True)
class StoredMap:
    """Maps of one outcome, all over the same two parameters; here is the firm's own place on them and what it says there."""

    maps: tuple[Map, ...]
    outcome: str
    here: tuple[float, float] | None
    own: str


@dataclass(frozen=True)
class StoredJourney:
    """Paths from one design to another; about: path → what it does."""

    journey: Journey
    target: str
    about: Mapping[str, str]


@dataclass(frozen=True)
class StoredAnalysis:
    """What a sweep was found to say.

    sweep, title  its name, and what it is about
    plan_hash     of its plan
    runs          that were there; missing: chunks that were not
    found         outcome by outcome, as they were asked for
    """

    sweep: str
    title: str
    plan_hash: str
    runs: int
    missing: int
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Beside:
    """All that is there.

    rechecks  what a verdict survives, in sentences
    doubts    what a reader should know of how parts fit together, such as other versions of the model
    commands  that made the parts
    """

    maps: Sequence[StoredMap] = ()
    journeys: Sequence[StoredJourney] = ()
    moves: Sequence[Effects] = ()
    ledger: Ledger | None = None
    winners: Winners | None = None
    sweeps: Sequence[Results] = ()
    analyses: Sequence[StoredAnalysis] = ()
    rechecks: Sequence[str] = ()
    doubts: Sequence[str] = ()
    commands: Sequence[str] = ()

    @property
    def counted(self) -> dict[str, list[str]]:
        """Title → sentences of method for the parts that are there."""
        found: dict[str, list[str]] = {}
        if self.journeys:
            found["How paths are counted"] = counted_of_journey(self.journeys[0].journey)
        if self.moves:
            found["How single moves are counted"] = counted_of_moves(self.moves[0])
        return found


ALONE = Beside()
