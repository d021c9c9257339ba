"""How numbers are stored: what a run takes at the engine's own size of chunks, what SQL makes of them, and folders stored otherwise."""

import json

import numpy as np
import pyarrow
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.core.errors import InputError
from sim.experiment.sweep.living import live_chunk
from sim.experiment.sweep.store import PLAN, Store
from sim.model.outcomes import NAMES
from tests.experiment.sweep.plans import TINY, lived, planned, results, written

QUICK = "tests.experiment.sweep.plans:quick"
LARGE = """
scenario = "branch_bank"
designs = ["partnership", "pervasive"]
replicates = 10000
"""


@pytest.mark.slow
@pytest.mark.parametrize(("numbers", "least", "most"), [("single", 150, 200), ("double", 300, 400)])
def test_a_run_of_all_outcomes_in_a_chunk_of_the_default_size(tmp_path, numbers, least, most):
    plan = planned(tmp_path, text=f'numbers = "{numbers}"\n{LARGE}')
    assert plan.sweep.chunk_runs == 0
    assert len(plan.sweep.outcomes) == len(NAMES)
    store = Store(tmp_path / "out")
    entry = store.write(plan, 0, live_chunk(plan, 0))
    assert least < store.path(entry.key).stat().st_size / entry.rows < most


def test_sql_calculates_in_double(tmp_path):
    lived(planned(tmp_path, runner=QUICK), tmp_path / "out")
    found = results(tmp_path / "out")
    runs = found.runs()
    asked = found.sql("SELECT median(trust_mean) AS middle, max(trust_mean - return_on_spend) AS most FROM runs")
    assert asked.schema.types == [pyarrow.float64(), pyarrow.float64()]
    assert asked.column("middle")[0].as_py() == np.median(runs["trust_mean"])
    assert asked.column("most")[0].as_py() == (runs["trust_mean"] - runs["return_on_spend"]).max()


def test_series_in_sql_are_double_and_stored_in_single(tmp_path):
    lived(planned(tmp_path, text='series = "monthly"\n' + TINY), tmp_path / "out")
    found = results(tmp_path / "out")
    assert found.dataset(series=True).schema.field("open").type == pyarrow.float32()
    assert found.bands("open")["q0.5"].dtype == np.float64


def test_a_folder_of_before_can_be_read_and_is_not_gone_on_with(tmp_path):
    out = tmp_path / "out"
    lived(planned(tmp_path, runner=QUICK, text='numbers = "double"\n' + TINY), out)
    root = results(out).root_hash()
    held = json.loads((out / PLAN).read_text(encoding="utf-8"))
    del held["numbers"]
    (out / PLAN).write_text(json.dumps(held | {"hash": "0" * 16}), encoding="utf-8")
    assert results(out).root_hash() == root
    for text in (TINY, 'numbers = "double"\n' + TINY):
        with pytest.raises(InputError, match="stored by an earlier version, in double precision"):
            lived(planned(tmp_path, out, text, QUICK), out)


@pytest.mark.parametrize("numbers", ["single", "double"])
def test_check_says_how_numbers_are_stored_and_what_room_follows(tmp_path, numbers):
    path = written(tmp_path, f'numbers = "{numbers}"\n{TINY}')
    found = CliRunner().invoke(main, ["check", str(path)])
    assert found.exit_code == 0, found.output
    assert f"numbers in {numbers} precision" in found.output
    assert "on the disk" in found.output


def test_numbers_stored_in_no_way_there_is_are_one_message_and_exit_2(tmp_path):
    path = written(tmp_path, 'numbers = "singel"\n' + TINY)
    for command in (["check", str(path)], ["sweep", str(path), "--out", str(tmp_path / "out")]):
        found = CliRunner().invoke(main, command)
        assert found.exit_code == 2
        assert "did you mean single" in found.output
        assert "Traceback" not in found.output
    assert not (tmp_path / "out").exists()
