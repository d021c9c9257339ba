"""An optimum in words and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from sim.analysis.optimum import PARETO, Against, Matters
from sim.analysis.quantities import decimals, listed, number, plain, printed_unit, scale, sentence
from sim.experiment.optimise import NAMES, Tried
from sim.model.outcomes import INDEX, OUTCOMES
from sim.organisation.coordinates import COORDINATES

SHOWN = 8


@dataclass(frozen=True, eq=False)
class Optimum:
    """All that is told of a search.

    firm       its scenario's name
    outcome    that was sought
    conditions as they were written
    best       the design that was found
    tried      how many were
    against    the known designs, on fresh histories
    matters    what going back costs, coordinate by coordinate, from the nearest known design
    nearest    its name
    alike      designs of the plateau
    ranges     coordinate → lowest and highest value on it
    front      designs that none beats in speed, innovation, friction and cost at once
    met        whether the conditions hold on fresh histories
    """

    firm: str
    outcome: str
    conditions: tuple[str, ...]
    best: Tried
    tried: int
    against: Sequence[Against]
    matters: Sequence[Matters]
    nearest: str
    alike: int
    ranges: Mapping[str, tuple[float, float]]
    front: Sequence[Tried]
    met: bool


def optimum_text(found: Optimum) -> str:
    """The search in words."""
    outcome, unit = OUTCOMES[found.outcome], scale(found.outcome)
    ahead = [one for one in found.against if one.low > 0.0]
    if len(ahead) == len(found.against):
        opening = f"a design was found that is surely better than all {len(ahead)} known ones"
    elif ahead:
        rest = listed([plain(one.name) for one in found.against if one.low <= 0.0])
        opening = f"the found design is surely better than {listed([plain(one.name) for one in ahead])}, and not than {rest}"
    else:
        opening = "no design was found that is surely better than the known ones"
    with_conditions = f", subject to {listed(list(found.conditions))}" if found.conditions else ""
    lines = [f"{sentence(plain(found.firm))}, {outcome.label}{with_conditions}: {opening}. {found.tried} designs were tried.", ""]
    if not found.met:
        lines += ["On fresh histories the found design does not meet the conditions: there may be none that does.", ""]
    lines.append(f"against the known designs, on fresh histories [{printed_unit(found.outcome)}], more being better")
    for one in sorted(found.against, key=lambda one: one.mean):
        places = decimals(unit * one.mean, unit * one.low, unit * one.high)
        interval = f"({number(unit * one.low, places, True)} to {number(unit * one.high, places, True)})"
        lines.append(f"  {plain(one.name):22} {number(unit * one.mean, places, True):>8} {interval:20} {one.word}; {one.distance:.2f} away")
    lines += ["", f"what matters: what going back to {plain(found.nearest)} in one respect costs"]
    sure = [row for row in found.matters if row.sure]
    for row in sure[:SHOWN]:
        ends = f"({unit * row.low:.3g} to {unit * row.high:.3g})"
        lines.append(f"  {unit * row.loss:8.3g} {ends}  {plain(row.coordinate)}: {row.back:g} → {row.found:g}")
    if not sure:
        lines.append("  no single one surely; they work together, or not at all")
    flat = [name for name, (low, high) in found.ranges.items() if (high - low) / (COORDINATES[name].high - COORDINATES[name].low) > 0.5]
    lines += ["", f"the plateau: {found.alike} of the tried designs are not surely worse"]
    if flat:
        lines.append(f"  anything will do, over half of its range or more, in {listed([plain(name) for name in flat])}")
    lines += ["", f"what is traded: {len(found.front)} tried designs that none beats in speed, innovation, friction and cost at once"]
    for name in PARETO if found.front else ():
        best = _end(found.front, name)
        lines.append(f"  best in {OUTCOMES[name].label}: {_shown(best, name)}, {_shown(best, found.outcome)}")
    lines += ["", "the found design", *(f"  {name} = {found.best.values[name]:g}" for name in NAMES)]
    return "\n".join(lines)


def _end(front: Sequence[Tried], name: str) -> Tried:
    sign = OUTCOMES[name].better
    return max(front, key=lambda one: sign * _mean(one, name))


def _mean(one: Tried, name: str) -> float:
    values = one.lived[:, INDEX[name]]
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def _shown(one: Tried, name: str) -> str:
    return f"{OUTCOMES[name].label} {scale(name) * _mean(one, name):.3g}"


def optimum_values(found: Optimum) -> dict[str, object]:
    """The search as plain values."""
    return {
        "outcome": found.outcome, "subject_to": list(found.conditions), "tried": found.tried, "conditions_met": found.met,
        "design": dict(found.best.values), "nearest": found.nearest,
        "against": [{**asdict(one), "verdict": one.word} for one in found.against],
        "matters": [{**asdict(row), "sure": row.sure} for row in found.matters],
        "plateau": {"designs": found.alike, "ranges": {name: list(ends) for name, ends in found.ranges.items()}},
        "pareto_front": [{"design": dict(one.values), **{name: _mean(one, name) for name in (*PARETO, found.outcome)}}
                         for one in found.front],
    }  # fmt: skip


def design_file(found: Optimum, base: str, command: str) -> str:
    """The found design as a scenario that can be run."""
    values = "\n".join(f"{name} = {found.best.values[name]:g}" for name in NAMES)
    return (f'# A design that was searched for {found.firm}: {command}\ntitle = "The found design on {plain(found.firm)}"\n'
            f'base = "{base}"\n\n[designs]\ncompare = ["partnership", "pervasive", "found"]\n\n'
            f'[design.found]\nbase = "partnership"\n{values}\n')  # fmt: skip
