"""What drives the difference in one outcome of a sweep, and in which of its points which design is better: chart, tables and words."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.discovery import in_words
from sim.analysis.quantities import per_cent, plain, printed_unit, sentence
from sim.analysis.sweeps import Found
from sim.model.outcomes import OUTCOMES
from sim.report.blocks import Block, Figure, Grid, Words
from sim.report.charts.drivers import drivers_chart
from sim.report.driver_measures import EFFECTS, MOST_SHOWN, RANKS, SHARES, measures_of
from sim.report.sweep_table import box_words, effect_rows, going_rows, index_rows, label, lacking_indices


def driver_blocks(found: Found, mark: str = "") -> list[Block]:
    """A chart of the measure that tells most, its table in a fold, and what else the sample gives: correlations, indices, effects.

    mark  what tells the chart from another of the same outcome and designs on the page
    """
    measures = measures_of(found)
    drawn = measures.kind if measures is not None else ""
    blocks: dict[str, Block] = {}
    rows = index_rows(found)
    if rows:
        heads = ["Parameter", "Alone", "With all it takes part in"]
        blocks[SHARES] = _table(found, "Share of the difference's variance", heads, rows, _index_note(found), drawn == SHARES)
    if lacking := lacking_indices(found):
        blocks[SHARES] = Words("Share of the difference's variance", [lacking])
    if found.effects:
        heads = ["Parameter", "Mean size", "Spread", "More than luck"]
        blocks[EFFECTS] = _table(found, "What a parameter does over its whole range", heads, effect_rows(found), _effect_note(found),
                                 drawn == EFFECTS)  # fmt: skip
    if found.going:
        note = (f"Rank correlation of each parameter with the difference in {OUTCOMES[found.outcome].label} over {found.points:,} points; "
                f"below {found.going[0].bound:.2f} it may be chance.")  # fmt: skip
        heads = ["Parameter", "Rank correlation", "Sure"]
        blocks[RANKS] = _table(found, "What the difference goes with", heads, going_rows(found), note, drawn == RANKS)
    if not drawn:
        return [*blocks.values()]
    return [Figure(drivers_chart(found, mark)), blocks.pop(drawn), *blocks.values()]


def _table(found: Found, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str, is_drawn: bool) -> Grid:
    """The largest rows; all of them, in a fold, where the chart above says the same."""
    pair = sentence(f"{plain(found.pair[1])} against {plain(found.pair[0])}: {OUTCOMES[found.outcome].label}")
    if is_drawn:
        return Grid(pair, heads, rows, "made", below=[note], fold=f"{title}, as a table")
    return Grid(pair, heads, rows[:MOST_SHOWN], "made", title, note)


def _index_note(found: Found) -> str:
    assert found.indices is not None
    said = ["Sobol indices, in brackets their 95 % intervals: what of the variance goes away when a parameter is known, and what stays "
            "when all others are known."]  # fmt: skip
    if found.indices.noise_removed:
        said.append(f"Luck makes {per_cent(float(found.indices.seed_share[0]))} of a single run's variance; it is told off.")
    else:
        said.append("With one replicate a point, luck is in these shares, and the second are too large.")
    if bool(found.indices.too_small_to_rank[0]):
        said.append("The sample is too small to rank: drawn again, another would often come first.")
    return " ".join(said)


def _effect_note(found: Found) -> str:
    unit = printed_unit(found.outcome) or "pure number"
    said = (
        f"Morris' elementary effects ({unit}): the mean of their sizes with half of its 95 % interval, and their spread, which is "
        "large where a parameter does different things in different places. "
    )
    if found.effects[0].noise is None:
        return said + "With one replicate a point, luck is in these sizes: no parameter is at zero."
    surely = sum(one.sure for one in found.effects)
    return f"{said}{surely} of {len(found.effects)} parameters surely do more than luck."


def region_blocks(found: Found) -> list[Block]:
    """Boxes and the leaves of the tree; nothing where no region stands out."""
    points = [(f"{sentence(plain(name))} is better", box_words(found.boxes[name], found)) for name in found.pair if name in found.boxes]
    note = "Found on one half of the points, judged on the other."
    if found.tree is not None:
        labels = [label(path) for path in found.paths]
        for leaf in sorted(found.tree.leaves, key=lambda leaf: -leaf.share):
            where = f"where {in_words(leaf.bounds, labels)}"
            points.append((f"{sentence(plain(found.pair[1]))} in {per_cent(leaf.share)} of {leaf.points}", where))
        note += (f" Three questions at most tell who is better in {per_cent(found.tree.accuracy)} of the other half, a guess in "
                 f"{per_cent(found.tree.guess)}.")  # fmt: skip
    if not points:
        return []
    title = f"In which points: {plain(found.pair[1])} against {plain(found.pair[0])}, {OUTCOMES[found.outcome].label}"
    return [Words(title, points=points, note=note)]
