"""The page of an ensemble: how it was found, which ranges bind, what about a firm they tell, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.analysis.matching import Binding, Told
from sim.analysis.quantities import per_cent
from sim.experiment.problem import Matched
from sim.validation.calibration import RANGES

SHOWN = 25
"""Numbers that are told most, on the page; the JSON has all."""


def ensemble_page(matched: Matched, binding: Sequence[Binding], told: Sequence[Told], provenance: Mapping[str, object]) -> str:
    """The page as Markdown."""
    sure = [one for one in told if one.is_told]
    blocks = [
        ["# The plausible ensemble", "", ensemble_words(matched, provenance), "",
         f"Made by `{provenance['command']}`; model {provenance['model_digest']}, plan {provenance['plan_hash']}, "
         f"seed {provenance['seed']}. "
         "Firms differ in every number that has a plausible range, firm facts and parameters of the model alike; the design is the "
         "scenario's. No other design was run."],
        ["## Waves", "", *wave_table(matched), "",
         "Even points: spread evenly over all ranges (Latin hypercube). Own numbers: those that already meet the rows read off numbers of "
         "the model. Left: those that an emulator of the runs so far does not rule out. In full: those not implausible after the first "
         "histories."],
        ["## Which ranges bind", "", *binding_table(binding), "",
         "Refused: share of evenly spread firms outside the range. Alone: of the firms run after the first wave that meet every other "
         "measured row, the share that only this one refuses; it says how many more firms there would be without it."],
        ["## What the ranges tell", "",
         f"{len(sure)} of {len(told)} numbers are surely told something: their distribution among the firms kept is further from the even "
         f"one than {told[0].bound:.3f}, which all {len(told)} together stay under in 95 of 100 cases where nothing is told.", "",
         *told_table(sure[:SHOWN])],
        ["## What stays open", "", left_open(told)],
    ]  # fmt: skip
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def ensemble_words(matched: Matched, provenance: Mapping[str, object]) -> str:
    """How many firms are kept of how many, in a sentence or two."""
    last = matched.waves[-1]
    blind = matched.waves[0]
    return (f"{len(matched.kept)} firms are kept of {len(matched.drawn)} that were run, on which {provenance['design']} meets all "
            f"{len(RANGES)} ranges of practice at once; of {blind.run} evenly spread firms {_some(blind.kept)} did, and "
            f"{per_cent(last.kept / max(1, last.run))} of the last wave's.")  # fmt: skip


def _some(count: int) -> str:
    return str(count) if count else "none"


def wave_table(matched: Matched) -> list[str]:
    """One row a wave."""
    rows = [(number, w.looked_at, w.given, w.left, w.run, w.full, w.kept, per_cent(w.kept / max(1, w.run)))
            for number, w in enumerate(matched.waves, start=1)]  # fmt: skip
    return markdown(("wave", "even points", "own numbers meet", "left", "run", "in full", "kept", "of those run"), rows)


def binding_table(binding: Sequence[Binding]) -> list[str]:
    """One row a target, the one that refuses most first."""
    rows = [(one.name, _what(one.name), f"{one.low:g} to {one.high:g}", per_cent(one.refused),
             "–" if one.alone is None else per_cent(one.alone)) for one in binding]  # fmt: skip
    return markdown(("row", "what", "range", "refused", "alone"), rows)


def _what(name: str) -> str:
    return RANGES[name].what if name in RANGES else ""


def told_table(told: Sequence[Told]) -> list[str]:
    """One row a number: what was drawn, what is left, and how far the two are apart."""
    rows = []
    for one in told:
        param = one.dimension.param
        five, half, ninety_five = one.kept
        rows.append((f"`{one.dimension.path}`", param.meaning, param.unit, f"{param.low:g} to {param.high:g}",
                     f"{half:g} ({five:g} to {ninety_five:g})", f"{one.distance:.2f}", f"{one.width:.2f}"))  # fmt: skip
    return markdown(("number", "what it is", "unit", "drawn", "kept: middle (90 %)", "distance", "width left"), rows)


def left_open(told: Sequence[Told]) -> str:
    """Which numbers nothing is told of."""
    names = [f"`{one.dimension.path}`" for one in told if not one.is_told]
    if not names:
        return "Nothing: every number is told something."
    return (f"Of {len(names)} numbers the ranges tell nothing that is surely more than chance. They lie about as they were drawn, so what "
            f"is said over the ensemble is said over all of their ranges: {', '.join(sorted(names))}.")  # fmt: skip


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
