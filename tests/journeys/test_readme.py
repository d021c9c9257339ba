"""The README's commands, files, Python and links, as a reader would use them: every one of them works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.api import load_scenario
from sim.cli.main import main
from sim.organisation.coordinates import COORDINATES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 150
LARGEST_PICTURE = 300_000  # bytes: what a page on a slow line can bear
MARK = "$ "


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def _commands() -> list[str]:
    """Every command that the README tells to type: lines of sh blocks, after $ in sessions, and in the table of readers."""
    lines = [line for block in _blocks("sh") for line in block.splitlines()]
    lines += [line.removeprefix(MARK) for block in _blocks("text") for line in block.splitlines() if line.startswith(MARK)]
    lines += re.findall(r"^\| \w+ \| `(.*?)` \|", README, flags=re.MULTILINE)
    return [shlex.join(shlex.split(line, comments=True)) for line in lines if line.strip()]


COMMANDS = _commands()
ORGSIM = sorted({command for command in COMMANDS if command.startswith("orgsim ")})
IN_PROSE = sorted(set(re.findall(r"\(`(orgsim [^`]+)`\)", README)))
POINTERS = sorted({*re.findall(r"\]\(([^)#:]+)\)", README), *re.findall(r"`((?:tests|scripts)/\S+)`", README)})
MAKE = sorted({command for command in COMMANDS if command.startswith("make ")})


def _python(words: list[str], folder: Path) -> str:
    """What Python prints when it is started in a folder, with the project on its path; fails where it fails."""
    # As wide as README: workers of the test runner bring the terminal's width of their own along.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _orgsim(command: str, folder: Path) -> str:
    return _python(["-m", "sim.cli.main", *shlex.split(command)[1:]], folder)


def _with_few_runs(command: str) -> str:
    """The command, with fewer runs where it makes many."""
    return f"{command} --replicates 3 --quiet" if command.split()[1] in ("compare", "robust") else command


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A reader's folder, with the files that the README shows under their names."""
    for block in _blocks("toml") + _blocks("python"):
        if named := re.match(r"# (\w+\.\w+)\n", block):
            (tmp_path / named[1]).write_text(block, encoding="utf-8")
    return tmp_path


def test_the_readme_is_short():
    assert README.count("\n") < LONGEST


def test_every_command_is_one_of_the_projects():
    assert ORGSIM
    assert MAKE
    assert set(COMMANDS) == {*ORGSIM, *MAKE}


@pytest.mark.parametrize("command", ORGSIM)
def test_a_command_of_the_readme_runs(command, desk):
    assert _orgsim(_with_few_runs(command), desk).strip()
    if "--out" in command:
        folder = desk / command.split("--out ")[1]
        assert {"report.html", "runs.parquet"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("command", IN_PROSE)
def test_a_command_in_a_sentence_of_the_readme_runs(command):
    result = CliRunner().invoke(main, shlex.split(_with_few_runs(command))[1:])
    assert result.exit_code == 0, result.output
    assert result.output.strip()


@pytest.mark.parametrize("command", MAKE)
def test_a_target_of_the_readme_exists(command):
    subprocess.run(["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, check=True, capture_output=True)


def test_the_python_of_the_readme_runs(desk):
    (block,) = (block for block in _blocks("python") if block.startswith("import sim"))
    assert len([line for line in block.splitlines() if line]) <= 8
    few, changed = re.subn(r"replicates=\d+", "replicates=3", block)
    assert changed == 1
    (desk / "eight_lines.py").write_text(few, encoding="utf-8")
    printed = _python(["eight_lines.py"], desk)
    assert "lead_time_median" in printed
    assert "teams" in printed


def test_the_scenario_of_the_readme_changes_what_it_says(desk):
    scenario = load_scenario(desk / "my_bank.toml")
    assert scenario.base == "branch_bank"
    assert scenario.firm["turbulence"] == 1.0
    assert scenario.designs["pervasive"].values["delegation"] == 0.6
    assert len(scenario.changed) == 2


def test_modern_partnership_differs_in_what_the_readme_says():
    (line,) = re.findall(r"Modern partnership differs from partnership only in (`.*)", README)
    designs = load_scenario("branch_bank").designs
    old, modern = designs["partnership"].values, designs["modern_partnership"].values
    assert set(re.findall(r"`(\w+)`", line)) == {name for name in COORDINATES if old[name] != modern[name]}


@pytest.mark.parametrize("target", POINTERS)
def test_what_the_readme_points_to_is_there(target):
    assert (ROOT / target).exists()


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.png")), ids=lambda path: path.name)
def test_pictures_are_small(picture):
    assert 0 < picture.stat().st_size < LARGEST_PICTURE


@pytest.mark.slow
def test_the_output_that_the_readme_shows_is_what_the_command_prints(tmp_path):
    """A golden run: numbers move with the model. Then copy the command's output anew and run scripts/pictures."""
    (session,) = _blocks("text")
    command, *shown = session.splitlines()
    printed = _orgsim(f"{command.removeprefix(MARK)} --quiet", tmp_path).splitlines()
    assert not [line for line in shown if line != "…" and line not in printed]
