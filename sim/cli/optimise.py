"""`orgsim optimise`: the best design in the space for this firm, and how sure that is."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import analysis_options, check_folder, one_scenario_argument, overrides
from sim.core.errors import InputError, did_you_mean
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim optimise branch_bank
  orgsim optimise mobile_bank --maximise innovations_per_100_technologist_years --subject-to "breaches_per_year<=0.5"
  orgsim optimise branch_bank --designs partnership,platform_bank --tries 800 --out results/best
An outcome of which less is better is made small. The designs compared are where the search begins, and what the found one is held
against; all cost what the first of them costs."""

FRESH, MATTERS = 8, 4
"""Times the search's histories: where the found design is judged, and where one coordinate at a time goes back."""

BROKEN = -1e15
"""Score of what breaks a condition, at best: below every mean that there is."""

CONDITION = re.compile(r"\s*(\w+)\s*(<=|>=)\s*([-+0-9.eE]+)\s*")


def _replicates(command: click.decorators.FC) -> click.decorators.FC:
    text = "Simulated histories that every tried design lives through, the same for all."
    return click.option("--replicates", type=click.IntRange(2, 1_000_000), default=8, show_default=True, help=text)(command)


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--maximise", default="return_on_spend", show_default=True, metavar="OUTCOME", help="What is sought (orgsim list outcomes).")
@click.option("--subject-to", "conditions", multiple=True, metavar="OUTCOME<=VALUE", help="A condition on a mean, <= or >= (repeatable).")
@click.option("--tries", type=click.IntRange(16, 1_000_000), default=480, show_default=True, help="Designs to try.")
@analysis_options(_replicates)
@click.pass_context
def optimise(
    ctx: click.Context, scenario: str, maximise: str, conditions: tuple[str, ...], tries: int, designs: str | None, replicates: int,
    seed: int, days: str | None, settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Search the space of designs for the one that is best for this firm."""
    from sim.cli.analyses import command_line, load_to_compare, tell_document

    if out is not None:
        check_folder(out)
    asked = designs or ("partnership,modern_partnership,federated,platform_bank,pervasive,born_in_cloud")
    loaded = load_to_compare(scenario, overrides(settings, asked, days), "optimise")
    _better(maximise, "--maximise")
    limits = [_condition(text) for text in conditions]

    from sim.report.optimum_table import design_file, optimum_text, optimum_values
    from sim.report.summary import as_json as written
    from sim.report.write_ablation import put

    found = _Bench(loaded, maximise, limits, replicates, seed, workers, quiet).search(tries, conditions)
    document: dict[str, object] = {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "seed": seed, "replicates": replicates, **optimum_values(found),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(optimum_text(found))
    if out is not None:
        files = {"optimum.json": written(document), "found.toml": design_file(found, scenario, command_line())}
        paths = [put(out / name, text.encode()) for name, text in files.items()]
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)


def _better(outcome: str, option: str) -> int:
    from sim.model.outcomes import OUTCOMES

    if outcome not in OUTCOMES:
        raise InputError(f"{option} {outcome}", "there is no such outcome", "", did_you_mean(outcome, OUTCOMES))
    if OUTCOMES[outcome].better == 0 and option == "--maximise":
        raise InputError(f"{option} {outcome}", "neither more nor less of it is better", "an outcome that has a better side")
    return OUTCOMES[outcome].better


def _condition(text: str) -> tuple[str, int, float]:
    """(outcome, +1 for at least or −1 for at most, value in the unit as stored)."""
    from sim.analysis.quantities import scale

    match = CONDITION.fullmatch(text)
    if not match:
        raise InputError(f"--subject-to {text}", "is not a condition", 'OUTCOME<=VALUE or OUTCOME>=VALUE: "breaches_per_year<=0.5"')
    name, sign, number = match.groups()
    _better(name, "--subject-to")
    try:
        value = float(number)
    except ValueError:
        raise InputError(f"--subject-to {text}", f"{number} is not a number") from None
    return name, 1 if sign == ">=" else -1, value / scale(name)


class _Bench:
    """Lives designs on one firm."""

    def __init__(
        self, loaded: Scenario, outcome: str, limits: Sequence[tuple[str, int, float]], replicates: int, seed: int, workers: int | None,
        quiet: bool,
    ) -> None:  # fmt: skip
        from sim.cli.progress import Progress
        from sim.experiment.compare import compile_now

        self.loaded, self.outcome, self.limits = loaded, outcome, limits
        self.replicates, self.seed, self.workers = replicates, seed, workers
        self.better = _better(outcome, "--maximise")
        compile_now()
        self.bar, self.done, self.total, self.started = Progress(f"{loaded.name}, designs", quiet), 0, 1, time.perf_counter()

    def live(self, designs: Sequence[Mapping[str, float]], times: int, fresh: int) -> list[np.ndarray]:
        """(R, O) of each design on `times` the search's histories; NaN where the firm cannot have it."""
        import numpy as np

        from sim.experiment.compare import run_seeds
        from sim.experiment.executors import cores
        from sim.experiment.histories import live_all
        from sim.model.kernel import run
        from sim.model.outcomes import NAMES as OUTCOME_NAMES

        plans = [self._plan(values) for values in designs]
        able = [plan for plan in plans if plan is not None]
        seeds = run_seeds(self.seed + fresh, times * self.replicates)
        found = [np.full((len(seeds), len(OUTCOME_NAMES)), np.nan)] * len(designs)
        if able:
            names = [str(place) for place in range(len(able))]
            lived = live_all(names, seeds, able[0].world.series.shape, lambda place, one: run(able[place], one), self.workers or cores())
            left = iter(lived.outcomes)
            found = [next(left) if plan is not None else nothing for plan, nothing in zip(plans, found, strict=True)]
        self.done += len(designs) * times
        self.bar.tell(min(self.done, self.total), self.total)
        return found

    def _plan(self, values: Mapping[str, float]):  # type: ignore[no-untyped-def]
        """What a design starts from, at the first design's money; None where the firm cannot have it."""
        from sim.model.equal import blueprint_of
        from sim.scenario.changed import what_is_wrong
        from sim.scenario.objects import Design, FrozenMap

        first = self.loaded.compare[0]
        designs = FrozenMap({**self.loaded.designs, "tried": Design("tried", "", FrozenMap(dict(values)))})
        scenario = replace(self.loaded, designs=designs, compare=(first, "tried"))
        return None if what_is_wrong(scenario) else blueprint_of(scenario, "tried")

    def score(self, lived: np.ndarray) -> float:
        """Mean of what is sought; what breaks a condition is worse than all that does not, by how much it breaks it."""
        import numpy as np

        from sim.model.outcomes import INDEX

        means = {name: _mean(lived[:, INDEX[name]]) for name in (self.outcome, *(limit[0] for limit in self.limits))}
        if any(np.isnan(mean) for mean in means.values()):
            return float("-inf")
        broken = sum(max(0.0, sign * (value - means[name])) / max(abs(value), 1e-9) for name, sign, value in self.limits)
        return BROKEN * (1.0 + broken) if broken > 0.0 else self.better * means[self.outcome]

    def search(self, tries: int, conditions: tuple[str, ...]):  # type: ignore[no-untyped-def]
        """Search, and judge what was found."""
        from sim.analysis.optimum import PARETO, against, distance, front, plateau, spread_of, what_matters
        from sim.experiment.optimise import NAMES, place_of, search
        from sim.model.outcomes import INDEX, OUTCOMES
        from sim.report.optimum_table import Optimum

        known = {name: dict(self.loaded.designs[name].values) for name in self.loaded.compare}
        self.total = tries + len(known) * (1 + FRESH) + FRESH + MATTERS * (len(NAMES) + 1)
        tried = search(list(known.values()), lambda designs: self.live(designs, 1, 0), self.score, tries, self.seed)
        best, column = tried[0], INDEX[self.outcome]
        distances = {name: distance(best.place, place_of(values)) for name, values in known.items()}
        nearest = min(distances, key=lambda name: distances[name])
        fresh = self.live([best.values, *known.values()], FRESH, 1)
        gain = {name: self.better * (fresh[0][:, column] - each[:, column]) for name, each in zip(known, fresh[1:], strict=True)}
        moved = [name for name in NAMES if best.values[name] != known[nearest][name]]
        back = self.live([best.values, *({**best.values, name: known[nearest][name]} for name in moved)], MATTERS, 2)
        losses = {name: self.better * (back[0][:, column] - each[:, column]) for name, each in zip(moved, back[1:], strict=True)}
        alike = plateau(tried, column, self.better)
        self.bar.tell(self.total, self.total)
        self.bar.end(time.perf_counter() - self.started)
        return Optimum(
            self.loaded.name, self.outcome, conditions, best, len(tried), against(gain, distances),
            what_matters(losses, best.values, known[nearest]), nearest, len(alike), spread_of(alike),
            front(tried, [INDEX[name] for name in PARETO], [OUTCOMES[name].better for name in PARETO]), self.score(fresh[0]) > BROKEN,
        )  # fmt: skip


def _mean(values: np.ndarray) -> float:
    known = values[values == values]
    return float(known.mean()) if len(known) else float("nan")
