"""Notebooks as pages of the guide: text as it is, code and what it printed, drawings as files of their own, solutions folded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

TO_NOTEBOOK = re.compile(r"\]\((\w+)\.ipynb\)")


def pages(folder: Path) -> dict[str, str | bytes]:
    """Path in the guide → content, for every built notebook: its page, its drawings, and the notebook itself to download."""
    found: dict[str, str | bytes] = {}
    for path in sorted(folder.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        drawings: dict[str, str] = {}
        found[f"notebooks/{path.stem}.md"] = page(path.stem, nbformat.reads(text, as_version=4), drawings)
        found |= {f"notebooks/{name}": drawing for name, drawing in drawings.items()}
        found[f"notebooks/download/{path.name}"] = text
    return found


def page(stem: str, notebook: Any, drawings: dict[str, str]) -> str:
    """The Markdown of one notebook; its drawings are put into `drawings` under their files' names."""
    parts: list[str] = []
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            parts.append(TO_NOTEBOOK.sub(r"](\1.md)", cell.source))
            if place == 0:
                parts.append(f"[Download this notebook](download/{stem}.ipynb), and run it: `jupyter lab {stem}.ipynb`.")
            continue
        shown = [f"```python\n{cell.source}\n```", *(_output(output, stem, drawings) for output in cell.outputs)]
        body = "\n\n".join(part for part in shown if part)
        if "solution" in cell.metadata.get("tags", ()):
            body = '??? success "Solution"\n\n' + "\n".join(f"    {line}".rstrip() for line in body.split("\n"))
        parts.append(body)
    return "\n\n".join(parts) + "\n"


def _output(output: Any, stem: str, drawings: dict[str, str]) -> str:
    """What one output is in Markdown. Raises ValueError for a kind that no cell should leave."""
    if output.output_type == "stream":
        return _printed(output.text)
    data = output.get("data", {})
    if "image/svg+xml" in data:
        drawing = "".join(data["image/svg+xml"])
        name = f"{stem}-{len(drawings) + 1}.svg"
        drawings[name] = drawing
        said = re.search(r'aria-label="([^"]*)"', drawing)
        return f"![{_alone(said[1] if said else 'a chart')}]({name})"
    if "text/html" in data:
        return re.sub(r"<style scoped>.*?</style>\s*", "", "".join(data["text/html"]), flags=re.DOTALL).replace("\n", " ")
    if "text/plain" in data:
        return _printed("".join(data["text/plain"]))
    raise ValueError(f"{stem}: an output that is neither text, table nor drawing: {output}")


def _printed(text: str) -> str:
    """A table keeps its lines; sentences are wrapped (guide.css)."""
    kind = "text" if "   " in text else "{ .text .sentences }"
    return f"```{kind}\n{text.rstrip()}\n```"


def _alone(words: str) -> str:
    """Words that can stand in the brackets of a picture."""
    return re.sub(r"[\[\]\n]", " ", words)
