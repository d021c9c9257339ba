"""Calendar: a ring of queues by the day on which a wait is over, so that whoever waits for a date costs nothing a day."""

from __future__ import annotations

import math

from sim.core.jit import jit
from sim.model.fields.field import DATES
from sim.model.lines import join


@jit
def wait_until(w, item, day, moment):
    """Put an item down for the first day that is not before `moment`; dates beyond the ring are looked at again on its last day."""
    date = min(math.ceil(moment), day + DATES - 1)
    join(w, w.firm[0].dates_line + int(date) % DATES, item)


@jit
def has_a_date(w, item):
    """Whether an item waits for a date."""
    place = w.items[item].line - w.firm[0].dates_line
    return 0 <= place < DATES
