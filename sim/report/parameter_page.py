"""The page of parameters: every number that a rule reads, with unit, plausible range and source, as Markdown.

`python -m sim.report.parameter_page` writes docs/model/parameters.md; a test finds it out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sim.core.parameters import Param
from sim.core.sources import PROVENANCES, Source, keys_of, load_sources
from sim.organisation.coordinates import Coordinate

FILE = Path("docs/model/parameters.md")
COMMAND = "python -m sim.report.parameter_page"

Table = Mapping[str, Param]


def parameters_markdown(firm: Table, coordinates: Mapping[str, Coordinate], mechanisms: Mapping[str, Table]) -> str:
    """The whole page.

    firm         fields of a firm by name
    coordinates  axes of the space of designs by name
    mechanisms   parameters by name, by mechanism in the order of the day

    Raises KeyError where a parameter names a source that sources.toml does not hold.
    """
    tables = {"firm": firm, **mechanisms}
    blocks = [
        _head(tables, coordinates),
        "## The firm\n\nFacts that stay the same whatever its organisation design: `firm.NAME` in a scenario.",
        _parameter_table(firm),
        "## The organisation design\n\nA design is a value for each: `design.DESIGN.NAME` in a scenario. More of each has its price.",
        _coordinate_table(coordinates),
        "## Mechanisms\n\nIn the order of the day: `model.NAME` in a scenario. At *off* a number's effect is gone.",
    ]
    for name, table in mechanisms.items():
        blocks += [f"### {name}", _parameter_table(table) if table else "No numbers of its own."]
    blocks += [_assumptions(tables), _sources(tables)]
    return "\n\n".join(blocks) + "\n"


def _head(tables: Mapping[str, Table], coordinates: Mapping[str, Coordinate]) -> str:
    params = [param for table in tables.values() for param in table.values()]
    guessed = sum(param.is_assumption for param in params)
    return (
        f"<!-- Written by `{COMMAND}`: change the declarations, not this file. -->\n# Parameters\n\n"
        f"{len(params)} numbers of firm and mechanisms, of which {guessed} are assumptions (marked †, with reasons at the end); "
        f"{len(coordinates)} coordinates of a design. The plausible range is what sweeps, the ensemble of "
        "firms and the study of sensitivity draw from."
    )


def _parameter_table(table: Table) -> str:
    rows = [
        (
            f"`{name}`",
            param.meaning,
            _number(param.value),
            param.unit,
            f"{_number(param.low)} to {_number(param.high)}",
            "" if param.off is None else _number(param.off),
            "assumption †" if param.is_assumption else param.source,
        )
        for name, param in table.items()
    ]
    return markdown_table(("name", "meaning", "value", "unit", "plausible", "off", "source"), rows)


def _coordinate_table(coordinates: Mapping[str, Coordinate]) -> str:
    rows = [
        (
            f"`{name}`",
            coordinate.meaning,
            f"{_number(coordinate.low)} to {_number(coordinate.high)}",
            coordinate.unit,
            coordinate.bundle,
            coordinate.price,
        )
        for name, coordinate in coordinates.items()
    ]
    return markdown_table(("name", "meaning", "range", "unit", "bundle", "price of more"), rows)


def _assumptions(tables: Mapping[str, Table]) -> str:
    """The numbers that no publication stands behind, with the reason for each."""
    rows = [
        (f"`{name}`", place, _number(param.value), param.unit, param.source.partition(":")[2].strip())
        for place, table in tables.items()
        for name, param in table.items()
        if param.is_assumption
    ]
    opening = "## Assumptions\n\nNo publication stands behind these: each is varied in the study of sensitivity."
    return f"{opening}\n\n{markdown_table(('name', 'where', 'value', 'unit', 'why this number'), rows)}"


def _sources(tables: Mapping[str, Table]) -> str:
    """The publications behind the other numbers, and how far each was checked."""
    keys = sorted(set().union(*(keys_of(param.source) for table in tables.values() for param in table.values())))
    known = load_sources()
    meanings = "\n".join(f"- *{word}*: {meaning}" for word, meaning in PROVENANCES.items())
    rows = [_source_row(key, known[key]) for key in keys]
    return f"## Sources\n\n{meanings}\n\n{markdown_table(('key', 'reference', 'taken', 'provenance'), rows)}"


def _source_row(key: str, source: Source) -> tuple[str, ...]:
    return f"`{key}`", source.reference, source.taken, source.provenance


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped, or it would end the cell."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _number(value: float) -> str:
    """A number as short as it can be told exactly, with a real minus sign."""
    return f"{value:.12g}".replace("-", "−")


def page() -> str:
    """The page of this version's firm, coordinates and mechanisms."""
    from sim.model.catalogue import MECHANISMS
    from sim.organisation.coordinates import COORDINATES
    from sim.scenario.firm import FIRM

    return parameters_markdown(FIRM, COORDINATES, MECHANISMS)


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file named, by default docs/model/parameters.md below the working folder."""
    file = Path(arguments[0]) if arguments else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
