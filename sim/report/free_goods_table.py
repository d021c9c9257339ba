"""Free goods as text and as values: one row a coordinate, one column a base design."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.free_goods import FREE, Good, Priced
from sim.analysis.quantities import listed, number, per_cent, plain
from sim.organisation.coordinates import COORDINATES
from sim.report.columns import in_columns

SIGN = {"more": "more of it", "less": "less of it"}


def free_goods_text(found: Sequence[Priced], firms: int) -> str:
    """A table, and what is free."""
    bases = list(dict.fromkeys(good.lever.base for priced in found for good in priced.goods))
    head = ("coordinate", "from", "to", *(f"raises at {plain(base)}" for base in bases), "free at all of them")
    rows = [head, *(_row(priced, bases) for priced in found)]
    body = in_columns(rows)
    free = [f"{SIGN[priced.free]}: {plain(priced.coordinate)}" for priced in found if priced.free]
    here = [f"{SIGN[good.free]}: {plain(priced.coordinate)} at {plain(good.lever.base)}"
            for priced in found if not priced.free for good in priced.goods if good.free]  # fmt: skip
    return "\n".join([
        f"On how many of {firms} firms a coordinate at its high end earns more than at its low end, all else alike", *body, "",
        "In brackets: the middle firm's gain in return on spend, per 1 spent, from low to high end.",
        f"Free: earns more on {per_cent(FREE)} of firms or more; nothing that it costs weighs against it on any but a few.",
        f"Free at every base design: {listed(free)}." if free else "No coordinate is free at every base design.",
        *([f"Free at one base design only: {listed(here)}."] if here else []),
    ])  # fmt: skip


def _row(priced: Priced, bases: Sequence[str]) -> tuple[str, ...]:
    of = {good.lever.base: good for good in priced.goods}
    axis = COORDINATES[priced.coordinate]
    return (plain(priced.coordinate), f"{axis.low:g}", f"{axis.high:g}", *(_cell(of.get(base)) for base in bases),
            SIGN.get(priced.free, ""))  # fmt: skip


def _cell(good: Good | None) -> str:
    return "–" if good is None else f"{per_cent(good.rises.share)} ({number(good.middle, 2, signed=True)})"


def free_goods_values(found: Sequence[Priced]) -> list[dict[str, object]]:
    """Rows for JSON: every coordinate at every base, shares from 0 to 1."""
    return [
        {
            "coordinate": priced.coordinate, "bundle": COORDINATES[priced.coordinate].bundle, "free": priced.free or None,
            "at": [
                {
                    "base": good.lever.base, "from": good.lever.low, "to": good.lever.high, "firms": good.rises.firms,
                    "raises": good.rises.share, "lowers": good.falls.share, "low": good.rises.interval[0], "high": good.rises.interval[1],
                    "middle_gain": good.middle, "matters_on": good.counts, "free": good.free or None,
                }
                for good in priced.goods
            ],
        }
        for priced in found
    ]  # fmt: skip
