"""Comparisons: seeds, workers, failed runs, and the command that makes them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

import sim.experiment.compare as comparing
from sim.api import compare, load_scenario
from sim.cli.main import main
from sim.experiment.compare import run_seeds
from sim.experiment.executors import spread
from sim.model.outcomes import INDEX, NAMES

SHORT = [("run.days", "240"), ("run.warm_up", "40")]
OPTIONS = ["--set", "run.days=240", "--set", "run.warm_up=40", "--replicates", "3"]

LAZY = """
from sim import Team


class Lazy(Team):
    def build(self):
        pass
"""


def test_results_do_not_depend_on_the_number_of_workers():
    one, two, many = (compare("mobile_bank", replicates=5, overrides=SHORT, workers=workers) for workers in (1, 2, 7))
    for other in (two, many):
        assert other.outcomes.tobytes() == one.outcomes.tobytes()
        assert other.series.tobytes() == one.series.tobytes()


def test_a_longer_comparison_begins_with_the_runs_of_a_shorter_one():
    short, long = (compare("mobile_bank", replicates=replicates, overrides=SHORT) for replicates in (2, 5))
    assert long.outcomes[:, :2].tobytes() == short.outcomes.tobytes()


def test_neighbouring_seeds_share_no_runs():
    assert len(np.unique(np.concatenate([run_seeds(seed, 1000) for seed in range(20)]))) == 20_000


def test_exchanging_the_order_of_designs_exchanges_their_results():
    names = ["partnership", "pervasive"]
    same_heads = [*SHORT, ("run.equal", "headcount")]  # at equal money the first design sets what there is to spend
    there, back = (compare("mobile_bank", order, replicates=3, overrides=same_heads) for order in (names, names[::-1]))
    assert there.outcomes.tobytes() == back.outcomes[::-1].tobytes()


def test_the_table_gives_means_in_the_unit_beside_them():
    result = compare("mobile_bank", replicates=2, overrides=SHORT)
    table, means = result.table(), result.outcomes[0].mean(axis=0)
    assert table.loc["finished_share", "unit"] == "%"
    assert table.loc["finished_share", "partnership"] == pytest.approx(100.0 * means[INDEX["finished_share"]])
    assert table.loc["handoffs_per_item", "partnership"] == pytest.approx(means[INDEX["handoffs_per_item"]])


@pytest.fixture
def one_run_fails(monkeypatch):
    """The second seed's run of every design breaks."""
    broken = int(run_seeds(1, 2)[1])
    kernel = comparing.run

    def run(blueprint, seed):
        if seed == broken:
            raise ArithmeticError("the ledger does not balance")
        return kernel(blueprint, seed)

    monkeypatch.setattr(comparing, "run", run)
    return broken


def test_a_run_that_fails_is_recorded_and_the_others_go_on(one_run_fails):
    result = compare("mobile_bank", replicates=3, overrides=SHORT, workers=2)
    assert {(failure.design, failure.seed) for failure in result.failures} == {(design, one_run_fails) for design in result.designs}
    assert all("the ledger does not balance" in failure.error for failure in result.failures)
    assert np.isnan(result.outcomes[:, 1]).all()
    assert np.isfinite(result.outcomes[:, (0, 2), INDEX["lead_time_median"]]).all()
    assert (result.runs["status"] == "failed").sum() == 3


def test_failed_runs_end_with_code_1_and_the_table_all_the_same(one_run_fails):
    result = CliRunner().invoke(main, ["compare", "mobile_bank", *OPTIONS])
    assert result.exit_code == 1
    assert "Where the days went" in result.stdout
    assert f"seed {one_run_fails}" in result.stderr


def test_an_interruption_drops_what_has_not_begun():
    begun = []

    def work(task):
        begun.append(task)
        if task == 20:
            raise KeyboardInterrupt
        return task

    with pytest.raises(KeyboardInterrupt):
        list(spread(work, list(range(10_000)), workers=2))
    assert len(begun) < 200


def test_json_stands_alone_and_holds_every_outcome_of_every_design():
    result = CliRunner().invoke(main, ["compare", "mobile_bank", *OPTIONS, "--json", "--quiet"])
    document = json.loads(result.output)
    assert list(document["designs"]) == list(load_scenario("mobile_bank").compare)
    assert all(list(outcomes) == list(NAMES) for outcomes in document["designs"].values())


def test_without_out_nothing_is_written_and_with_it_all_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["compare", "mobile_bank", *OPTIONS]).exit_code == 0
    assert list(tmp_path.iterdir()) == []
    assert CliRunner().invoke(main, ["compare", "mobile_bank", *OPTIONS, "--out", "made"]).exit_code == 0
    assert {"report.html", "runs.parquet", "summary.json", "charts"} <= {path.name for path in (tmp_path / "made").iterdir()}


def test_a_folder_that_cannot_be_made_is_refused_before_the_runs(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    result = CliRunner().invoke(main, ["compare", "mobile_bank", *OPTIONS, "--out", str(tmp_path / "file" / "made")])
    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert "Traceback" not in result.output


def test_own_agents_change_what_is_compared(tmp_path):
    file = tmp_path / "lazy.py"
    file.write_text(LAZY)
    options = ["compare", "mobile_bank", "--set", "run.days=120", "--set", "run.warm_up=0", "--replicates", "1", "--designs", "pervasive"]
    results = [CliRunner().invoke(main, [*options, *more, "--json", "--quiet"]) for more in (["--agents", str(file)], [])]
    own, plain = (json.loads(result.output) for result in results)
    assert own["designs"]["pervasive"]["finished_share"]["mean"] == 0
    assert plain["designs"]["pervasive"]["finished_share"]["mean"] > 0
