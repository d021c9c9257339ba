"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.ground.text_of_tree import ROOT, project_files

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in project_files()
    if path.parent.is_relative_to(ROOT / "sim") and path.suffix == ".py" and "\n    >>> " in path.read_text(encoding="utf-8")
)


def test_there_are_examples():
    assert "sim.core.streams" in MODULES


@pytest.mark.parametrize("name", MODULES)
def test_examples_in(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0, "the examples were not found: are they in a docstring of this module's own?"
    assert result.failed == 0, "see the output for what the examples gave"
