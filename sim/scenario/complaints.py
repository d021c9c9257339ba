"""Saying what is wrong with a key: where it stands, what was found, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pydantic import BaseModel

from sim.core.errors import InputError, did_you_mean
from sim.scenario.keys import Keys, Path
from sim.scenario.schema import LONGEST_NAME, faults
from sim.scenario.settings import EQUAL
from sim.scenario.words import dotted, kind, number, shown

WANTED = {"string_type": "text", "list_type": "a list", "dict_type": "a table", "model_type": "a table", "float_type": "a number"}


class Origin(Protocol):
    """Where a key was given: a document or an option of the command line."""

    def where(self, path: tuple[object, ...]) -> str: ...

    def quote(self, path: tuple[object, ...]) -> str: ...


def check(data: Mapping[str, object], schema: type[BaseModel], keys: Keys, origin: Origin, now: Mapping[Path, object]) -> None:
    """Raise InputError for the first fault of the data, in the order of the file; `now` holds the values so far, by path."""
    found = faults(schema, data)
    if found:
        kind_of_fault, path, value = min(found, key=lambda fault: _position(origin, fault[1]))
        raise complaint(kind_of_fault, path, value, keys, origin, now)


def _position(origin: Origin, path: Path) -> int:
    line = getattr(origin, "line", None)
    return (line(path) or 0) if line else 0


def complaint(fault: str, path: Path, value: object, keys: Keys, origin: Origin, now: Mapping[Path, object]) -> InputError:
    """The message for one fault that the schema found."""
    if fault == "extra_forbidden":
        return _unknown(path, keys, origin, now)
    if fault in ("string_pattern_mismatch", "string_too_long"):
        rule = f"a name is a small letter, then small letters, digits and _: at most {LONGEST_NAME} characters"
        return InputError(origin.where(path), f"{dotted(path)} is not a name for a design", beside(origin, path, rule))
    help_text = keys.help(path)
    if fault == "literal_error":
        return _nothing_of_that_name(path, value, origin, help_text)
    remedy = _quoted_number(value) if fault == "float_type" else ""
    if fault == "model_type" or fault == "dict_type":
        remedy = f"write [{dotted(path)}] on a line of its own, and its keys below"
    found = f"{dotted(path)} = {shown(value)} {_what_is_wrong(fault, path, value, keys)}"
    if fault == "string_type" and path[-1].isdigit():  # an element of a list
        help_text, found = keys.help(path[:-1]), f"{dotted(path[:-1])} holds {shown(value)}, {kind(value)} where a name is wanted"
    return InputError(origin.where(path), found, beside(origin, path, help_text), remedy)


def beside(origin: Origin, path: Path, help_text: str) -> str:
    """The source line with the help beside it, or the help alone where there is no line."""
    return "        ".join(part for part in (origin.quote(path), help_text) if part)


def _unknown(path: Path, keys: Keys, origin: Origin, now: Mapping[Path, object]) -> InputError:
    meant = keys.meant(path)
    current = now.get(meant) if meant else None
    suggestion = keys.suggestion(path, current if isinstance(current, (int, float)) else None)
    quote = origin.quote(path)
    found = f"{dotted(path)}: unknown key" if quote else "unknown key"  # an option names its path already
    return InputError(origin.where(path), found, quote, suggestion)


def _what_is_wrong(fault: str, path: Path, value: object, keys: Keys) -> str:
    key = keys.number(path)
    if fault == "float_type" and isinstance(value, int) and not isinstance(value, bool) and key:
        fault = "less_than_equal" if value > 0 else "greater_than_equal"  # too long for a float
    if fault == "greater_than_equal" and key:
        return f"is below the minimum {number(key.least)}"
    if fault == "less_than_equal" and key:
        return f"is above the maximum {number(key.most)}"
    if fault == "finite_number":
        return "is not a finite number"
    if fault == "value_error":
        return "is not a whole number"
    return f"is {kind(value)}, not {WANTED.get(fault, 'what belongs here')}"


def _quoted_number(value: object) -> str:
    """What to do about a number in quotation marks."""
    if not isinstance(value, str):
        return ""
    try:
        float(value)
    except ValueError:
        return ""
    return f"write it without quotation marks: {value.strip()}"


def _nothing_of_that_name(path: Path, value: object, origin: Origin, help_text: str) -> InputError:
    """A text that is none of those that may stand there."""
    remedy = did_you_mean(value, EQUAL) if isinstance(value, str) else f"known: {', '.join(EQUAL)}"
    found = f"{dotted(path)} = {shown(value)} is nothing that designs can have in common"
    return InputError(origin.where(path), found, beside(origin, path, help_text), remedy)
