"""`orgsim`: the group of commands, each imported only when it is called, so that help is there at once."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from sim.core.errors import OrgWeaveError, did_you_mean

DONE, WRONG_INPUT, INTERRUPTED, PIPE_CLOSED = 0, 2, 130, 141

COMMANDS = {
    "compare": ("sim.cli.compare:compare", "Compare designs on one firm: same money, same demand, same luck."),
    "sweep": ("sim.cli.sweep:sweep", "Run a plan of many runs, stored in a folder; it always goes on where it stopped."),
    "results": ("sim.cli.results:results", "What a sweep's folder holds: its state, SQL, export."),
    "analyse": ("sim.cli.analyse:analyse", "What a stored sweep says: who is better where, what drives it, in which firms."),
    "map": ("sim.cli.map_:map_", "Who is better where: a map over any two parameters, measured where it changes."),
    "optimise": ("sim.cli.optimise:optimise", "The best design in the space for this firm, and how sure that is."),
    "explore": ("sim.cli.explore:explore", "A page in the browser: shape designs, compare them, watch them at work."),
    "levers": ("sim.cli.levers:levers", "What each coordinate of a design does, and which one does nothing."),
    "free-goods": ("sim.cli.free_goods:free_goods", "Which coordinates raise the return on nearly every firm, as if they cost nothing."),
    "seek": ("sim.cli.seek:seek", "Where the one design earns more, and where the other: all firms searched."),
    "ensemble": ("sim.cli.ensemble:ensemble", "Firms like yours: all on which the first design does what practice says."),
    "winners": ("sim.cli.winners:winners", "In how many firms like yours each design earns most."),
    "fit": ("sim.cli.fit:fit", "Your own firm: what your targets or work items say about it, and what they cannot say."),
    "intervene": ("sim.cli.intervene:intervene", "What restructuring, a new leader and their alternatives do, against doing nothing."),
    "transition": ("sim.cli.transition:transition", "What the way from one design to another costs, and when it is paid back."),
    "ablate": ("sim.cli.ablate:ablate", "Which mechanisms carry the verdict: each switched off in turn."),
    "robust": ("sim.cli.robust:robust", "Does the verdict survive what should not matter, and which assumptions does it hang on?"),
    "teeth": ("sim.cli.teeth:teeth", "Do the forces that theory names bite: slopes as each of them grows."),
    "report": ("sim.cli.report:report", "The executive page again, from stored results: nothing is simulated."),
    "validate": ("sim.cli.validate:validate", "Hold the model against formulas, published models and ranges of practice."),
    "claims": ("sim.cli.claims:claims", "The article's claims as tests: which hold on which firm."),
    "run": ("sim.cli.run:run", "Run one design once, through the Mesa model."),
    "list": ("sim.cli.list_:list_", "List scenarios, designs, parameters, outcomes or sources."),
    "show": ("sim.cli.show:show", "Show one thing in full: a scenario, design, parameter, outcome or source."),
    "check": ("sim.cli.check:check", "Check the file of a scenario or a sweep without running it."),
}
"""Command → where it lives, and its one line of help (so that listing the commands imports none of them)."""

EXAMPLES = """\b
Examples:
  orgsim compare branch_bank
  orgsim compare branch_bank --set firm.turbulence=1 --out results/turbulent
  orgsim show pervasive
  orgsim list parameters
  orgsim check my_bank.toml

\b
A SCENARIO is a name (orgsim list scenarios) or a TOML file.
Exit codes: 0 done; 1 done with failed runs; 2 the input is wrong; 130 interrupted."""


class Commands(click.Group):
    """A group that knows its commands by name, imports them when called, and prints faults without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}\n  {did_you_mean(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command line and exit with its code; with `standalone_mode=False` let exceptions through instead."""
        if not standalone_mode:
            return super().main(args, prog_name or "orgsim", standalone_mode=False, **extra)
        sys.exit(self._guarded(args, prog_name, extra))

    def _guarded(self, args: Sequence[str] | None, prog_name: str | None, extra: dict[str, Any]) -> int:
        """The exit code of a command line, every fault of the user's told in words."""
        try:
            code = super().main(args, prog_name or "orgsim", standalone_mode=False, **extra)
            sys.stdout.flush()
        except OrgWeaveError as error:
            return _tell(str(error))
        except click.UsageError as error:
            hint = f"\n  try {error.ctx.command_path} --help" if error.ctx else ""
            return _tell(error.format_message() + hint)
        except click.ClickException as error:
            return _tell(error.format_message())
        except click.Abort:
            click.echo("interrupted", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            return _leave_pipe()
        return code if isinstance(code, int) else DONE

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before click sees it, whose code 1 means failed runs here
            raise click.exceptions.Exit(_leave_pipe()) from None


def _tell(message: str) -> int:
    """Print a fault to stderr, without a traceback."""
    click.echo(f"{click.style('error:', fg='red', bold=True) if _colours() else 'error:'} {message}", err=True)
    return WRONG_INPUT


def _colours() -> bool:
    """True where stderr is a terminal and nobody asked for plain text (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _leave_pipe() -> int:
    """Whoever read us has gone (as in `orgsim list parameters | head`): end quietly, as other tools do."""
    _silence()
    return PIPE_CLOSED


def _silence() -> None:
    """Let stdout lead nowhere, or Python complains once more when it closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from sim import __version__

        click.echo(f"orgsim {__version__}")
        ctx.exit()


@click.group("orgsim", cls=Commands, epilog=EXAMPLES, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, callback=_print_version, expose_value=False, is_eager=True, help="Show the version.")
@click.pass_context
def main(ctx: click.Context) -> None:
    """OrgWeave compares organisation designs of technology work on a simulated firm.

    Given a firm, which design delivers sooner, innovates more and rubs less: technology as a partner beside the
    business, or technology pervasive in it? How sure is that, and why?
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


if __name__ == "__main__":
    main()
