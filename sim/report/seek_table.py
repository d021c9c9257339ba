"""What was sought and found, as text and as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.analysis.deciding import size_in_words
from sim.analysis.quantities import listed, number, per_cent, plain, sentence
from sim.analysis.seek import CLOSE, KEPT, Found, Separator, Sought
from sim.model.catalogue import MODULES
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.columns import in_columns
from sim.report.contrast_table import difference_row
from sim.scenario.firm import FIRM

SHOWN = 8
"""Rows of a table in the text; JSON has them all."""


def seek_text(sought: Sought) -> str:
    """The map, what decides on it, and the firm found for either side."""
    first, second = (plain(one.design) for one in sought.found)
    search, whole = sought.search, len(sought.search.spread)
    surely = [f"{plain(name)} surely earns more on {_of(count, whole)}" for name, count in sought.shares.items() if name != CLOSE]
    effort = whole + len(search.rounds[sought.found[0].side])
    lines = [
        f"Where {first} earns more, and where {second} does: firms spread evenly over all that is plausible",
        f"  {sentence(', '.join(surely))}, and {_of(sought.shares[CLOSE], whole)} are too close.",
        f"  Equal effort: {effort} firms tried for either side, {whole} of them for both; {search.senseless} more made no sense.",
        "", *_separators(sought.separators, first, second),
    ]  # fmt: skip
    for one in sought.found:
        lines += ["", *_found(one, sought.usual)]
    return "\n".join([
        *lines, "", "Leads are judged on seeds that nothing was chosen with; their intervals hold at once.",
        f"Numbers went back to where the search began as long as surely more than {per_cent(KEPT)} of the lead was left.",
        "Over 100 % of a lead is gone where the other design then earns more; what is not surely gone is left out.",
    ])  # fmt: skip


def _of(count: int, whole: int) -> str:
    return f"{count} of {whole} ({per_cent(count / whole)})"


def _separators(separators: Sequence[Separator], first: str, second: str) -> list[str]:
    sure = [one for one in separators if one.sure]
    if not sure:
        return ["No number of the firm surely goes with the difference."]
    rows = [(plain(one.name), number(one.correlation, 2, True), second if one.correlation > 0 else first) for one in sure[:SHOWN]]
    more = f" (the first {SHOWN} of {len(sure)})" if len(sure) > SHOWN else ""
    head = f"What surely goes with the difference{more}: rank correlations beyond ±{number(separators[0].bound, 2)}, where all hold at once"
    return [head, *in_columns([("number of the firm", "correlation", "the more of it, the better for"), *rows])]


def _found(one: Found, usual: Mapping[str, float]) -> list[str]:
    name = sentence(plain(one.design))
    label = OUTCOMES[HEADLINE[0]].label
    head = (f"{name} surely earns more on this firm" if one.sure else f"No firm was found on which {plain(one.design)} surely earns more; "
            "the nearest is this")  # fmt: skip
    less = f"{plain(one.lead.second)} less {plain(one.lead.first)}"
    rows = [(plain(field), FIRM[field].unit, f"{usual[field]:g}", f"{one.scenario.firm[field]:g}") for field in one.fields]
    lines = [f"{head}: {label}, {less}, {size_in_words(one.lead)}"]
    lines += [f"  {plain(one.lead.first)} {number(one.lead.first_mean, 2)}, {plain(one.lead.second)} {number(one.lead.second_mean, 2)}; "
              f"as the search found it, with all its numbers, {size_in_words(one.whole)}."]  # fmt: skip
    lines += in_columns([("number of the firm", "unit", "from", "to"), *rows]) if rows else ["  It is the firm where the search began."]
    return [*lines, *_carriers(one)]


def _carriers(one: Found) -> list[str]:
    if not one.carriers:
        return ["  No mechanism's absence surely takes any of the lead away."]
    most = [plain(each.mechanism) for each in one.carriers if each.does_most]
    told = f"Without {listed(most)} most of the lead is gone" if len(most) < 2 else f"Without any one of {listed(most)} most of it is gone"
    head = f"  {told}." if most else "  No mechanism alone does most of it."
    rows = [(plain(each.mechanism), per_cent(each.taken), _what_it_is(each.mechanism)) for each in one.carriers[:SHOWN]]
    return [head, *in_columns([("without", "of the lead is gone", "what it is"), *rows])]


def _what_it_is(mechanism: str) -> str:
    """The first sentence of the mechanism's file, without its name."""
    first_line = (MODULES[mechanism].__doc__ or "").strip().partition("\n")[0]
    return first_line.partition(": ")[2].partition(". ")[0].removesuffix(".")


def seek_values(sought: Sought) -> dict[str, object]:
    """The same for JSON, with every number of every firm."""
    search = sought.search
    return {
        "points": len(search.spread), "senseless": search.senseless, "surely_earns_more": dict(sought.shares),
        "goes_with_the_difference": [
            {"field": one.name, "correlation": one.correlation, "bound": one.bound, "sure": one.sure} for one in sought.separators
        ],
        "found": [
            {
                "design": one.design, "sure": one.sure, "points": len(search.rounds[one.side]), "kept_out": search.kept_out[one.side],
                "differs_in": list(one.fields), "firm": dict(one.scenario.firm), "as_found": dict(search.best(one.side).firm),
                "lead": difference_row("lead", one.lead), "lead_as_found": difference_row("lead as found", one.whole),
                "carried_by": [{"mechanism": each.mechanism, "taken": each.taken, "most": each.does_most} for each in one.carriers],
            }
            for one in sought.found
        ],
    }  # fmt: skip
