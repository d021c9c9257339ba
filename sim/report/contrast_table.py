"""Tables of contrasts as plain text, as values for JSON, and as comma-separated rows: one row a setting, one column a firm."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.analysis.contrasts import FLIPPED, GAINED, LOST, MOVED, SAME, Contrast
from sim.analysis.deciding import size_in_words, unit_of
from sim.analysis.quantities import decimals, number, plain, scale, sentence
from sim.analysis.results import Difference
from sim.model.outcomes import OUTCOMES
from sim.report.comma import comma_separated

MARKS = {FLIPPED: "<> turns", LOST: "?  not sure", GAINED: "!  sure now", MOVED: "~  moves", SAME: ""}
"""Behind each row: what the setting does to the verdict."""

HEAD = (
    "scenario", "outcome", "unit", "first", "second", "setting", "difference", "low", "high", "better", "verdict", "change",
    "change_low", "change_high", "effect", "pairs",
)  # fmt: skip

Firms = Mapping[str, Mapping[str, Sequence[Contrast]]]
"""Firm → second design → its contrasts."""


def text_tables(firms: Firms) -> str:
    """A table for each pair of designs: one row a setting, one block of columns a firm."""
    seconds = dict.fromkeys(second for found in firms.values() for second in found)
    return "\n\n".join(_table({firm: found[second] for firm, found in firms.items() if second in found}) for second in seconds)


def _table(firms: Mapping[str, Sequence[Contrast]]) -> str:
    usual = next(iter(firms.values()))[0].difference
    about = OUTCOMES[usual.outcome]
    side = {1: "more is better", -1: "less is better", 0: ""}[about.better]
    head = f"{sentence(about.label)}: {plain(usual.second)} less {plain(usual.first)}" + (f" ({side})" if side else "")
    names = list(dict.fromkeys(contrast.setting for rows in firms.values() for contrast in rows))
    columns = [["", *names]]
    for firm, rows in firms.items():
        known = {contrast.setting: contrast for contrast in rows}
        first = rows[0].setting
        sizes = ["" if name not in known else size_in_words(known[name].difference) for name in names]
        moved = ["" if name not in known or name == first else change_in_words(known[name]) for name in names]
        marks = ["" if name not in known else _mark(known[name]) for name in names]
        columns += [_right([plain(firm), *sizes]), _right(["change", *moved]), ["", *marks]]
    widths = [max(map(len, column)) for column in columns]
    lines = ["  " + "  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip() for line in zip(*columns)]
    return "\n".join([head, *lines])


def _right(column: list[str]) -> list[str]:
    width = max(map(len, column))
    return [text.rjust(width) for text in column]


def change_in_words(contrast: Contrast) -> str:
    """A change as a signed number; a dash where it has no interval."""
    if contrast.change_low is None:
        return "–"
    change = scale(contrast.difference.outcome) * contrast.change
    return number(change, decimals(change, scale(contrast.difference.outcome) * contrast.difference.mean), signed=True)


def _mark(contrast: Contrast) -> str:
    if contrast.effect == SAME and contrast.difference.better is None:
        return "o  open"
    return MARKS[contrast.effect]


def as_csv(firms: Firms) -> str:
    """All numbers, one row a firm, pair of designs and setting; in the outcome's unit as stored."""
    return comma_separated(HEAD, (list(row(firm, contrast).values()) for firm, contrast in _all(firms)))


def row(firm: str, contrast: Contrast) -> dict[str, object]:
    """One contrast as named values, in the order of HEAD."""
    d = contrast.difference
    values = (
        firm, d.outcome, OUTCOMES[d.outcome].unit, d.first, d.second, contrast.setting, d.mean, d.low, d.high, d.better, d.verdict,
        contrast.change, contrast.change_low, contrast.change_high, contrast.effect, d.n,
    )  # fmt: skip
    return dict(zip(HEAD, values, strict=True))


def _all(firms: Firms) -> list[tuple[str, Contrast]]:
    return [(firm, contrast) for firm, found in firms.items() for contrasts in found.values() for contrast in contrasts]


def plain_values(firms: Firms) -> dict[str, object]:
    """Firm → "second - first" → list of rows, what is undefined as None."""
    return {
        firm: {
            f"{second} - {contrasts[0].difference.first}": [
                {key: _finite(value) for key, value in row(firm, contrast).items() if key not in ("scenario", "first", "second")}
                for contrast in contrasts
            ]
            for second, contrasts in found.items()
        }
        for firm, found in firms.items()
    }


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def difference_row(name: str, difference: Difference) -> dict[str, object]:
    """One difference under one name, as plain values."""
    return {
        "name": name, "outcome": difference.outcome, "unit": unit_of(difference.outcome), "difference": _finite(difference.mean),
        "low": difference.low, "high": difference.high, "verdict": difference.verdict, "better": difference.better, "n": difference.n,
    }  # fmt: skip
