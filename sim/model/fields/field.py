"""What a field of a record array is, and how long the nested ones are."""

from __future__ import annotations

from dataclasses import dataclass

SPECIALISMS = ("engineering", "data_science")
"""What technologists are specialised in. Business experts bring customer experience, marketing and compliance together."""
SIZE_CLASSES = 3
CAUSE_COUNT = 9
WIP_SLOTS = 12
PEER_SLOTS = 16
DATES = 32
"""Days ahead that the calendar of waits has a queue for."""
CHOICE_SLOTS = 8
WORDS = 2
"""64-bit words of a row of beliefs: up to 128 dimensions in two bit planes (believed +1, believed −1)."""


@dataclass(frozen=True)
class Field:
    """One field: NumPy type, shape of one value, unit, meaning, and who writes it ("structure" or a mechanism)."""

    type: str
    unit: str
    meaning: str
    owner: str
    shape: tuple[int, ...] = ()


def field(type_: str, unit: str, meaning: str, owner: str, *shape: int) -> Field:
    return Field(type_, unit, meaning, owner, tuple(shape))
