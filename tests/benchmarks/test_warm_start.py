"""What is compiled is loaded without what only the compiler needs: that made a quarter of a second of every start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sim.core.jit import COMPILED

RUN = """
import sys
from sim.api import load_scenario
from sim.model import kernel
from sim.model.equal import blueprint_of
kernel.run(blueprint_of(load_scenario("branch_bank"), "partnership"), 1)
print([name for name in ("scipy.linalg", "numba.np.arraymath") if name in sys.modules])
"""


@pytest.mark.skipif(not COMPILED, reason="nothing is loaded from the cache")
def test_a_run_from_the_cache_imports_no_linear_algebra():
    for _ in range(2):  # the first one compiles, where the cache is empty
        answer = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, timeout=600, check=True)
    assert answer.stdout.strip() == "[]", "np.median, .sum() and their like in compiled code: see sim/model/statistics.py"
