"""Start-up: loading scenarios imports nothing heavier than the schema library, and adds little to that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PLACE = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
HEAVY = ("numpy", "numba", "pandas", "rich", "mesa", "matplotlib", "scipy")
SHARES = """
import sys, time
start = time.perf_counter()
import pydantic
pydantic.BaseModel, pydantic.create_model, pydantic.ValidationError, pydantic.AfterValidator
import pydantic_core
alone = time.perf_counter() - start
import sim.scenario.load
print((time.perf_counter() - start) / alone, *(name for name in %r if name in sys.modules))
"""


def test_the_loader_costs_little_more_than_the_schema_library():
    told = [subprocess.run([sys.executable, "-c", SHARES % (HEAVY,)], env=PLACE, capture_output=True, text=True, timeout=60, check=True)
            .stdout.split() for _ in range(3)]  # fmt: skip
    assert all(len(words) == 1 for words in told), f"imported: {told}"
    assert min(float(words[0]) for words in told) < 2
