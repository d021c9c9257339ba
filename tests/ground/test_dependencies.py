"""What is installed: every dependency has an exact version, from no named address."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.ground.text_of_tree import ROOT

TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = [Requirement(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
ASKED = [
    Requirement(text)
    for text in (
        *TOLD["build-system"]["requires"],
        *TOLD["project"]["dependencies"],
        *(text for extra in TOLD["project"]["optional-dependencies"].values() for text in extra),
    )
]


def _pinned_on(version: str) -> dict[str, Requirement]:
    """Pins that hold on one version of Python, on Linux, by canonical name."""
    place = {"python_version": version, "python_full_version": f"{version}.0", "sys_platform": "linux"}
    return {canonicalize_name(pin.name): pin for pin in PINS if pin.marker is None or pin.marker.evaluate(place)}


def test_constraints_name_no_address():
    text = (ROOT / "constraints.txt").read_text()
    assert not re.search(r"://|^-|@ |--", text, re.MULTILINE)


def test_constraints_are_exact():
    loose = [str(pin) for pin in PINS if [part.operator for part in pin.specifier] != ["=="] or "*" in str(pin.specifier)]
    assert not loose


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_dependency_is_pinned_within_what_is_asked_for(version):
    pins = _pinned_on(version)
    for asked in ASKED:
        name = canonicalize_name(asked.name)
        assert name in pins, f"{asked.name} has no exact version on Python {version}"
        exact = next(iter(pins[name].specifier)).version
        assert asked.specifier.contains(exact), f"{exact} of {asked.name} is not {asked.specifier}"


def test_what_dependencies_need_in_turn_is_pinned_too():
    pins = _pinned_on(f"{sys.version_info.major}.{sys.version_info.minor}")
    waiting, seen, missing = [asked.name for asked in ASKED], set(), set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        missing |= {name} - set(pins)
        for text in metadata.requires(name) or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    assert not missing, f"installed but not pinned: {sorted(missing)}"


def test_the_environment_has_the_pinned_versions():
    pins = _pinned_on(f"{sys.version_info.major}.{sys.version_info.minor}")
    present = {asked.name: metadata.version(asked.name) for asked in ASKED}
    other = {name: found for name, found in present.items() if found not in pins[canonicalize_name(name)].specifier}
    assert not other, f"other versions than constraints.txt names: {other}"
