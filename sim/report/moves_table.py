"""Moves as a table in the terminal, as rows of the page, and as values for JSON."""

from __future__ import annotations

from collections.abc import Mapping

from sim.analysis.moves import SHOWN, Effects, Interaction, Move
from sim.analysis.moves_words import change_words, count, counted, headline, interval_words
from sim.analysis.quantities import NOTHING, plain, printed_unit
from sim.analysis.results import Difference
from sim.experiment.comparison import Comparison
from sim.experiment.moves import NOTHING as DOING_NOTHING
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.contrast_table import difference_row
from sim.report.summary import provenance

SHORT = {
    "return_on_spend": "return", "lead_time_median": "lead time", "innovations_per_100_technologist_years": "innovations",
    "boundary_wait_share": "at boundaries", "benefits_realised_share": "benefits", "change_failure_rate": "failures",
    "cost_total": "spend",
}  # fmt: skip
IN_TERMINAL = ("lead_time_median", "innovations_per_100_technologist_years", "benefits_realised_share", "cost_total")
"""Of the other outcomes those that there is room for; all stand in the page and in JSON."""

GROUPS = ((True, "Done to the IT unit"), (False, "Done to how work is organised"))
PAIRS_SHOWN = 10
"""Pairs in the terminal, the strongest interactions first; all of them stand in JSON."""


def head(outcome: str) -> str:
    """An outcome's column: a few words and its unit."""
    unit = printed_unit(outcome)
    return f"{SHORT[outcome]}, {unit.partition(' ')[0]}" if unit in ("%", "days", "million a year") else SHORT[outcome]


def marked(difference: Difference) -> str:
    """A change as a cell: bare where it is sure and matters, in brackets where it is sure but does not, with ~ where it is not sure."""
    if difference.beyond:
        return NOTHING
    words = change_words(difference)
    if not difference.sure:
        return f"~{words}" if difference.mean else words
    return f"({words})" if difference.is_small else words


def text_table(effects: Effects) -> str:
    """One line a move and group of moves: the return from its day and settled with its interval, then the other outcomes once settled."""
    lines = [["", "return from its day", "return, settled", *(head(name) for name in IN_TERMINAL)]]
    for usual, title in GROUPS:
        moves = [move for move in effects.moves if move.usual == usual]
        if moves:
            lines.append([f"{title}:"])
            lines += [_line(f"  {plain(move.name)}", move.at_once, move.settled) for move in moves]
    lines.append(["For comparison:"])
    lines.append(_line(f"  {plain(effects.other)} from the start", None, effects.yardstick))
    widths = [max(len(line[column]) for line in lines if column < len(line)) for column in range(len(lines[0]))]
    body = []
    for line in lines:
        cells = [line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:]))]
        body.append("  ".join(cells).rstrip())
    return "\n".join(body)


def _line(name: str, at_once: Mapping[str, Difference] | None, settled: Mapping[str, Difference]) -> list[str]:
    first = HEADLINE[0]
    return [
        name, interval_words(at_once[first]) if at_once else "", interval_words(settled[first]),
        *(marked(settled[one]) for one in IN_TERMINAL),
    ]  # fmt: skip


LEGEND = "In brackets: sure, but less than matters. ~: not surely different from doing nothing. –: half of the work is not reached."


def pairs_text(effects: Effects) -> str:
    """What pairs do beyond both, the strongest first; empty where no pairs were lived."""
    if not effects.pairs:
        return ""
    sure = [pair for pair in effects.pairs if pair.beyond_both.sure]
    shown = effects.pairs[:PAIRS_SHOWN]
    names = [f"{plain(pair.first)} and {plain(pair.second)}" for pair in shown]
    width = max(len(name) for name in names)
    lines = [f"  {name.ljust(width)}  {interval_words(pair.together):>28}  {interval_words(pair.beyond_both):>28}"
             for name, pair in zip(names, shown, strict=True)]  # fmt: skip
    title = f"In pairs ({len(effects.pairs)}, of which {count(len(sure))} surely do more or less together than one by one):"
    return "\n".join([title, f"  {''.ljust(width)}  {'return, both together':>28}  {'beyond the sum of both':>28}", *lines])


def rows(effects: Effects) -> list[dict[str, tuple[str, str]]]:
    """One row a move, the yardstick last: head → (value, what stands under it)."""
    moves = [_row(plain(move.name), move.at_once, move.settled, move.size) for move in effects.moves]
    return [*moves, _row(f"{plain(effects.other)} from the start", None, effects.yardstick, "")]


def _row(
    name: str, at_once: Mapping[str, Difference] | None, settled: Mapping[str, Difference], size: str
) -> dict[str, tuple[str, str]]:  # fmt: skip
    first = HEADLINE[0]
    early = _parted(at_once[first]) if at_once else (NOTHING, "")
    return {
        "move": (name, ""), "return from its day": early, "return, settled": _parted(settled[first]), "size": (size or NOTHING, ""),
        **{head(one): (marked(settled[one]), "") for one in SHOWN[1:]},
    }  # fmt: skip


def _parted(difference: Difference) -> tuple[str, str]:
    value, _, bracket = interval_words(difference).partition(" (")
    return value, bracket.rstrip(")")


def document(settled: Comparison, effects: Effects) -> dict[str, object]:
    """The result as plain values, in the outcomes' units as stored; what is undefined is None."""
    return {
        "scenario": settled.scenario.name, "scenario_digest": settled.scenario.digest, "days": settled.scenario.run.days,
        "replicates": settled.replicates, "pairs_of_runs": effects.n, "seed": settled.provenance.get("seed"),
        "headline": headline(effects), "held_against": DOING_NOTHING,
        "moves": {move.name: _move(move) for move in effects.moves},
        "yardstick": {"design": effects.other, "settled": _differences(effects.yardstick)},
        "pairs": [_pair(pair) for pair in effects.pairs],
        "counted": counted(effects),
        "failures": [{"move": f.design, "seed": f.seed, "error": f.error} for f in settled.failures],
        "provenance": provenance(settled),
    }  # fmt: skip


def _move(move: Move) -> dict[str, object]:
    return {
        "usual": move.usual, "about": move.about, "size": move.size, "from_its_day": _differences(move.at_once),
        "settled": _differences(move.settled),
    }  # fmt: skip


def _differences(found: Mapping[str, Difference]) -> dict[str, object]:
    return {name: difference_row(OUTCOMES[name].label, difference) for name, difference in found.items()}


def _pair(pair: Interaction) -> dict[str, object]:
    return {
        "first": pair.first, "second": pair.second, "together": difference_row("together", pair.together),
        "beyond_both": difference_row("beyond both", pair.beyond_both),
    }  # fmt: skip
