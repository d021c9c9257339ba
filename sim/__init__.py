"""OrgWeave: what an organisation design does to lead time, innovation and friction between units.

    import sim
    result = sim.compare("branch_bank", replicates=200)

Names are looked up when they are first used, so that `import sim` and `orgsim --help` load nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "analyse": "sim.api",
    "compare": "sim.api",
    "run": "sim.api",
    "load_scenario": "sim.api",
    "load_sweep": "sim.api",
    "open_results": "sim.api",
    "sweep": "sim.api",
    "phase_map": "sim.api",
    "Precision": "sim.experiment.precision",
    "transition": "sim.api",
    "intervene": "sim.api",
    "check_answer": "sim.analysis.answers",
    "draw_lines": "sim.report.lines",
    "OrgModel": "sim.model.mesa_model",
    "Team": "sim.model.agents",
    "Liaison": "sim.model.agents",
    "Leader": "sim.model.agents",
}

__all__ = ["Leader", "Liaison", "OrgModel", "Precision", "Team", "__version__", "analyse", "check_answer", "compare", "draw_lines",
           "intervene", "load_scenario", "load_sweep", "open_results", "phase_map", "run", "sweep", "transition"]  # fmt: skip

if TYPE_CHECKING:
    from sim.analysis.answers import check_answer
    from sim.api import analyse, compare, intervene, load_scenario, load_sweep, open_results, phase_map, run, sweep, transition
    from sim.experiment.precision import Precision
    from sim.model.agents import Leader, Liaison, Team
    from sim.model.mesa_model import OrgModel
    from sim.report.lines import draw_lines


def __getattr__(name: str) -> object:
    """Import the module that holds a public name, once.

    Raises AttributeError for a name that is not public, with the nearest public name where one is meant.
    """
    if name not in _HOMES:
        raise AttributeError(_unknown(name))
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, those not yet loaded included."""
    return sorted(set(globals()) | set(__all__))


def _unknown(name: str) -> str:
    text = f"module 'sim' has no attribute {name!r}"
    if name.startswith("_"):  # Python itself asks for __path__ and its like; no help is wanted there
        return text
    from sim.core.errors import nearest

    near = nearest(name, __all__)
    return f"{text}; did you mean {near!r}?" if near else text
