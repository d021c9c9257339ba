"""Levers: how much each coordinate of a design does to the headline outcomes, and which one does nothing anywhere.

    effect  outcome with the coordinate at its high end − outcome at its low end, all else alike, over the same seeds

A coordinate is alive where it surely moves a headline outcome by more than matters, at any base design; else it is dead: whatever an
executive does with it, the model does not notice. Intervals of all effects hold at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.contrasts import Case, differences
from sim.analysis.results import Difference
from sim.experiment.comparison import Comparison
from sim.experiment.levers import HIGH, LOW, Lever
from sim.model.outcomes import HEADLINE, INDEX


@dataclass(frozen=True)
class Pull:
    """What one lever does to one outcome."""

    lever: Lever
    effect: Difference

    @property
    def times(self) -> float:
        """The effect, in smallest differences that matter; without bound where anything matters."""
        if not self.effect.matters:
            return float("inf") if self.effect.mean else 0.0
        return abs(self.effect.mean) / self.effect.matters

    @property
    def matters(self) -> bool:
        """Whether the outcome surely moves by more than matters."""
        return self.effect.sure and abs(self.effect.mean) > self.effect.matters


@dataclass(frozen=True)
class Strength:
    """One coordinate over all bases and headline outcomes, its strongest pull first: those that matter before those that do not."""

    coordinate: str
    pulls: tuple[Pull, ...]

    @property
    def alive(self) -> bool:
        """Whether it moves anything anywhere."""
        return bool(self.pulls) and self.pulls[0].matters

    @property
    def count(self) -> int:
        """How many of its pulls matter."""
        return sum(pull.matters for pull in self.pulls)


def strengths(
    levers: Sequence[Lever], comparisons: Sequence[Comparison], confidence: float = 0.95, outcomes: Sequence[str] = HEADLINE
) -> list[Strength]:
    """Every coordinate, the one with the strongest pull first; comparisons[k] is of levers[k]: base, low end, high end.

    Raises ValueError where there are not as many comparisons as levers.
    """
    asked = [(lever, found, name) for lever, found in zip(levers, comparisons, strict=True) for name in outcomes]
    cases = [Case(lever.name, found.outcomes[1:, :, INDEX[name]], found.beyond[1:, :, INDEX[name]], name) for lever, found, name in asked]
    effects = [each[HIGH] for each in differences(cases, (LOW, HIGH), confidence)]
    pulls = [Pull(lever, effect) for (lever, _, _), effect in zip(asked, effects, strict=True)]
    names = dict.fromkeys(lever.coordinate for lever in levers)
    of = {name: [pull for pull in pulls if pull.lever.coordinate == name] for name in names}
    found = [Strength(name, tuple(sorted(own, key=lambda one: (not one.matters, -one.times)))) for name, own in of.items()]
    return sorted(found, key=lambda one: (not one.alive, -one.count, -one.pulls[0].times))
