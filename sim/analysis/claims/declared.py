"""All claims, in their order. Changing a test is a change of results, and stands in the changelog."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims import a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12
from sim.analysis.claims.claim import Claim
from sim.core.errors import InputError, did_you_mean

CLAIMS = tuple(module.CLAIM for module in (a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12))


def chosen(keys: Sequence[str]) -> tuple[Claim, ...]:
    """The claims named, in their order; all of them where none is. Raises InputError for one that there is not."""
    known = [claim.key for claim in CLAIMS]
    for key in keys:
        if key.upper() not in known:
            raise InputError(f"--only {key}", "there is no such claim", f"known: {', '.join(known)}", did_you_mean(key.upper(), known))
    return tuple(claim for claim in CLAIMS if not keys or claim.key in {key.upper() for key in keys})
