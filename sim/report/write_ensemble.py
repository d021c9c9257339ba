"""An ensemble's files: draws.csv, provenance.json and ensemble.md."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.analysis.matching import Binding, Told
from sim.experiment.kept import DRAWS, PROVENANCE, as_csv
from sim.experiment.problem import Matched
from sim.report.ensemble_page import ensemble_page
from sim.report.summary import as_json
from sim.report.write_ablation import put

PAGE = "ensemble.md"


def write_ensemble(
    matched: Matched, binding: Sequence[Binding], told: Sequence[Told], provenance: Mapping[str, object], folder: str | os.PathLike[str]
) -> list[Path]:
    """Write everything into `folder` and give the files' paths. Raises OSError where the folder cannot be written."""
    files = {
        DRAWS: as_csv(matched.kept),
        PROVENANCE: as_json(provenance),
        PAGE: ensemble_page(matched, binding, told, provenance),
    }
    return [put(Path(folder) / name, text.encode()) for name, text in files.items()]


def ensemble_values(matched: Matched, binding: Sequence[Binding], told: Sequence[Told]) -> dict[str, object]:
    """Waves, bindings and what is told of every number, for JSON."""
    return {
        "kept": len(matched.kept),
        "run": len(matched.drawn),
        "waves": [vars(wave) for wave in matched.waves],
        "rows": {one.name: {"low": one.low, "high": one.high, "refused": one.refused, "alone": one.alone} for one in binding},
        "emulators": {
            target.name: None if found is None else {
                "explained": found.explained, "error": found.error, "reads": [matched.dimensions[number].path for number in found.active],
            }
            for target, found in zip(matched.targets, matched.emulators, strict=True)
        },
        "numbers": {
            one.dimension.path: {
                "unit": one.dimension.param.unit, "drawn": [one.dimension.param.low, one.dimension.param.high],
                "low": one.low, "high": one.high, "kept": list(one.kept),
                "distance": one.distance, "bound": one.bound, "told": one.is_told, "width": one.width,
            }
            for one in told
        },
    }  # fmt: skip
