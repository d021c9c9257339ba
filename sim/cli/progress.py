"""Progress: a bar on a terminal, a plain line each tenth elsewhere, nothing where it is not wanted. Always to stderr."""

from __future__ import annotations

import sys
import time

BAR = 20
TENTHS = 10
REDRAW_SECONDS = 0.1


class Progress:
    """Says how far a set of runs has come.

    title  what is being done
    quiet  say nothing
    what   what is counted
    """

    def __init__(self, title: str, quiet: bool, what: str = "runs") -> None:
        self.title, self.quiet, self.what = title, quiet, what
        self.live = sys.stderr.isatty()
        self.started = self.drawn = time.perf_counter()
        self.tenth = self.total = self.before = 0

    def tell(self, done: int, total: int) -> None:
        """`done` runs of `total` are done."""
        if self.quiet:
            return
        now = time.perf_counter()
        if self.live and (now - self.drawn >= REDRAW_SECONDS or done == total):
            self.drawn = now
            self._write(f"\r{self._line(done, total, now)}")
        if total != self.total:  # how many there will be may be known better later
            self.tenth, self.total = max(0, done - 1) * TENTHS // total, total
        if not self.live and done * TENTHS // total > self.tenth:
            self.tenth = done * TENTHS // total
            self._write(f"{self._line(done, total, now)}\n")

    def end(self, seconds: float) -> None:
        """All runs are done."""
        if self.live and not self.quiet:
            self._write(f"   {seconds:.1f} s\n")

    def _line(self, done: int, total: int, now: float) -> str:
        rate = (done - self.before) / max(now - self.started, 1e-9)
        left = f" · {(total - done) / rate:.0f} s left" if rate > 0.0 else ""
        bar = "█" * (BAR * done // total) + "·" * (BAR - BAR * done // total) if self.live else ""
        return f"{self.title} {bar} {done}/{total} {self.what} · {rate:.0f} a second{left}".replace("  ", " ")

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
