"""What the tests of scenarios share: a small model of two mechanisms, and a way to load a text."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from sim.core.errors import InputError
from sim.core.parameters import Param, parameters
from sim.model import catalogue
from sim.organisation import budget, prices
from sim.scenario.load import load_scenario
from sim.scenario.objects import Scenario

TRANSLATE = parameters(
    liaison_skill=Param(0.5, "skill of a liaison", "share", 0.2, 0.9, "assumption: half", off=1.0),
    liaison_rate=Param(0.8, "items that a liaison serves", "items a day", 0.4, 1.6, "assumption: under one"),
)
BUILD = parameters(team_size=Param(8, "people in a team", "people", 4, 12, "assumption: two pizzas", whole=True))
_READ = re.findall(r'model\["(\w+)"\]', inspect.getsource(prices) + inspect.getsource(budget))
PRICES = {name: catalogue.PARAMETERS[name] for name in _READ if name in catalogue.PARAMETERS}
"""What designs of equal money are matched by."""

PARAMETERS = {**TRANSLATE, **BUILD, **PRICES}
MECHANISMS = {"translate": TRANSLATE, "build": BUILD}


def load(source: str | Path, *overrides: tuple[str, str]) -> Scenario:
    """A scenario by name or path, over the small model."""
    return load_scenario(source, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=overrides)


def load_text(folder: Path, text: str, *overrides: tuple[str, str], name: str = "bank.toml") -> Scenario:
    """A scenario from a text, written to a file of its own."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path, *overrides)


def fault(folder: Path, text: str, *overrides: tuple[str, str]) -> str:
    """The message that a wrong text gets, the path of the file shortened to its name."""
    with pytest.raises(InputError) as caught:
        load_text(folder, text, *overrides)
    return str(caught.value).replace(f"{folder}/", "")
