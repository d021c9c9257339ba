"""Damage: files that were cut, changed, lost or never finished are found, named and made again; a full disk loses nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.core.errors import InputError
from sim.experiment.sweep.tables import Damaged, read_table
from tests.experiment.sweep.plans import lived, planned, results

QUICK = "tests.experiment.sweep.plans:quick"


def chunk_files(out: Path) -> list[Path]:
    return sorted((out / "chunks").rglob("*.parquet"))


@pytest.mark.parametrize("with_manifest", [True, False])
def test_a_truncated_chunk_and_a_flipped_byte_are_found_named_and_made_again(tmp_path, with_manifest):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    lived(plan, out)
    root = results(out).root_hash()
    cut, flipped, *_ = chunk_files(out)
    cut.write_bytes(cut.read_bytes()[:-100])
    content = bytearray(flipped.read_bytes())
    content[len(content) // 3 if with_manifest else 100] ^= 1  # without it, what the data say is what counts
    flipped.write_bytes(content)
    if not with_manifest:
        (out / "manifest.jsonl").unlink()
    with pytest.raises(InputError, match="damaged"):
        results(out)
    status = lived(plan, out)
    assert {Path(text.split(":")[0]) for text in status.remade} == {cut, flipped}
    assert results(out).root_hash() == root


def test_no_byte_of_a_chunk_can_change_unseen(tmp_path):
    """Without the manifest: what the file itself promises."""
    plan = planned(tmp_path, runner=QUICK)
    lived(plan, tmp_path / "out")
    path = chunk_files(tmp_path / "out")[0]
    whole, rows = path.read_bytes(), read_table(path).to_pydict()
    unseen = 0
    for place in range(0, len(whole), 37):
        content = bytearray(whole)
        content[place] ^= 0x10
        path.write_bytes(content)
        try:
            # Some bytes of the footer say nothing of the data; then the data are what they were.
            unseen += read_table(path).to_pydict() != rows
        except Damaged:
            continue
    assert unseen == 0


def test_a_lost_plan_and_manifest_are_written_again_from_the_chunks(tmp_path):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    lived(plan, out)
    root = results(out).root_hash()
    for name in ("plan.json", "manifest.jsonl", "points.parquet", "sweep.toml"):
        (out / name).unlink()
    assert lived(plan, out).kept == plan.runs
    assert results(out).root_hash() == root


def test_half_written_files_are_swept_up(tmp_path):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    lived(plan, out, shard=(1, 2))
    left = chunk_files(out)[0].parent / ".half-123-abc.parquet"
    left.write_bytes(b"half")
    lived(plan, out)
    assert not left.exists()


def test_a_full_disk_stops_the_sweep_with_everything_finished_kept(tmp_path, monkeypatch):
    from sim.experiment.sweep import store as storing
    from sim.experiment.sweep.engine import DiskFull

    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    real, written = storing.put_table, []

    def put_table(table, path):
        if "chunks" in path.parts and len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        return real(table, path)

    monkeypatch.setattr(storing, "put_table", put_table)
    with pytest.raises(DiskFull, match="No space left"):
        lived(plan, out)
    monkeypatch.undo()
    assert json.loads((out / "status.json").read_text(encoding="utf-8"))["state"] == "stopped"
    assert lived(plan, out).kept > 0
    assert results(out).is_complete


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"hash": "abc"}', '{"hash": 1, "chunks": "none"}', "not JSON"])
def test_a_plan_that_is_cut_or_changed_is_one_message_and_is_written_again(tmp_path, content):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    lived(plan, out)
    root = results(out).root_hash()
    (out / "plan.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.json"):
        results(out)
    assert lived(plan, out).kept == plan.runs
    assert results(out).root_hash() == root


def test_damaged_points_are_one_message_and_are_written_again(tmp_path):
    plan = planned(tmp_path, runner=QUICK)
    out = tmp_path / "out"
    lived(plan, out)
    path = out / "points.parquet"
    path.write_bytes(path.read_bytes()[:300])
    for read in (lambda: results(out).points, lambda: results(out).sql("SELECT 1"), lambda: next(results(out).joined())):
        with pytest.raises(InputError, match="is damaged"):
            read()
    lived(plan, out)
    assert len(results(out).points) == len(plan.points)


@pytest.mark.parametrize("content", ["[1]", "{}", '{"state": "running"}', "not JSON"])
def test_a_status_that_nobody_wrote_is_passed_over(tmp_path, content):
    (tmp_path / "status.json").write_text(content, encoding="utf-8")
    found = CliRunner().invoke(main, ["sweep", "--watch", str(tmp_path)])
    assert found.exit_code == 2
    assert "no sweep has been at work there" in found.stderr
