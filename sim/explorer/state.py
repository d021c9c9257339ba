"""State of the page: what its address says, checked, and the command and the scenario that it stands for.

An address asks for nothing that the command line could not: `scenario`, `designs`, `set` (any number of times), `equal` and `seed` mean
what SCENARIO, --designs, --set, --equal and --seed mean to `orgsim compare`, and give the same numbers.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.core.errors import InputError, did_you_mean
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.scenario.load import load_scenario
from sim.scenario.objects import Scenario
from sim.scenario.overrides import Override, parse_assignment
from sim.scenario.settings import DEFAULT_SCENARIO
from sim.scenario.shipped import scenario_paths
from sim.scenario.words import printable

PAIR = 2
MOST_SETTINGS = 120
LONGEST_SETTING = 120
LARGEST_SEED = 2**62
LONGEST_NUMBER = 19
SETTABLE = ("firm", "design", "model", "run")
"""Tables whose values the page may set; what is compared and what is equal have names of their own in the address."""

KNOWN = ("scenario", "designs", "set", "equal", "seed")


@dataclass(frozen=True)
class State:
    """What the page shows.

    scenario  a name that this explorer knows
    designs   the two designs held against each other, the reference first; empty where the scenario's own are meant
    settings  (path, text of the value), in order
    equal     what the designs have in common; empty where the scenario says it
    seed      as in `orgsim compare --seed`
    """

    scenario: str
    designs: tuple[str, ...] = ()
    settings: tuple[Override, ...] = ()
    equal: str = ""
    seed: int = 1


class Scenarios:
    """The scenarios that one explorer opens: the shipped ones, and the file that it was started with. Nothing else is ever read."""

    def __init__(self, first: str = DEFAULT_SCENARIO) -> None:
        """first: SCENARIO as on the command line. Raises InputError where it is wrong."""
        self.sources: dict[str, str] = {name: name for name in scenario_paths()}
        self.first = first
        if first not in self.sources:
            self.first = _free_name(_load(first).name, self.sources)
            self.sources[self.first] = first
        self._pairs: dict[str, tuple[str, ...]] = {}
        self._shipped: dict[str, Scenario] = {}
        self.usual_pair(self.first)

    def load(self, state: State) -> Scenario:
        """The scenario that a state stands for. Raises InputError for whatever is wrong with it."""
        return _load(self._source(state.scenario), self._overrides(state))

    def as_given(self, name: str) -> Scenario:
        """A scenario with nothing changed. Raises InputError for a name that is not known."""
        source = self._source(name)
        if source not in scenario_paths():
            return _load(source)  # a file of one's own may be written anew meanwhile
        if source not in self._shipped:
            self._shipped[source] = _load(source)
        return self._shipped[source]

    def _source(self, name: str) -> str:
        if name not in self.sources:
            raise InputError(f"scenario {printable(name)!r}", "is not one that this explorer knows", "", did_you_mean(name, self.sources))
        return self.sources[name]

    def _overrides(self, state: State) -> list[Override]:
        found = [*state.settings, Override("designs.compare", ",".join(self.pair(state)), "designs")]
        return [*found, Override("run.equal", state.equal, "equal")] if state.equal else found

    def pair(self, state: State) -> tuple[str, ...]:
        """The two designs of a state."""
        return state.designs or self.usual_pair(state.scenario)

    def usual_pair(self, name: str) -> tuple[str, ...]:
        """The two designs to begin with: the first and the last that the scenario compares."""
        if name not in self._pairs:
            compare = self.as_given(name).compare
            self._pairs[name] = (compare[0], compare[-1]) if len(compare) > 1 else (compare[0], _another(compare[0]))
        return self._pairs[name]

    def command(self, state: State, replicates: int) -> str:
        """The command line that gives the numbers of Compare."""
        words = ["orgsim", "compare", self._source(state.scenario), "--designs", ",".join(self.pair(state)), *_settings(state)]
        words += ["--equal", state.equal] if state.equal else []
        words += ["--seed", str(state.seed)] if state.seed != 1 else []
        return shlex.join([*words, "--replicates", str(replicates)])

    def map_command(self, state: State, across: str, up: str, replicates: int) -> str:
        """The command line that asks the same question on a grid of its own."""
        words = ["orgsim", "map", self._source(state.scenario), "--across", across, "--up", up, "--designs", ",".join(self.pair(state))]
        words += [*_settings(state), *(["--set", f"run.equal={state.equal}"] if state.equal else [])]
        words += ["--seed", str(state.seed)] if state.seed != 1 else []
        return shlex.join([*words, "--replicates", str(replicates)])

    def run_commands(self, state: State, history: int) -> str:
        """The command lines that live through one history, a design each, and write every item's life.

        history  the seed of its runs
        """
        pair = self.pair(state)
        both = ["--set", f"designs.compare={','.join(pair)}", *(["--set", f"run.equal={state.equal}"] if state.equal else [])]
        return " && ".join(
            shlex.join(["orgsim", "run", self._source(state.scenario), "--design", name, *both, *_settings(state), "--seed", str(history),
                        "--trace", f"results/{name}"])
            for name in pair
        )  # fmt: skip


def _settings(state: State) -> list[str]:
    return [word for setting in state.settings for word in ("--set", f"{setting.path}={setting.text}")]


def _load(source: str, overrides: Sequence[Override] = ()) -> Scenario:
    return load_scenario(source, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=overrides)


def _free_name(name: str, taken: Mapping[str, str]) -> str:
    """The file's name, marked where a shipped scenario has it."""
    return f"{name} (file)" if name in taken else name


def _another(design: str) -> str:
    return "pervasive" if design != "pervasive" else "partnership"


def read_state(fields: Iterable[tuple[str, str]], scenarios: Scenarios, more: Sequence[str] = ()) -> tuple[State, dict[str, str]]:
    """The state that an address's fields ask for, and those of the fields in `more` that it has.

    Raises InputError for an unknown field, one given twice, one that is too long, and a value that is none. What the values do together
    is checked where the scenario is loaded.
    """
    single: dict[str, str] = {}
    settings: list[Override] = []
    for name, value in fields:
        if name == "set":
            settings.append(_setting(value, len(settings)))
            continue
        if name not in (*KNOWN, *more):
            raise InputError(printable(name, 40), "is no field of the explorer's address", "", did_you_mean(name[:40], (*KNOWN, *more)))
        if name in single:
            raise InputError(name, "is given twice", "once, or not at all")
        if len(value) > LONGEST_SETTING:
            raise InputError(name, f"is {len(value)} characters long", f"at most {LONGEST_SETTING}")
        single[name] = value
    state = State(
        single.get("scenario") or scenarios.first,
        _designs(single.get("designs", "")),
        tuple(settings),
        single.get("equal", ""),
        whole(single.get("seed", "1"), "seed", 0, LARGEST_SEED),
    )
    return state, {name: single[name] for name in more if name in single}


def _setting(text: str, before: int) -> Override:
    if before >= MOST_SETTINGS:
        raise InputError("set", f"is given more than {MOST_SETTINGS} times", f"at most {MOST_SETTINGS} values")
    if len(text) > LONGEST_SETTING:
        raise InputError("set", f"is {len(text)} characters long", f"at most {LONGEST_SETTING}")
    found = parse_assignment(text)
    if found.path.split(".")[0] not in SETTABLE or found.path == "run.equal" or found.path.split(".")[-1] in ("base", "about"):
        raise InputError(f"set {printable(found.path)}", "cannot be set on the page", f"numbers of {', '.join(SETTABLE)}")
    return found


def _designs(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if names and len(names) != PAIR:
        raise InputError("designs", f"names {len(names)}", "two designs, with a comma between them", "for example: partnership,pervasive")
    return names


def whole(text: str, name: str, least: int, most: int) -> int:
    """A whole number of an address. Raises InputError where it is none or out of range."""
    allowed = f"a whole number from {least} to {most}"
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise InputError(name, f"is {printable(text, 40)!r}", allowed)
    number = int(text)
    if not least <= number <= most:
        raise InputError(name, f"is {number}", allowed)
    return number
