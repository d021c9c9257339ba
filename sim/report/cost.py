"""Blocks of the way there: every path against staying, and every single move against doing nothing."""

from __future__ import annotations

from sim.analysis.journey_words import headline as journey_headline
from sim.analysis.moves import Effects
from sim.analysis.moves_words import headline as moves_headline
from sim.report.beside import Beside, StoredJourney
from sim.report.blocks import Ways
from sim.report.charts.journey import journey_chart
from sim.report.charts.moves import moves_chart
from sim.report.colours import design_colours
from sim.report.journey_page import note as journey_note
from sim.report.journey_table import rows as journey_rows
from sim.report.journey_table import staying_words
from sim.report.moves_page import note as moves_note
from sim.report.moves_table import rows as moves_rows


def cost_blocks(beside: Beside) -> list[Ways]:
    """A block a set of paths, then a block a set of moves."""
    return [*(_journey(found) for found in beside.journeys), *(_moves(effects) for effects in beside.moves)]


def _journey(found: StoredJourney) -> Ways:
    journey = found.journey
    chart = journey_chart(journey, design_colours([found.target])[found.target])
    return Ways("transition", "The way there", [journey_headline(journey)], [chart], journey_rows(journey), "Path by path",
                journey_note(journey), staying_words(journey), found.about)  # fmt: skip


def _moves(effects: Effects) -> Ways:
    chart = moves_chart(effects, design_colours([effects.other])[effects.other])
    about = {move.name: move.about for move in effects.moves}
    return Ways("interventions", "Single moves instead", [moves_headline(effects)], [chart], moves_rows(effects), "Move by move",
                moves_note(effects), "", about)  # fmt: skip
