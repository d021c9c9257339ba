"""The page of evidence: every row with what is published and ours, what was fitted and what is predicted, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.evidence_table import cell_row, summary
from sim.report.parameter_page import markdown_table
from sim.validation.calibration import MOVED, MOVED_OTHERWISE
from sim.validation.evidence import KINDS
from sim.validation.practice_rows import FITTED
from sim.validation.rows import Checked

HEADS = {
    "V": ("Formulas", "Waiting lines, gates and pools have exact answers. The kernel that compares designs gives them, each as a setting "
          "of a firm. Every row must hold."),
    "D": ("Published models", "The parts of the model that are taken from publications give their results when all else is switched off. "
          "Docking is distributional: means over runs agree within the tolerance; small programs of their own, written from the papers, "
          "agree with the kernel in the tests (tests/docking). Every row must hold; D2a is reported."),
    "C": ("Ranges of practice", "What the partnership on the branch bank shows, against ranges that it may be fitted to. No other design "
          "and no other firm is fitted to anything."),
    "P": ("Patterns and cases, predicted", "What the model says where practice has seen a pattern. Nothing was fitted to these, none is a "
          "gate, and what is not seen stays in the table."),
}  # fmt: skip


def evidence_markdown(checked: Sequence[Checked], command: str, pictures: Mapping[str, Sequence[str]]) -> str:
    """The whole page.

    command   that wrote it
    pictures  row → paths of its figures, relative to the page
    """
    blocks = [f"<!-- Written by `{command}`: change the rows, not this file. -->\n# Evidence\n\n"
              "What the model is held against, and how it comes out. ± is half of an interval: 99 % in rows V, about 95 % elsewhere.\n\n"
              + "\n".join(f"- {line}" for line in summary(checked).splitlines()), _lists(checked)]  # fmt: skip
    for kind in KINDS:
        mine = [one for one in checked if one.row.kind == kind]
        if mine:
            title, words = HEADS[kind]
            blocks += [f"## {title}\n\n{words}", *(_row(one, pictures.get(one.row.key, ())) for one in mine)]
    return "\n\n".join(blocks) + "\n"


def _lists(checked: Sequence[Checked]) -> str:
    there = [one.row.key for one in checked]
    met = [key for key in there if key[0] == "C" and key not in FITTED]
    moved = ", ".join(f"`{move.name}`" for move in MOVED)
    doubted = ", ".join(f"`{move.name}`" for move in MOVED_OTHERWISE)
    return (
        "## Fitted to, predicted\n\n"
        f"- *Fitted to*: {', '.join(key for key in FITTED if key in there) or 'nothing here'}; {moved} were moved for it. "
        f"Ranges looked at while fitting and met without moving anything: {', '.join(met) or 'none here'}. "
        f"For other reasons, after more had been seen than the partnership: {doubted} ([calibration](calibration.md)).\n"
        f"- *Predicted*: {', '.join(key for key in there if key[0] == 'P') or 'nothing here'}.\n"
        "- Neither: formulas and published models fix how parts work, not how large their numbers are in a firm."
    )


def _row(one: Checked, pictures: Sequence[str]) -> str:
    parts = [f"### {one.row.key}: {one.row.what}\n\n**{one.verdict}** ({one.seconds:.0f} s). Source: {one.row.source}. Holds: "
             f"{one.row.tolerance}."]  # fmt: skip
    if one.finding and one.finding.cells:
        parts.append(markdown_table(("setting", "published", "ours", "±", ""), [cell_row(cell) for cell in one.finding.cells]))
    parts += one.said
    parts += [f"![{one.row.key}]({path})" for path in pictures]
    return "\n\n".join(parts)
