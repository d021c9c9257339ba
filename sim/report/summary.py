"""The result as one JSON document: what `--json` prints and summary.json holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from sim.analysis.headline import headline
from sim.analysis.notes import notes
from sim.analysis.precision_words import RULE
from sim.analysis.results import Analysis, Best, Difference, Estimate
from sim.experiment.comparison import Comparison
from sim.experiment.precision import REACHED, Stopped
from sim.model.outcomes import OUTCOMES
from sim.report.attribution_table import attribution_values
from sim.report.counting_table import counting_values


def summary(comparison: Comparison, analysis: Analysis) -> dict[str, object]:
    """The document as plain values; what is undefined is None. Shares are 0 to 1, whatever the unit says for printing."""
    scenario = comparison.scenario
    words = headline(analysis)
    return {
        "scenario": scenario.name,
        "scenario_digest": scenario.digest,
        "seed": first_seed(comparison),
        "replicates": comparison.replicates,
        "days": scenario.run.days,
        "equal": {
            "by": scenario.run.equal,
            "technologists": dict(comparison.seated),
            "spend_residual": {design: _number(value) for design, value in comparison.residual.items()},
        },
        "headline": words.sentence,
        "kinds": words.kinds,
        "designs": {
            design: {name: _estimate(name, value) for name, value in found.items()} for design, found in analysis.estimates.items()
        },
        "differences": {
            f"{second} - {analysis.first}": {name: _difference(value) for name, value in found.items()}
            for second, found in analysis.differences.items()
        },
        **({"best": {name: _best(value) for name, value in analysis.best.items()}} if analysis.best else {}),
        **({"precision": _precision(analysis.stopped, analysis.first)} if analysis.stopped else {}),
        **({"attribution": attribution_values(analysis)} if analysis.attributions else {}),
        **({"conventions": counting_values(analysis)} if analysis.counted else {}),
        **({"hangs_on": [vars(row) for row in analysis.hangs_on], "assumptions": analysis.assumptions} if analysis.assumptions else {}),
        "notes": notes(comparison, analysis),
        "failures": [{"design": f.design, "seed": f.seed, "error": f.error} for f in comparison.failures],
        "provenance": provenance(comparison),
    }


def as_json(document: Mapping[str, object]) -> str:
    """The document as text, keys in their order, non-numbers refused rather than written as NaN."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def first_seed(comparison: Comparison) -> int:
    """The seed that the run was asked for."""
    given = comparison.provenance.get("seed")
    return int(str(given)) if given is not None else int(comparison.seeds[0])


def provenance(comparison: Comparison) -> dict[str, object]:
    """Where the numbers come from, as values that JSON knows."""
    known = (str, int, float, bool, type(None))
    found = {key: value if isinstance(value, known) else str(value) for key, value in comparison.provenance.items()}
    return {**found, "seconds": round(comparison.seconds, 3)}


def _estimate(name: str, value: Estimate) -> dict[str, object]:
    return {
        "mean": _number(value.mean),
        "sd": _number(value.sd),
        "low": _number(value.low),
        "high": _number(value.high),
        "unit": OUTCOMES[name].unit,
        "n": value.n,
        "beyond_share": value.beyond_share,
    }


def _difference(value: Difference) -> dict[str, object]:
    return {
        "mean": _number(value.mean),
        "low": _number(value.low),
        "high": _number(value.high),
        "probability_better": _number(value.probability_better),
        "probability_low": _number(value.probability_low),
        "probability_high": _number(value.probability_high),
        "matters": _number(value.matters),
        "verdict": value.verdict,
        "better": value.better,
        "n": value.n,
        "beyond_share": value.beyond_share,
    }


def _best(value: Best) -> dict[str, object]:
    return {"not_told_from_the_best": list(value.designs), "surely_not_the_best": list(value.told), "behind_at_most": dict(value.behind)}


def _precision(stopped: Stopped, first: str) -> dict[str, object]:
    asked = stopped.precision
    return {
        "outcome": asked.outcome,
        "of": asked.of,
        "half_width_asked": asked.half_width,
        "half_widths": {f"{second} - {first}": _number(value) for second, value in stopped.half_widths.items()},
        "known": {
            f"{second} - {first}": dict(zip(("estimate", "low", "high"), map(_number, values)))
            for second, values in stopped.known.items()
        },
        "reached": stopped.end == REACHED,
        "end": stopped.end,
        "pairs": stopped.pairs,
        "looks": list(asked.looks[: stopped.looks]),
        "ceiling": asked.ceiling,
        "rule": RULE,
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
