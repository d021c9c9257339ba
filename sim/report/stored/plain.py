"""Frozen objects as plain values for JSON, and back: every number comes back as it was, to the last bit.

A dataclass is a mapping of its fields, a mapping with keys that are no texts a list of pairs, a number that JSON has not a text.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

Kind = TypeVar("Kind")
WORDS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Unreadable(ValueError):
    """Plain values that are not of the kind that was expected."""


def to_plain(value: Any) -> Any:
    """Plain values of anything made of dataclasses, mappings, sequences, arrays, numbers and texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: to_plain(each) for key, each in value.items()}
        return [[to_plain(key), to_plain(each)] for key, each in value.items()]
    if isinstance(value, np.ndarray):
        return to_plain(value.tolist())
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, np.generic):
        return to_plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def from_plain(kind: type[Kind], value: Any) -> Kind:
    """An object of a kind from its plain values.

    Raises Unreadable where they are none of it.
    """
    try:
        return typing.cast(Kind, _read(kind, value))
    except Unreadable:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Unreadable(str(error)) from None


def _read(kind: Any, value: Any) -> Any:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        if not isinstance(value, dict) or set(value) != set(hints):
            raise Unreadable(f"{kind.__name__} is a mapping of {', '.join(hints)}")
        return kind(**{name: _read(hint, value[name]) for name, hint in hints.items()})
    if origin in (types.UnionType, typing.Union):
        (inner,) = [part for part in parts if part is not type(None)]
        return None if value is None else _read(inner, value)
    if origin is tuple:
        each = [parts[0]] * len(value) if parts[-1] is Ellipsis else parts
        return tuple(_read(part, one) for part, one in zip(each, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        pairs = value.items() if isinstance(value, dict) else value
        return {_read(parts[0], key): _read(parts[1], one) for key, one in pairs}
    if kind is np.ndarray:
        return np.array([_row(row) for row in value], float)
    return _scalar(kind, value)


def _row(value: Any) -> Any:
    return [_row(each) for each in value] if isinstance(value, list) else _scalar(float, value)


def _scalar(kind: Any, value: Any) -> Any:
    if kind is float:
        return WORDS[value] if isinstance(value, str) else float(value)
    if kind not in (int, str, bool) or not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Unreadable(f"{value!r:.60} is no {getattr(kind, '__name__', kind)}")
    return value


@lru_cache(maxsize=256)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
