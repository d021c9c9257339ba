"""What `orgsim intervene` prints: the headline, a line a move, pairs where they were lived, and what is counted."""

from __future__ import annotations

import shutil
import textwrap

from sim.analysis.moves import Effects
from sim.analysis.moves_words import counted, headline
from sim.report.moves_table import LEGEND, pairs_text, text_table

WIDEST, NARROWEST = 110, 80


def as_text(effects: Effects) -> str:
    """The whole result as plain text."""
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    told = [textwrap.fill(text, width, subsequent_indent="  ") for text in counted(effects)]
    table = [text_table(effects), "", LEGEND]
    pairs = pairs_text(effects)
    return "\n".join([textwrap.fill(headline(effects), width), "", *table, *(["", pairs] if pairs else []), "", *told])
