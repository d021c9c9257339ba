"""An ablation's files: ablation.csv, ablation.json and a chart for each pair of designs, each file whole or as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sim.report.contrast_table import Firms, as_csv
from sim.report.summary import as_json


def write_ablation(firms: Firms, document: Mapping[str, object], folder: str | os.PathLike[str]) -> list[Path]:
    """Write everything into `folder` and give the files' paths.

    Raises OSError where the folder cannot be written.
    """
    from sim.report.charts.ablation import ablation_chart

    seconds = dict.fromkeys(second for found in firms.values() for second in found)
    charts = [ablation_chart({firm: found[second] for firm, found in firms.items() if second in found}) for second in seconds]
    files = {f"charts/{chart.name}.{ending}": content for chart in charts for ending, content in chart.files.items()}
    files |= {"ablation.csv": as_csv(firms).encode(), "ablation.json": as_json(document).encode()}
    return [put(Path(folder) / name, content) for name, content in files.items()]


def put(path: Path, content: bytes) -> Path:
    """Write a file so that a crash leaves it old or new, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as made:
        made.write(content)
    os.chmod(made.name, 0o644)
    os.replace(made.name, path)
    return path
