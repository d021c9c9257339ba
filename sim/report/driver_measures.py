"""What drives a difference, in one measure: Sobol indices where the sample gives them, else Morris' effects, else rank correlations.

Beside the rows stand the words that they bear: a finding as title, and what was measured. Where there is one history a point, luck cannot
be told off: it makes every index and every effect larger, and none is called sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.quantities import decimals, listed, number, per_cent, plain, printed_unit, scale, sentence
from sim.analysis.sensitivity import Indices
from sim.analysis.sweeps import Found
from sim.model.outcomes import OUTCOMES
from sim.report.sweep_table import label, lacking_indices

SHARES, EFFECTS, RANKS = "sobol", "morris", "rank_correlation"
"""Measures, what tells most first."""

MOST_SHOWN = 10
NAMED = 3
"""Up to this many parameters are named in a title, one more where that is all; of more the rest is counted."""

ONE_HISTORY = "With one history a point, luck is in these numbers and cannot be told off: all are too large, and none is called sure."


@dataclass(frozen=True)
class Measured:
    """One parameter.

    value, low, high  total index, mean effect in the outcome's printed unit, or rank correlation, with its interval where there is one
    alone             first-order index, its interval in the same order; nothing without Sobol indices
    sure              whether the parameter surely does something
    """

    path: str
    value: float
    low: float | None
    high: float | None
    sure: bool
    alone: tuple[float, float, float] | None = None
    spread: float | None = None

    @property
    def label(self) -> str:
        return label(self.path)


@dataclass(frozen=True)
class Measures:
    """All parameters by one measure, the largest first; luck: what luck alone may make of a parameter that does nothing."""

    kind: str
    rows: tuple[Measured, ...]
    luck: float | None
    title: str
    subtitle: str


def takes_part(indices: Indices, place: int) -> bool:
    """Whether a parameter surely takes part in an outcome's variance: luck is told off, and its total index is above zero."""
    return indices.noise_removed and bool(indices.total_low[place, 0] > 0.0)


def measures_of(found: Found) -> Measures | None:
    """The measure that tells most of what the sample gives; None where it gives none. Indices without any interval tell least."""
    shares = None if found.indices is None or lacking_indices(found) else found.indices
    if shares is not None and np.isfinite(shares.total_low).any():
        return _shares(found, shares)
    if found.effects:
        return _effects(found)
    if found.going:
        return _ranks(found)
    return None if shares is None else _shares(found, shares)


def digits(measures: Measures) -> int:
    """Decimals of the measure's values."""
    return decimals(*(row.value for row in measures.rows)) if measures.kind == EFFECTS else 2


def _about(found: Found) -> str:
    return f"the difference in {OUTCOMES[found.outcome].label}"


def _differ(found: Found) -> str:
    """The same for a title, which stands alone."""
    return f"the difference between {plain(found.pair[1])} and {plain(found.pair[0])} in {OUTCOMES[found.outcome].label}"


def _less(found: Found) -> str:
    return f"{plain(found.pair[1])} less {plain(found.pair[0])}"


def _largest(rows: Sequence[Measured]) -> str:
    return f" The {MOST_SHOWN} largest of {len(rows)}." if len(rows) > MOST_SHOWN else ""


def _some(names: list[str]) -> str:
    return listed(names) if len(names) <= NAMED + 1 else f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def _shares(found: Found, indices: Indices) -> Measures:
    def part(name: str, place: int) -> tuple[float, float, float]:
        value, low, high = (float(getattr(indices, f"{name}{end}")[place, 0]) for end in ("", "_low", "_high"))
        return value, low, high

    order = np.argsort(-np.nan_to_num(indices.total[:, 0]), kind="stable")
    rows = tuple(Measured(found.factors[place], *part("total", place), takes_part(indices, place), part("first", place)) for place in order)
    points = int(indices.blocks[0]) * (len(found.factors) + 2)
    interval = (f"Line: its {100 * indices.confidence:g} % interval, each for itself." if np.isfinite(indices.total_low).any() else
                "No intervals: in samples drawn again the difference may vary no more than luck makes it.")  # fmt: skip
    luck = (f"Luck, {per_cent(float(indices.seed_share[0]))} of a single run's variance, is told off." if indices.noise_removed
            else ONE_HISTORY)  # fmt: skip
    subtitle = (
        f"Sobol indices: shares of the variance of {_about(found)}, {_less(found)}, from {points:,} points. Dot: the total index, with all "
        f"that a parameter takes part in; totals overlap. {interval} Mark: the first-order index, the parameter alone. Grey: not surely "
        f"above zero. {luck}{_largest(rows)}"
    )
    return Measures(SHARES, rows, None, sentence(_shares_title(found, indices, rows)), subtitle)


def _shares_title(found: Found, indices: Indices, rows: Sequence[Measured]) -> str:
    about, leader = f"how {plain(found.pair[1])} and {plain(found.pair[0])} differ in {OUTCOMES[found.outcome].label}", rows[0]
    sure = [row.label for row in rows if row.sure]
    is_small = bool(indices.too_small_to_rank[0])
    if not indices.noise_removed:
        if is_small:
            return f"the sample is too small to rank what drives {about}, and one history a point cannot tell what is luck"
        return f"{leader.label} surely ranks first in {about}; how much of it is luck, one history a point cannot tell"
    if not sure:
        return f"no parameter surely takes part in {about}" + ("; the sample is too small to rank" if is_small else "")
    if is_small or not leader.sure:
        return f"{_some(sure)} surely {'takes' if len(sure) == 1 else 'take'} part in {about}; the sample is too small to rank"
    return f"{leader.label} surely has the largest part in {about}: total index {ranged(leader, 2)}"


def ranged(row: Measured, places: int) -> str:
    """A row's value with its interval in brackets, where it has one."""
    if row.low is None or row.high is None or not np.isfinite([row.low, row.high]).all():
        return number(row.value, places)
    return f"{number(row.value, places)} ({number(row.low, places)} to {number(row.high, places)})"


def _effects(found: Found) -> Measures:
    factor, about, noise = scale(found.outcome), _about(found), found.effects[0].noise
    rows = tuple(
        Measured(one.path, factor * one.mean, factor * (one.mean - one.half), factor * (one.mean + one.half), one.sure,
                 spread=factor * one.spread)
        for one in found.effects
    )  # fmt: skip
    luck = ONE_HISTORY if noise is None else "Pale ground: what luck alone makes. Hollow and grey: not surely more than that."
    subtitle = (
        f"How far {about} ({printed_unit(found.outcome) or 'pure number'}), {_less(found)}, moves when a parameter goes over its whole "
        f"range: mean size of Morris' elementary effects, from {found.points:,} points. Line: 95 % interval, all parameters at once. "
        f"{luck}{_largest(rows)}"
    )
    title = sentence(_effects_title(_differ(found), rows, noise))
    return Measures(EFFECTS, rows, None if noise is None else factor * noise, title, subtitle)


def _effects_title(about: str, rows: Sequence[Measured], noise: float | None) -> str:
    if noise is None:
        return f"with one history a point it cannot be told which parameters move {about} by more than luck"
    sure = [row.label for row in rows if row.sure]
    if not sure:
        return f"no parameter surely moves {about} by more than luck"
    is_first = all(rows[0].low > other.high for other in rows[1:])  # type: ignore[operator]
    if len(rows) > 1 and is_first:
        more = f"; {len(sure)} of {len(rows)} parameters surely do more than luck" if len(sure) > 1 else ""
        return f"{sure[0]} surely moves {about} most{more}{'' if more else ', and alone by more than luck for sure'}"
    return f"{_some(sure)} surely {'moves' if len(sure) == 1 else 'move'} {about} by more than luck" + (
        "; which does most cannot be told" if len(rows) > 1 else ""
    )


def _ranks(found: Found) -> Measures:
    rows = tuple(Measured(one.path, one.correlation, None, None, one.sure) for one in found.going)
    about, (first, second) = _about(found), map(plain, found.pair)
    sure = [f"{row.label} ({number(row.value, 2, True)})" for row in rows if row.sure]
    verb = "goes" if len(sure) == 1 else "go"
    title = f"{_some(sure)} surely {verb} with {_differ(found)}" if sure else f"nothing varied surely goes with {_differ(found)}"
    right = f"{second} gains on {first}" if OUTCOMES[found.outcome].better else f"the difference, {_less(found)}, rises"
    subtitle = (
        f"Spearman's rank correlation of each parameter with {about}, over {found.points:,} points; right: {right} as the parameter "
        "rises. Pale ground: what chance may give some parameter in one sweep of twenty. Hollow and grey: not beyond it."
        f"{_largest(rows)}"
    )
    return Measures(RANKS, rows, found.going[0].bound, sentence(title), subtitle)
