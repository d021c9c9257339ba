"""Start-up: loading scenarios imports nothing heavier than the schema library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PLACE = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
HEAVY = ("numpy", "numba", "pandas", "rich", "mesa", "matplotlib", "scipy")
LOADED = "import sys, sim.scenario.load; print(*(name for name in %r if name in sys.modules))"


def test_the_loader_imports_nothing_heavy():
    told = subprocess.run([sys.executable, "-c", LOADED % (HEAVY,)], env=PLACE, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == []
