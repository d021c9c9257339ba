"""The published study: its script writes what its page says, and a slice of it, lived again, gives the tracked numbers."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.api import load_sweep
from sim.core.jit import model_digest
from sim.experiment.sweep.living import live_chunk
from sim.experiment.sweep.plan import draw_up_plan

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "results" / "study"
SLICE = (0, 17, 101, 256)
"""Points that are lived again."""


def lived_again(about: dict, place: int) -> dict[str, np.ndarray]:
    """Design → paired differences in return of one point, from the sweep as it is shipped."""
    from dataclasses import replace

    sweep = load_sweep(about["sweep"], replicates=about["replicates"])
    plan = draw_up_plan(replace(sweep, sample=replace(sweep.sample, points=about["points"])), chunk=(1, about["replicates"]))
    assert plan.hash == about["plan_hash"]
    rows = live_chunk(plan, place)
    earned = rows.outcomes[:, plan.sweep.outcomes.index("return_on_spend")].reshape(-1, len(plan.designs))
    return {design: earned[:, number] - earned[:, 0] for number, design in enumerate(plan.designs) if number}


def agrees(folder: Path, points) -> None:
    about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    with (folder / "points.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == about["points"]
    for place in points:
        for design, differences in lived_again(about, place).items():
            there = differences[~np.isnan(differences)]
            assert int(rows[place][f"{design}_pairs"]) == len(there)
            if len(there) > 1:
                assert float(rows[place][f"{design}_difference"]) == pytest.approx(there.mean(), rel=1e-4, abs=1e-6)


def test_a_slice_of_the_tracked_study_gives_the_tracked_numbers():
    if not (STUDY / "provenance.json").exists():
        pytest.skip("results/study/ holds no study yet: make study")
    about = json.loads((STUDY / "provenance.json").read_text(encoding="utf-8"))
    if about["model_digest"] != model_digest():
        pytest.skip(f"the study was made with model {about['model_digest']}, this is {model_digest()}: make study")
    agrees(STUDY, [place for place in SLICE if place < about["points"]])


def test_a_small_study_is_written_and_says_what_it_holds(tmp_path):
    size = ["--points", "8", "--replicates", "2"]
    command = [sys.executable, ROOT / "scripts/study.py", *size, "--out", tmp_path / "out", "--runs", tmp_path / "runs"]
    done = subprocess.run([*map(str, command)], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"README.md", "provenance.json", "points.csv", "shares.csv", "goes_with.csv", "points-pervasive.svg"} <= names
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name})" in page for name in names if name != "README.md")
    assert "firms that there are" in page
    about = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    assert about["model_digest"] in page
    assert about["plan_hash"] in page
    agrees(tmp_path / "out", [0, 5])
