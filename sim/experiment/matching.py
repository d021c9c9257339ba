"""History matching: from all firms that can be, in waves, those that show what they are to show.

    wave 1   points spread evenly over everything (Latin hypercube), all of them run: says which target refuses how much
    wave 2 … of the points whose own numbers meet what needs no run, those that an emulator of the runs so far does not rule out

A point is run a few times; what is implausible even so is dropped, the rest is run in full. It is kept where it meets every target:
its mean lies in the range, or, where a target is what one real history gave, it is not implausible. An emulator rules out only what
is surely outside, so the kept points are spread as the even points are that meet the targets. Everything is decided by the seed:
by whom and in what order runs are done changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.experiment.candidates import Search
from sim.experiment.emulator import Emulator, fitted
from sim.experiment.problem import Drawn, Matched, Plan, Point, Problem, Wave
from sim.experiment.targets import Target, implausibility, is_implausible, means_of, meets, spread_of


def matched(problem: Problem, plan: Plan) -> Matched:
    """Try waves until `plan.keep` points are kept or `plan.most` have been run."""
    drawn: list[Drawn] = []
    waves: list[Wave] = []
    emulators: tuple[Emulator | None, ...] = (None,) * len(problem.targets)
    while sum(one.kept for one in drawn) < plan.keep and len(drawn) < plan.most:
        number = len(waves) + 1
        known = _known(problem, drawn)
        emulators = tuple(_emulators(problem.targets, known))
        size = min(plan.blind if number == 1 else plan.size, plan.most - len(drawn))
        search = Search(problem, plan, number, emulators, _noise(problem.targets, [one.runs for one in known]))
        chosen = search.points(size)
        if not chosen:
            break
        found = _run(problem, plan, number, chosen, [one.runs for one in known])
        drawn += found
        full = sum(len(one.runs) == plan.stages[-1] for one in found)
        waves.append(Wave(search.looked_at, search.given, search.left, search.senseless, len(found), full, sum(one.kept for one in found)))
    return Matched(problem.dimensions, problem.targets, tuple(drawn), tuple(waves), emulators)


def _known(problem: Problem, drawn: Sequence[Drawn]) -> list[Drawn]:
    """What was run of the points from which later waves are taken."""
    if not drawn:
        return []
    meets = problem.meets_given(np.array([one.place for one in drawn]))
    return [one for one, ours in zip(drawn, meets, strict=True) if ours]


def _emulators(targets: Sequence[Target], known: Sequence[Drawn]) -> Iterator[Emulator | None]:
    places = np.array([one.place for one in known])
    for number, target in enumerate(targets):
        # A value outside what ratios can be taken of tells the emulator nothing that a line could follow.
        values = np.array([one.means[number] for one in known])
        if target.by_ratio:
            values = np.where(values > 0.0, values, np.nan)
        yield fitted(places, target.scaled(values)) if len(known) else None


def _noise(targets: Sequence[Target], runs: Sequence[np.ndarray]) -> np.ndarray:
    """(T,) variance between histories of one point, mean over points; 0 where there are none."""
    if not runs:
        return np.zeros(len(targets))
    return np.nan_to_num(means_of(np.array([spread_of(targets, each) for each in runs])), nan=0.0)


def _run(
    problem: Problem, plan: Plan, number: int, chosen: Sequence[tuple[np.ndarray, Point]], before: Sequence[np.ndarray]
) -> list[Drawn]:
    """Run a wave's points, in full where that can still change anything; before are the runs of earlier waves."""
    points = [point for _, point in chosen]
    own = problem.meets_given(np.array([place for place, _ in chosen]))
    runs = [np.zeros((0, len(problem.targets)))] * len(points)
    left, lived = np.arange(len(points)), 0
    # One history says nothing of the spread between histories: where nothing is known of it yet, two are the first stage.
    for stage in plan.stages if before else plan.stages[1:]:
        title = f"wave {number}, {len(left)} firms up to history {stage}"
        for place, more in zip(left, problem.measure(title, [points[place] for place in left], lived, stage), strict=True):
            runs[place] = np.concatenate([runs[place], more])
        noise, lived = _noise(problem.targets, [*before, *runs]), stage
        # What can never be kept is run no further than its first stage says how it stands.
        left = left[own[left] & ~is_implausible(implausibility(problem.targets, np.array([runs[place] for place in left]), noise))]
        if not len(left):
            break
    kept = np.zeros(len(points), bool)
    if len(left):
        kept[left] = meets(problem.targets, np.array([runs[place] for place in left]), noise)
    return [Drawn(number, place, point, each, bool(is_kept)) for (place, point), each, is_kept in zip(chosen, runs, kept, strict=True)]
