"""Reference pages that are made from the program: commands, Python, outcomes and coordinates."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

NOTE = "This page is made from the program whenever the guide is built."


def commands() -> str:
    """Every command with the help that it prints."""
    from sim.cli.main import main

    parts = ["# Commands", NOTE, "A SCENARIO is a name (`orgsim list scenarios`) or a TOML file. Results go to stdout, all else to stderr. "
             "Exit codes: 0 done; 1 done, with failed runs or failed rows; 2 the input is wrong; 130 interrupted."]  # fmt: skip
    for words, command in _commands(main, ("orgsim",)):
        context = click.Context(command, info_name=" ".join(words), max_content_width=100, terminal_width=100)
        parts.append(f"## `{' '.join(words)}`\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts) + "\n"


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _commands(found, (*words, name))


def python() -> str:
    """Every public name with its signature and its docstring, and what results can be asked."""
    import sim
    from sim.report.charts import Chart
    from sim.report.result import Plots, Result
    from sim.report.result_ways import Interventions, Way

    parts = ["# Python", NOTE, "`import sim` loads nothing heavy; names are looked up when they are first used."]
    for name in sorted((name for name in sim.__all__ if not name.startswith("_")), key=str.casefold):
        parts.append(_described(f"sim.{name}", getattr(sim, name)))
    parts.append("## What results can be asked")
    for thing in (Result, Plots, Way, Interventions, Chart):
        parts.append(_described(thing.__name__, thing, level="###"))
    return "\n\n".join(parts) + "\n"


def _described(name: str, thing: object, level: str = "##") -> str:
    found = [f"{level} `{name}`", f"```{{ .text .sentences }}\n{name}{_signature(thing)}\n\n{inspect.getdoc(thing) or ''}\n```"]
    if inspect.isclass(thing):
        members = [(key, member) for key, member in vars(thing).items() if not key.startswith("_") and _is_told(member)]
        lines = [f"- `{key}{_signature(member)}`: {(inspect.getdoc(member) or '').splitlines()[0]}" for key, member in members]
        found += ["\n".join(lines)] if lines else []
    return "\n\n".join(found)


def _is_told(member: object) -> bool:
    """Whether a class's own member is for its users and says what it is; fields of records are listed by `orgsim show`."""
    return (inspect.isfunction(member) or isinstance(member, property) or hasattr(member, "attrname")) and bool(inspect.getdoc(member))


def _signature(thing: object) -> str:
    if not callable(thing):
        return ""
    text = str(inspect.signature(thing))
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text.replace("(self, ", "(").replace("(self)", "()"))


def outcomes() -> str:
    """Every outcome: name, unit, which way is better, and its meaning, group by group."""
    from sim.model.outcomes import GROUPS, OUTCOMES

    words = {1: "more", -1: "less", 0: "–"}
    parts = ["# Outcomes", NOTE, "A share is stored from 0 to 1 and printed in per cent. A difference *matters* from 2 points of a share, "
             "or 5 % of the first design's mean, on."]  # fmt: skip
    for group, title in GROUPS.items():
        rows = [f"| `{name}` | {o.label} | {o.unit} | {words[o.better]} | {o.meaning} | {o.source} |"
                for name, o in OUTCOMES.items() if o.group == group]  # fmt: skip
        parts.append(f"## {title}\n\n| name | label | unit | better | meaning | source |\n|---|---|---|---|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def designs() -> str:
    """Every coordinate of a design, with the values of the shipped designs."""
    from sim.api import load_scenario
    from sim.organisation.coordinates import COORDINATES

    shipped = load_scenario("branch_bank").designs
    head = "| coordinate | meaning | range | " + " | ".join(name.replace("_", " ") for name in shipped) + " |"
    rows = [
        f"| `{name}` | {c.meaning} [{c.unit}] | {c.low:g} to {c.high:g} | "
        + " | ".join(f"{shipped[design].values[name]:g}" for design in shipped) + " |"
        for name, c in COORDINATES.items()
    ]  # fmt: skip
    return "\n\n".join(["# Designs", NOTE, "A design is a point in this space, and no rule of the model reads a design's name.",
                        "\n".join([head, "|---" * (3 + len(shipped)) + "|", *rows])]) + "\n"  # fmt: skip


def decisions() -> str:
    """The notes of docs/decisions by their titles."""
    folder = Path(__file__).resolve().parents[2] / "docs" / "decisions"
    titles = {path.name: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for path in sorted(folder.glob("*.md"))}
    listed = "\n".join(f"- [{title}]({name})" for name, title in titles.items())
    return f"# Decisions\n\nWhat was decided, why, and what was rejected.\n\n{listed}\n"
