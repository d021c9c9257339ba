"""What `orgsim transition` prints: the headline, a line a path, and what is counted."""

from __future__ import annotations

import shutil
import textwrap

from sim.analysis.journey import Journey
from sim.analysis.journey_words import counted, headline
from sim.report.journey_table import table_text

WIDEST, NARROWEST = 110, 80


def as_text(journey: Journey) -> str:
    """The whole result as plain text."""
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    told = [textwrap.fill(text, width, subsequent_indent="  ") for text in counted(journey)]
    return "\n".join([textwrap.fill(headline(journey), width), "", table_text(journey), "", *told])
