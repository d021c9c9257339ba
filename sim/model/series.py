"""Monthly series: what is summed up a month, in the order of the columns of `World.series`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Series:
    """One column of the monthly series: label, unit and meaning."""

    label: str
    unit: str
    meaning: str


SERIES = MappingProxyType({
    "raised": Series("items raised", "items", "items raised in the month"),
    "live": Series("items that went live", "items", "items that went live in the month"),
    "open": Series("open items", "items", "items under way on the month's last day"),
    "lead_time": Series("lead time", "days", "mean lead time of the items that went live in the month"),
    "innovations": Series("innovations", "ideas", "ideas found by experiment that were adopted in the month"),
    "trust": Series("trust", "0 to 1", "trust of units in their suppliers on the month's last day, weighted by deliveries so far"),
    "accuracy": Series("knowledge right", "share", "share of teams' beliefs that agreed with reality at the last taking of stock"),
    "deployments": Series("deployments", "releases", "releases that carried something in the month"),
    "failures": Series("failed releases", "releases", "releases that failed in the month"),
    "wip": Series("work in progress", "items", "items in teams' hands, mean over the month's days"),
    "earned": Series("money earned", "thousand", "what everything live earned in the month, whenever it was raised"),
    "spent": Series("money spent", "thousand", "all technology spend of the month, what moves cost included"),
    "to_come": Series("still to come", "thousand", "what all that is live on the month's last day would still earn, as it stands"),
})  # fmt: skip

NAMES = tuple(SERIES)
RAISED, LIVE, OPEN, LEAD_TIME, INNOVATIONS, TRUST, ACCURACY, DEPLOYMENTS, FAILURES, WIP, EARNED, SPENT, TO_COME = range(len(NAMES))
