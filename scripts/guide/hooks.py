"""Hooks of the guide's builder (mkdocs.yml): pages that are made from the program and from the notebooks, when the site is built."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

import gallery  # noqa: E402
import notebook_pages  # noqa: E402
import reference_pages  # noqa: E402
from mkdocs.structure.files import File, Files  # noqa: E402

MADE = {
    "reference/commands.md": reference_pages.commands,
    "reference/python.md": reference_pages.python,
    "reference/outcomes.md": reference_pages.outcomes,
    "reference/designs.md": reference_pages.designs,
    "decisions/index.md": reference_pages.decisions,
}
"""Page → what makes its Markdown."""


SECTIONS = {"tutorial": "Tutorial", "how-to": "How to", "reference": "Reference", "explanation": "Explanation", "model": "Explanation"}
"""Folder → section of the guide in which its pages stand that mkdocs.yml does not place."""

BEYOND = re.compile(r"\[([^\]]+)\]\(\.\./\.\./([^)#]+)[^)]*\)")
"""A link that leaves docs/: pages stand one folder deep."""


def on_config(config: Any) -> Any:
    """Give pages that nobody has placed yet the last places of their folder's section."""
    placed = set(_pages(config.nav))
    for folder, title in SECTIONS.items():
        section = next(entry[title] for entry in config.nav if title in entry)
        section += [path for page in sorted((ROOT / "docs" / folder).glob("*.md")) if (path := f"{folder}/{page.name}") not in placed]
    return config


def _pages(nav: Any) -> Iterator[str]:
    """Every page that a part of the navigation names."""
    if isinstance(nav, str):
        yield nav
    else:
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(part)


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made, and the notebooks with their drawings and files to download."""
    made: dict[str, str | bytes] = {path: make() for path, make in MADE.items()}
    made |= notebook_pages.pages(ROOT / "notebooks")
    made |= gallery.pages()
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """A link to a file of the project that is no part of the guide is named instead: there is nothing to open behind it."""
    return BEYOND.sub(r"\1 (`\2`)", markdown)
