"""What the engine of sweeps costs: over the bare kernel, in memory and on the disk, beside other tools that run many runs.

Others: Mesa's batch_run on the Mesa model, and the EMA Workbench's evaluator with the kernel as a black box (where it is installed).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from benchmarks.rows import Row
from benchmarks.startup import as_installed
from benchmarks.workers import two_bare
from sim.api import load_sweep
from sim.experiment.compare import compile_now
from sim.experiment.executors import cores
from sim.experiment.sweep.crew import Alone, Local
from sim.experiment.sweep.engine import run_sweep
from sim.experiment.sweep.living import Runner, live_chunk
from sim.experiment.sweep.plan import SMALLEST_CHUNK, Plan, draw_up_plan
from sim.experiment.sweep.results import open_results
from sim.experiment.sweep.store import Store
from sim.model.begin import Blueprint
from sim.model.equal import blueprint_of
from sim.model.kernel import Run, run
from sim.model.outcomes import NAMES
from sim.model.series import NAMES as SERIES

ROUNDS = 5
MANY, FEW = 1_000_000, 10_000
"""Rows of the store that is measured, with runs that cost nothing; and of the one beside it."""

REPLICATES, LARGE_PLAN = 40, 10_000
"""Replicates of a point: few, and so many that chunks are as large as the speed of the firm lets them be."""

TIMES = 10
"""How often a round stores a chunk: a thousandth of a second more or less is a fifth of what one chunk costs."""

NOTHING = Run(np.zeros(len(NAMES)), np.zeros(len(NAMES), bool), np.zeros((0, len(SERIES))))


def constant(blueprint: Blueprint, seed: int) -> Run:
    """A run that costs nothing but its numbers, which differ from seed to seed as real ones do."""
    return NOTHING._replace(outcomes=np.random.default_rng(seed).normal(size=len(NAMES)))


def planned(folder: Path, text: str, runner: str = "") -> Plan:
    """The plan of a sweep's text."""
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return draw_up_plan(load_sweep(str(path)), runner)


def measure() -> Iterator[Row]:
    """Overhead a run, two workers against one, first result, memory, bytes and queries."""
    compile_now()
    with tempfile.TemporaryDirectory(prefix="orgweave-bench-") as name:
        for part in (_overhead, _first_result, _beside, _two_workers, _size, _large):
            yield from part(Path(name))


DEFAULT = f'scenario = "branch_bank"\ndesigns = ["partnership", "pervasive"]\nreplicates = {REPLICATES}\nchunk_runs = {2 * REPLICATES}\n'


def _overhead(folder: Path) -> list[Row]:
    """What the engine adds to a run, storing included, with runs that cost nothing, or noise would drown it; and what a run costs."""
    plan = planned(folder, DEFAULT, "benchmarks.sweeping:constant")
    scenario, store = plan.scenario(0), Store(folder / "overhead")
    blueprints = [blueprint_of(scenario, design) for design in plan.designs]
    seeds = [int(seed) for seed in plan.seeds(0, 0, plan.replicates)]

    def stored() -> None:
        for number in range(plan.chunks):
            store.write(plan, number, live_chunk(plan, number))

    def drawn() -> None:
        for design in plan.designs * plan.chunks:
            blueprint_of(plan.scenario(0), design)

    def lived(live: Runner) -> None:
        for seed in seeds:
            for blueprint in blueprints:
                live(blueprint, seed)

    over, bare, drawing = [], [], []
    stored()  # whoever writes first waits for Arrow
    for _ in range(ROUNDS):
        # In turn within the round, or what disturbs one of them is taken for overhead.
        taken = [[_thread_seconds(work) for work in (stored, drawn, lambda: lived(constant))] for _ in range(TIMES)]
        whole, draws, nothing = (sum(times) / TIMES for times in zip(*taken))
        over.append(1e6 * (whole - draws - nothing) / plan.runs)
        bare.append(1e6 * _thread_seconds(lambda: lived(run)) / plan.runs)
        drawing.append(1000.0 * draws / (plan.chunks * len(plan.designs)))
    return [
        Row("a run by the bare kernel, default firm", bare, "µs"),
        Row("the engine's overhead a run, storing included", over, "µs", at_most=60.0),
        Row("the same, share of the run", [100.0 * o / b for o, b in zip(over, bare)], "%", at_most=1.0),
        Row("drawing up a point's design, once for its replicates", drawing, "ms"),
    ]


def _thread_seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def _lived(plan: Plan, out: Path, workers: int) -> float:
    start = time.perf_counter()
    run_sweep(plan, out, lambda: nullcontext(Local(plan, out, workers) if workers else Alone(plan, out)))
    return time.perf_counter() - start


def _two_workers(folder: Path) -> list[Row]:
    """The same plan with one worker and with two, their start included, by the clock on the wall; and what the machine had to give.

    All three in turn within a round, or a machine that gets busier is taken for a second worker that brings less.
    """
    plan = planned(folder, DEFAULT.replace(f"replicates = {REPLICATES}", "replicates = 800"))
    gained, bare = [], []
    for number in range(3):
        bare.append(two_bare())
        one, two = (_lived(plan, folder / f"w{workers}-{number}", workers) for workers in (1, 2))
        gained.append(one / two)
    return [
        Row(f"a sweep of {plan.runs} runs, speed of two workers ÷ one ({cores()} processors)", gained, at_least=1.9),
        Row("for comparison: two bare processes ÷ one, at that time", bare),
    ]


def _size(folder: Path) -> Iterator[Row]:
    """What a run takes on the disk: in a chunk as large as the engine makes them of a large plan, where the room matters, and in smaller
    ones, in which each run bears more of what is told of every column."""
    for chunk_runs, most in ((0, 200), (2 * REPLICATES, None), (SMALLEST_CHUNK, None)):
        plan = planned(folder, DEFAULT.replace(f"replicates = {REPLICATES}", f"replicates = {LARGE_PLAN}")
                       .replace(f"chunk_runs = {2 * REPLICATES}", f"chunk_runs = {chunk_runs}"))  # fmt: skip
        store = Store(folder / f"size-{chunk_runs}")
        entry = store.write(plan, 0, live_chunk(plan, 0))
        size = store.path(entry.key).stat().st_size
        yield Row(f"on the disk, a run of {len(NAMES)} outcomes, {entry.rows} to a chunk", [size / entry.rows], "bytes", at_most=most)


def _first_result(folder: Path) -> list[Row]:
    """From the command to the first chunk on the disk, warm."""
    taken = []
    for number in range(3):
        out = folder / f"first-{number}"
        command = [sys.executable, "-m", "sim.cli.main", "sweep", "quick", "--out", str(out), "--quiet"]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=as_installed())
        while not (out / "manifest.jsonl").exists() and process.poll() is None:
            time.sleep(0.005)
        taken.append(time.perf_counter() - start)
        process.kill()
        process.wait()
    return [Row("first result of a warm start", taken, "s", at_most=2.0)]


SMALL_FIRM = """
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = {replicates}
[set]
"firm.units" = 2
"firm.technologists" = 20
"""
LARGE = SMALL_FIRM + """
[sample]
kind = "grid"
levels = {levels}
[vary]
"firm.turbulence" = {{}}
"firm.coupling" = {{}}
"""

PEAK = """
import resource, sys
from pathlib import Path
from benchmarks.sweeping import LARGE, planned
from contextlib import nullcontext
from sim.experiment.sweep.crew import Local
from sim.experiment.sweep.engine import run_sweep
folder, levels, replicates = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
plan = planned(folder, LARGE.format(levels=levels, replicates=replicates), "benchmarks.sweeping:constant")
out = folder / str(plan.runs)
run_sweep(plan, out, lambda: nullcontext(Local(plan, out, 2)))
status = Path("/proc/self/status")
if status.exists():  # what the system calls the largest size of a process is, on Linux, that of its parent if that was larger
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / 1024)
"""


def _large(folder: Path) -> list[Row]:
    """Memory of the one who sweeps, and a query and a hash over all rows."""
    peaks = {}
    for rows, (levels, replicates) in {FEW: (10, 50), MANY: (100, 50)}.items():
        found = subprocess.run([sys.executable, "-c", PEAK, str(folder), str(levels), str(replicates)], capture_output=True, text=True,
                               check=True)  # fmt: skip
        peaks[rows] = float(found.stdout)
    stored = open_results(folder / str(MANY))
    query = "SELECT point, median(lead_time_median), quantile_cont(lead_time_median, 0.85) FROM runs GROUP BY point"
    return [
        Row(f"memory of the one who sweeps, {FEW:,} runs", [peaks[FEW]], "MB"),
        Row(f"memory of the one who sweeps, {MANY:,} runs", [peaks[MANY]], "MB", at_most=500.0),
        Row(f"{MANY:,} runs ÷ {FEW:,} runs", [peaks[MANY] / peaks[FEW]], at_most=1.25),
        Row(f"median and p85 by 10,000 points of {MANY:,} runs", [_seconds(lambda: stored.sql(query)) for _ in range(3)], "s", at_most=1.0),
        Row("root hash of the same", [_seconds(stored.root_hash)], "s"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _beside(folder: Path) -> list[Row]:
    """What other tools add to a run: time a run less that of the same run by itself."""
    rows = []
    plan = planned(folder, DEFAULT.replace("branch_bank", "mobile_bank").replace('"partnership", "pervasive"', '"partnership"'))
    blueprint = blueprint_of(plan.scenario(0), "partnership")
    seeds = [int(seed) for seed in plan.seeds(0, 0, plan.replicates)]
    bare = [1e6 * _seconds(lambda: [run(blueprint, seed) for seed in seeds]) / len(seeds) for _ in range(ROUNDS)]
    rows.append(Row("mobile bank, partnership: a run by the bare kernel", bare, "µs"))
    ours = [1e6 * _lived(plan, folder / f"alone-{number}", 0) / plan.runs for number in range(ROUNDS)]
    rows.append(Row("the same in a sweep, this process", ours, "µs"))
    rows.append(Row("the same by Mesa's batch_run on the Mesa model", [_mesa(seeds[:8]) for _ in range(2)], "µs"))
    try:
        rows.append(Row("the same by the EMA Workbench's evaluator", [_workbench(blueprint, seeds) for _ in range(ROUNDS)], "µs"))
    except ImportError:
        print('the EMA Workbench is not installed: pip install -c constraints.txt -e ".[bench]"', file=sys.stderr)
    return rows


def _mesa(seeds: list[int]) -> float:
    """Microseconds of a run by Mesa's own way to run many."""
    import mesa

    from sim.model.mesa_model import OrgModel

    class Model(OrgModel):
        """Runs to its end in as many steps as it has days."""

        def __init__(self, seed: int = 0) -> None:
            # Mesa's way takes what was collected on the last step, so every step is collected.
            super().__init__("mobile_bank", "partnership", seed, collect_every=1)

    days = Model(0).horizon
    taken = _seconds(lambda: mesa.batch_run(Model, {"seed": seeds}, max_steps=days, number_processes=1, display_progress=False,
                                            data_collection_period=-1))  # fmt: skip
    return 1e6 * taken / len(seeds)


def _workbench(blueprint: Blueprint, seeds: list[int]) -> float:
    """Microseconds of a run by the workbench, the kernel its black box."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names what it could use and does not find
        from ema_workbench import Model, RealParameter, ScalarOutcome, SequentialEvaluator

    def black_box(seed: float = 0.0) -> dict[str, float]:
        return dict(zip(NAMES, run(blueprint, seeds[int(seed)]).outcomes, strict=True))

    model = Model("kernel", function=black_box)
    model.uncertainties = [RealParameter("seed", 0, len(seeds) - 1e-9)]
    model.outcomes = [ScalarOutcome(name) for name in NAMES]
    with SequentialEvaluator(model) as evaluator:
        return 1e6 * _seconds(lambda: evaluator.perform_experiments(scenarios=len(seeds), log_progress=True)) / len(seeds)


