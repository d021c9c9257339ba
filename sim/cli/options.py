"""Options that several commands share: written once, so that they mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from sim.core.errors import InputError, did_you_mean
from sim.scenario import shipped
from sim.scenario.overrides import Override, parse_assignment
from sim.scenario.settings import DEFAULT_SCENARIO, EQUAL

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

MOST_REPLICATES = 1_000_000
MOST_WORKERS = 1024
LARGEST_SEED = 2**62


def _complete_scenario(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    names = [CompletionItem(name) for name in shipped.scenario_paths() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def _assignments(ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> tuple[Override, ...]:
    return tuple(parse_assignment(text) for text in texts)


def scenario_argument(command: Decorated) -> Decorated:
    """SCENARIO: the name of a shipped scenario or the path of a TOML file, as `scenario: str`."""
    return click.argument("scenario", metavar="SCENARIO", shell_complete=_complete_scenario)(command)


def scenarios_argument(command: Decorated) -> Decorated:
    """[SCENARIO]…: any number of them, as `scenarios: tuple[str, ...]`."""
    return click.argument("scenarios", metavar="[SCENARIO]…", nargs=-1, shell_complete=_complete_scenario)(command)


def one_scenario_argument(command: Decorated) -> Decorated:
    """[SCENARIO], as `scenario: str`; the default firm where none is given."""
    return click.argument("scenario", metavar="[SCENARIO]", default=DEFAULT_SCENARIO, shell_complete=_complete_scenario)(command)


def set_option(command: Decorated) -> Decorated:
    """--set PATH=VALUE, repeatable, as `settings: tuple[Override, ...]`."""
    return click.option(
        "--set", "settings", metavar="PATH=VALUE", multiple=True, callback=_assignments,
        help="Change a value of the scenario (repeatable): firm.units=12, design.pervasive.delegation=0.4, model.KEY=…, run.days=…",
    )(command)  # fmt: skip


def designs_option(command: Decorated) -> Decorated:
    """--designs A,B, as `designs: str | None`; give it to `overrides`."""
    text = "Designs to compare instead of the scenario's; the first is the reference."
    return click.option("--designs", metavar="A,B,…", help=text)(command)


def days_option(command: Decorated) -> Decorated:
    """--days N, as `days: str | None`, checked with the scenario; give it to `overrides`."""
    return click.option("--days", metavar="N", help="Working days that are counted, 240 a year.")(command)


def equal_option(command: Decorated) -> Decorated:
    """--equal money|technology|headcount, as `equal: str | None`, checked with the scenario; give it to `overrides`."""
    text = "What the designs have in common: planned spend, the same without business experts, or technologists.  [default: the "
    text += "scenario's, money]"
    return click.option("--equal", metavar="|".join(EQUAL), help=text, shell_complete=lambda ctx, parameter, incomplete: [
        name for name in EQUAL if name.startswith(incomplete)])(command)  # fmt: skip


def seed_option(command: Decorated) -> Decorated:
    """--seed N, as `seed: int`."""
    kind = click.IntRange(0, LARGEST_SEED)
    return click.option("--seed", type=kind, default=1, show_default=True, help="Same seed, same results.")(command)


def replicates_option(command: Decorated) -> Decorated:
    """--replicates N, as `replicates: int`."""
    return _replicates(200)(command)


def precision_options(command: Decorated) -> Decorated:
    """--precision, --outcome, --of and --max-replicates, each `str | None`; give them to `sim.cli.precision.asked`."""
    for name, metavar, text in (
        ("--max-replicates", "N", "Where --precision gives up.  [default: 10000]"),
        ("--of", "MEASURE", "What of its differences: mean, median, p10, p90, or share of histories in which a design is better."
         "  [default: mean]"),
        ("--outcome", "NAME", "Whose differences --precision is about (orgsim list outcomes).  [default: return_on_spend]"),
        ("--precision", "HALFWIDTH", "Instead of --replicates: add histories until the interval is ± this, in the unit of the table."),
    ):  # fmt: skip
        command = click.option(name, metavar=metavar, help=text)(command)
    return command


def few_replicates_option(command: Decorated) -> Decorated:
    """--replicates N, as `replicates: int`, for commands that run many comparisons."""
    return _replicates(100)(command)


def search_replicates_option(command: Decorated) -> Decorated:
    """--replicates N, as `replicates: int`, for a command that tries many firms."""
    return _replicates(8)(command)


def _replicates(usual: int) -> Callable[[Decorated], Decorated]:
    kind = click.IntRange(1, MOST_REPLICATES)
    text = "Simulated histories of the firm, each lived through under every design."
    return click.option("--replicates", type=kind, default=usual, show_default=True, help=text)


def workers_option(command: Decorated) -> Decorated:
    """--workers N, as `workers: int | None`."""
    kind = click.IntRange(1, MOST_WORKERS)
    return click.option("--workers", type=kind, help="Threads that share the work; results do not depend on it.")(command)


def out_option(command: Decorated) -> Decorated:
    """--out DIR, as `out: Path | None`."""
    kind = click.Path(file_okay=False, path_type=Path)
    text = "Folder for report, charts and data; without it nothing is written."
    return click.option("--out", type=kind, metavar="DIR", help=text)(command)


def matching_options(most: int, draws: int) -> Callable[[Decorated], Decorated]:
    """--draws and --replicates of the commands that look for firms which show something."""

    def add(command: Decorated) -> Decorated:
        text = "Histories of a firm that is kept; most others show sooner that they are not."
        command = click.option("--replicates", type=click.IntRange(2, most), default=8, show_default=True, help=text)(command)
        text = "Firms run at most, over all waves."
        return click.option("--draws", type=click.IntRange(2, most), default=draws, show_default=True, help=text)(command)

    return add


def ensemble_option(command: Decorated) -> Decorated:
    """--ensemble DIR, as `folder: Path`, of the commands that always run on the firms of one."""
    return click.option("--ensemble", "folder", type=click.Path(path_type=Path), default=Path("results/ensemble"), show_default=True,
                        metavar="DIR", help="Folder of the firms.")(command)  # fmt: skip


def check_bases(loaded: Scenario, bases: Sequence[str]) -> None:
    """Raise InputError for a base design that the scenario does not have."""
    for base in bases:
        if base not in loaded.designs:
            raise InputError(f"--at {base}", f"{loaded.name} has no design of this name", "", did_you_mean(base, loaded.designs))


def check_folder(out: Path) -> None:
    """Say now, and not after the runs, that the folder cannot be written.

    Raises InputError where it cannot.
    """
    place = out
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise InputError(f"--out {out}", f"{place} cannot be written", "a folder that exists or can be made")


def json_option(command: Decorated) -> Decorated:
    """--json, as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, and nothing else.")(command)


def quiet_option(command: Decorated) -> Decorated:
    """--quiet, as `quiet: bool`."""
    return click.option("--quiet", is_flag=True, help="No progress on stderr.")(command)


def journey_options(command: Decorated) -> Decorated:
    """What the commands take that compare ways through time instead of designs that stand still."""
    for option in (quiet_option, json_option, out_option, workers_option, set_option, days_option, seed_option, few_replicates_option):
        command = option(command)
    return command


def analysis_options(replicates: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """What every command that runs many comparisons takes, with its own usual number of replicates."""

    def add(command: Decorated) -> Decorated:
        for option in (quiet_option, json_option, out_option, workers_option, set_option, days_option, seed_option, replicates,
                       designs_option):  # fmt: skip
            command = option(command)
        return command

    return add


def overrides(
    settings: tuple[Override, ...], designs: str | None = None, days: str | None = None, equal: str | None = None
) -> list[Override]:
    """The options that change a scenario, in the order in which they apply: what has an option of its own comes last."""
    given = (("designs.compare", designs, "--designs"), ("run.days", days, "--days"), ("run.equal", equal, "--equal"))
    own = [Override(path, text, option) for path, text, option in given if text is not None]
    return [*settings, *own]
