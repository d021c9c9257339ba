"""What `orgsim compare` prints: the headline, a table for each comparison, where the days went, and what to bear in mind."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from typing import TextIO

from sim.analysis.headline import headline
from sim.analysis.notes import notes
from sim.analysis.quantities import plain
from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.report.attribution_table import attribution_text
from sim.report.colours import design_colours
from sim.report.counting_table import counting_text
from sim.report.table import text_table, where_the_days_went

WIDEST = 110
NARROWEST = 80
UNSURE = ("too close", "hardly differs", "differs")


def render(comparison: Comparison, analysis: Analysis, stream: TextIO | None = None) -> None:
    """Print the result to `stream` (standard output): in colour on a terminal, as plain text into a pipe or under NO_COLOR."""
    out = stream if stream is not None else sys.stdout
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    text = as_text(comparison, analysis, width)
    if out.isatty() and not os.environ.get("NO_COLOR"):
        _in_colour(text, analysis, out)
    else:
        out.write(text)


def as_text(comparison: Comparison, analysis: Analysis, width: int = 100) -> str:
    """The whole result as plain text, ending with a line break."""
    parts = [textwrap.fill(headline(analysis).sentence, width), "", text_table(analysis, width), ""]
    if any(difference.better and difference.is_small for found in analysis.differences.values() for difference in found.values()):
        parts.append("In brackets: sure, but less than matters.")
    parts += [textwrap.fill(line, width, subsequent_indent="  ") for line in where_the_days_went(analysis)]
    if analysis.attributions:
        parts += ["", attribution_text(analysis, width)]
    if analysis.counted:
        parts += ["", counting_text(analysis)]
    parts += ["", *(textwrap.fill(note, width, subsequent_indent="  ") for note in notes(comparison, analysis))]
    return "\n".join(parts) + "\n"


def _in_colour(text: str, analysis: Analysis, stream: TextIO) -> None:
    """The same text; in the table's last column the better design's name stands in its colour, and what is unsure is dim."""
    from rich.console import Console
    from rich.text import Text

    colours = {plain(design): colour for design, colour in design_colours(analysis.designs).items()}
    console = Console(file=stream, highlight=False, soft_wrap=True)
    for number, line in enumerate(text.splitlines()):
        shown = Text(line, style="bold" if number == 0 else "")
        last = line.rsplit("  ", 1)[-1].strip("()")
        if line.startswith("  ") and last in (*colours, *UNSURE):
            shown.stylize(colours.get(last, "dim"), line.rindex(last), line.rindex(last) + len(last))
        console.print(shown)
