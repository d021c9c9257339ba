"""What is published works: the wheel, installed in an environment of its own, compares designs from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.ground.text_of_tree import ROOT, project_files

pytestmark = pytest.mark.slow


def _run(*command: object, cwd: Path) -> str:
    place = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=place, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of the project's files and nothing else."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in project_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=copy)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def fresh(wheel, tmp_path_factory) -> Path:
    """The folder of commands of a fresh environment that has the wheel; its dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("fresh") / "environment"
    _run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    commands = folder / "bin"
    _run(commands / "python", "-m", "pip", "install", "-qq", "--no-deps", "--no-index", wheel, cwd=folder.parent)
    own = _run(commands / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    # A folder added by a .pth file is searched after the environment's own, and .pth files inside it are not read:
    # the project in place, which this environment may hold, stays unseen.
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return commands


def test_the_wheel_holds_the_package_and_the_scenarios(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    scenarios = {path.relative_to(ROOT / "scenarios").as_posix() for path in project_files() if path.is_relative_to(ROOT / "scenarios")}
    assert scenarios
    assert {f"sim/_scenarios/{name}" for name in scenarios} <= names
    assert {path.relative_to(ROOT).as_posix() for path in project_files() if path.is_relative_to(ROOT / "sim")} <= names
    assert {name.split("/")[0] for name in names} == {"sim", wheel.name.split("-py3")[0] + ".dist-info"}


def test_the_installed_package_is_the_one_that_is_used(fresh, tmp_path):
    place = Path(_run(fresh / "python", "-c", "import sim; print(sim.__file__)", cwd=tmp_path).strip())
    assert place.is_relative_to(fresh.parent)


def test_the_version_is_the_same_everywhere(wheel, fresh, tmp_path):
    told = _run(fresh / "python", "-c", "import sim; print(sim.__version__)", cwd=tmp_path).strip()
    assert wheel.name.startswith(f"orgweave-{told}-")
    assert f"version: {told}\n" in (ROOT / "CITATION.cff").read_text()
    assert "version" in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"]


def test_designs_are_compared_from_an_empty_folder(fresh, tmp_path):
    answer = json.loads(_run(fresh / "orgsim", "compare", "branch_bank", "--replicates", 4, "--json", cwd=tmp_path))
    assert list(answer["designs"]) == ["partnership", "modern_partnership", "pervasive"]
    assert answer["replicates"] == 4
    assert not list(tmp_path.iterdir()), "without --out nothing is written"
