"""The one family of errors that users meet: where, what was found, what is allowed, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class OrgWeaveError(Exception):
    """A fault that the user can mend; the command line prints it without a traceback."""


class InputError(OrgWeaveError):
    """Something the user gave is wrong.

    where    file and line, or option, e.g. ``bank.toml:14``
    found    what stands there, e.g. ``firm.units = -3 is below the minimum 1``
    allowed  what would be right, e.g. ``units: number of business units, 1 to 400``
    remedy   what to do, e.g. ``did you mean firm.units?``
    """

    def __init__(self, where: str, found: str, allowed: str = "", remedy: str = "") -> None:
        self.where, self.found, self.allowed, self.remedy = where, found, allowed, remedy
        super().__init__(self.message())

    def message(self) -> str:
        """The error as one text: first line the fault, indented lines what is allowed and what to do."""
        lines = [f"{self.where}: {self.found}" if self.where else self.found]
        lines += [f"  {line}" for line in (self.allowed, self.remedy) if line]
        return "\n".join(lines)

    def __reduce__(self):
        """Errors come back from worker processes with their parts."""
        return type(self), (self.where, self.found, self.allowed, self.remedy)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name most like `name` whatever its case, or None where nothing is close enough to be meant.

    >>> nearest("Delegaton", ["delegation", "visibility"])
    'delegation'
    """
    spelled = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), list(spelled), n=1, cutoff=cutoff)
    return spelled[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str], prefix: str = "") -> str:
    """`did you mean …?` with the nearest known name, or all of them where none is near; `prefix` stands before it.

    >>> did_you_mean("unit", ["units", "wage"], prefix="firm.")
    'did you mean firm.units?'
    """
    known = list(known)
    best = nearest(name, known)
    if best is not None:
        return f"did you mean {prefix}{best}?"
    return f"known: {', '.join(sorted(known))}" if known else ""
