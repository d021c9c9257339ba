"""Builds notebooks/*.ipynb from the percent scripts beside them: every cell run, outputs kept, the same bytes each time.

python scripts/build_notebooks.py            all of them
python scripts/build_notebooks.py 3 7        those whose names begin so
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST = 300
"""Seconds that one cell may take."""

HIDDEN = {"source_hidden": True, "outputs_hidden": True}
"""JupyterLab's own word for a folded cell: solutions are looked at when the reader asks for them."""


def read(script: Path) -> nbformat.NotebookNode:
    """The notebook that a percent script is, without outputs; solutions folded, identifiers by place."""
    notebook = jupytext.read(script, fmt="py:percent")
    for place, cell in enumerate(notebook.cells):
        cell.id = f"cell-{place:02d}"
        if "solution" in cell.metadata.get("tags", ()):
            cell.metadata["jupyter"] = dict(HIDDEN)
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
         "language_info": {"name": "python"}, "jupytext": {"formats": "ipynb,py:percent"}}
    )  # fmt: skip
    notebook.nbformat_minor = 5
    return notebook


def build(script: Path) -> Path:
    """Run a script's cells, in its own folder, and write the notebook. Raises CellExecutionError where a cell fails."""
    notebook = read(script)
    metadata = dict(notebook.metadata)
    NotebookClient(notebook, timeout=LONGEST, kernel_name="python3", record_timing=False,
                   resources={"metadata": {"path": str(FOLDER)}}).execute()  # fmt: skip
    notebook.metadata = nbformat.from_dict(metadata)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _kept(cell.outputs)
    target = script.with_suffix(".ipynb")
    target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return target


def _kept(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Outputs as a reader needs them: what is printed in one piece, a drawing without its Python name beside it."""
    found: list[nbformat.NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and found and found[-1].output_type == "stream" and found[-1].name == output.name:
            found[-1].text += output.text
            continue
        if "data" in output and "image/svg+xml" in output.data:
            output.data["text/plain"] = "a chart"
        found.append(output)
    return found


def main(names: list[str]) -> None:
    """Build those whose names begin with one of `names`, all where none is given."""
    for script in sorted(FOLDER.glob("*.py")):
        if not names or script.name.startswith(tuple(names)):
            started = time.perf_counter()
            made = build(script)
            print(f"{made.name}: {made.stat().st_size / 1000:.0f} kB, {time.perf_counter() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
