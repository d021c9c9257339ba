"""Columns: rows of text under each other, each column as wide as its widest text."""

from __future__ import annotations

from collections.abc import Sequence


def in_columns(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """A line a row.

    >>> in_columns([("force", "slope"), ("coupling", "−0.1")])
    ['  force     slope', '  coupling  −0.1']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [(indent + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))).rstrip() for row in rows]
