"""Evidence: what a row of the evidence is, what a measurement of it finds, and when a finding holds.

    V  a formula            must hold
    D  a published model    must hold: docking, distributional unless the row says otherwise
    C  a range of practice  the partnership may be fitted to it
    P  a pattern or case    predicted, never fitted and never a gate

A row has cells: one setting with what is published and what the kernel gives. What is published is a number, a range, or words.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

KINDS = {"V": "formula", "D": "published model", "C": "range of practice", "P": "pattern or case"}
MUST = frozenset("VD")
HOLDS, MISSED, REPORTED, NOT_RUN = "holds", "missed", "reported", "not run"
SEEN, IN_PART, NOT_SEEN = "seen", "seen in part", "not seen"


@dataclass(frozen=True)
class Cell:
    """One setting of a row.

    setting     what was run
    published   number, (low, high), or words where the publication has no number
    ours        what the kernel gives                              [unit of the row]
    half_width  of its interval, 0 where it is exact or one number of the model
    holds       whether it is within the row's tolerance; None where the cell is only reported
    """

    setting: str
    published: float | tuple[float, float] | str
    ours: float
    half_width: float = 0.0
    holds: bool | None = None


@dataclass(frozen=True)
class Effort:
    """How much is run.

    quick    few cells and few runs, the tolerance widened by what that leaves open
    workers  threads that share the runs, all processors where None
    """

    quick: bool = False
    workers: int | None = None

    def runs(self, full: int, quick: int) -> int:
        """Runs of a cell."""
        return quick if self.quick else full


Point = tuple[float, float | None, float, float]
"""x, published (None where the publication has no number there), ours, half width of our interval."""
Lines = dict[str, list[Point]]


@dataclass(frozen=True)
class Curve:
    """Cells as a picture: published points and ours over one axis, a line a name.

    title, across, up   words for the picture and its axes
    lines               name → points
    """

    title: str
    across: str
    up: str
    lines: Lines = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What the measurement of a row found: its cells, pictures of them, and what else is to be said."""

    cells: tuple[Cell, ...]
    curves: tuple[Curve, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the evidence.

    key        as in the list of evidence, V1 to P10
    what       the quantity, with its unit
    source     where it is published, and how far that was checked
    tolerance  what counts as holding, in words
    measure    runs it; None where it cannot be run, and then `reason` says why
    reason     what is to be known of a row that fails, is seen in part, or is not run
    """

    key: str
    what: str
    source: str
    tolerance: str
    measure: Callable[[Effort], Finding] | None
    reason: str = ""

    @property
    def kind(self) -> str:
        """V, D, C or P."""
        return self.key[0]

    @property
    def must(self) -> bool:
        """Whether it is a gate."""
        return self.kind in MUST


def verdict(row: Row, finding: Finding | None) -> str:
    """Of a row: it holds where every cell that is judged does, and a pattern may be seen in part; without such cells it is reported."""
    if finding is None:
        return NOT_RUN
    judged = [cell.holds for cell in finding.cells if cell.holds is not None]
    if not judged:
        return REPORTED
    if row.kind == "P":
        return SEEN if all(judged) else (IN_PART if any(judged) else NOT_SEEN)
    return HOLDS if all(judged) else MISSED


def near(ours: float, published: float, tolerance: float, open_by: float = 0.0) -> bool:
    """Whether a value is within a tolerance of a published one, wider by what the runs leave open.

    >>> near(0.97, 0.96, 0.015), near(0.97, 0.93, 0.015), near(0.97, 0.93, 0.015, 0.03)
    (True, False, True)
    """
    return math.isfinite(ours) and abs(ours - published) <= tolerance + open_by
