"""Winners over an ensemble, as text, and as values that are written and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from sim.analysis.quantities import number, per_cent, plain
from sim.analysis.separators import Separator
from sim.analysis.winners import Cause, Duel, Share, Winners, firms_sentence, in_words
from sim.core.errors import InputError
from sim.experiment.winners import Lived
from sim.model.catalogue import PARAMETERS
from sim.report.columns import in_columns
from sim.scenario.firm import FIRM

FILE, TABLE = "winners.json", "winners.csv"
MEANING = {**{f"firm.{name}": param.meaning for name, param in FIRM.items()},
           **{f"model.{name}": param.meaning for name, param in PARAMETERS.items()}}  # fmt: skip
HEAD = ("design", "earns most", "95 %", "more than the first", "surely more", "surely less", "middle difference")


def winners_text(found: Winners, going: Mapping[str, Sequence[Separator]] = MappingProxyType({})) -> str:
    """The sentence, a row a design, why a share is nothing, and what surely goes with each lead over the first design."""
    title = f"Return on spend over {found.firms} firms like yours:"
    text = [firms_sentence(found), "", title, *in_columns([HEAD, *winner_rows(found)])]
    if found.senseless:
        text += ["", f"On {found.senseless} more firms not every design can be had for the same money; they are not counted."]
    for why in causes_in_words(found):
        text += ["", why]
    text += [line for design, numbers in going.items() for line in ("", *_going(design, found.designs[0], numbers))]
    return "\n".join(text)


def _going(design: str, first: str, numbers: Sequence[Separator]) -> list[str]:
    lead = f"{plain(design)}'s lead over {plain(first)}"
    if not numbers:
        return [f"Nothing that differs between the firms surely goes with {lead}."]
    bound = number(numbers[0].bound, 2)
    return [f"What surely goes with {lead}: rank correlations beyond ±{bound}, where all numbers hold at once",
            *(f"  {number(one.correlation, 2, True)}  {_name(one)}: {MEANING[one.name]}" for one in numbers)]  # fmt: skip


def _name(one: Separator) -> str:
    return plain(one.name.partition(".")[2])


def winner_rows(found: Winners) -> list[tuple[str, ...]]:
    """One row a design: on how many firms it earns most, and how it stands against the first."""
    rows: list[tuple[str, ...]] = []
    for design, most in found.most.items():
        low, high = most.interval
        rows.append((plain(design), f"{most.count} of {most.firms} ({per_cent(most.share)})", f"{100 * low:.0f} to {100 * high:.0f} %",
                     *_duel_cells(found.duels.get(design))))  # fmt: skip
    return rows


def causes_in_words(found: Winners) -> list[str]:
    """Why a design earns most on no firm, a sentence or two each."""
    return [_why(design, why) for design, why in found.causes.items()]


def _duel_cells(duel: Duel | None) -> tuple[str, ...]:
    if duel is None:
        return ("", "", "", "")
    more = duel.more
    return (f"{more.count} of {more.firms} ({per_cent(more.share)})", str(duel.surely), str(duel.surely_less), number(duel.middle, 2, True))


def _why(design: str, why: Cause) -> str:
    name = plain(design).capitalize()
    if why.mechanism is None:
        return f"{name} earns most on no firm; no mechanism's absence brings it nearer, on {why.tried} firms tried."
    return (f"{name} earns most on no firm. What costs it most is {plain(why.mechanism)}: without it, on {why.tried} firms tried, it comes "
            f"{number(why.lift, 2)} per 1 spent nearer to the best of the others, and earns most on {why.wins} of them.")  # fmt: skip


def winners_values(found: Winners) -> dict[str, object]:
    """The same for JSON."""
    return {
        "sentence": firms_sentence(found),
        "designs": list(found.designs),
        "firms": found.firms,
        "senseless": found.senseless,
        "most": {design: {"count": one.count, "share": one.share, "low": one.interval[0], "high": one.interval[1]}
                 for design, one in found.most.items()},
        "duels": {design: {"more": one.more.count, "share": one.more.share, "low": one.more.interval[0], "high": one.more.interval[1],
                           "surely": one.surely, "surely_less": one.surely_less, "middle": one.middle, "words": in_words(one.more)}
                  for design, one in found.duels.items()},
        "causes": {design: vars(one) for design, one in found.causes.items()},
    }  # fmt: skip


def winners_csv(lived: Lived) -> str:
    """One row a firm: its number in draws.csv, and the mean return of each design."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["number", *lived.designs])
    with np.errstate(invalid="ignore"):
        means = np.nanmean(lived.earned, axis=2)
    rows.writerows([int(which), *(f"{value:.4g}" for value in row)] for which, row in zip(lived.numbers, means, strict=True))
    return text.getvalue()


def read_winners(folder: Path, designs: tuple[str, ...]) -> tuple[Winners, Mapping[str, object]]:
    """What was written into an ensemble's folder, and its provenance.

    Raises InputError where there is none, or it is about other designs.
    """
    where, remedy = f"--ensemble {folder}", f"orgsim winners --ensemble {folder} --designs {','.join(designs)} makes it"
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        most = {design: Share(int(one["count"]), int(data["firms"])) for design, one in data["most"].items()}
        duels = {design: Duel(design, Share(int(one["more"]), int(data["firms"])), int(one["surely"]), int(one["surely_less"]),
                              float(one["middle"])) for design, one in data["duels"].items()}  # fmt: skip
        causes = {design: Cause(**one) for design, one in data["causes"].items()}
        found = Winners(tuple(data["designs"]), most, duels, int(data["senseless"]), causes)
        provenance = dict(data["provenance"])
    except OSError as error:
        raise InputError(where, f"{FILE} cannot be read: {error.strerror}", remedy=remedy) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(where, f"{FILE} is not what it should be: {error!r}", remedy=remedy) from None
    if found.designs[0] != designs[0] or set(designs) - set(found.designs):
        raise InputError(where, f"is about {', '.join(found.designs)}", f"the designs compared: {', '.join(designs)}", remedy)
    return found, provenance
