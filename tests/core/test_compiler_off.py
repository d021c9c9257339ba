"""Compiled code and plain Python draw the same numbers to the last bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sim.core import streams
from sim.core.jit import COMPILED, PACKAGE


def drawn() -> str:
    """Every distribution at 300 places, as hexadecimal text: equal where all bits are."""
    key = streams.entity_key(streams.day_key(7, streams.DEMAND_COUNT, 11), 3)
    values: list[float] = []
    for number in range(300):
        own = streams.entity_key(key, number)
        values += [
            streams.uniform(key, number),
            streams.exponential(key, number, 2.5),
            streams.normal(key, number),
            streams.lognormal(key, number, 18.0, 0.9),
            streams.pareto_tailed(key, number, 6.0, 1.0, 0.3, 2.0),
            streams.poisson(own, 0.1 + 0.3 * number),
            streams.choice(key, number, 7),
            streams.inverse_normal((number + 0.5) / 300),
        ]
    return " ".join(float(value).hex() for value in values)


def test_the_same_numbers_come_with_the_compiler_on_and_off():
    other = {**os.environ, "NUMBA_DISABLE_JIT": "1" if COMPILED else "0", "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-W", "error", str(Path(__file__).resolve())]
    answer = subprocess.run(command, env=other, capture_output=True, text=True, timeout=300, check=False)
    assert answer.returncode == 0, answer.stderr
    # Warnings are errors over there, so this says too that the mixer's wrap-around is silent in plain Python.
    assert answer.stdout.strip() == f"compiled={not COMPILED} {drawn()}"


if __name__ == "__main__":
    print(f"compiled={COMPILED} {drawn()}")
