"""The notebooks: every script runs, every built notebook is its script's, and each is what a student is promised."""

from __future__ import annotations

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.ground.text_of_tree import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import build_notebooks

FOLDER = ROOT / "notebooks"
SCRIPTS = sorted(FOLDER.glob("*.py"))
LARGEST = 400_000  # bytes: what a slow line and a reviewer's browser can bear
FIGURE = re.compile(r"\.plot\b|draw_lines\(")

each = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)


def built(script: Path) -> nbformat.NotebookNode:
    return nbformat.read(script.with_suffix(".ipynb"), as_version=4)


def test_there_are_seven():
    assert [path.name[:2] for path in SCRIPTS] == [f"{number}_" for number in range(1, 8)]


@each
def test_a_script_runs_with_few_histories(script, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ORGSIM_FAST", "1")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script))
    assert "You have not answered yet" in capsys.readouterr().out
    assert not list(tmp_path.iterdir()), "a notebook leaves no files"


@each
def test_a_notebook_is_built_from_its_present_script(script):
    source = [(cell.cell_type, cell.source, cell.metadata) for cell in build_notebooks.read(script).cells]
    kept = [(cell.cell_type, cell.source, {k: v for k, v in cell.metadata.items() if k != "execution"}) for cell in built(script).cells]
    assert kept == source, "make notebooks"


@each
def test_a_notebook_keeps_its_outputs_and_is_small(script):
    path = script.with_suffix(".ipynb")
    assert path.stat().st_size < LARGEST
    for cell in built(script).cells:
        if cell.cell_type != "code":
            continue
        outputs = cell.outputs
        assert all(output.output_type in ("stream", "execute_result", "display_data") for output in outputs), cell.source
        assert all(output.get("name") != "stderr" for output in outputs), cell.source
        if "print(" in cell.source or FIGURE.search(cell.source.splitlines()[-1]):
            assert outputs, cell.source
    assert any("image/svg+xml" in output.get("data", {}) for cell in built(script).cells for output in cell.get("outputs", ()))


@each
def test_a_notebook_has_what_each_of_them_promises(script):
    cells = build_notebooks.read(script).cells
    told = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for part in ("**Aim.**", "**Time.**", "prediction", "The figure that matters", "What this model cannot tell you"):
        assert part in told, part
    first = cells[0].source
    assert len(first.split("**Aim.**")[1].split("**Time.**")[0].split()) < 60, "the aim is a sentence"


@each
def test_a_prediction_is_asked_for_before_its_result_is_shown(script):
    sources = [cell.source for cell in build_notebooks.read(script).cells]
    asked = next(place for place, source in enumerate(sources) if re.match(r"(.*\n)*my_guess\w* = (\"\"|None)", source))
    answered = next(place for place, source in enumerate(sources) if "check_answer(my_guess" in source)
    assert any("prediction" in source for source in sources[: asked + 1])
    assert asked < answered


@each
def test_every_exercise_has_a_solution_that_checks_itself(script):
    cells = build_notebooks.read(script).cells
    exercises = [place for place, cell in enumerate(cells) if cell.source.startswith("## Exercise")]
    assert len(exercises) >= 3
    for start, end in zip(exercises, [*exercises[1:], len(cells)], strict=True):
        part = cells[start:end]
        (solution,) = (cell.source for cell in part if "solution" in cell.metadata.get("tags", ()))
        answers = re.findall(r"^(my_answer\w*) = ", "\n".join(cell.source for cell in part if cell.source != solution), re.MULTILINE)
        assert answers, part[0].source
        assert all(re.search(rf"check_answer\({name}\b", solution) for name in answers)


@each
def test_results_are_computed_and_not_typed(script):
    """Prose holds no share in per cent and no amount with decimals but what the reader is told to put in."""
    for cell in build_notebooks.read(script).cells:
        if cell.cell_type == "markdown" and not cell.source.startswith("## Exercise"):
            outside_code = re.sub(r"`[^`]*`", "", cell.source)
            assert not re.search(r"\d ?%|\d\.\d", outside_code), cell.source


@each
def test_what_is_asserted_can_fail(script):
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assert):
            assert not isinstance(node.test, ast.Constant)


@pytest.mark.slow
@each
def test_a_student_who_answers_as_the_runs_say_is_told_so(script, monkeypatch, tmp_path, capsys):
    """Two passes: what the runs say is written where the reader is asked to write, and every answer is then right."""
    monkeypatch.setenv("ORGSIM_FAST", "1")
    monkeypatch.chdir(tmp_path)
    source = script.read_text(encoding="utf-8")
    asked = re.findall(r"check_answer\((my_\w+)", source)
    runpy.run_path(str(script))
    answers = re.findall(r"The runs say (.*?)\. \(You have not", capsys.readouterr().out)
    assert len(answers) == len(asked)
    for name, answer in zip(asked, answers, strict=True):
        source, changed = re.subn(rf'^{name} = (""|None)', f"{name} = {answer}", source, flags=re.MULTILINE)
        assert changed == 1, f"{name} is asked for once"
    answered = tmp_path / script.name
    answered.write_text(source, encoding="utf-8")
    runpy.run_path(str(answered))
    assert capsys.readouterr().out.count("Right: ") == len(asked)


@pytest.mark.slow
@pytest.mark.parametrize("script", [SCRIPTS[0], SCRIPTS[3]], ids=lambda path: path.stem)
def test_a_notebook_comes_out_the_same_when_it_is_built_again(script, tmp_path):
    """A golden run: outputs move with the model. Then `make notebooks` renews them. Two of them, since each takes a minute or more."""
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import build_notebooks as b\n"
        "b.FOLDER = pathlib.Path(sys.argv[2]); b.build(b.FOLDER / sys.argv[3])"
    )
    (tmp_path / script.name).write_bytes(script.read_bytes())
    place = {name: value for name, value in os.environ.items() if name != "ORGSIM_FAST"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, str(ROOT / "scripts"), str(tmp_path), script.name], env=place, capture_output=True,
                          text=True, timeout=900)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / script.name).with_suffix(".ipynb").read_text() == script.with_suffix(".ipynb").read_text(), "make notebooks"
