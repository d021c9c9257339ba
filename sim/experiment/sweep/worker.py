"""A worker of this machine: a process of its own that does one job after another, and ends with the one that started it.

    python -m sim.experiment.sweep.worker FILE_DESCRIPTOR

It is started as a program and not forked: nothing of its parent's threads or locks comes with it, and the parent's main module is not
run again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection

WATCH_SECONDS = 0.5


def main(descriptor: int) -> None:
    """Answer jobs until there are no more."""
    # An interruption reaches every process of a terminal; the one who sweeps decides what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(os.getppid())
    wire: Connection = Connection(descriptor)
    plan, folder = wire.recv()

    from sim.experiment.compare import compile_now
    from sim.experiment.sweep.jobs import ERROR, Answer, work

    if not plan.runner:
        compile_now()
    wire.send("ready")
    while True:
        try:
            job = wire.recv()
        except (EOFError, OSError):  # who sends jobs is gone, at the end of a message or within one
            return
        try:
            answer = work(plan, folder, job)
        except Exception:  # a fault of ours: said once, with all that is known
            answer = Answer(job, ERROR, text=traceback.format_exc())
        try:
            wire.send(answer)
        except OSError:  # who asked is gone; what was stored is kept
            return


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone, even in the middle of a run that never ends."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
