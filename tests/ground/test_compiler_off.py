"""Tests marked `compiler_off` hold as plain Python too: for debugging, for coverage, for machines without the compiler."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.ground.text_of_tree import ROOT


@pytest.mark.slow
def test_marked_tests_pass_with_the_compiler_off():
    place = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    for name in list(place):
        if name.startswith("PYTEST_"):  # this run is nobody's worker
            del place[name]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "compiler_off", "tests"]
    done = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]  # 5: no test is marked, which is a fault too


@pytest.mark.compiler_off
def test_compilation_follows_the_environment():
    code = "from sim.core.jit import COMPILED, jit; print(COMPILED, jit(lambda x: x + 1)(1))"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1"}
    plain = subprocess.run([sys.executable, "-c", code], env=place, capture_output=True, text=True, timeout=120)
    assert plain.stdout.split() == ["False", "2"], plain.stderr


@pytest.mark.compiler_off
def test_a_draw_is_the_same_whether_compiled_or_not():
    import numpy as np

    from sim.core.streams import mix

    assert int(mix(np.uint64(0), 0)) == 0xE220A8397B1DCDAF  # SplitMix64, first output of seed 0 (Steele, Lea & Flood 2014)
