"""Slopes as text and as values: one row a force, with the sign that theory gives and what became of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.deciding import unit_of
from sim.analysis.quantities import MINUS, NOTHING, decimals, number, plain, scale, sentence
from sim.analysis.slopes import AGAINST, Slope
from sim.core.sources import load_sources
from sim.experiment.teeth import Force
from sim.model.outcomes import OUTCOMES
from sim.report.columns import in_columns

SIGNS = {-1: MINUS, 0: "?", 1: "+"}


def slopes_text(found: Sequence[Slope], forces: Sequence[Force], outcome: str) -> str:
    """A table for each pair of designs, then what theory says, with its source."""
    seconds = dict.fromkeys(slope.second for slope in found)
    blocks = [_block([slope for slope in found if slope.second == second], outcome) for second in seconds]
    theory = ["What theory says:", *(f"  {force.name}: {force.theory} [{force.source}]" for force in forces)]
    against = sorted({slope.force for slope in found if slope.verdict == AGAINST})
    closing = [f"Against theory: {', '.join(against)}. orgsim ablate says which mechanism outweighs it."] if against else []
    return "\n\n".join([*blocks, "\n".join([*theory, *closing])])


def _block(slopes: Sequence[Slope], outcome: str) -> str:
    about = OUTCOMES[outcome]
    unit = f", {unit_of(outcome)}" if about.unit else ""
    head = f"{sentence(about.label)}{unit}: what {plain(slopes[0].second)} gains on {plain(slopes[0].first)} as the force grows"
    rows: list[tuple[str, ...]] = [("force", "from", "to", "gain at each level", "slope (95 % interval)", "theory", "")]
    rows += [_row(slope, scale(outcome)) for slope in slopes]
    return "\n".join([head, *in_columns(rows)])


def _row(slope: Slope, factor: float) -> tuple[str, ...]:
    means = [factor * value for value in slope.advantages]
    places = decimals(*means)
    return (
        slope.force, f"{slope.levels[0]:g}", f"{slope.levels[-1]:g}", " ".join(number(value, places, True) for value in means),
        _interval(slope, factor), SIGNS[slope.expected], slope.verdict,
    )  # fmt: skip


def _interval(slope: Slope, factor: float) -> str:
    if slope.low is None or slope.high is None:
        return NOTHING
    value, low, high = (factor * part for part in (slope.slope, slope.low, slope.high))
    places = decimals(value, low, high)
    return f"{number(value, places, True)} ({number(low, places, True)} to {number(high, places, True)})"


def slope_values(found: Sequence[Slope], forces: Sequence[Force]) -> list[dict[str, object]]:
    """Rows for JSON; gains in the outcome's unit as stored, what is undefined as None."""
    about = {force.name: force for force in forces}
    return [
        {
            "force": slope.force, "path": about[slope.force].path, "first": slope.first, "second": slope.second,
            "levels": list(slope.levels), "gains": [_finite(value) for value in slope.advantages], "slope": _finite(slope.slope),
            "low": slope.low, "high": slope.high, "expected": slope.expected, "verdict": slope.verdict, "n": slope.n,
            "theory": about[slope.force].theory, "source": load_sources()[about[slope.force].source].reference,
        }
        for slope in found
    ]  # fmt: skip


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
