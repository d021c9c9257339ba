"""Survey: the firms of a map lived where it needs them, over two parameters or at three levels of a third."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.analysis.phase import Axis, Gap, Map, gap_of, says
from sim.core.errors import InputError, did_you_mean
from sim.experiment.comparison import Comparison
from sim.experiment.phase import Earned, nodes_a_side, refine
from sim.experiment.variants import Variant
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.outcomes import INDEX, OUTCOMES
from sim.scenario.changed import changed, for_each_design, what_is_wrong
from sim.scenario.factors import Factor
from sim.scenario.keys import Keys
from sim.scenario.objects import Scenario
from sim.scenario.vary import Ranges, plausible_factor

PANELS = 3
"""Maps of a third parameter: at its lowest, middle and highest plausible value."""

Live = Callable[[Sequence[Variant], str], Sequence[Comparison]]
"""(firms, what they are for) → their comparisons, in order."""


def check_outcome(outcome: str, option: str) -> None:
    """Raise InputError, naming the option, for what is no outcome or has no better side."""
    if outcome not in OUTCOMES:
        raise InputError(f"{option} {outcome}", "there is no such outcome", "", did_you_mean(outcome, OUTCOMES))
    if OUTCOMES[outcome].better == 0:
        raise InputError(f"{option} {outcome}", "neither more nor less of it is better, so nobody wins in it")


def axes_of(paths: Mapping[str, str], loaded: Scenario) -> list[Factor]:
    """Factors over their plausible ranges, in the order of `paths` (option → path).

    Raises InputError, naming the option, for a path that cannot be varied, or twice the same.
    """
    ranges = Ranges(Keys(PARAMETERS, MECHANISMS), (loaded.compare[0], loaded.compare[-1]))
    found = [plausible_factor(path, ranges, option) for option, path in paths.items()]
    for option, path in paths.items():
        if list(paths.values()).count(path) > 1:
            raise InputError(f"{option} {path}", "is varied twice", "each path once")
    return found


class Survey:
    """Lives the firms of a map.

    loaded      the firm around which is varied; its first and last design are the two sides
    halvings    how often a square of the map may be cut in four
    replicates  histories of each firm
    live        what runs them
    """

    def __init__(self, loaded: Scenario, outcome: str, halvings: int, replicates: int, live: Live) -> None:
        self.pair = (loaded.compare[0], loaded.compare[-1])
        self.scenario = replace(loaded, compare=self.pair)
        self.outcome, self.halvings, self.replicates, self._live = outcome, halvings, replicates, live
        self.lived: list[Comparison] = []

    def maps(self, across: Factor, up: Factor, by: Factor | None = None) -> list[Map]:
        """The map, or one for each level of a third factor."""
        if by is None:
            return [self._map(across, up, self.scenario, "")]
        levels = [float(level) for level in by.grid(PANELS)]
        return [self._map(across, up, self._at(self.scenario, {by.path: level}), f"{label(by.path)} {level:.3g}") for level in levels]

    def own(self, across: Factor, up: Factor) -> dict[str, float | Gap] | None:
        """What the firm itself says, with its values on the two axes; None where the designs differ in one of them."""
        values = [self._value(axis.path) for axis in (across, up)]
        if values[0] is None or values[1] is None:
            return None
        (earned,) = self._earned([self.scenario], "this firm")
        return {"across": values[0], "up": values[1], "gap": gap_of(earned, OUTCOMES[self.outcome].better)}

    def _value(self, path: str) -> float | None:
        table, *rest = path.split(".")
        if table != "design":
            return float({"firm": self.scenario.firm, "model": self.scenario.model}.get(table, vars(self.scenario.run))[rest[0]])
        names = self.pair if rest[0] == "*" else (rest[0],)
        found = {self.scenario.designs[name].values[rest[1]] for name in names}
        return found.pop() if len(found) == 1 else None

    def _at(self, scenario: Scenario, values: dict[str, float]) -> Scenario:
        return changed(scenario, for_each_design(values, self.pair))

    def _axis(self, factor: Factor) -> Axis:
        shares = np.linspace(0.0, 1.0, nodes_a_side(self.halvings)).tolist()
        if factor.scale == "integer":
            values = tuple(float(round(factor.low + (factor.high - factor.low) * share)) for share in shares)
        else:
            values = tuple(float(factor.value(share)) for share in shares)
        return Axis(factor.path, label(factor.path), factor.unit, values)

    def _map(self, first: Factor, second: Factor, scenario: Scenario, title: str) -> Map:
        better = OUTCOMES[self.outcome].better
        across, up = self._axis(first), self._axis(second)

        def measure(nodes: Sequence[tuple[int, int]]) -> list[Earned]:
            firms = [self._at(scenario, {across.path: across.values[x], up.path: up.values[y]}) for x, y in nodes]
            return self._earned(firms, title or f"map, {len(nodes)} firms")

        found = refine(self.halvings, measure, lambda earned: says(gap_of(earned, better)))
        return Map(self.pair, across, up, {node: gap_of(earned, better) for node, earned in found.items()}, self.halvings, title)

    def _earned(self, firms: Sequence[Scenario], title: str) -> list[Earned]:
        """(2, R) of each firm; NaN where it cannot have both designs."""
        sensible = [number for number, firm in enumerate(firms) if not what_is_wrong(firm)]
        variants = [Variant(str(number), firms[number]) for number in sensible]
        lived = self._live(variants, f"{self.scenario.name}, {title}") if variants else []
        self.lived += lived
        found: list[Earned] = [np.full((2, self.replicates), np.nan)] * len(firms)
        for number, comparison in zip(sensible, lived, strict=True):
            found[number] = comparison.outcomes[:, :, INDEX[self.outcome]]
        return found


def label(path: str) -> str:
    """A path's last name in words.

    >>> label("firm.change_load"), label("design.pervasive.delegation"), label("design.*.delegation")
    ('change load', 'delegation of pervasive', 'delegation')
    """
    name = path.split(".")[-1].replace("_", " ")
    return name if path.split(".")[0] != "design" or path.split(".")[1] == "*" else f"{name} of {path.split('.')[1].replace('_', ' ')}"
