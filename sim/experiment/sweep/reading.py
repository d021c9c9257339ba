"""Reading chunks back as the arrays that they were made of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.experiment.sweep.living import STATUS, Rows, empty_rows
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.store import SERIES_ENDING, Store
from sim.experiment.sweep.tables import read_table
from sim.model.outcomes import OUTCOMES
from sim.model.series import NAMES as SERIES


def rows_of(plan: Plan, store: Store, number: int) -> Rows:
    """Rows of a stored chunk. Raises Damaged, FileNotFoundError."""
    key = plan.key(number)
    table = store.read(key)
    rows = empty_rows(plan, number)
    series = rows.series
    if series is not None:
        months = read_table(store.path(key, SERIES_ENDING))
        series = np.stack([months.column(name).to_numpy() for name in SERIES], axis=-1).reshape(series.shape).copy()
    for place, name in enumerate(plan.sweep.outcomes):
        rows.outcomes[:, place] = table.column(name).to_numpy()
        if OUTCOMES[name].window:
            rows.beyond[:, place] = table.column(f"{name}_beyond").to_numpy()
    status = np.array([STATUS.index(text) for text in table.column("status").to_pylist()], np.int8)
    return replace(rows, status=status, error=[text or "" for text in table.column("error").to_pylist()], series=series)
