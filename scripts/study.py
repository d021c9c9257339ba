"""The published study: the shipped sweep `headline`, run as it is, and what it says as small tables and figures that are kept.

python scripts/study.py                    results/study/, from runs in build/study/PLAN/ that go on where they stopped
python scripts/study.py --points 16 --replicates 2 --out FOLDER --runs FOLDER     a small one, to look at
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from sim.analysis.phase import FIRST_SURE, NOTHING, SECOND_SURE  # noqa: E402
from sim.api import load_sweep, open_results  # noqa: E402
from sim.experiment.compare import compile_now  # noqa: E402
from sim.experiment.executors import cores  # noqa: E402
from sim.experiment.sweep.crew import Local  # noqa: E402
from sim.experiment.sweep.engine import run_sweep  # noqa: E402
from sim.experiment.sweep.preparing import plan_for  # noqa: E402
from sim.experiment.sweep.results import Results  # noqa: E402
from sim.model.outcomes import OUTCOMES  # noqa: E402
from sim.report.comma import comma_separated  # noqa: E402
from sim.report.sweep_sections import Told, points_of, title, told  # noqa: E402
from sim.report.write_ablation import put  # noqa: E402
from sim.scenario.factors import SCENARIO  # noqa: E402

SWEEP = "headline"


def main() -> int:
    """Run what is missing, then write tables and figures; 1 where runs failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--points", type=int, help="of the sample, a power of two; the sweep's own where not given")
    asked.add_argument("--replicates", type=int, help="histories of each point; the sweep's own where not given")
    asked.add_argument("--out", type=Path, default=ROOT / "results" / "study")
    asked.add_argument("--runs", type=Path, help="where its runs lie; build/study/PLAN, by the plan's hash, where not given")
    given = asked.parse_args()
    results = runs(given.runs, given.points, given.replicates)
    for path in write(told(results), given.out):
        print(path)
    return 1 if results.failed else 0


def runs(folder: Path | None, points: int | None = None, replicates: int | None = None) -> Results:
    """The sweep's runs, those that are there kept."""
    sweep = load_sweep(SWEEP, replicates=replicates)
    if points is not None:
        sweep = replace(sweep, sample=replace(sweep.sample, points=points))
    folder = folder or ROOT / "build" / "study" / plan_for(sweep, None).hash
    plan = plan_for(sweep, folder)
    compile_now()
    run_sweep(plan, folder, lambda: nullcontext(Local(plan, folder, min(cores(), plan.chunks))),
              tell=lambda status: print(f"\r{status.done:,} of {status.total:,} runs", end="", file=sys.stderr, flush=True))  # fmt: skip
    print(file=sys.stderr)
    return open_results(folder)


def write(one: Told, folder: Path) -> list[Path]:
    """Tables, figures, provenance and the page that says what each is. Raises OSError where they cannot be written."""
    files = {"points.csv": points_csv(one), "shares.csv": shares_csv(one), "goes_with.csv": going_csv(one)}
    charts = [chart for second in one.found if (chart := points_of(one, second)) is not None]
    drawings = {f"{chart.name}.{ending}": chart.files[ending] for chart in charts for ending in ("svg", "png")}
    plan = one.results.plan
    about = {"sweep": plan["name"], "command": "make study", "plan_hash": plan["hash"], "model_digest": plan["model_digest"],
             "version": plan["version"], "seed": plan["seed"], "points": plan["points"], "replicates": plan["replicates"],
             "designs": plan["designs"], "runs": one.results.done, "failed": one.results.failed}  # fmt: skip
    files["provenance.json"] = json.dumps(about, indent=2) + "\n"
    files["README.md"] = readme(one, about, [(chart.name, chart.title) for chart in charts])
    return [put(folder / name, content) for name, content in ({name: text.encode() for name, text in files.items()} | drawings).items()]


def points_csv(one: Told) -> str:
    """One row a point: its values, and each design's mean difference in return with its standard error."""
    results = one.results
    seconds = list(one.gaps)
    head = ("point", *results.factors, *(f"{second}_{part}" for second in seconds for part in ("difference", "error", "pairs", "class")))
    rows = []
    for number, values in enumerate(results.points[list(results.factors)].itertuples(index=False)):
        found = [one.gaps[second][one.lead][number] for second in seconds]
        rows.append((number, *values, *(part for gap in found for part in (gap.mean, gap.error, gap.pairs, gap.kind))))
    return comma_separated(head, rows)


def shares_csv(one: Told) -> str:
    """Shares of the points by design, outcome and firm, all firms first."""
    names = one.results.points[SCENARIO].to_numpy() if SCENARIO in one.results.factors else np.full(int(one.results.plan["points"]), "")
    rows = []
    for second, outcomes in one.gaps.items():
        for outcome, gaps in outcomes.items():
            for firm in ("all", *dict.fromkeys(names)):
                there = gaps.at(np.full(len(names), True) if firm == "all" else names == firm)
                shares = there.shares()
                rest = 1.0 - shares[FIRST_SURE] - shares[SECOND_SURE] - shares[NOTHING]
                rows.append((second, outcome, firm, len(there), shares[SECOND_SURE], shares[FIRST_SURE], rest, shares[NOTHING]))
    return comma_separated(("second", "outcome", "firm", "points", "surely_better", "surely_worse", "cannot_be_told", "not_possible"), rows)


def going_csv(one: Told) -> str:
    """Rank correlation of every number that is varied with each design's difference."""
    rows = [(second, each.path, each.correlation, each.bound, each.sure) for second, found in one.found.items() for each in found.going]
    return comma_separated(("second", "parameter", "rank_correlation", "bound", "sure"), rows)


def readme(one: Told, about: dict[str, object], charts: list[tuple[str, str]]) -> str:
    """What was run, what came out, and what each file is."""
    plan, first = one.results.plan, one.results.designs[0]
    label = OUTCOMES[one.lead].label
    lines = [
        f"# {plan['title']}", "", str(plan["about"]), "", f"**{title(one)}.**", "",
        "These are shares of the points of a plan that is spread over what is plausible. They are no shares of firms that there are.", "",
        f"Made by `{about['command']}`, which runs the sweep `{plan['name']}` (`scenarios/sweeps/{plan['name']}.toml`): {plan['points']:,} "
        f"points, {plan['replicates']} histories of each under each of {len(plan['designs'])} designs, {about['runs']:,} runs, seed "
        f"{plan['seed']}. OrgWeave {plan['version']}, model digest `{plan['model_digest']}`, plan hash `{plan['hash']}`. The runs are not "
        "kept; the command makes them again, and a test holds some of them against these tables while the model is the same.", "",
        "| file | what it is |", "|---|---|",
        f"| [points.csv](points.csv) | one row a point: its values, and under each design the mean difference in {label} from {first}, its "
        "standard error, the pairs it rests on, and its class: ±2 sure, ±1 leaning, 0 cannot be told, 9 not possible; above 0 the second "
        "design is better |",
        "| [shares.csv](shares.csv) | share of the points in which a design is surely better or worse, by outcome and firm |",
        "| [goes_with.csv](goes_with.csv) | rank correlation of each parameter with the difference; below `bound` it may be chance |",
        *(f"| [{name}.svg]({name}.svg), [png]({name}.png) | {finding} |" for name, finding in charts),
        "| [provenance.json](provenance.json) | plan hash, model digest, seed and sizes, for programs |", "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
