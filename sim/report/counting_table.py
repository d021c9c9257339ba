"""How it is counted: the headline differences under each way of counting, for the terminal, the page and JSON."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.deciding import size_in_words
from sim.analysis.quantities import plain, sentence
from sim.analysis.results import Analysis, Counted
from sim.model.outcomes import OUTCOMES
from sim.report.contrast_table import difference_row
from sim.report.table import verdict_words


@dataclass(frozen=True)
class Line:
    """One way of counting as printed; cells is (difference, verdict, better design or None) for each design but the first."""

    name: str
    sentence: str
    usual: bool
    cells: tuple[tuple[str, str, str | None], ...]


def counting_lines(analysis: Analysis) -> dict[str, list[Line]]:
    """Label of the outcome counted → its ways of counting."""
    found: dict[str, list[Line]] = {}
    for row in analysis.counted:
        found.setdefault(sentence(OUTCOMES[row.outcome].label), []).append(_line(analysis, row))
    return found


def _line(analysis: Analysis, row: Counted) -> Line:
    cells = [row.differences[second] for second in analysis.others]
    return Line(row.name, row.sentence, row.usual, tuple((size_in_words(d), verdict_words(d), d.better) for d in cells))


def counting_text(analysis: Analysis) -> str:
    """The table as plain text, one block an outcome; empty where only one way was tried."""
    blocks = []
    for label, lines in counting_lines(analysis).items():
        heads = [f"{plain(second)} less {plain(analysis.first)}" for second in analysis.others]
        rows = [[label, *(text for head in heads for text in (head, ""))]]
        rows += [[f"  {line.name}", *(text for size, verdict, _ in line.cells for text in (size, verdict))] for line in lines]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        blocks.append("\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows))
    return "\n\n".join(["How it is counted", *blocks]) if blocks else ""


def counting_values(analysis: Analysis) -> list[dict[str, object]]:
    """Rows for JSON, one a way of counting."""
    return [
        {
            "convention": row.name,
            "sentence": row.sentence,
            "outcome": row.outcome,
            "differences": {
                f"{second} - {analysis.first}": {
                    key: value for key, value in difference_row(second, found).items() if key not in ("name", "outcome")
                }
                for second, found in row.differences.items()
            },
        }
        for row in analysis.counted
    ]
