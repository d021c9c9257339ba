"""From tables to designs: each starts from its base, one level up, and changes what its table says."""

from __future__ import annotations

from sim.core.errors import InputError, did_you_mean
from sim.organisation.coordinates import COORDINATES
from sim.scenario.document import Document
from sim.scenario.keys import Path
from sim.scenario.layers import PRESETS, Layers
from sim.scenario.objects import Design, FrozenMap
from sim.scenario.words import shown


def resolve_designs(layers: Layers) -> dict[str, Design]:
    """Name → design, for every design that was declared, the shipped ones first.

    A base is the design of that name in this scenario, changes included, so that a change to the partnership
    also reaches the designs that start from it. A design without a base gives every coordinate.

    Raises InputError for a base that is missing, unknown, the design itself, or has a base of its own.
    """
    return {name: resolve(layers, name) for name in layers.designs()}


def resolve(layers: Layers, name: str) -> Design:
    """One design, its base included."""
    base = _base(layers, name)
    own = {key: value for key in COORDINATES if isinstance(value := layers.get("design", name, key), (int, float))}
    if base is None:
        _gives_every_coordinate(layers, name, own)
        below: dict[str, float] = {key: coordinate.low for key, coordinate in COORDINATES.items()}
        reasons: dict[str, str] = {}
    else:
        parent = resolve(layers, base)
        below, reasons = dict(parent.values), {key: reason for key, reason in parent.reasons.items() if key not in own}
    values = {key: float(own.get(key, below[key])) for key in COORDINATES}
    about = layers.get("design", name, "about")
    return Design(name, about if isinstance(about, str) else "", FrozenMap(values), base, FrozenMap(reasons | _reasons(layers, name)))


def _base(layers: Layers, name: str) -> str | None:
    """The base of a design, checked."""
    path = ("design", name, "base")
    base = layers.get(*path)
    if not isinstance(base, str):
        return None
    if layers.is_preset(name):
        if base != layers.presets[name].get("base"):
            raise _refuse(layers, path, f"but {name} is a shipped design and starts from itself", "give your design another name")
        return base
    if base == name:
        raise _refuse(layers, path, "points to itself", f"a base is another design: {', '.join(layers.presets)}")
    known = [other for other in layers.designs() if other != name]
    if base not in known:
        raise _refuse(layers, path, "but there is no such design", did_you_mean(base, known))
    if not layers.is_preset(base) and layers.get("design", base, "base") is not None:
        advice = f"inheritance is one level deep: start from {layers.get('design', base, 'base')}, or from a shipped design"
        raise _refuse(layers, path, "but that design has a base itself", advice)
    return base


def _refuse(layers: Layers, path: Path, why: str, advice: str) -> InputError:
    found = f"design.{path[1]}.base = {shown(layers.get(*path))} {why}"
    return InputError(layers.where(path), found, layers.quote(path), advice)


def _gives_every_coordinate(layers: Layers, name: str, own: dict[str, float]) -> None:
    missing = [key for key in COORDINATES if key not in own]
    if not missing:
        return
    path = ("design", name)
    presets = list(layers.presets)
    nearest_preset = did_you_mean(name, presets, "design.")
    advice = nearest_preset if nearest_preset.startswith("did") else 'for example: base = "partnership"'
    count = f"{missing[0]} and {len(missing) - 1} others" if len(missing) > 1 else missing[0]
    found = f"design.{name} is not a shipped design and has no base, so {count} would have no value"
    raise InputError(layers.where(path), found, f"give it a base ({', '.join(presets)}) or every coordinate", advice)


def _reasons(layers: Layers, name: str) -> dict[str, str]:
    """Coordinate → the comment beside it in the file that gives its value."""
    reasons = {}
    for key in COORDINATES:
        entry = layers.entries.get(("design", name, key))
        if entry is None or not isinstance(entry.origin, Document):
            continue
        place = entry.origin.places.get((key,) if entry.rank == PRESETS else ("design", name, key))
        if place and place.comment:
            reasons[key] = place.comment
    return reasons
