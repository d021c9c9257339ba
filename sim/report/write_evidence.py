"""The evidence's files: evidence.md, evidence.json and a figure for each published curve, each file whole or as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.charts.curve import curve_chart
from sim.report.evidence_page import evidence_markdown
from sim.report.evidence_table import evidence_values
from sim.report.summary import as_json
from sim.report.write_ablation import put
from sim.validation.rows import Checked


def write_evidence(checked: Sequence[Checked], folder: Path, command: str) -> list[Path]:
    """Write everything into `folder` and give the files' paths. Raises OSError where the folder cannot be written."""
    files: dict[str, bytes] = {}
    pictures: dict[str, list[str]] = {}
    for one in checked:
        curves = one.finding.curves if one.finding else ()
        for place, curve in enumerate(curves):
            name = one.row.key if len(curves) == 1 else f"{one.row.key}-{place + 1}"
            chart = curve_chart(name, curve)
            files |= {f"evidence/{name}.svg": chart.files["svg"], f"evidence/{name}.png": chart.files["png"],
                      f"evidence/{name}.csv": chart.csv.encode()}  # fmt: skip
            pictures.setdefault(one.row.key, []).append(f"evidence/{name}.svg")
    files["evidence.md"] = evidence_markdown(checked, command, pictures).encode()
    files["evidence.json"] = as_json({"command": command, "rows": evidence_values(checked)}).encode()
    return [put(folder / name, content) for name, content in files.items()]
