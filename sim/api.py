"""What Python users and the command line call: the same few functions, with the model's parameters filled in."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sim.scenario.load import load_scenario as _load
from sim.scenario.objects import Scenario


def load_scenario(source: str | os.PathLike[str], overrides: Sequence[tuple[str, ...]] = ()) -> Scenario:
    """Load a scenario by the name of a shipped one or by the path of a TOML file.

    overrides  (path, text of the value) pairs, applied in order: [("firm.units", "12")]

    Raises InputError, naming file and line or option, for whatever is wrong with any of it.
    """
    from sim.model.catalogue import MECHANISMS, PARAMETERS

    return _load(source, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=overrides)
