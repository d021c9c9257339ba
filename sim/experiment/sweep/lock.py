"""Locks: one sweep at a time on a folder, or several shards of it at a time, each of them once.

The operating system holds them, so they end with their process however it ends.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sim.core.errors import InputError


@contextmanager
def locked(folder: Path, shard: str = "") -> Iterator[None]:
    """Hold a results folder while inside: alone, or beside other shards where `shard` names one ("2-of-8").

    Raises InputError, naming who holds it, where it is held.
    """
    with (folder / "lock").open("a+", encoding="utf-8") as whole:
        if not shard:
            _hold(whole, fcntl.LOCK_EX, folder, "")
            _sign(whole)
            yield
            return
        _hold(whole, fcntl.LOCK_SH, folder, "")
        with (folder / f"lock-{shard}").open("a+", encoding="utf-8") as own:
            _hold(own, fcntl.LOCK_EX, folder, shard)
            _sign(own)
            yield


def _hold(file: IO[str], how: int, folder: Path, shard: str) -> None:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        what = f"shard {shard} of this sweep" if shard else "another sweep"
        raise InputError(f"--out {folder}", f"{what} is at work in this folder: {_signed(folder, shard)}",
                         "wait for it, or choose another folder",
                         f"orgsim sweep --watch {folder} shows how far it is") from None  # fmt: skip


def _sign(file: IO[str]) -> None:
    """Write who holds it, for those who find it held."""
    with suppress(OSError):
        file.seek(0)
        file.truncate()
        json.dump({"process": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}, file)
        file.flush()


def _signed(folder: Path, shard: str) -> str:
    files = [folder / f"lock-{shard}"] if shard else [folder / "lock", *sorted(folder.glob("lock-*"))]
    for file in files:
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads(file.read_text(encoding="utf-8"))
            return f"process {found['process']} on {found['host']}, since {found['since']}"
    return "it has not signed"
