"""Parts: which of the numbers in which firms differ moves a lead, planted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.parts import part_leads
from sim.experiment.kept import Ensemble
from sim.experiment.parts import ALL, FIRM, MODEL, NONE, parts_of
from sim.experiment.winners import Lived
from sim.model.catalogue import MECHANISMS
from sim.report.parts_table import parts_text

FIRMS = 40


def lived(leads: np.ndarray) -> Lived:
    """Two designs on as many firms as there are leads, the second ahead by these, over three histories."""
    earned = np.stack([np.ones((len(leads), 3)), 1.0 + np.repeat(leads[:, None], 3, axis=1)], axis=1)
    return Lived(("partnership", "pervasive"), np.arange(1, len(leads) + 1), earned, (), ())


def test_the_part_that_moves_a_lead_comes_first_of_its_kind():
    spread = np.linspace(-1.0, 1.0, FIRMS)
    found = {NONE: lived(np.array([0.5])), ALL: lived(spread), FIRM: lived(np.full(FIRMS, 0.5)), MODEL: lived(spread - 0.1),
             "route": lived(np.full(FIRMS, 0.45)), "innovate": lived(np.full(FIRMS, 0.2))}  # fmt: skip
    base, leads = part_leads(found, "pervasive")
    assert base == pytest.approx(0.5)
    assert [one.part for one in leads] == [ALL, FIRM, MODEL, "innovate", "route"]
    assert [round(one.moved, 6) for one in leads] == [-0.5, 0.0, -0.6, -0.3, -0.05]
    assert (leads[0].more.count, leads[0].more.firms) == (FIRMS // 2, FIRMS)
    text = parts_text("pervasive", "partnership", "branch_bank", base, leads, {one.part: 3 for one in leads})
    assert "branch bank's, which has +0.50" in text
    assert "20 of 40 (50 %)" in text


def test_firms_without_a_verdict_are_not_counted_and_a_scenario_without_one_is_refused():
    some = lived(np.array([0.3, -0.2, 0.1]))
    some.earned[1] = np.nan
    found = {NONE: lived(np.array([0.5])), ALL: some}
    assert part_leads(found, "pervasive")[1][0].more.firms == 2
    found[NONE].earned[:] = np.nan
    with pytest.raises(ValueError, match="no verdict"):
        part_leads(found, "pervasive")


def test_every_number_is_in_one_table_and_one_mechanism():
    paths = ["firm.units", *(f"model.{name}" for numbers in MECHANISMS.values() for name in numbers)]
    parts = parts_of(paths)
    assert set(parts[ALL]) == {*parts[FIRM], *parts[MODEL]}
    of_mechanisms = [path for part, drawn in parts.items() if part in MECHANISMS for path in drawn]
    assert sorted(of_mechanisms) == sorted(parts[MODEL])


@pytest.mark.parametrize(("most", "numbers"), [(None, [1, 2, 3, 4, 5]), (2, [1, 3]), (9, [1, 2, 3, 4, 5])])
def test_firms_are_spread_over_those_that_were_kept(most, numbers):
    ensemble = Ensemble(Path("."), tuple({"firm.units": float(number)} for number in range(1, 6)), {})
    assert [(number, firm["firm.units"]) for number, firm in ensemble.spread(most)] == [(number, number) for number in numbers]
