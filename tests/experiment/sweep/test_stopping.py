"""Precision in a sweep: each point is lived until it is known well enough, whoever lives it and whenever."""

from __future__ import annotations

import numpy as np

from sim.experiment.precision import Continue, decide
from sim.experiment.sequences.looks import schedule
from sim.experiment.sweep.stopping import ALPHA
from tests.experiment.sweep.plans import TINY, lived, planned, results

CEILING = 400
PRECISE = TINY.replace("replicates = 3", f"replicates = {CEILING}").replace("levels = 3", "levels = 2") + """
[precision]
half_width = 0.25
outcome = "return_on_spend"
"""
NOISY = "tests.experiment.sweep.plans:noisy"


def test_a_point_that_scatters_more_is_lived_more_often(tmp_path):
    plan = planned(tmp_path, text=PRECISE, runner=NOISY)
    status = lived(plan, tmp_path / "out")
    runs = results(tmp_path / "out").runs(with_points=True)
    lengths = runs.groupby("firm.turbulence")["replicate"].max() + 1
    assert lengths[0.0] == 100 < lengths[2.0]
    assert set(lengths) <= set(schedule(CEILING))
    assert status.done == status.total == len(runs) < plan.runs


def test_it_stops_where_the_rule_says_and_not_before(tmp_path):
    plan = planned(tmp_path, text=PRECISE, runner=NOISY)
    lived(plan, tmp_path / "out")
    earned = results(tmp_path / "out").array("return_on_spend")
    for point in range(len(plan.points)):
        there = int((~np.isnan(earned[0, point])).sum())
        differences = (earned[1, point] - earned[0, point])[:there]
        looks = schedule(CEILING)
        assert not isinstance(decide(differences, looks, ALPHA, 0.25), Continue)
        before = [look for look in looks if look < there]
        if before:
            assert isinstance(decide(differences[: before[-1]], looks, ALPHA, 0.25), Continue)


def test_workers_order_shards_and_going_on_change_nothing(tmp_path):
    plan = planned(tmp_path, text=PRECISE, runner=NOISY)
    lived(plan, tmp_path / "alone")
    root = results(tmp_path / "alone").root_hash()
    lived(plan, tmp_path / "two", 2, order=lambda numbers: reversed(list(numbers)))
    assert results(tmp_path / "two").root_hash() == root
    for shard in ((2, 2), (1, 2)):
        lived(plan, tmp_path / "shards", shard=shard)
    assert results(tmp_path / "shards").root_hash() == root
    last = max((tmp_path / "two" / "chunks").rglob("*.parquet"), key=lambda path: path.stat().st_mtime_ns)
    last.unlink()
    assert not results(tmp_path / "two").is_complete
    lived(plan, tmp_path / "two")
    assert results(tmp_path / "two").root_hash() == root


def test_the_ceiling_ends_it(tmp_path):
    plan = planned(tmp_path, text=PRECISE.replace("half_width = 0.25", "half_width = 0.0001"), runner=NOISY)
    status = lived(plan, tmp_path / "out")
    assert status.done == plan.runs
