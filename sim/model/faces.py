"""Faces: what lets an object read and write its row of a record array under the fields' own names.

A face has the fields of its table and what its class declares, and nothing else: setting a name that nobody declared raises,
since a silent attribute beside the record would look like a change and be none.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Hashable
from typing import Any, cast

from sim.core.errors import did_you_mean
from sim.model.fields.field import WIP_SLOTS, Field
from sim.model.state import TABLES
from sim.model.world import World

ROOM = {"wip_limit": (1, WIP_SLOTS), "wip": (0, WIP_SLOTS)}
"""Least and largest values that the compiled rules have room for."""


class FieldOfRecord:
    """One field of a face's record: reading gives the number, or the view of a nested field; writing writes the array."""

    def __init__(self, name: str, field: Field) -> None:
        self.name, self.field = name, field
        self.__doc__ = f"{field.meaning} [{field.unit}]"
        self.whole = field.type[0] in "iu"
        self.rows_of = field.unit.rpartition(" of ")[2] if field.unit.startswith("row of ") else ""

    def __get__(self, face: Any, owner: type | None = None) -> Any:
        return self if face is None else face.row[self.name]

    def __set__(self, face: Any, value: Any) -> None:
        if not self.field.shape:
            self._check(face, value)
        face.row[self.name] = value

    def _check(self, face: Any, value: Any) -> None:
        """Compiled rules trust what stands in a record: what would lead them out of an array stays out."""
        if self.whole and value != int(value):
            raise ValueError(f"{self.name} = {value}: {self.field.unit}, a whole number")
        if self.rows_of:
            low, high = -1 if "−1" in self.field.meaning else 0, len(getattr(face.world, self.rows_of)) - 1
        else:
            low, high = ROOM.get(self.name, (value, value))
        if not low <= value <= high:
            raise ValueError(f"{self.name} = {value} is out of range: {low} to {high} ({self.field.meaning})")


class Face:
    """A row of one table of `sim.model.state`, named as `table=…` where a class of faces is made.

    row     the record itself, e.g. ``team.row["people"]``
    number  which row of the table it is
    world   all record arrays of the run

    Elements of a nested field are written through its view, ``team.skill[0] = 0.9``, and are not checked.

    Raises AttributeError for a name that is neither a field nor declared in the class, with the nearest known name, and
    TypeError for a class that declares a field's name anew.
    """

    fields: tuple[str, ...] = ()
    table: str = ""
    row: Any
    number: int
    model: Any

    def __init_subclass__(cls, table: str = "", **others: Any) -> None:
        super().__init_subclass__(**others)
        own = {*cls.__dict__, *inspect.get_annotations(cls)}
        for name in cls.fields:
            if name in own:
                raise TypeError(f"{cls.__name__}.{name} would hide a field of {cls.table}; set self.{name} in a method instead")
        if table:
            cls.table, cls.fields = table, tuple(TABLES[table])
            for name, field in TABLES[table].items():
                setattr(cls, name, FieldOfRecord(name, field))

    @property
    def world(self) -> World:
        """All record arrays of the run, as the model holds them."""
        return self.model.world

    def sit(self, world: World, number: int) -> None:
        """Take a row of a world's table."""
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "row", getattr(world, self.table)[number])

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _declared(cast(Hashable, type(self))):
            raise AttributeError(f"{type(self).__name__} has no field {name!r}; {self._advice(name)}")
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        # Only called where nothing is found; Python and Mesa ask for names with underscores by themselves.
        advice = "" if name.startswith("_") else f"; {did_you_mean(name, self.fields)}"
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}{advice}")

    def _advice(self, name: str) -> str:
        known = did_you_mean(name, self.fields)
        guess = f"{known} " if known.startswith("did") else ""
        return f"{guess}A field of your own is declared in the class: {name} = …"


@functools.cache
def _declared(face: Any) -> frozenset[str]:
    """Names that may be set on a face: fields, class attributes, annotations, and what Mesa gives each agent."""
    names = {"model", "unique_id", "pos"}
    for base in face.__mro__[:-1]:
        names |= {*base.__dict__, *inspect.get_annotations(base)}
    return frozenset(names)
