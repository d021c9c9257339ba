"""The guide's example of a firm's own figures: work items of a simulated firm, and whether `orgsim fit` finds that firm again.

python scripts/your_firm.py                   docs/how-to/your-firm.csv, and what else that firm shows
python scripts/your_firm.py --found FOLDER    how many of its numbers lie in the intervals that `orgsim fit --out FOLDER` found
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from sim.api import load_scenario  # noqa: E402
from sim.core.parameters import Param  # noqa: E402
from sim.experiment.compare import blueprints  # noqa: E402
from sim.model.catalogue import PARAMETERS  # noqa: E402
from sim.model.kernel import run  # noqa: E402
from sim.model.outcomes import NAMES  # noqa: E402
from sim.scenario.firm import FIRM  # noqa: E402
from sim.scenario.objects import Scenario  # noqa: E402
from tests.experiment.tickets import truth, write_tickets  # noqa: E402

FILE = ROOT / "docs" / "how-to" / "your-firm.csv"
DESIGN, SEED = "partnership", 3
SETTINGS = [
    ("firm.units", "6"), ("firm.technologists", "150"), ("firm.change_load", "0.12"), ("firm.size_median", "12"), ("run.days", "480"),
]  # fmt: skip
"""What the firm has that the branch bank has not; two years of work items."""


def the_firm() -> Scenario:
    """The firm that is to be found again."""
    return load_scenario("branch_bank", SETTINGS)


def main() -> None:
    """Write the work items, or say what was found of the firm."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--found", type=Path, help="folder of orgsim fit")
    folder = asked.parse_args().found
    if folder is not None:
        print(found_again(folder))
        return
    write_tickets(FILE, the_firm(), DESIGN, SEED)
    share = run(blueprints(the_firm(), [DESIGN])[0], SEED).outcomes[NAMES.index("run_share")]
    print(f"{FILE.relative_to(ROOT)} is written; run work takes {share:.2f} of that firm's time")


def found_again(folder: Path) -> str:
    """How many true values lie in their intervals, and which do not."""
    numbers, really = json.loads((folder / "fit.json").read_text(encoding="utf-8"))["numbers"], truth(the_firm())
    missed = [path for path, each in numbers.items() if not each["low"] <= really[path] <= each["high"]]
    ends = [path for path in missed if really[path] in (_declared(path).low, _declared(path).high)]
    told = [f"{path} {'outside' if path in missed else 'inside'}" for path, each in numbers.items() if each["told"]]
    return (
        f"{len(numbers) - len(missed)} of {len(numbers)} true values lie in their intervals; of those that do not, {len(ends)} stand at an "
        f"end of their range: {', '.join(missed)}\nOf what is told: {', '.join(told)}"
    )


def _declared(path: str) -> Param:
    table, name = path.split(".")
    return FIRM[name] if table == "firm" else PARAMETERS[name]


if __name__ == "__main__":
    main()
