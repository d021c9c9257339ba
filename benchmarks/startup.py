"""How long one waits before anything happens: fresh interpreters, against one that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.rows import Row

ATTEMPTS = 7
WORK = {
    "import sim": "import sim",
    "orgsim --help": "from sim.cli.main import main; main(['--help'])",
    "a scenario, read and checked": "import sim; sim.load_scenario('branch_bank')",
}


def measure() -> list[Row]:
    """Start-up of each piece of work, as a ratio to `python -c pass`; the compiled model is cached by then."""
    bare = _milliseconds("pass")
    rows = [Row("python -c pass", bare, 1.0, "itself")]
    for what, code in WORK.items():
        taken = _milliseconds(code)
        rows.append(Row(what, taken, taken / bare, "python -c pass"))
    return rows


def _milliseconds(code: str) -> float:
    """The fastest of some fresh interpreters: the others were disturbed by something else on the machine."""
    return min(_once(code) for _ in range(ATTEMPTS))


def _once(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000.0
