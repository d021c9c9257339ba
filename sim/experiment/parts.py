"""Parts: the firms of an ensemble with only some of their numbers drawn, the rest as the scenario has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.experiment.winners import Lived, live_on
from sim.model.catalogue import MECHANISMS

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

NONE, ALL, FIRM, MODEL = "none", "all", "firm", "model"
"""Parts beside the mechanisms, each of which has the numbers that it declares."""


def parts_of(paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Part → the paths that are drawn: all, the firm's own, the model's, and those of each mechanism that has any.

    >>> parts_of(["firm.units", "model.heed"])
    {'all': ('firm.units', 'model.heed'), 'firm': ('firm.units',), 'model': ('model.heed',), 'route': ('model.heed',)}
    """
    found = {ALL: tuple(paths)}
    found |= {table: tuple(path for path in paths if path.startswith(f"{table}.")) for table in (FIRM, MODEL)}
    for mechanism, numbers in MECHANISMS.items():
        own = tuple(path for path in found[MODEL] if path.partition(".")[2] in numbers)
        if own:
            found[mechanism] = own
    return found


def live_parts(
    scenario: Scenario, firms: Sequence[Mapping[str, float]], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Lived]:  # fmt: skip
    """Live every design compared with each part of the numbers drawn; NONE is the scenario itself, on as many histories as a part.

    progress  called with (parts done, parts in all)
    """
    parts = parts_of(list(firms[0]))
    lived = {NONE: live_on(scenario, [{}], replicates * len(firms), seed, workers)}
    for done, (part, drawn) in enumerate(parts.items(), start=1):
        lived[part] = live_on(scenario, [{path: firm[path] for path in drawn} for firm in firms], replicates, seed, workers)
        if progress is not None:
            progress(done, len(parts))
    return lived
