"""The engine: whoever lives a plan, in whatever order and after whatever happened, the finished table is the same."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from sim.core.errors import InputError
from sim.experiment.compare import compare
from sim.experiment.sweep.cost import cost_of
from sim.experiment.sweep.lock import locked
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.store import Store
from sim.model.outcomes import INDEX
from tests.experiment.sweep.plans import RUNS, TINY, lived, planned, results

QUICK = "tests.experiment.sweep.plans:quick"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path, str]:
    """The tiny plan lived by the model in this process, with its root hash."""
    folder = tmp_path_factory.mktemp("undisturbed")
    plan = planned(folder)
    lived(plan, folder / "out")
    return plan, folder / "out", results(folder / "out").root_hash()


def test_every_run_of_the_plan_is_there_once(undisturbed):
    plan, out, _ = undisturbed
    runs = results(out).runs()
    assert len(runs) == plan.runs == RUNS
    assert len(runs[["point", "design", "replicate"]].drop_duplicates()) == RUNS
    assert set(runs["status"]) == {"ok"}
    assert runs.groupby(["replicate"])["seed"].nunique().eq(1).all(), "points and designs share their seeds"


def test_a_point_holds_what_compare_finds_on_the_same_firm_and_seeds(undisturbed):
    plan, out, _ = undisturbed
    point = 5
    found = compare(plan.scenario(point), plan.replicates, plan.sweep.seed, workers=1)
    stored, lived_there = results(out).array("return_on_spend")[:, point], found.outcomes[:, :, INDEX["return_on_spend"]]
    assert stored.dtype == np.float64
    assert np.array_equal(stored, lived_there.astype(np.float32)), "seven digits are kept"


def test_all_digits_are_kept_where_they_are_asked_for(undisturbed, tmp_path):
    plan, out, root = undisturbed
    exact = planned(tmp_path, text='numbers = "double"\n' + TINY)
    assert exact.hash != plan.hash
    lived(exact, tmp_path / "out")
    found = compare(exact.scenario(5), exact.replicates, exact.sweep.seed, workers=1)
    assert np.array_equal(results(tmp_path / "out").array("trust_mean")[:, 5], found.outcomes[:, :, INDEX["trust_mean"]])
    for outcome in plan.sweep.outcomes:
        single, double = (results(folder).array(outcome) for folder in (out, tmp_path / "out"))
        assert np.array_equal(single, double.astype(np.float32), equal_nan=True)
    assert results(tmp_path / "out").root_hash() != root
    with pytest.raises(InputError, match="the same sweep, stored in double precision and not in single"):
        lived(planned(tmp_path), tmp_path / "out")


@pytest.mark.parametrize(("runs", "most"), [(200, 200), (400, 180)])
def test_a_run_of_all_outcomes_takes_under_two_hundred_bytes(tmp_path, runs, most):
    text = TINY.replace("chunk_runs = 12", f"chunk_runs = {runs}").replace("replicates = 3", f"replicates = {runs // 2}")
    text = "\n".join(line for line in text.splitlines() if not line.startswith(("outcomes", "levels"))) + "\n"
    text = text.replace('"run.days" = 120', '"run.days" = 240').replace('kind = "grid"', 'kind = "list"\nrows = [[0.3, 2.0], [1.0, 4.0]]')
    plan = planned(tmp_path, text=text)
    lived(plan, tmp_path / "out")
    stored = results(tmp_path / "out")
    assert stored.done // len(stored.entries) == runs
    assert stored.bytes / stored.done < most
    assert cost_of(plan).bytes == pytest.approx(stored.bytes, rel=0.15)


def test_what_is_calculated_is_calculated_in_double(undisturbed):
    _, out, _ = undisturbed
    found = results(out)
    earned = found.runs(["return_on_spend"])["return_on_spend"]
    assert earned.dtype == np.float64
    mean = found.sql("SELECT avg(return_on_spend) AS mean FROM runs").column("mean")[0].as_py()
    assert mean == pytest.approx(np.float64(earned.to_numpy()).mean(), rel=1e-12)


@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2, pytest.param(3, marks=pytest.mark.slow)])
def test_the_number_of_workers_changes_nothing(undisturbed, tmp_path, workers):
    _, _, root = undisturbed
    plan = planned(tmp_path)
    status = lived(plan, tmp_path / "out", workers)
    assert status.done == RUNS
    assert results(tmp_path / "out").root_hash() == root


def test_the_order_of_the_chunks_changes_nothing(undisturbed, tmp_path):
    _, _, root = undisturbed
    plan = planned(tmp_path)
    lived(plan, tmp_path / "out", order=lambda numbers: random.Random(7).sample(list(numbers), len(numbers)))
    assert results(tmp_path / "out").root_hash() == root


def test_shards_merge_by_lying_in_one_folder(undisturbed, tmp_path):
    _, _, root = undisturbed
    plan = planned(tmp_path)
    for shard in ((2, 3), (1, 3), (3, 3)):
        lived(plan, tmp_path / "out", shard=shard)
    found = results(tmp_path / "out")
    assert found.is_complete
    assert found.root_hash() == root


def test_shards_of_other_folders_merge_by_copying_their_chunks(undisturbed, tmp_path):
    _, _, root = undisturbed
    plan = planned(tmp_path)
    for number in (1, 2):
        lived(plan, tmp_path / str(number), shard=(number, 2))
    for path in (tmp_path / "2" / "chunks").rglob("*.parquet"):
        target = tmp_path / "1" / path.relative_to(tmp_path / "2")
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
    assert results(tmp_path / "1").root_hash() == root


def test_replicates_added_later_keep_what_is_there_and_give_the_same_table(tmp_path):
    out = tmp_path / "out"
    lived(planned(tmp_path, out, runner=QUICK, replicates=3), out)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "chunks").rglob("*.parquet")}
    status = lived(planned(tmp_path, out, runner=QUICK, replicates=9), out)
    after = {path.name: path.stat().st_mtime_ns for path in (out / "chunks").rglob("*.parquet")}
    assert status.kept == RUNS
    assert before.items() <= after.items()
    lived(planned(tmp_path, runner=QUICK, replicates=9), tmp_path / "at_once")
    assert results(out).root_hash() == results(tmp_path / "at_once").root_hash()


def test_the_size_of_chunks_changes_nothing(tmp_path):
    roots = set()
    for runs in (1, 7, 54, 100):
        text = TINY.replace("chunk_runs = 12", f"chunk_runs = {runs}")
        lived(planned(tmp_path, text=text, runner=QUICK), tmp_path / str(runs))
        roots.add(results(tmp_path / str(runs)).root_hash())
    assert len(roots) == 1


def test_what_is_finished_is_kept_and_not_lived_again(tmp_path):
    plan = planned(tmp_path, runner=QUICK)
    lived(plan, tmp_path / "out", shard=(1, 2))
    status = lived(plan, tmp_path / "out")
    assert 0 < status.kept < RUNS
    assert status.done == RUNS
    assert lived(plan, tmp_path / "out").kept == RUNS


def test_failed_runs_are_rows_and_only_they_are_tried_again(tmp_path, monkeypatch):
    plan = planned(tmp_path, runner="tests.experiment.sweep.plans:sometimes_fails", replicates=10)
    monkeypatch.setenv("ORGWEAVE_TEST_FAIL", "1")
    first = lived(plan, tmp_path / "out")
    runs = results(tmp_path / "out").runs()
    failed = runs["status"] == "failed"
    assert first.failed == failed.sum() > 0
    assert runs.loc[failed, "error"].str.contains("bad luck").all()
    assert runs.loc[failed, "return_on_spend"].isna().all()
    assert (runs.loc[failed, "seed"] % 5 == 0).all()
    monkeypatch.delenv("ORGWEAVE_TEST_FAIL")
    second = lived(plan, tmp_path / "out")
    assert second.kept == plan.runs - first.failed
    assert second.failed == 0
    lived(plan, tmp_path / "undisturbed")
    assert results(tmp_path / "out").root_hash() == results(tmp_path / "undisturbed").root_hash()


def test_a_firm_that_cannot_have_a_design_is_a_refused_row_with_its_reason(tmp_path):
    varied = '"design.pervasive.liaisons_per_unit" = { values = [0.0, 4.0] }\n"firm.technologists" = { values = [20, 24] }'
    text = TINY.replace('"firm.coupling" = { low = 0.5, high = 6.0, scale = "log" }', varied)
    text = text.replace('"firm.technologists" = 24\n', "").replace('"firm.units" = 3', '"firm.units" = 6')
    plan = planned(tmp_path, text=text, runner=QUICK)
    status = lived(plan, tmp_path / "out")
    runs = results(tmp_path / "out").runs()
    assert 0 < status.refused == (runs["status"] == "refused").sum() < plan.runs
    assert status.failed == 0
    assert runs.loc[runs["status"] == "refused", "error"].str.len().gt(20).all()


def test_a_folder_of_another_plan_is_refused_and_says_what_differs(tmp_path):
    out = tmp_path / "out"
    lived(planned(tmp_path, runner=QUICK), out)
    with pytest.raises(InputError, match=r"another plan.*seed"):
        lived(planned(tmp_path, out, runner=QUICK, seed=2), out)
    with pytest.raises(InputError, match="outcomes"):
        lived(planned(tmp_path, out, TINY.replace(', "trust_mean"', ""), QUICK), out)


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputError, match="holds other things"):
        lived(planned(tmp_path, runner=QUICK), out)
    assert [path.name for path in out.iterdir()] == ["thesis.docx"]


def test_two_sweeps_on_one_folder_one_refuses_and_names_the_other(tmp_path):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    out.mkdir()
    import os

    with locked(out), pytest.raises(InputError, match=f"process {os.getpid()} on"):
        lived(plan, out)
    with locked(out, "1-of-2"), pytest.raises(InputError, match="at work in this folder"):
        lived(plan, out)
    with locked(out, "1-of-2"), pytest.raises(InputError, match="shard 1-of-2"):
        lived(plan, out, shard=(1, 2))
    with locked(out, "1-of-2"):
        lived(plan, out, shard=(2, 2))


def test_independent_points_have_seeds_of_their_own(tmp_path):
    plan = planned(tmp_path, runner=QUICK, independent=True)
    lived(plan, tmp_path / "out")
    runs = results(tmp_path / "out").runs()
    assert runs["seed"].nunique() == RUNS // 2, "two designs share each"
    assert (runs.groupby(["point", "replicate"])["seed"].nunique() == 1).all()


def test_a_store_reads_what_it_wrote(tmp_path):
    from sim.experiment.sweep.living import live_chunk
    from sim.experiment.sweep.reading import rows_of

    text = TINY.replace('title = "A tiny plan"', 'title = "A tiny plan"\nseries = true')
    plan = planned(tmp_path, text=text)
    store, rows = Store(tmp_path / "out"), live_chunk(plan, 1)
    store.write(plan, 1, rows)
    again = rows_of(plan, store, 1)
    for name in ("point", "replicate", "design", "seed", "status", "outcomes", "beyond", "series"):
        assert np.array_equal(getattr(rows, name), getattr(again, name), equal_nan=name in ("outcomes", "series")), name


def test_days_add_up_to_months_and_bands_are_quantiles(tmp_path):
    text = TINY.replace('title = "A tiny plan"', 'series = "KIND"')
    for kind in ("monthly", "daily"):
        lived(planned(tmp_path, text=text.replace("KIND", kind)), tmp_path / kind)
    months, days = (results(tmp_path / kind).dataset(series=True).to_table().to_pandas() for kind in ("monthly", "daily"))
    keys = ["point", "design", "replicate"]
    assert days["day"].max() == 120
    days["month"] = (days["day"] - 1) // 20 + 1
    for quantity in ("raised", "live", "deployments"):
        summed = days.groupby([*keys, "month"], observed=True)[quantity].sum()
        assert np.array_equal(summed.to_numpy(), months.groupby([*keys, "month"], observed=True)[quantity].sum().to_numpy()), quantity
    bands = results(tmp_path / "monthly").bands("open", (0.25, 0.5))
    mine = months.groupby(["point", "design", "month"], observed=True)["open"].quantile(0.25)
    assert np.allclose(bands.set_index(["point", "design", "month"]).sort_index()["q0.25"], mine.sort_index())
    outcomes = [results(tmp_path / kind).array("return_on_spend") for kind in ("monthly", "daily")]
    assert np.array_equal(*outcomes), "what is written down changes nothing"
    with pytest.raises(InputError, match="did you mean open"):
        results(tmp_path / "monthly").bands("opn")
