"""Faults, with real processes: whatever is killed, filled or interrupted, nothing finished is lost and the table comes out the same."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import psutil
import pytest

from sim.core.errors import InputError
from sim.experiment.sweep import suspects
from sim.experiment.sweep.crew import Alone
from sim.experiment.sweep.engine import run_sweep
from sim.experiment.sweep.jobs import DIED, Answer, Job
from sim.experiment.sweep.store import Entry, Store
from tests.experiment.sweep.driver import SLOW
from tests.experiment.sweep.plans import TINY, lived, planned, results, written

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120.0
"""Seconds that a condition may take on a busy machine."""

PLANS = "tests.experiment.sweep.plans:"


def started(folder: Path, workers: int, replicates: int, largest: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.experiment.sweep.driver", str(folder), str(workers), str(replicates), str(largest)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def until(condition, process: subprocess.Popen | None = None):
    """What the condition gives, as soon as it gives something; None where the process has ended before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        if process is not None and process.poll() is not None:
            return condition() or None
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def acknowledged(out: Path) -> list[Entry]:
    store = Store(out)
    store.recall()
    return list(store.entries.values())


def ends_well(process: subprocess.Popen[str]) -> None:
    output, _ = process.communicate(timeout=10 * PATIENCE)
    assert process.returncode == 0, output


def gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Replicates → root hash of the plan lived in this process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    found = {}
    for replicates in (4, 60):
        # The quick runner gives what the slow one gives; only the plan's name for it differs.
        lived(planned(folder, text=TINY, runner=PLANS + "quick", replicates=replicates), folder / str(replicates))
        found[replicates] = results(folder / str(replicates)).root_hash()
    return found


@pytest.mark.slow
def test_twenty_kills_at_random_moments_lose_nothing_and_change_nothing(tmp_path, undisturbed):
    chance, out, kills = random.Random(1), tmp_path / "out", 0
    while kills < 20:
        process = started(tmp_path, chance.choice([1, 2, 3]), 60)
        whole = psutil.Process(process.pid)
        before = len(acknowledged(out)) if out.exists() else 0
        progressed = until(lambda before=before: out.exists() and len(acknowledged(out)) > before, process)
        if not progressed or process.poll() is not None:
            ends_well(process)
            break
        time.sleep(chance.uniform(0.0, 0.2))
        workers = whole.children(recursive=True)
        promised = acknowledged(out)
        victim = chance.choice(["worker", "parent", "all"])
        for each in {"worker": [chance.choice(workers)] if workers else [], "parent": [whole], "all": [whole, *workers]}[victim]:
            if each.is_running():
                each.kill()
        kills += 1
        if victim != "worker":
            process.communicate(timeout=PATIENCE)
            until(lambda workers=workers: gone(workers))  # nobody survives the one who sweeps
        elif process.poll() is None:  # it goes on; stop it too, so that the next round begins
            until(lambda promised=promised: len(acknowledged(out)) > len(promised), process)
            process.kill()
            process.communicate(timeout=PATIENCE)
            until(lambda workers=workers: gone(workers))
        store = Store(out)
        for entry in promised:
            found = store.verified(entry.key)
            assert found is not None, "acknowledged and lost"
            assert found.rows == entry.rows
    assert kills >= 10, "the plan was too small for the test"
    ends_well(started(tmp_path, 2, 60))
    assert results(out).root_hash() == undisturbed[60]


def test_a_killed_worker_costs_its_chunk_only(tmp_path, undisturbed):
    process = started(tmp_path, 2, 4)
    out = tmp_path / "out"
    until(lambda: out.exists() and acknowledged(out), process)
    psutil.Process(process.pid).children(recursive=True)[0].kill()
    ends_well(process)
    assert json.loads((out / "status.json").read_text(encoding="utf-8"))["worker_deaths"] == 1
    assert results(out).root_hash() == undisturbed[4]


class Doomed(Alone):
    """A crew that dies of whatever it is given, from the third job on."""

    given = 0

    def collect(self, seconds):
        self.given += 1
        return super().collect(seconds) if self.given <= 2 else [Answer(self.jobs.pop(0), DIED, None, 0.0, "gone")]


def test_workers_that_die_of_anything_end_the_sweep_and_lose_nothing(tmp_path):
    plan, out = planned(tmp_path, runner=PLANS + "quick"), tmp_path / "out"
    with pytest.raises(InputError, match="workers: die even of a job without a run: gone"):
        run_sweep(plan, out, lambda: nullcontext(Doomed(plan, out)))
    assert len(acknowledged(out)) == 2
    assert lived(plan, out).failed == 0
    lived(planned(tmp_path, runner=PLANS + "quick"), tmp_path / "undisturbed")
    assert results(out).root_hash() == results(tmp_path / "undisturbed").root_hash()


def test_one_death_of_a_job_without_a_run_may_come_from_outside():
    """All runs of a chunk may be culprits; what is left of it is tried again as any chunk is."""
    nothing_left = Job(0, ((0, "killed"), (1, "killed")))
    found = suspects.Suspects()
    assert found.died(Answer(nothing_left, DIED, None, 0.0, "gone"), 2) == [nothing_left]
    with pytest.raises(InputError, match="a job without a run"):
        found.died(Answer(nothing_left, DIED, None, 0.0, "gone"), 2)


@pytest.mark.slow
def test_a_run_that_kills_its_worker_is_found_and_becomes_one_failed_row(tmp_path):
    plan = planned(tmp_path, runner=PLANS + "kills", replicates=6)
    status = lived(plan, tmp_path / "out", 2)
    runs = results(tmp_path / "out").runs(with_points=True)
    deadly = (runs["seed"] % 3 == 0) & (runs["firm.turbulence"] == 1.0) & (runs["firm.coupling"] == 0.5)
    assert deadly.any()
    assert (runs["status"] == "failed").equals(deadly)
    assert runs.loc[deadly, "error"].str.contains("killed or crashed").all()
    assert runs.loc[~deadly, "return_on_spend"].notna().all()
    assert status.failed == deadly.sum()
    lived(planned(tmp_path, runner=PLANS + "quick", replicates=6), tmp_path / "quick")
    quick = results(tmp_path / "quick").runs()
    assert runs.loc[~deadly, "return_on_spend"].equals(quick.loc[~deadly, "return_on_spend"])


@pytest.mark.slow
def test_a_run_that_never_ends_meets_its_limit_and_becomes_one_failed_row(tmp_path, monkeypatch):
    monkeypatch.setattr(suspects, "LEAST_SECONDS", 1.0)
    text = TINY.replace("levels = 3", "levels = 2").replace("low = 0.0, high = 2.0", "low = 0.0, high = 1.0")
    plan = planned(tmp_path, text=text, runner=PLANS + "hangs", replicates=3)
    lived(plan, tmp_path / "out", 2, limit=3.0)
    runs = results(tmp_path / "out").runs(with_points=True)
    endless = (runs["seed"] % 3 == 0) & (runs["firm.turbulence"] == 1.0) & (runs["firm.coupling"] == 0.5)
    assert endless.any()
    assert (runs["status"] == "failed").equals(endless)
    assert runs.loc[endless, "error"].str.contains("took longer than").all()


@pytest.mark.slow
def test_a_file_that_may_not_grow_stops_the_sweep_and_loses_nothing(tmp_path, undisturbed):
    out = tmp_path / "out"
    plan = planned(tmp_path, out, TINY, SLOW, replicates=4)
    lived(plan, out, 2, shard=(1, 2))
    kept = acknowledged(out)
    smallest = min(path.stat().st_size for path in (out / "chunks").rglob("*.parquet"))
    process = started(tmp_path, 2, 4, smallest - 1)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3, output
    assert "full: File too large" in output
    assert all(Store(out).verified(entry.key) for entry in kept)
    ends_well(started(tmp_path, 1, 4))
    assert results(out).root_hash() == undisturbed[4]


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path, undisturbed):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(small)], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    try:
        process = started(small, 2, 4)
        output, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 3, output
        assert "full: No space left on device" in output
        kept = acknowledged(small / "out")
        assert all(Store(small / "out").verified(entry.key) for entry in kept)
        subprocess.run(["mount", "-o", "remount,size=10m", str(small)], check=True)
        ends_well(started(small, 2, 4))
        assert results(small / "out").root_hash() == undisturbed[4]
    finally:
        subprocess.run(["umount", str(small)], check=False)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_says_how_to_go_on(tmp_path, number):
    plan = written(tmp_path)
    command = [sys.executable, "-m", "sim.cli.main", "sweep", str(plan), "--out", str(tmp_path / "out"), "--replicates", "100"]
    process = subprocess.Popen([*command, "--workers", "2"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out = tmp_path / "out"
    assert until(lambda: out.exists() and acknowledged(out), process)
    process.send_signal(number)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, errors
    assert "runs are kept" in errors
    assert "the same command goes on" in errors
    assert "Traceback" not in errors
    assert json.loads((out / "status.json").read_text(encoding="utf-8"))["state"] == "interrupted"
    kept = len(acknowledged(out))
    again = subprocess.run([*command, "--workers", "1", "--json", "--quiet"], cwd=ROOT, capture_output=True, text=True, check=True,
                           timeout=600)  # fmt: skip
    told = json.loads(again.stdout)
    assert told["kept"] >= kept > 0
    assert told["state"] == "finished"
    assert len(told["root_hash"]) == 64
