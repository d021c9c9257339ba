"""A student's agents: a Python file with classes derived from Team, Liaison or Leader, and runs with them.

Whatever is wrong with the file, or goes wrong in it while the model runs, is told with the file and the line.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from sim.core.errors import InputError, OrgWeaveError
from sim.model.agents import Leader, Liaison, Team
from sim.model.kernel import Run
from sim.model.mesa_model import MONTH, OrgModel
from sim.model.trace import Trace
from sim.scenario.objects import Scenario

KINDS: dict[str, type[Any]] = {"team": Team, "liaison": Liaison, "leader": Leader}
ALLOWED = "a Python file with a class derived from sim.Team, sim.Liaison or sim.Leader"


class Agents(NamedTuple):
    """Classes that a run's agents are made of, and the file they come from ("" for the model's own)."""

    team: type[Team] = Team
    liaison: type[Liaison] = Liaison
    leader: type[Leader] = Leader
    file: str = ""


THE_MODELS_OWN = Agents()


def load_agents(path: str | os.PathLike[str]) -> Agents:
    """The agents that a file defines; for kinds that it does not define, the model's own.

    Raises InputError for a missing or unreadable file, a syntax error, an exception while it is read, no class derived from
    Team, Liaison or Leader, or several for one of them.
    """
    file = os.fspath(path)
    module = ModuleType(f"agents of {Path(file).stem}")
    module.__file__ = file
    sys.modules[module.__name__] = module  # dataclasses look their module up
    with blaming(file):
        exec(_compiled(file), module.__dict__)
    found = {kind: _only(file, module, face) for kind, face in KINDS.items()}
    if not any(found.values()):
        raise InputError(file, "no class derived from Team, Liaison or Leader", ALLOWED)
    return Agents(found["team"] or Team, found["liaison"] or Liaison, found["leader"] or Leader, file)


def agents_of(classes: str | os.PathLike[str] | Iterable[type]) -> Agents:
    """The agents that a file defines, or that classes are; for kinds that are not among them, the model's own.

    Raises InputError as `load_agents` does, for a class that derives from none of Team, Liaison and Leader, and for two of one kind.
    """
    if isinstance(classes, str | os.PathLike):
        return load_agents(classes)
    found: dict[str, type[Any]] = {}
    for own in classes:
        kind = next((kind for kind, face in KINDS.items() if isinstance(own, type) and issubclass(own, face)), None)
        if kind is None:
            raise InputError(f"agents: {getattr(own, '__name__', own)}", "derives from none of Team, Liaison and Leader", "classes that do")
        if kind in found:
            raise InputError(f"agents: {own.__name__}", f"{found[kind].__name__} is a {kind} already", f"one class of each kind: {ALLOWED}")
        found[kind] = own
    return Agents(found.get("team", Team), found.get("liaison", Liaison), found.get("leader", Leader))


def _compiled(file: str) -> Any:
    try:
        source = Path(file).read_bytes()
    except OSError as error:
        raise InputError(file, f"cannot be read: {error.strerror}", ALLOWED) from None
    try:
        return compile(source, file, "exec")
    except SyntaxError as error:
        raise InputError(f"{file}:{error.lineno}" if error.lineno else file, f"not Python: {error.msg}", ALLOWED) from None
    except ValueError as error:  # null bytes
        raise InputError(file, f"not Python: {error}", ALLOWED) from None


def _only(file: str, module: ModuleType, face: type) -> type | None:
    """The one class of a file that derives from `face`; a class that another of them derives from is only its base."""
    own = {thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, face)
           and thing.__module__ == module.__name__}  # fmt: skip
    last = sorted((one for one in own if not any(other is not one and issubclass(other, one) for other in own)), key=_name)
    if len(last) > 1:
        raise InputError(file, f"{len(last)} classes derived from {face.__name__}: {', '.join(map(_name, last))}",
                         "one class for each kind of agent", "let one derive from the other, or remove one")  # fmt: skip
    return last[0] if last else None


def _name(kind: type) -> str:
    return kind.__name__


@contextmanager
def blaming(file: str) -> Iterator[None]:
    """Turn an exception that was raised in, or called from, a student's file into an InputError with its line."""
    try:
        yield
    except OrgWeaveError:
        raise
    except (Exception, SystemExit) as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
        if not file or not lines:
            raise
        message = str(error) or "no message"
        raise InputError(f"{file}:{lines[-1]}", f"{type(error).__name__}: {message}", "raised while your agents ran") from error


def live(
    scenario: Scenario, design: str, seed: int, agents: Agents = THE_MODELS_OWN, trace: str | os.PathLike[str] | None = None,
    collect_every: int = MONTH,
) -> OrgModel:  # fmt: skip
    """A model that has been run to its end, with a student's agents.

    trace  folder for every item's life and every agent's day, made where it does not exist; None writes nothing

    Raises InputError with the line for whatever the student's code raises, OSError where the trace cannot be written.
    """
    if trace is not None:  # before anybody waits for the run
        Path(trace).mkdir(parents=True, exist_ok=True)
    with blaming(agents.file):
        model = OrgModel(scenario, design, seed, team_class=agents.team, liaison_class=agents.liaison, leader_class=agents.leader,
                         collect_every=collect_every)  # fmt: skip
        notes = None if trace is None else Trace(model)
        while model.day < model.horizon:
            model.step()
            if notes is not None:
                notes.note()
    if notes is not None and trace is not None:
        notes.write(trace)
    return model


def mesa_run(scenario: Scenario, design: str, seed: int, agents: Agents | str | os.PathLike[str]) -> Run:
    """One run through Mesa, with a student's agents (or the path of their file), in the form that `kernel.run` has.

    Given a path, the file is read anew, so that no run sees what another has left in the file's own variables.

    Raises InputError as `load_agents` does, and with the line for whatever the student's code raises.
    """
    if not isinstance(agents, Agents):
        agents = load_agents(agents)
    model = live(scenario, design, seed, agents, collect_every=0)
    outcomes, beyond = model.measured()
    return Run(outcomes, beyond, model.world.series)
