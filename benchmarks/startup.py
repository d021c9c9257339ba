"""How long one waits before anything happens: fresh interpreters, warm and with nothing compiled yet."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.rows import Row

ATTEMPTS = 7
COMPARE = "from sim.cli.main import main; main(['compare', 'branch_bank', '--replicates', '1'])"
WORK = (
    ("python -c pass", "pass", None),
    ("import sim", "import sim", None),
    ("a scenario, read and checked", "import sim; sim.load_scenario('branch_bank')", None),
    ("orgsim --help", "from sim.cli.main import main; main(['--help'])", 0.15),
    ("orgsim compare --replicates 1, compiled before", COMPARE, 0.9),
)
FIRST_COMPILE = "from sim.experiment.compare import compile_now; compile_now()"


def measure() -> list[Row]:
    """Seconds of each piece of work in fresh interpreters, in turn; then the first compile, once, in an empty cache folder."""
    _once(COMPARE)
    taken: dict[str, list[float]] = {what: [] for what, _, _ in WORK}
    for _ in range(ATTEMPTS):
        for what, code, _ in WORK:
            taken[what].append(_once(code))
    rows = [Row(what, taken[what], "s", at_most=most) for what, _, most in WORK]
    with tempfile.TemporaryDirectory(prefix="orgweave-cache-") as folder:
        environment = {**as_installed(), "XDG_CACHE_HOME": folder}
        environment.pop("NUMBA_CACHE_DIR", None)
        return [*rows, Row("first compile of the model", [_once(FIRST_COMPILE, environment)], "s", at_most=40.0)]


def as_installed() -> dict[str, str]:
    """The environment, in which Python keeps what it has compiled of its sources, as whoever has installed the program has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _once(code: str, environment: dict[str, str] | None = None) -> float:
    start = time.perf_counter()
    command, nowhere = [sys.executable, "-c", code], subprocess.DEVNULL
    subprocess.run(command, check=True, env=environment or as_installed(), stdout=nowhere, stderr=nowhere)
    return time.perf_counter() - start
