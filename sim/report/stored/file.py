"""page.json: what a page says that no other file of a folder holds, such as the scenario and what was counted from other runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sim
from sim.core.errors import InputError

FILE = "page.json"
COMPARISON, TRANSITION, INTERVENTIONS, MAP, ANALYSIS = "comparison", "transition", "interventions", "map", "analysis"


def page_json(kind: str, scenario: str, provenance: dict[str, object], content: dict[str, Any]) -> str:
    """The file's text. scenario: its name, by which parts of one page are held together."""
    document = {"kind": kind, "version": sim.__version__, "scenario": scenario, "provenance": provenance, **content}
    return json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"


def read_page_json(path: Path) -> dict[str, Any]:
    """The file's values. Raises InputError where it is not what was written."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(path, str(getattr(error, "strerror", None) or error)) from None
    wanted = {"kind": str, "scenario": str, "provenance": dict}
    if not isinstance(found, dict) or any(not isinstance(found.get(name), kind) for name, kind in wanted.items()):
        raise damaged(path, f"it is not one JSON object with {', '.join(wanted)}")
    return found


def damaged(path: Path, what: str) -> InputError:
    """A file that cannot be used, and what to do about it."""
    return InputError(str(path), f"is damaged: {what}", "the file as the command wrote it", "run the command that made its folder again")
