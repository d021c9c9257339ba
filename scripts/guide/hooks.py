"""Hooks of the guide's builder (mkdocs.yml): pages that are made from the program and from the notebooks, when the site is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

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


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made, and the notebooks with their drawings and files to download."""
    made: dict[str, str | bytes] = {path: make() for path, make in MADE.items()}
    made |= notebook_pages.pages(ROOT / "notebooks")
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files
