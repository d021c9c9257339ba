"""Compiles twin.c into a temporary folder and lets Python call it."""

from __future__ import annotations

import ctypes
import functools
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.slice.plan import RULES, UNITS, Start

SOURCE = Path(__file__).with_name("twin.c")
FLAGS = ("-O3", "-ffp-contract=off", "-fPIC", "-shared", "-std=c11")
ARRAYS = ("team_people", "team_key", "team_home", "team_limit", "team_share", "team_skill", "home_people", "home_pace", "home_first",
          "home_teams", "estimate_sd", "believed", "disbelieved", "reality")  # fmt: skip


def compiler() -> str | None:
    """The C compiler of this machine, None where there is none."""
    return shutil.which("gcc") or shutil.which("cc")


@functools.lru_cache(maxsize=2)
def library(looks: bool = False) -> ctypes.CDLL:
    """The compiled twin; its folder is gone as soon as it is loaded. Raises RuntimeError where there is no compiler.

    looks  whether it looks at all that the model's rules look at, though there is none of it in the slice
    """
    found = compiler()
    if found is None:
        raise RuntimeError("no C compiler (gcc or cc) on the path: the C twin cannot be built")
    with tempfile.TemporaryDirectory(prefix="orgweave-twin-") as folder:
        target = Path(folder) / "twin.so"
        subprocess.run([found, *FLAGS, f"-DLOOKS={int(looks)}", str(SOURCE), "-o", str(target), "-lm"], check=True)
        loaded = ctypes.CDLL(str(target))
    loaded.draw_up.restype = ctypes.c_void_p
    return loaded


def prepare(start: Start, looks: bool = False) -> Callable[[int, np.ndarray], None]:
    """A run to be made once, since it frees its firm: call it with days and the (days, columns) series to fill."""
    c = library(looks)
    rules = np.array([start.rules[name] for name in RULES])
    arrays = [np.ascontiguousarray(getattr(start, name)) for name in ARRAYS]
    firm = c.draw_up(
        _address(rules), ctypes.c_uint64(start.seed), UNITS, len(start.team_people), start.room, *map(_address, arrays)
    )

    def run(days: int, series: np.ndarray) -> None:
        c.run(ctypes.c_void_p(firm), days, _address(series))
        c.dismiss(ctypes.c_void_p(firm))

    return run


def _address(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
