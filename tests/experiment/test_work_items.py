"""Work items and targets from files: read as they stand, measured as simulated ones are, and refused in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from scripts.your_firm import DESIGN, FILE, SEED, the_firm
from sim.core.errors import InputError
from sim.experiment.aims import of_tickets, read_aims
from sim.experiment.firms import live_whole
from sim.experiment.lives import lives_of, measured
from sim.experiment.work_items import read_work_items
from sim.model.equal import blueprint_of
from tests.experiment.small import small
from tests.experiment.tickets import FIRST, day, write_tickets

HEAD = "created,started,finished,kind,team\n"


def written(folder: Path, text: str, name: str = "tickets.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def many(rows: int = 40, step: int = 5) -> str:
    """Items asked for every `step` working days, begun after three, finished after ten."""
    return HEAD + "".join(f"{day(step * row)},{day(step * row + 3)},{day(step * row + 10)},feature,team {row % 5}\n" for row in range(rows))


def test_an_export_of_a_simulated_firm_is_measured_as_the_firm_itself(tmp_path):
    """Days to dates and back lose nothing."""
    firm = small(("run.days", "480"))
    path = write_tickets(tmp_path / "tickets.csv", firm, "partnership", 5)
    last = date.fromisoformat(day(firm.run.days - 1))
    real = measured(read_work_items(path, "tickets.csv", (), FIRST, last).lives)
    world = live_whole(blueprint_of(firm, "partnership"), 5)[1]
    simulated = measured(lives_of(world, firm.run.days))
    assert real == pytest.approx(simulated, nan_ok=True)
    assert real["finished_a_month"] > 1.0


def test_the_guides_example_is_of_the_model_as_it_is(tmp_path):
    """Where it is not, `python scripts/your_firm.py` writes it anew; what the guide prints of it is then to be run again."""
    again = write_tickets(tmp_path / "again.csv", the_firm(), DESIGN, SEED)
    assert FILE.read_text(encoding="utf-8") == again.read_text(encoding="utf-8")


def test_what_is_taken_of_dates_is_what_stands_there(tmp_path):
    items = read_work_items(Path(written(tmp_path, many())), "tickets.csv")
    found = measured(items.lives)
    assert found["lead_median"] == found["lead_p85"] == 10.0
    assert found["hands_median"] == 7.0
    assert found["begun_share"] == pytest.approx(0.7)
    assert found["finished_share"] == 1.0
    assert (items.first, items.last) == (FIRST, date.fromisoformat(day(39 * 5 + 10)))
    assert items.lives.days == 39 * 5 + 11
    targets = {target.name: target for target in of_tickets(items)}
    assert targets["lead_median"].low == targets["lead_median"].high == 10.0
    assert targets["lead_median"].one_history


def test_a_window_and_kinds_leave_out_what_they_say(tmp_path):
    text = many(60) + f"{day(0)},,,incident,\n" * 7
    first, last = date.fromisoformat(day(20)), date.fromisoformat(day(250))
    items = read_work_items(Path(written(tmp_path, text)), "tickets.csv", ["feature"], first, last)
    assert items.left_out["of another kind"] == 7
    assert items.left_out[f"created before {first} or after {last}"] == 4 + 9
    assert items.lives.created.min() == 0
    assert items.lives.days == 231
    assert (items.lives.finished < 231).all(), "what is finished after the window is not finished in it"


def test_columns_may_stand_in_any_order_and_be_missing(tmp_path):
    rows = "".join(f"{day(5 * row + 10)};x;{day(5 * row)}\n" for row in range(40)).replace(";", ",")
    items = read_work_items(Path(written(tmp_path, "Finished,Summary,Created\n" + rows)), "tickets.csv")
    found = measured(items.lives)
    assert found["lead_median"] == 10.0
    assert np.isnan(found["hands_median"])
    assert np.isnan(found["team_unevenness"])
    assert "hands_median" not in {target.name for target in of_tickets(items)}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD + "2025-01-06,,,a,b\n2025-13-06,,,a,b\n", 3, "created = '2025-13-06' is not a date"),
        (HEAD + "06/01/2025,,,a,b\n", 2, "YYYY-MM-DD"),
        (HEAD + ",,2025-01-07,a,b\n", 2, "created is empty"),
        (HEAD + "2025-01-06,2025-01-03,,a,b\n", 2, "started 2025-01-03 is before created 2025-01-06"),
        (HEAD + "2025-01-06,2025-01-08,2025-01-07,a,b\n", 2, "finished 2025-01-07 is before started 2025-01-08"),
        (HEAD + "2025-01-06,,,a,b,c,d\n", 2, "has 7 cells"),
        ("opened,finished\n2025-01-06,\n", 1, "there is no column created"),
        ("create,finished\n2025-01-06,\n", 1, "did you mean create?"),
        ("created,created,finished\n2025-01-06,,\n", 1, "two columns are called created"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_line(tmp_path, text, line, words):
    with pytest.raises(InputError) as error:
        read_work_items(Path(written(tmp_path, text)), "tickets.csv")
    assert str(error.value).startswith(f"tickets.csv:{line}: ")
    assert words in str(error.value)


def test_too_little_is_said_to_be_too_little(tmp_path):
    for text, words in (
        (HEAD, "holds no items"), (many(5), "working days"), (many(20), "20 items were created and finished"), ("", "no column created"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=words):
            read_work_items(Path(written(tmp_path, text)), "tickets.csv")
    with pytest.raises(InputError, match=r"no item is of the kind 'featur'(.|\n)*did you mean feature\?"):
        read_work_items(Path(written(tmp_path, many())), "tickets.csv", ["featur"])
    with pytest.raises(InputError, match="cannot be read"):
        read_work_items(tmp_path / "none.csv", "none.csv")
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + b"2025-01-06,,,caf\xe9,b\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_work_items(tmp_path / "latin.csv", "latin.csv")


AIMS = """scenario = "mobile_bank"
design = "partnership"
[known]
units = 3
[targets]
lead_time_median = { value = 80, tolerance = 15 }
run_share = { value = 0.7, tolerance = 0.05 }
"""


def test_targets_are_read_as_they_stand(tmp_path):
    written(tmp_path, many())
    aims = read_aims(written(tmp_path, AIMS + '[tickets]\nfile = "tickets.csv"\nkinds = ["feature"]\n', "aims.toml"))
    assert (aims.scenario, aims.design) == ("mobile_bank", "partnership")
    assert [(each.path, each.text) for each in aims.known] == [("firm.units", "3")]
    ranges = {each.name: (each.low, each.high) for each in aims.outcomes}
    assert ranges == {"lead_time_median": (65.0, 95.0), "run_share": (pytest.approx(0.65), pytest.approx(0.75))}
    assert [each.by_ratio for each in aims.outcomes] == [True, False]
    assert {"lead_median", "finished_a_month"} <= {each.name for each in aims.targets}, "the CSV lies beside the file"


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        (("[known]", "[knowm]"), 3, "did you mean known?"),
        (("units = 3", "unit = 3"), 4, "did you mean units?"),
        (("units = 3", 'units = "three"'), 4, "is not a number"),
        (("lead_time_median =", "lead_time_medan ="), 6, "did you mean lead_time_median?"),
        (("{ value = 80, tolerance = 15 }", "80"), 6, "says no tolerance"),
        (("tolerance = 15", "tolerence = 15"), 6, "did you mean tolerance?"),
        (("tolerance = 15", "tolerance = 0"), 6, "tolerance = 0"),
        (("value = 0.7", "value = 70"), 7, "a share from 0 to 1"),
        (('"mobile_bank"', "3"), 1, "is not text"),
    ],
)
def test_a_target_that_cannot_be_is_named_with_its_line(tmp_path, wrong, line, words):
    source = written(tmp_path, AIMS.replace(*wrong), "aims.toml")
    with pytest.raises(InputError) as error:
        read_aims(source)
    assert str(error.value).startswith(f"{source}:{line}: ")
    assert words in str(error.value)


def test_a_file_that_says_nothing_is_refused(tmp_path):
    with pytest.raises(InputError, match="nothing that the firm is to show"):
        read_aims(written(tmp_path, 'scenario = "branch_bank"\n', "aims.toml"))
