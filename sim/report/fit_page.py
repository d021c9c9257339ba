"""The page of a fit: what a firm's own figures say about it, what they cannot say, and how well they are met."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.matching import Told
from sim.analysis.quantities import number
from sim.experiment.aims import Aims
from sim.experiment.lives import STATISTICS
from sim.experiment.problem import Drawn, Matched
from sim.model.outcomes import OUTCOMES
from sim.report.ensemble_page import markdown

CANNOT = (
    "Start and finish dates do not say how many days somebody really worked on an item: flow efficiency, in its usual sense of hands-on "
    "time over lead time, is not in them. What is used instead is the share of lead time after work began."
)


def fit_page(found: Matched, told: Sequence[Told], aims: Aims, provenance: Mapping[str, object]) -> str:
    """The page as Markdown."""
    sure = [one for one in told if one.is_told]
    facts = [one for one in told if not one.is_told and one.dimension.path.startswith("firm.")]
    rest = sum(not one.is_told for one in told) - len(facts)
    blocks = [
        ["# What your figures say about your firm", "", fit_words(found, provenance), "", *_tickets(aims)],
        ["## Your figures, and the firms that show them", "", *target_table(found), "",
         "Theirs: the middle firm of those kept, and the range of nine in ten of them."],
        ["## What they tell", "", *(told_table(sure) if sure else ["Nothing that is surely more than chance."]), "",
         "Between: where 95 % of the firms kept lie; narrower than the plausible range, because other values do not give figures like "
         "yours. An interval is of one number whatever the others are."],
        ["## What they cannot tell", "", *([CANNOT, ""] if aims.tickets is not None else []),
         f"Of these facts they say nothing that is surely more than chance: {_names(facts)}. Whoever knows one of them can say so under "
         "[known]." if facts else "Every fact of the firm is told something.",
         f"Neither do they of {rest} numbers of the model, which keep their plausible ranges."],
    ]  # fmt: skip
    return "\n\n".join("\n".join(block).rstrip() for block in blocks) + "\n"


def fit_words(found: Matched, provenance: Mapping[str, object]) -> str:
    """How many firms show what this one does, and what made the list."""
    return (f"{len(found.kept)} of {len(found.drawn)} firms that were tried show figures like yours under {provenance['design']}; they "
            f"differ in {len(found.dimensions)} numbers, each drawn over its plausible range. Made by `{provenance['command']}`; model "
            f"{provenance['model_digest']}, plan {provenance['plan_hash']}, seed {provenance['seed']}.")  # fmt: skip


def _tickets(aims: Aims) -> list[str]:
    if aims.tickets is None:
        return []
    items = aims.tickets
    left_out = "".join(f"; {count} {reason} are not counted" for reason, count in items.left_out.items())
    return [f"Work items: {len(items.lives.created)} asked for from {items.first} to {items.last}, {items.lives.days} working days"
            f"{left_out}.", ""]  # fmt: skip


def target_table(found: Matched) -> list[str]:
    """One row a target: what was given, and what the firms kept show."""
    means = np.array([one.means for one in found.kept])
    rows = []
    for place, target in enumerate(found.targets):
        low, half, high = np.quantile(means[:, place], (0.05, 0.5, 0.95))
        what = STATISTICS[target.name].what if target.one_history else OUTCOMES[target.name].label
        yours = _digits(target.low) if target.low == target.high else f"{_digits(target.low)} to {_digits(target.high)}"
        rows.append((f"`{target.name}`", what, yours, f"{_digits(half)} ({_digits(low)} to {_digits(high)})"))
    return markdown(("figure", "what it is", "yours", "theirs"), rows)


def _digits(value: float) -> str:
    """Three digits that matter."""
    if value == 0.0 or not math.isfinite(value):
        return number(value, 0)
    return number(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def told_table(told: Sequence[Told]) -> list[str]:
    """One row a number of which something is told, the one told most first."""
    rows = []
    for one in told:
        param = one.dimension.param
        rows.append((f"`{one.dimension.path}`", param.meaning, param.unit, f"{param.low:g} to {param.high:g}", f"{one.kept[1]:g}",
                     f"{one.low:g} to {one.high:g}"))  # fmt: skip
    return markdown(("number", "what it is", "unit", "plausible", "middle", "between (95 %)"), rows)


def _names(told: Sequence[Told]) -> str:
    return ", ".join(sorted(f"`{one.dimension.name}`" for one in told))


def fit_values(found: Matched, told: Sequence[Told], nearest: Drawn) -> dict[str, object]:
    """The same for JSON, with every number, and the nearest firm."""
    return {
        "kept": len(found.kept), "run": len(found.drawn), "waves": [vars(wave) for wave in found.waves],
        "targets": {target.name: {"low": target.low, "high": target.high,
                                  "kept": np.quantile([one.means[place] for one in found.kept], (0.05, 0.5, 0.95)).tolist()}
                    for place, target in enumerate(found.targets)},
        "numbers": {one.dimension.path: {"unit": one.dimension.param.unit, "low": one.low, "middle": one.kept[1], "high": one.high,
                                         "told": one.is_told, "distance": one.distance, "width": one.width} for one in told},
        "nearest": dict(nearest.point),
    }  # fmt: skip
