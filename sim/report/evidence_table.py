"""The evidence as text and as values: one line a cell, what is published beside ours."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.quantities import number
from sim.report.columns import in_columns
from sim.validation.evidence import KINDS, MISSED, Cell
from sim.validation.rows import Checked

HEADER = ("", "setting", "published", "ours", "±", "")


def evidence_text(checked: Sequence[Checked]) -> str:
    """Every row with its cells, then what it adds up to."""
    blocks = []
    for one in checked:
        lines = [cell_row(cell) for cell in (one.finding.cells if one.finding else ())]
        body = in_columns(lines, "    ")
        head = f"{one.row.key}  {one.row.what}: {one.verdict.upper() if one.verdict == MISSED else one.verdict}"
        told = [f"    {text}" for text in one.said]
        blocks.append("\n".join([f"{head}  ({one.seconds:.0f} s)", f"    {one.row.source}; {one.row.tolerance}", *body, *told]))
    return "\n\n".join([*blocks, summary(checked)])


def cell_row(cell: Cell) -> tuple[str, str, str, str, str]:
    """Setting, published, ours, half width and a word, as printed."""
    mark = {True: "", False: "missed", None: ""}[cell.holds]
    return cell.setting, published_words(cell), value_words(cell.ours), f"± {value_words(cell.half_width)}" if cell.half_width else "", mark


def published_words(cell: Cell) -> str:
    """What is published, as printed."""
    if isinstance(cell.published, str):
        return cell.published
    if isinstance(cell.published, tuple):
        low, high = cell.published
        return f"at least {value_words(low)}" if math.isinf(high) else f"{value_words(low)} to {value_words(high)}"
    return value_words(cell.published)


def value_words(value: float) -> str:
    """A number to three or four digits.

    >>> value_words(0.8593), value_words(9.0719), value_words(123.4), value_words(0.0), value_words(float("nan"))
    ('0.859', '9.072', '123', '0', 'not reached')
    """
    if not math.isfinite(value):
        return "not reached"
    if value == int(value) and abs(value) < 1e9:
        return number(value, 0)
    size = abs(value)
    if size < 0.0005:
        return "under 0.001"
    return number(value, 0 if size >= 100 else (1 if size >= 20 else 3))


def summary(checked: Sequence[Checked]) -> str:
    """How many rows of each kind came out how."""
    parts = []
    for kind, words in KINDS.items():
        verdicts = [one.verdict for one in checked if one.row.kind == kind]
        if verdicts:
            counted = {word: verdicts.count(word) for word in dict.fromkeys(verdicts)}
            parts.append(f"{words} ({kind}): " + ", ".join(f"{many} {word}" for word, many in counted.items()))
    failing = [one.row.key for one in checked if one.fails]
    gate = f"Missed gates: {', '.join(failing)}." if failing else "Every gate (V, D) that was run holds."
    return "\n".join([*parts, f"{gate} {sum(one.seconds for one in checked):.0f} s."])


def evidence_values(checked: Sequence[Checked]) -> list[dict[str, object]]:
    """Rows for JSON."""
    return [
        {
            "key": one.row.key, "kind": one.row.kind, "what": one.row.what, "source": one.row.source, "tolerance": one.row.tolerance,
            "must": one.row.must, "verdict": one.verdict, "reason": one.row.reason, "seconds": round(one.seconds, 1),
            "note": one.finding.note if one.finding else "",
            "cells": [
                {"setting": cell.setting, "published": cell.published if not isinstance(cell.published, tuple) else
                 [bound if math.isfinite(bound) else None for bound in cell.published],
                 "ours": cell.ours if math.isfinite(cell.ours) else None, "half_width": cell.half_width, "holds": cell.holds}
                for cell in (one.finding.cells if one.finding else ())
            ],
        }
        for one in checked
    ]  # fmt: skip
