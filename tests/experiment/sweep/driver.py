"""A sweep as a process of its own, to be killed, interrupted and starved of disk by the tests.

    python -m tests.experiment.sweep.driver FOLDER WORKERS REPLICATES [LARGEST_FILE]
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from sim.experiment.sweep.engine import DiskFull
from tests.experiment.sweep.plans import TINY, lived, planned

SLOW = "tests.experiment.sweep.plans:slow"


def main(folder: Path, workers: int, replicates: int, largest: int = 0) -> int:
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    plan = planned(folder, folder / "out", TINY, SLOW, replicates=replicates)
    try:
        lived(plan, folder / "out", workers)
    except DiskFull as error:
        print(f"full: {error}")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
