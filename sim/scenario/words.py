"""How values, keys and ranges are written in messages: short, printable, and never a surprise for the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = 60
"""Characters of a value that are shown before it is cut."""

KINDS = ((bool, "true or false"), (str, "text"), ((int, float), "a number"), (list, "a list"), (dict, "a table"))


def printable(text: str, longest: int = LONGEST) -> str:
    """Text on one line, without control characters, cut to `longest` characters."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def dotted(path: Iterable[object]) -> str:
    """A path as it is written in TOML: ("design", "my bank") → design."my bank"."""
    parts = [printable(str(part)) for part in path]
    return ".".join(part if _BARE_KEY.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in parts)


def number(value: float) -> str:
    """A number as a person writes it: 5.0 → 5, 0.30 → 0.3."""
    if isinstance(value, int) and value.bit_length() > 64:
        return "a whole number of very many digits"
    if value == value and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:g}" if isinstance(value, int) else repr(value)


def shown(value: object) -> str:
    """A value as it stands in TOML, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, str):
        return json.dumps(printable(value), ensure_ascii=False)
    if isinstance(value, list):
        parts = ["[…]" if isinstance(part, list) else shown(part) for part in value[:5]]
        return f"[{', '.join([*parts, '…'] if len(value) > 5 else parts)}]"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    return printable(str(value))


def kind(value: object) -> str:
    """What sort of thing a value is, in a word or two."""
    for types, name in KINDS:
        if isinstance(value, types):
            return name
    return "a date or time"
