"""How a finding is counted, and what it hangs on: the doubts that the headline may not be stronger than.

The headline is about the first headline outcome as it is counted everywhere else. Where another way of counting does not make the
same design the better one for sure, the headline says so instead of naming a winner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.contrasts import FLIPPED, GAINED, LOST, Case, differences
from sim.analysis.quantities import listed, plain, sentence
from sim.analysis.results import Analysis, Counted
from sim.analysis.verdicts import widest_in_errors
from sim.experiment.comparison import Comparison
from sim.experiment.conventions import USUAL, Convention, read
from sim.experiment.sequences.means import standard_errors_wide
from sim.model.outcomes import HEADLINE

NAMED = 6
"""Up to this many assumptions are named in the headline; the page lists all."""


@dataclass(frozen=True)
class Doubt:
    """Ways of counting under which a verdict does not hold: those that leave it open, and those that turn it."""

    unsure: tuple[str, ...]
    turned: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.unsure or self.turned)


def counted(analysis: Analysis, ways: Sequence[Convention], comparisons: Sequence[Comparison]) -> tuple[Counted, ...]:
    """The differences under each way of counting; comparisons[k] is what ways[k] reads.

    The usual way's are the analysis' own. The others' intervals are as many standard errors wide as its own on the first headline
    outcome, so that rows differ by what is counted and not by how many rows there are.
    """
    cases = [Case(way.name, *read(way, comparison), way.outcome) for way, comparison in zip(ways, comparisons, strict=True)]
    wide = widest_in_errors([analysis.differences[second][HEADLINE[0]] for second in analysis.others])
    if wide is None and analysis.stopped:  # a fixed sample's would not hold where runs were added
        wide = float(standard_errors_wide(analysis.stopped.pairs, analysis.stopped.precision.alpha))
    found = differences(cases, analysis.designs, analysis.confidence, multiple=wide)
    return tuple(
        Counted(
            way.name,
            way.sentence,
            way.outcome,
            way.name == USUAL,
            {second: analysis.differences[second][way.outcome] for second in analysis.others} if way.name == USUAL else here,
        )
        for way, here in zip(ways, found, strict=True)
    )


def doubt(analysis: Analysis, second: str) -> Doubt:
    """What speaks against a sure verdict on the first headline outcome; nothing where the verdict is not sure anyway."""
    better = analysis.differences[second][HEADLINE[0]].better
    if better is None:
        return Doubt((), ())
    rows = [row for row in analysis.counted if row.outcome == HEADLINE[0] and second in row.differences]
    unsure = tuple(row.name for row in rows if row.differences[second].better is None)
    turned = tuple(row.name for row in rows if row.differences[second].better not in (None, better))
    return Doubt(unsure, turned)


def doubt_in_words(analysis: Analysis, second: str) -> str:
    """A clause for the headline, in place of the one that names a winner."""
    found = doubt(analysis, second)
    lead = analysis.differences[second][HEADLINE[0]]
    other = lead.second if lead.better == lead.first else lead.first
    parts = [f"{plain(str(lead.better))} is better as it is usually counted"]
    if found.turned:
        parts.append(f"{plain(other)} with {_quoted(found.turned)}")
    if found.unsure:
        parts.append(f"neither for sure with {_quoted(found.unsure)}")
    return f"whether {plain(lead.second)} or {plain(lead.first)} is better depends on how it is counted: {', '.join(parts)}"


def _quoted(names: Sequence[str]) -> str:
    return listed([f"“{name}”" for name in names])


def hangs_in_words(analysis: Analysis) -> str:
    """On which assumptions the headline verdicts hang, one sentence a pair of designs; empty where nobody looked."""
    if not analysis.assumptions:
        return ""
    parts = []
    for second in analysis.others:
        names = list(dict.fromkeys(row.path.rpartition(".")[2] for row in analysis.hangs_on if row.second == second))
        pair = f"{plain(second)} against {plain(analysis.first)}"
        if not names:
            parts.append(f"{pair}: no end of any of {analysis.assumptions} assumptions changes the verdict, one at a time")
            continue
        shown = names if len(names) <= NAMED + 1 else [*names[:NAMED], f"{len(names) - NAMED} more"]
        parts.append(f"{pair}: the verdict hangs on {len(names)} of {analysis.assumptions} assumptions: {listed(shown)}")
    return " ".join(f"{sentence(part)}." for part in parts)


EFFECTS = {FLIPPED: "turns the verdict", LOST: "makes it unsure", GAINED: "decides what is open"}


def hangs_rows(analysis: Analysis) -> list[tuple[str, str]]:
    """(what is set to what, what becomes of which verdict) for every assumption that a headline verdict hangs on."""
    return [
        (
            f"{row.path} = {row.value:g} {row.unit} instead of {row.usual:g}",
            f"{EFFECTS[row.effect]}, {plain(row.second)} against {plain(analysis.first)} ({row.meaning})",
        )
        for row in analysis.hangs_on
    ]
