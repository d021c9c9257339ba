"""What a scenario file may hold, as pydantic models made from the tables of fields, coordinates and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from sim.scenario.keys import JOURNEYS, Key, Keys, Path
from sim.scenario.settings import EQUAL

DESIGN_NAME = r"^[a-z][a-z0-9_]*$"
LONGEST_NAME = 40

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, protected_namespaces=())
_Names = list[str]
_DesignName = Annotated[str, Field(pattern=DESIGN_NAME, max_length=LONGEST_NAME)]


def scenario_schema(keys: Keys) -> type[BaseModel]:
    """The schema of a scenario file: every table and key optional, none unknown, every number in its range."""
    run = {**_numbers(keys.numbers["run"]), "equal": (Literal[EQUAL], None)}
    return _model(
        "Scenario",
        title=(str, None),
        about=(str, None),
        base=(str, None),
        firm=(_model("Firm", **_numbers(keys.numbers["firm"])), None),
        designs=(_model("Designs", compare=(_Names, None)), None),
        design=(dict[_DesignName, design_schema(keys)], None),  # type: ignore[misc]
        model=(_model("Model", **_numbers(keys.numbers["model"])), None),
        off=(_model("Off", mechanisms=(_Names, None)), None),
        run=(_model("Run", **run), None),
        transition=(dict[_DesignName, _journey("Transition", "step", keys, coordinates=(_Names, None), units=(Any, None))], None),  # type: ignore[misc]
        intervention=(dict[_DesignName, _journey("Intervention", "event", keys, kind=(str, None))], None),  # type: ignore[misc]
    )


def design_schema(keys: Keys) -> type[BaseModel]:
    """The schema of one design: of the table [design.NAME], and of a shipped design's file."""
    return _model("Design", base=(str, None), about=(str, None), **_numbers(keys.numbers["design"]))


def _journey(name: str, row: str, keys: Keys, **texts: Any) -> type[BaseModel]:
    """The schema of a table of dated rows; which of its keys are needed is checked when it is read."""
    rows = _model(row.title(), **_numbers(keys.numbers[row]), **texts)
    return _model(name, **{key: (str, None) for key in JOURNEYS[name.lower()] if key != row}, **{row: (list[rows], None)})  # type: ignore[valid-type]


def faults(schema: type[BaseModel], data: Mapping[str, object]) -> list[tuple[str, Path, object]]:
    """What is wrong with a document: (pydantic's type of error, path, value found) of each fault."""
    try:
        schema.model_validate(data)
    except ValidationError as error:
        found = []
        for each in error.errors(include_url=False, include_context=False):
            loc = each["loc"]  # pydantic marks a name that is no name with a last part, which an unknown key may also be called
            path = loc[:-1] if loc[-1] == "[key]" and each["type"] != "extra_forbidden" else loc
            found.append((each["type"], tuple(map(str, path)), each["input"]))
        return found
    return []


def _model(name: str, **fields: Any) -> type[BaseModel]:
    return create_model(name, __config__=_STRICT, **fields)


def _numbers(keys: Mapping[str, Key]) -> dict[str, Any]:
    return {name: (_number(key), None) for name, key in keys.items()}


def _number(key: Key) -> Any:
    """The type of a number within its range; a whole one may be written 5 or 5.0."""
    field = Field(ge=key.least, le=key.most, allow_inf_nan=False)
    return Annotated[float, field, AfterValidator(_whole)] if key.whole else Annotated[float, field]


def _whole(value: float) -> float:
    if not value.is_integer():
        raise ValueError("not a whole number")
    return value
