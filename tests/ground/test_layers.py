"""The layers hold: import-linter's contracts of pyproject.toml, read and checked through its own interface."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

from tests.ground.text_of_tree import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_import_goes_downwards_and_mesa_stays_in_its_place():
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "140"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken" in done.stdout


def test_every_folder_of_the_package_has_its_layer():
    layers = next(contract for contract in CONTRACTS if contract["type"] == "layers")
    named = {name.strip(" ()") for line in layers["layers"] for name in line.split(":")}
    present = {path.name if path.is_dir() else path.stem for path in (ROOT / "sim").iterdir() if _is_module(path)}
    assert present <= named


def _is_module(path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem != "__init__"
