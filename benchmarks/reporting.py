"""What the executive page costs from stored results of many runs, and the analysis of all their outcomes: of a tiny firm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.sweeping import LARGE, SMALL_FIRM

RUNS = 100_000
DESIGNS = 2
LEVELS, REPLICATES = 50, 20
"""Levels of both parameters of the sweep, and histories of each point: LEVELS² × REPLICATES × DESIGNS runs."""

BLOCKS, LUCKS = 1024, 5
"""Saltelli's blocks of the sweep that is analysed, and histories of each point: BLOCKS × (8 parameters + 2) × LUCKS × DESIGNS runs."""

SALTELLI = SMALL_FIRM + """
"run.days" = 240
"run.warm_up" = 20
[sample]
kind = "saltelli"
points = {blocks}
[vary]
"firm.turbulence" = {{}}
"firm.coupling" = {{}}
"firm.spillover" = {{}}
"firm.talent_scarcity" = {{}}
"firm.unit_demand_log_sd" = {{}}
"firm.unit_value_log_sd" = {{}}
"design.pervasive.delegation" = {{}}
"design.*.leader_fluency" = {{}}
"""

ROUNDS = 3
TINY = [
    "mobile_bank", "--designs", "partnership,pervasive", "--set", "firm.units=2", "--set", "firm.technologists=20",
    "--set", "run.warm_up=20", "--days", "240", "--replicates", str(RUNS // DESIGNS), "--quiet",
]  # fmt: skip
MEGABYTE = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0


def measure() -> Iterator[Row]:
    """Seconds, memory and size of the page of either."""
    with tempfile.TemporaryDirectory(prefix="orgweave-bench-") as name:
        folder = Path(name)
        _orgsim("compare", *TINY, "--out", str(folder / "compared"))
        yield from _page(f"comparison of {RUNS:,} runs", folder / "compared")
        text = LARGE.format(levels=LEVELS, replicates=REPLICATES).replace("[set]", '[set]\n"run.days" = 240\n"run.warm_up" = 20')
        (folder / "large.toml").write_text(text, encoding="utf-8")
        _orgsim("sweep", str(folder / "large.toml"), "--out", str(folder / "swept"), "--quiet")
        yield from _page(f"sweep of {LEVELS * LEVELS * REPLICATES * DESIGNS:,} runs", folder / "swept")
        (folder / "saltelli.toml").write_text(SALTELLI.format(blocks=BLOCKS, replicates=LUCKS), encoding="utf-8")
        _orgsim("sweep", str(folder / "saltelli.toml"), "--out", str(folder / "drawn"), "--quiet")
        yield from analysed(folder / "drawn")


def analysed(folder: Path) -> Iterator[Row]:
    """`orgsim analyse --all` of a sweep's folder, the whole command, from the start of its process."""
    from sim.experiment.sweep.results import open_results

    found = open_results(folder)
    command = ["analyse", str(folder), "--all", "--out", str(folder / "analysed")]
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        _orgsim(*command)
        taken.append(time.perf_counter() - start)
    yield Row(f"analysis of {len(found.outcomes)} outcomes of {found.done:,} runs", taken, "s", at_most=60.0)
    yield Row("the same, memory at its peak", [_peak(command)], "MB", at_most=1024.0)


def _page(what: str, folder: Path) -> Iterator[Row]:
    """The whole command, from the start of its process."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        _orgsim("report", str(folder), "--quiet")
        taken.append(time.perf_counter() - start)
    yield Row(f"the page of a {what}", taken, "s", at_most=15.0)
    yield Row("the same, memory at its peak", [_peak(["report", str(folder), "--quiet"])], "MB", at_most=1024.0)
    yield Row("the same, size of the page", [(folder / "report.html").stat().st_size / 1e6], "MB", at_most=3.0)


PEAK = """
import resource, sys
from sim.cli.main import main
main(sys.argv[1:], standalone_mode=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _peak(command: Sequence[str]) -> float:
    """Megabytes that a command takes in a process of its own."""
    found = subprocess.run([sys.executable, "-c", PEAK, *command], capture_output=True, text=True, check=True)
    return float(found.stderr.split()[-1]) / MEGABYTE


def _orgsim(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "sim.cli.main", *arguments], check=True, stdout=subprocess.DEVNULL)
