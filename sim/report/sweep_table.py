"""A sweep's analysis in words and as plain values."""

from __future__ import annotations

import math

import numpy as np

from sim.analysis.discovery import Bounds, Box, in_words
from sim.analysis.phase import FIRST_SURE, NOTHING, SECOND_SURE
from sim.analysis.quantities import number, plain, scale, sentence
from sim.analysis.sensitivity import FEWEST
from sim.analysis.sweeps import Found
from sim.model.outcomes import OUTCOMES
from sim.report.phase_table import WORDS

SHOWN = 10


def label(path: str) -> str:
    """A path in words.

    >>> label("firm.talent_scarcity"), label("design.any.delegation"), label("design.*.leader_fluency"), label("scenario")
    ('talent scarcity', 'delegation of any', 'leader fluency', 'scenario')
    """
    table, *rest = path.split(".")
    name = path.rsplit(".", 1)[-1].replace("_", " ")
    return f"{name} of {rest[0].replace('_', ' ')}" if table == "design" and rest[0] != "*" else name


def sweep_text(found: Found) -> str:
    """What one outcome's difference has to say."""
    first, second = map(plain, found.pair)
    outcome = OUTCOMES[found.outcome]
    unsure = 1.0 - found.classes[FIRST_SURE] - found.classes[SECOND_SURE] - found.classes[NOTHING]
    lines = [
        f"{sentence(outcome.label)}, {second} against {first}, over {found.points:,} firms or designs:",
        f"  {second} is surely better on {100 * found.classes[SECOND_SURE]:.0f} %, {first} on {100 * found.classes[FIRST_SURE]:.0f} %; "
        f"{100 * unsure:.0f} % cannot be told",
    ]  # fmt: skip
    lines += _index_lines(found) or _effect_lines(found)
    lines += _going_lines(found)
    lines += ["", "in which of them (found on one half of the points, judged on the other)"]
    for name in found.pair:
        lines.append(f"  {plain(name)} is better " + (box_words(found.boxes[name], found) if name in found.boxes else
                     "in no region that stands out"))  # fmt: skip
    if found.tree is not None:
        told, guess = 100 * found.tree.accuracy, 100 * found.tree.guess
        lines.append(f"  three questions at most tell who is better in {told:.0f} % of the other half, a guess in {guess:.0f} %:")
        for leaf in sorted(found.tree.leaves, key=lambda leaf: -leaf.share):
            lines.append(f"    {second} in {100 * leaf.share:.0f} % of {leaf.points} where {in_words(leaf.bounds, _labels(found))}")
    return "\n".join(lines)


def _labels(found: Found) -> list[str]:
    return [label(path) for path in found.paths]


def box_words(box: Box, found: Found) -> str:
    """Where a design is better, and how much of what lies there it has."""
    there, all_there = 100 * box.density_elsewhere, 100 * box.coverage_elsewhere
    return (f"where {in_words(box.bounds, _labels(found))}: in {there:.0f} % of what lies there, which is {all_there:.0f} % of all such "
            f"cases (on its own half {100 * box.density:.0f} and {100 * box.coverage:.0f} %)")  # fmt: skip


def _going_lines(found: Found) -> list[str]:
    sure = [one for one in found.going if one.sure]
    if not found.going:
        return []
    if not sure:
        return ["", f"no number that is varied goes with the difference (rank correlation over {found.going[0].bound:.2f})"]
    lines = ["", f"what goes with the difference (rank correlation; below {sure[0].bound:.2f} it may be chance)"]
    return lines + [f"  {one.correlation:+.2f}  {label(one.path)}" for one in sure[:SHOWN]]


def going_rows(found: Found) -> list[list[str]]:
    """(parameter, rank correlation, whether it is sure), the strongest first."""
    return [[label(one.path), number(one.correlation, 2, True), "yes" if one.sure else "may be chance"] for one in found.going]


def _effect_lines(found: Found) -> list[str]:
    if not found.effects:
        return []
    unit = scale(found.outcome)
    lines = ["", "elementary effects over the whole range (Morris): mean size ± half of its interval, spread"]
    lines += [f"  {unit * one.mean:8.3g} ± {unit * one.half:<8.3g} {unit * one.spread:8.3g}  {label(one.path)}"
              for one in found.effects[:SHOWN]]  # fmt: skip
    noise = found.effects[0].noise
    if noise is None:
        return [*lines, "  with one replicate a point, luck is in these sizes: no factor is at zero"]
    surely = sum(one.sure for one in found.effects)
    return [*lines, f"  luck alone makes {unit * noise:.3g}; {surely} of {len(found.effects)} factors are surely above it"]


def effect_rows(found: Found) -> list[list[str]]:
    """(parameter, mean size with half of its interval, spread, whether it is surely more than luck), the largest first."""
    unit = scale(found.outcome)
    return [[label(one.path), f"{unit * one.mean:.3g} ± {unit * one.half:.2g}", f"{unit * one.spread:.3g}",
             "yes" if one.sure else "may be chance"] for one in found.effects]  # fmt: skip


def lacking_indices(found: Found) -> str:
    """Why Saltelli's blocks give no Sobol indices, in a sentence; empty where they do, and where there are no blocks."""
    indices = found.indices
    if indices is None or np.isfinite(indices.total).any():
        return ""
    blocks = int(indices.blocks[0])
    if blocks < FEWEST:
        return (f"No Sobol indices: they rest on blocks whose every run has the outcome, which are {blocks or 'none'} here; it takes "
                f"{FEWEST}.")  # fmt: skip
    return "No Sobol indices: from point to point the difference varies no more than luck makes it."


def index_rows(found: Found) -> list[list[str]]:
    """(parameter, first-order index, total index), each with its interval, the largest total first; nothing without Saltelli's blocks."""
    indices = found.indices
    if indices is None or lacking_indices(found):
        return []

    def cell(name: str, place: int) -> str:
        mean, low, high = (float(getattr(indices, f"{name}{end}")[place, 0]) for end in ("", "_low", "_high"))
        return number(mean, 2) + (f" ({number(low, 2)}\u00a0to\u00a0{number(high, 2)})" if math.isfinite(low) else "")

    order = np.argsort(-np.nan_to_num(indices.total[:, 0]))
    return [[label(found.factors[place]), cell("first", place), cell("total", place)] for place in order]


def _index_lines(found: Found) -> list[str]:
    indices = found.indices
    if indices is None:
        return []
    if lacking := lacking_indices(found):
        return ["", lacking]
    order = np.argsort(-np.nan_to_num(indices.total[:, 0]))
    lines = ["", "share of the difference's variance: alone (first-order index), and with all it takes part in (total index)"]
    for place in order[:SHOWN]:
        first, total = (
            f"{value:6.2f}" + (f" ({low:.2f} to {high:.2f})" if math.isfinite(low) else "")
            for value, low, high in (
                (indices.first[place, 0], indices.first_low[place, 0], indices.first_high[place, 0]),
                (indices.total[place, 0], indices.total_low[place, 0], indices.total_high[place, 0]),
            )
        )
        lines.append(f"  {first:24} {total:24} {label(found.factors[place])}")
    if indices.noise_removed:
        lines.append(f"  luck makes {100 * indices.seed_share[0]:.0f} % of a single run's variance; it is told off above")
    else:
        lines.append("  with one replicate a point, luck is in these shares: total indices are too large")
    if bool(indices.too_small_to_rank[0]):
        lines.append("  the sample is too small to rank: drawn again, another would often come first")
    return lines


def sweep_values(found: Found) -> dict[str, object]:
    """The same as plain values."""

    def finite(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    def bounds(parts: tuple[Bounds, ...]) -> list[dict[str, object]]:
        return [{"path": found.paths[each.factor], "low": finite(each.low), "high": finite(each.high)} for each in parts]

    indices = found.indices
    return {
        "outcome": found.outcome, "designs": list(found.pair), "points": found.points, "mean_difference": finite(found.mean),
        "classes": {WORDS[kind]: share for kind, share in found.classes.items()},
        "goes_with": [{"path": one.path, "rank_correlation": one.correlation, "bound": one.bound, "sure": one.sure} for one in found.going],
        "morris": [vars(one) for one in found.effects],
        "sobol": None if indices is None else [
            {"path": path, **{name: finite(getattr(indices, name)[place, 0]) for name in (
                "first", "first_low", "first_high", "total", "total_low", "total_high")}} for place, path in enumerate(found.factors)],
        "seed_share": None if indices is None else finite(indices.seed_share[0]),
        "too_small_to_rank": None if indices is None else bool(indices.too_small_to_rank[0]),
        "boxes": {name: {"bounds": bounds(box.bounds), "density": box.density, "coverage": box.coverage,
                         "density_elsewhere": finite(box.density_elsewhere), "coverage_elsewhere": finite(box.coverage_elsewhere)}
                  for name, box in found.boxes.items()},
        "tree": None if found.tree is None else {
            "accuracy_elsewhere": found.tree.accuracy, "guess": found.tree.guess,
            "leaves": [{"bounds": bounds(leaf.bounds), "second_better": leaf.share, "points": leaf.points} for leaf in found.tree.leaves]},
    }  # fmt: skip
