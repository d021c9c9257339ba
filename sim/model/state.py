"""State: the tables of record arrays, one row an agent or thing, and their types.

The kernel, the Mesa faces, the documentation and the tests all read these tables; the fields stand in `sim.model.fields`.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.model.fields.agents import LEADER, LIAISON, TEAM
from sim.model.fields.firm import FIRM
from sim.model.fields.items import ITEM
from sim.model.fields.places import HOME, LINE, TIE, UNIT

TABLES = MappingProxyType({
    name: MappingProxyType(table) for name, table in {
        "firm": FIRM, "units": UNIT, "homes": HOME, "teams": TEAM, "liaisons": LIAISON, "leaders": LEADER, "ties": TIE,
        "lines": LINE, "items": ITEM,
    }.items()
})  # fmt: skip


def record_type(table: str) -> np.dtype:
    """Aligned dtype of one table; unaligned records cost Numba a copy at each access."""
    return np.dtype([(name, field.type, field.shape) for name, field in TABLES[table].items()], align=True)
