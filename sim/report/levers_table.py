"""Levers as text and as values: one row a coordinate, with its strongest pull."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.levers import Pull, Strength
from sim.analysis.moves_words import interval_words
from sim.analysis.quantities import listed, number, plain, printed_unit
from sim.model.outcomes import OUTCOMES
from sim.organisation.coordinates import COORDINATES
from sim.report.columns import in_columns
from sim.report.contrast_table import difference_row


def levers_text(found: Sequence[Strength], bases: Sequence[str]) -> str:
    """A table, the strongest coordinate first, and what is dead."""
    rows = [("coordinate", "from", "to", "strongest on", "at", "moves it by (95 % interval)", "× matters", "moves"), *map(_row, found)]
    body = in_columns(rows)
    dead = [plain(strength.coordinate) for strength in found if not strength.alive]
    end = f"Dead: {listed(dead)}." if dead else "Every coordinate surely moves a headline outcome by more than matters."
    places = listed([plain(base) for base in bases])
    return "\n".join([
        "What each coordinate does to the headline outcomes, all else alike", *body, "",
        f"Moved at {places}, from one end of its range to the other; held equal as the scenario holds designs.",
        "× matters: in smallest differences that matter. Moves: at how many bases and outcomes it surely moves more than that.", end,
    ])  # fmt: skip


def _row(strength: Strength) -> tuple[str, ...]:
    pull = strength.pulls[0]
    name = pull.effect.outcome
    unit = printed_unit(name)
    label = f"{OUTCOMES[name].label}, {unit}" if unit in ("%", "days") else OUTCOMES[name].label
    times = number(pull.times, 0 if pull.times >= 10 else 1) if math.isfinite(pull.times) else "any"
    return (
        plain(strength.coordinate), f"{pull.lever.low:g}", f"{pull.lever.high:g}", label, plain(pull.lever.base),
        _size(pull), times, f"{strength.count} of {len(strength.pulls)}",
    )  # fmt: skip


def _size(pull: Pull) -> str:
    return "size unknown" if pull.effect.beyond else interval_words(pull.effect)


def lever_values(found: Sequence[Strength]) -> list[dict[str, object]]:
    """Rows for JSON: every coordinate with every pull, in the outcomes' units as stored."""
    return [
        {
            "coordinate": strength.coordinate, "bundle": COORDINATES[strength.coordinate].bundle, "alive": strength.alive,
            "moves": strength.count,
            "pulls": [
                {
                    "base": pull.lever.base, "from": pull.lever.low, "to": pull.lever.high, "matters": pull.effect.matters,
                    **difference_row(OUTCOMES[pull.effect.outcome].label, pull.effect),
                }
                for pull in strength.pulls
            ],
        }
        for strength in found
    ]  # fmt: skip
