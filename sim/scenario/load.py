"""Loading a scenario: read, check, merge with its base and the command line, and freeze."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean
from sim.core.parameters import Param
from sim.scenario import shipped
from sim.scenario.assemble import assemble
from sim.scenario.complaints import check
from sim.scenario.designs import resolve
from sim.scenario.document import Document, read_document
from sim.scenario.keys import Keys, Path
from sim.scenario.layers import Layers
from sim.scenario.objects import Scenario
from sim.scenario.overrides import given
from sim.scenario.schema import design_schema, scenario_schema
from sim.scenario.words import printable, shown

if TYPE_CHECKING:
    from pydantic import BaseModel


def load_scenario(
    source: str | os.PathLike[str],
    *,
    parameters: Mapping[str, Param],
    mechanisms: Mapping[str, Mapping[str, Param]],
    overrides: Sequence[tuple[str, ...]] = (),
    usual: Sequence[tuple[str, ...]] = (),
) -> Scenario:
    """Load a scenario by the name of a shipped one or by the path of a TOML file.

    parameters  every parameter of the model by name
    mechanisms  mechanism → its parameters
    overrides   (path, text of the value) pairs, applied in order after the file: ("firm.units", "12")
    usual       the same, for what holds where the file says nothing

    Raises InputError, naming file and line or option, for whatever is wrong with any of it.
    """
    keys = Keys(parameters, mechanisms)
    schema, of_a_design = _schemas(tuple(parameters.items()))
    layers = Layers()
    _lay_presets(layers, keys, of_a_design)
    for each in usual:
        layers.lay(given(each).data(), given(each))

    document = open_scenario(os.fspath(source))
    check(document.data, schema, keys, document, _Now(layers))
    base = document.data.get("base")
    if isinstance(base, str):
        base_document = _open_base(base, document)
        check(base_document.data, schema, keys, base_document, _Now(layers))
        layers.lay(base_document.data, base_document)
    layers.lay(document.data, document)
    for override in overrides:
        option = given(override)
        check(option.data(), schema, keys, option, _Now(layers))
        layers.lay(option.data(), option)
    return assemble(document, layers, keys)


@functools.lru_cache(maxsize=2)
def _schemas(parameters: tuple[tuple[str, Param], ...]) -> tuple[type[BaseModel], type[BaseModel]]:
    """The schemas of a scenario and of a design; making them takes longer than everything else that loading does."""
    keys = Keys(dict(parameters), {})
    return scenario_schema(keys), design_schema(keys)


def open_scenario(source: str, beside: FilePath | None = None) -> Document:
    """The document of a scenario: a shipped name, or the path of a file, taken from the folder `beside` where given.

    Raises InputError where there is neither, or the file cannot be read.
    """
    known = {**shipped.scenario_paths(), **shipped.journey_paths()}
    if source in known:
        return read_document(known[source], f"{source}.toml")
    path = (beside or FilePath()) / source
    if not _looks_like_a_path(source) and not _exists(path):
        found = "there is no shipped scenario and no file of this name"
        raise InputError(f"scenario {shown(source)}", found, "", did_you_mean(source, known))
    return read_document(path, printable(source, 200))


def _looks_like_a_path(source: str) -> bool:
    return source.endswith(".toml") or "/" in source or os.sep in source


def _exists(path: FilePath) -> bool:
    try:
        return path.name != "" and path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _open_base(base: str, document: Document) -> Document:
    """The document that a scenario starts from, one level up.

    Raises InputError where it is missing, the scenario itself, or has a base of its own.
    """
    where, quote = document.where(("base",)), document.quote(("base",))
    try:
        found = open_scenario(base, document.path.parent)
    except InputError as error:
        raise InputError(where, f"base = {shown(base)}: {error.found}", quote or error.allowed, error.remedy) from None
    if found.path.resolve() == document.path.resolve():
        raise InputError(where, f"base = {shown(base)} points to this file itself", quote, "name another scenario, or leave base out")
    if "base" in found.data:
        advice = f"inheritance is one level deep: start from {shown(found.data['base'])} instead"
        raise InputError(where, f"base = {shown(base)} has a base itself", quote, advice)
    return found


def _lay_presets(layers: Layers, keys: Keys, schema: type[BaseModel]) -> None:
    presets = {}
    for name, path in shipped.design_paths().items():
        document = read_document(path, f"{name}.toml")
        check(document.data, schema, keys, document, {})
        presets[name] = (document.data, document)
    layers.lay_presets(presets)


class _Now(Mapping[Path, object]):
    """Path → value in force so far, defaults apart; looked up only when a message needs it."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers

    def __getitem__(self, path: Path) -> object:
        if path in self.layers.entries:
            return self.layers.entries[path].value
        if path[0] == "design" and len(path) == 3 and path[1] in self.layers.designs():
            try:
                return resolve(self.layers, path[1]).values[path[2]]
            except InputError:  # a design that does not resolve has its own message, later
                raise KeyError(path) from None
        raise KeyError(path)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.layers.entries)

    def __len__(self) -> int:
        return len(self.layers.entries)
