"""Parts: where it comes from that the firms of an ensemble differ from the scenario, as text and as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.analysis.parts import PartLead
from sim.analysis.quantities import number, per_cent, plain
from sim.experiment.parts import ALL, FIRM, MODEL
from sim.report.columns import in_columns

FILE = "parts.json"
NAMES = {ALL: "all", FIRM: "the firm's own", MODEL: "the model's"}


def parts_text(design: str, first: str, scenario: str, base: float, leads: Sequence[PartLead], sizes: Mapping[str, int]) -> str:
    """A row a part; sizes: part → how many numbers are drawn."""
    firms = max(one.more.firms for one in leads)
    head = ("numbers drawn", "how many", "earns more", "middle lead", "moved by")
    rows = [head, *((_name(one.part), str(sizes[one.part]), f"{one.more.count} of {one.more.firms} ({per_cent(one.more.share)})",
                     number(one.middle, 2, True), number(one.moved, 2, True)) for one in leads)]  # fmt: skip
    title = (f"{plain(design)}'s lead over {plain(first)} on {firms} firms where only these numbers are theirs and all others "
             f"{plain(scenario)}'s, which has {number(base, 2, True)}:")  # fmt: skip
    return "\n".join([title, *in_columns(rows)])


def _name(part: str) -> str:
    return NAMES.get(part, f"  {plain(part)}")


def parts_values(base: float, leads: Sequence[PartLead], sizes: Mapping[str, int]) -> dict[str, object]:
    """The same for JSON."""
    rows = [{"part": one.part, "numbers": sizes[one.part], "more": one.more.count, "firms": one.more.firms, "middle": one.middle,
             "moved": one.moved} for one in leads]  # fmt: skip
    return {"scenario": base, "parts": rows}
