"""`--set PATH=VALUE`: any key of a scenario, given on the command line or from Python."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import NamedTuple

from sim.core.errors import InputError, did_you_mean
from sim.scenario.keys import Path
from sim.scenario.words import printable

SETTABLE = ("firm", "designs", "design", "model", "off", "run")
LISTS = (("designs", "compare"), ("off", "mechanisms"))
FORMS = "paths are firm.KEY, design.NAME.KEY, model.KEY, run.KEY, designs.compare and off.mechanisms"


class Override(NamedTuple):
    """One value given outside the file: where it goes, the text of the value, and the option that gave it."""

    path: str
    text: str
    option: str = ""


@dataclass(frozen=True)
class Given:
    """An override, taken apart.

    path    as a tuple
    value   as TOML reads it; a bare word is text
    option  what messages call it: `--set firm.units`
    """

    path: Path
    value: object
    option: str

    def where(self, path: tuple[object, ...]) -> str:
        """How messages begin."""
        return self.option

    def quote(self, path: tuple[object, ...]) -> str:
        """Nothing: the option is its own quotation."""
        return ""

    def data(self) -> dict[str, object]:
        """The override as the document that holds nothing else."""
        data: object = self.value
        for part in reversed(self.path):
            data = {part: data}
        assert isinstance(data, dict)
        return data


def given(override: tuple[str, ...]) -> Given:
    """Take an override apart.

    Raises InputError where the path cannot be one.
    """
    path_text, text, option = Override(*override)
    option = option or f"--set {printable(path_text)}"
    path = tuple(part.strip() for part in path_text.split("."))
    if path[0] not in SETTABLE:
        raise InputError(option, "there is no such path", FORMS, did_you_mean(path[0], SETTABLE))
    if len(path) != (3 if path[0] == "design" else 2) or not all(path):
        raise InputError(option, "is not the path of a value", FORMS)
    return Given(path, _value(path, text), option)


def parse_assignment(text: str) -> Override:
    """`firm.units=12` as an override.

    Raises InputError where there is no path or no value.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise InputError(f"--set {printable(text)}", "is not PATH=VALUE", FORMS, "for example: --set firm.units=12")
    return Override(path.strip(), value.strip())


def _value(path: Path, text: str) -> object:
    """A value as TOML reads it; what TOML does not read is text, and for a list names between commas."""
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        read = {}
    value = read["value"] if list(read) == ["value"] else text.strip()
    if path in LISTS and isinstance(value, str):
        return [name.strip() for name in value.strip("[]").split(",") if name.strip()]
    return value
