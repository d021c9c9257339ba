"""A run in which some rules are not called at all: what a mechanism at its off values has to be equal to.

Rules are replaced by nothing in plain Python, in a process of its own: compiled code cannot be changed after the fact.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping

from sim.model import kernel
from sim.model.world import World
from tests.ground.text_of_tree import ROOT
from tests.model.worlds import PRESETS, SMALL, lived, off

DAYS = 60


def digests(w: World) -> dict[str, str]:
    """Hex digest of each field by its name, such as ``teams.vacant``."""
    parts = {}
    for name, array in zip(World._fields, w, strict=True):
        for field in array.dtype.names or ("",):
            part = array[field] if field else array
            parts[f"{name}.{field}"] = hashlib.sha256(part.tobytes()).hexdigest()
    return parts


def lived_off(mechanism: str, design: str, firm: Mapping[str, float]) -> World:
    """A small firm's world after its first days with one mechanism at its off values."""
    return lived(3, design=PRESETS[design], firm={**SMALL, **firm}, model=off(mechanism), days=DAYS)


def differences(mechanism: str, rules: list[str], design: str, firm: Mapping[str, float]) -> set[str]:
    """Fields in which a run with the mechanism at its off values differs from one in which `rules` are never called.

    rules  places of the rules as they are called, e.g. ``sim.model.mechanisms.talent.act``
    """
    code = f"from tests.model.uncalled import say; say({mechanism!r}, {rules!r}, {design!r}, {dict(firm)!r})"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    uncalled, called = json.loads(done.stdout), digests(lived_off(mechanism, design, firm))
    return {field for field, digest in called.items() if uncalled[field] != digest}


def say(mechanism: str, rules: list[str], design: str, firm: Mapping[str, float]) -> None:
    """In the process of its own: replace the rules by nothing, live, and print the digests."""
    assert kernel.run_days.__module__ == "sim.model.kernel", "plain Python only"
    for rule in rules:
        module, name = rule.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(module), name))
        setattr(importlib.import_module(module), name, lambda *_: None)
    print(json.dumps(digests(lived_off(mechanism, design, firm))))
