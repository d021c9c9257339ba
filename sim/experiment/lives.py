"""Lives of work items as dates show them: when each was asked for, begun and finished. Real ones and simulated ones are measured alike.

Only what was asked for inside the window counts, and only what happened inside it: a real export and a simulated one then miss the
same things, so what they leave out pulls both the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sim.model.stages import CHANGE, LIVE, RETIRED
from sim.model.world import World

NEVER = -1
FEWEST = 5
"""Items below which no quantile is taken, and teams below which they are not compared."""

MONTH = 20
"""Working days in a month."""


@dataclass(frozen=True, eq=False)
class Lives:
    """Items asked for in a window.

    created, started, finished  (n,) working day of the window, from 0; NEVER where that has not happened in it
    team  (n,) number of the team that asked, from 0; NEVER where nobody says
    days  length of the window                                                          [working days]
    """

    created: np.ndarray
    started: np.ndarray
    finished: np.ndarray
    team: np.ndarray
    days: int


@dataclass(frozen=True)
class Statistic:
    """What is taken of lives.

    what      for a reader, with its unit
    by_ratio  whether distances are ratios
    """

    what: str
    by_ratio: bool = True


STATISTICS: Mapping[str, Statistic] = MappingProxyType({
    "lead_median": Statistic("lead time, median days from asked for to finished, of what was both inside the window"),
    "lead_p85": Statistic("lead time, 85th percentile, days"),
    "hands_median": Statistic("delivery time, median days from begun to finished"),
    "begun_share": Statistic("share of lead time after work has begun", False),
    "asked_a_month": Statistic("asked for, items a month of 20 working days"),
    "finished_a_month": Statistic("finished, items a month"),
    "finished_share": Statistic("share of what was asked for that is finished", False),
    "finished_unevenness": Statistic("items finished a month, standard deviation over mean", False),
    "asked_unevenness": Statistic("items asked for a month, standard deviation over mean", False),
    "team_unevenness": Statistic("items asked for by a team, standard deviation over mean", False),
})  # fmt: skip


def measured(lives: Lives) -> dict[str, float]:
    """Every statistic; NaN where there is too little for it."""
    done = lives.finished >= 0
    begun = done & (lives.started >= 0)
    lead = (lives.finished - lives.created)[done]
    hands = (lives.finished - lives.started)[begun]
    months = lives.days / MONTH
    return {
        "lead_median": _quantile(lead, 0.5),
        "lead_p85": _quantile(lead, 0.85),
        "hands_median": _quantile(hands, 0.5),
        "begun_share": _share(hands, (lives.finished - lives.created)[begun]),
        "asked_a_month": len(lives.created) / months,
        "finished_a_month": float(done.sum()) / months,
        "finished_share": float(done.mean()) if len(done) else np.nan,
        "finished_unevenness": _unevenness(_by_month(lives.finished[done], lives.days)),
        "asked_unevenness": _unevenness(_by_month(lives.created, lives.days)),
        "team_unevenness": _unevenness(np.unique(lives.team[lives.team >= 0], return_counts=True)[1]),
    }


def lives_of(w: World, days: int) -> Lives:
    """The lives of a simulated firm's items: what its units asked for in the counted window of so many days; gone live is finished."""
    first = int(w.firm[0].counting_from)
    items = w.items[: w.firm[0].raised]
    items = items[(items["kind"] == CHANGE) & (items["raised"] >= first)]
    live = (items["stage"] == LIVE) | (items["stage"] == RETIRED)
    return Lives(items["raised"] - first, np.where(items["begun"] >= 0, np.floor(items["begun"]) - first, NEVER).astype(int),
                 np.where(live, items["ended"] - first, NEVER), items["unit"].astype(int), days)  # fmt: skip


def _quantile(days: np.ndarray, share: float) -> float:
    return float(np.quantile(days, share)) if len(days) >= FEWEST else np.nan


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum() / whole.sum()) if len(part) >= FEWEST and whole.sum() > 0 else np.nan


def _by_month(days: np.ndarray, window: int) -> np.ndarray:
    """Events in each whole month of the window."""
    months = window // MONTH
    return np.bincount(days[days < months * MONTH] // MONTH, minlength=months)


def _unevenness(counts: np.ndarray) -> float:
    return float(counts.std(ddof=1) / counts.mean()) if len(counts) >= FEWEST and counts.sum() > 0 else np.nan
