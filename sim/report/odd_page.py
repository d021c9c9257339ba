"""The protocol of the model after ODD 2020, from the declarations in the code and a few pages of prose.

`python -m sim.report.odd_page` writes docs/model/ODD.md; a test finds it out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module, resources
from pathlib import Path
from types import ModuleType

from sim.core import streams
from sim.core.parameters import Param
from sim.core.streams import STREAMS
from sim.model import day
from sim.model.catalogue import MECHANISMS, MODULES
from sim.model.outcomes import CAUSES, GROUPS, OUTCOMES
from sim.model.state import TABLES
from sim.organisation.coordinates import COORDINATES
from sim.report.odd_code import equation_code, in_words, is_equation, phases, rules, said
from sim.report.parameter_page import markdown_table
from sim.scenario.firm import FIRM

FILE = Path("docs/model/ODD.md")
COMMAND = "python -m sim.report.odd_page"

ENTITIES = {
    "firm": "The firm: one row, what is everybody's.",
    "units": "Business units: they raise items, change their ways, and earn.",
    "homes": "Homes: where teams sit, in a unit, in the pool of a specialism, or among the enabling teams.",
    "teams": "Teams (agents): they build, learn, experiment and mend.",
    "liaisons": "Liaisons (agents): they carry what a unit wants to those who do not sit with it.",
    "leaders": "Leaders (agents): one a unit, and the board as the last row: they decide, hear of trouble, and give attention.",
    "ties": "Ties between each unit (rows) and each home (columns).",
    "lines": "Queues of items.",
    "items": "Work items: changes that units ask for, and ideas that teams find.",
}
SHARED = (
    "sim.organisation.structure", "sim.organisation.split", "sim.organisation.budget", "sim.organisation.positions",
    "sim.model.begin", "sim.model.items", "sim.model.unit_factors",
)  # fmt: skip
"""How a world begins."""
HELPS = (
    "sim.model.life", "sim.model.lines", "sim.model.homes", "sim.model.hands", "sim.model.beliefs", "sim.model.ties",
    "sim.model.judgement", "sim.model.changes", "sim.model.escalations", "sim.model.present", "sim.model.calendar", "sim.model.move",
    "sim.model.flows", "sim.model.refile", "sim.model.measure",
)  # fmt: skip
"""What several submodels share."""
PARTS = {"architect": ("sim.model.landscape",)}
"""Submodels whose rules stand in more files than one, and the other files: their rules come first."""


def prose(name: str) -> str:
    """A page of prose that belongs to the protocol."""
    return resources.files("sim.report").joinpath(f"templates/odd_{name}.md").read_text(encoding="utf-8").strip()


def page() -> str:
    """The whole page."""
    blocks = [
        f"<!-- Written by `{COMMAND}`: change the declarations and sim/report/templates/odd_*.md, not this file. -->\n# The model (ODD)",
        prose("purpose"), "## 2. Entities, state variables and scales", prose("scales"), *_entities(),
        "### The organisation design", "A point in this space. No rule knows a design's name, or which of them it is running.",
        markdown_table(("coordinate", "meaning", "range", "unit", "bundle", "price of more"), _coordinates()),
        "### The firm's facts", "The same under every design.", _parameters(FIRM),
        "## 3. Process overview and scheduling", prose("schedule"), *_day(),
        prose("concepts"), "#### Streams", markdown_table(("stream", "what is drawn"), _streams()),
        "#### Outcomes", *_outcomes(),
        "## 5. Initialisation", prose("start"), *_modules(SHARED),
        "## 6. Input data", prose("input"),
        "## 7. Submodels", prose("submodels"), *_submodels(), "### Rules that several submodels share", *_modules(HELPS),
    ]  # fmt: skip
    return "\n\n".join(blocks) + "\n"


def _entities() -> Iterable[str]:
    for name, words in ENTITIES.items():
        rows = [(f"`{field}`", f"{about.type}{list(about.shape) if about.shape else ''}", about.unit, about.meaning, about.owner)
                for field, about in TABLES[name].items()]  # fmt: skip
        yield f"### {name}\n\n{words}"
        yield markdown_table(("variable", "type", "unit", "meaning", "written by"), rows)


def _coordinates() -> list[tuple[str, ...]]:
    return [(f"`{name}`", about.meaning, f"{about.low:g} to {about.high:g}", about.unit, about.bundle, about.price)
            for name, about in COORDINATES.items()]  # fmt: skip


def _parameters(table: Mapping[str, Param]) -> str:
    rows = [(f"`{name}`", param.meaning, f"{param.value:g}", param.unit, f"{param.low:g} to {param.high:g}",
             "" if param.off is None else f"{param.off:g}", param.source) for name, param in table.items()]  # fmt: skip
    return markdown_table(("name", "meaning", "value", "unit", "plausible", "off", "source"), rows)


def _day() -> Iterable[str]:
    for name, sentence, body in phases(day):
        yield f"#### {name.replace('_', ' ')}\n\n{sentence}"
        yield f"```python\n{body}\n```"


def _streams() -> list[tuple[str, str]]:
    comments = {line.split(" = ", 1)[0]: line.split("#: ", 1)[1] for line in _lines(streams) if "  #: " in line}
    return [(f"`{name}`", comments[name]) for name in STREAMS]


def _lines(module: ModuleType) -> list[str]:
    assert module.__file__ is not None
    return Path(module.__file__).read_text(encoding="utf-8").splitlines()


def _outcomes() -> Iterable[str]:
    for group, title in GROUPS.items():
        rows = [(f"`{name}`", about.meaning, about.unit, about.source) for name, about in OUTCOMES.items() if about.group == group]
        yield f"*{title}*"
        yield markdown_table(("outcome", "meaning", "unit", "source"), rows)
    yield f"Each day between raised and live is charged to exactly one of: {', '.join(CAUSES)}."


def _modules(names: Sequence[str]) -> Iterable[str]:
    for name in names:
        module = import_module(name)
        yield f"#### {name.rpartition('.')[2]}\n\n{in_words(said(module))}"


def _submodels() -> Iterable[str]:
    for name, module in MODULES.items():
        yield f"### {name}\n\n{in_words(said(module))}"
        if MECHANISMS[name]:
            yield _parameters(MECHANISMS[name])
        declared = [each for part in (*map(import_module, PARTS.get(name, ())), module) for each in rules(part)]
        equations = [code for _, _, code in declared if is_equation(code)]
        if equations:
            yield "Equations:"
            yield listing(equations)
        steps = [(f"- `{signature}`: {sentence}", code) for signature, sentence, code in declared if not is_equation(code)]
        if steps:
            yield "What it does:\n\n" + "\n".join(step for step, _ in steps)
            yield f"<details><summary>{name}: these rules in full</summary>\n\n{listing([code for _, code in steps])}\n\n</details>"


def listing(codes: Sequence[str]) -> str:
    """Rules as the program has them, without their docstrings."""
    return "\n".join(["```python", "\n\n".join(equation_code(code) for code in codes), "```"])


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file named, by default docs/model/ODD.md below the working folder."""
    file = Path(arguments[0]) if arguments else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
