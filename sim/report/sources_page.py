"""The page of sources: what was taken from each publication, how far that was checked, and where it is used.

`python -m sim.report.sources_page` writes docs/model/sources.md; a test finds it out of date. Where a source is used is read from
the code, the declarations and the scenarios.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.core.sources import PROVENANCES, keys_in, keys_of, load_sources
from sim.model.catalogue import PARAMETERS
from sim.model.outcomes import OUTCOMES
from sim.report.parameter_page import markdown_table
from sim.scenario.firm import FIRM
from sim.scenario.shipped import design_paths, scenario_paths

FILE = Path("docs/model/sources.md")
COMMAND = "python -m sim.report.sources_page"
PACKAGE = Path(__file__).parent.parent
NOT_A_USE = frozenset({"core/sources.py", "report/sources_page.py"})
"""Files that only show how a key is written."""


def uses() -> dict[str, list[str]]:
    """Key of a source → where it is used: submodels and other files of the package, numbers, scenarios and designs."""
    found: dict[str, list[str]] = {key: [] for key in load_sources()}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.md")]):
        place = path.relative_to(PACKAGE).as_posix()
        if place not in NOT_A_USE:
            _add(found, keys_in(path.read_text(encoding="utf-8")), f"`sim/{place}`")
    for group in (FIRM, PARAMETERS, OUTCOMES):
        for name, thing in group.items():
            _add(found, keys_of(thing.source), f"`{name}`")
    for name, file in {**scenario_paths(), **design_paths()}.items():
        _add(found, keys_in(file.read_text(encoding="utf-8")), f"`{name}`")
    rows = (PACKAGE / "validation").glob("*_rows.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in rows)
    for key in found:
        if re.search(rf'"{key}\b', text):
            found[key].append("evidence")
    return found


def _add(found: dict[str, list[str]], keys: set[str], place: str) -> None:
    for key in sorted(keys):
        if key in found and place not in found[key]:
            found[key].append(place)


def page() -> str:
    """The whole page."""
    used = uses()
    meanings = "\n".join(f"- *{word}*: {meaning}" for word, meaning in PROVENANCES.items())
    rows = [(f"`{key}`", source.reference, source.taken, source.provenance, ", ".join(used[key]) or "[literature](literature.md)")
            for key, source in load_sources().items()]  # fmt: skip
    return (
        f"<!-- Written by `{COMMAND}`: change sim/core/sources.toml, not this file. -->\n# Sources\n\n{meanings}\n\n"
        f"{markdown_table(('key', 'reference', 'taken', 'provenance', 'where used'), rows)}\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file named, by default docs/model/sources.md below the working folder."""
    file = Path(arguments[0]) if arguments else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
