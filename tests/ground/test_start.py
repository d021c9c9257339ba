"""Start-up: `import sim` and `orgsim --help` load nothing heavy, and public names appear when they are used."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import sim
from tests.ground.text_of_tree import ROOT

HEAVY = ("numpy", "numba", "scipy", "pandas", "matplotlib", "mesa", "pyarrow", "pydantic", "rich", "jinja2", "starlette", "uvicorn")
LOADED = "loaded:"
REPORT = f"import sys; print(*[{LOADED!r}, *(name for name in {HEAVY!r} if name in sys.modules)])"


def _python(code: str, *, cwd=ROOT) -> str:
    """What a fresh interpreter prints that runs `code` with the project on its path."""
    place = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_sim_loads_nothing_heavy():
    assert _python(f"import sim\n{REPORT}") == LOADED


def test_the_command_line_shows_its_help_without_anything_heavy():
    code = f"from sim.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n{REPORT}"
    told = _python(code)
    assert "compare" in told
    assert told.splitlines()[-1] == LOADED


def test_every_public_name_can_be_used():
    for name in sim.__all__:
        assert getattr(sim, name) is not None, name


def test_a_public_name_is_looked_up_once():
    assert sim.load_scenario is sim.load_scenario
    assert "load_scenario" in vars(sim)


def test_an_unknown_name_is_an_error_that_names_the_nearest():
    with pytest.raises(AttributeError, match="did you mean 'compare'"):
        sim.compair  # noqa: B018 (the look-up is what is tested)


def test_a_name_that_is_like_nothing_is_a_plain_error():
    with pytest.raises(AttributeError, match=r"no attribute 'zzz'$"):
        sim.zzz  # noqa: B018


def test_the_public_names_are_listed():
    assert set(sim.__all__) <= set(dir(sim))


def test_a_file_called_sim_beside_the_script_hides_the_package_as_the_guide_says(tmp_path):
    (tmp_path / "sim.py").write_text("")
    place = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", "import sim; sim.compare"], cwd=tmp_path, env=place, capture_output=True, text=True)
    assert "AttributeError" in done.stderr
    assert "sim.py" in (ROOT / "docs/how-to/install.md").read_text()
