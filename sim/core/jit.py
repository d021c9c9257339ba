"""Compilation: one decorator for every behaviour, and a cache that cannot go stale.

Numba's cache looks at the file of a function, not at the files that it imports. So the folder of the
cache carries a digest of the sources that compiled code is made of: changed sources get a folder of their own.

With the compiler off (NUMBA_DISABLE_JIT=1) the same code runs as plain Python and gives the same numbers. Two
things differ there, and rules avoid both: a division by zero raises instead of giving infinity, and so do
`math.log(0.0)` and its like.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import os
import platform
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import types
from numba.core.caching import FunctionCache
from numba.core.runtime import rtsys
from numba.np import arrayobj

PACKAGE = Path(__file__).resolve().parent.parent
DECIDING = ("core", "organisation", "model")
"""Folders whose sources decide a run's numbers."""

COMPILING = (*DECIDING, "validation")
"""Folders whose sources can end up in compiled code; a test sees that no others do."""

COMPILED = not numba.config.DISABLE_JIT
"""False under NUMBA_DISABLE_JIT=1: the same code then runs as plain Python."""


OURS = ("sim.", "benchmarks.slice.")
"""Modules whose compiled code never counts from the end of an array."""


@functools.lru_cache(maxsize=4)
def sources_digest(folders: tuple[str, ...], package: Path = PACKAGE) -> str:
    """Hex digest (16 digits) of names and contents of the Python sources in `folders` of the package."""
    digest = hashlib.sha256()
    for folder in folders:
        named = {path.relative_to(package).as_posix(): path for path in (package / folder).rglob("*.py")}
        for name in sorted(named):
            content = named[name].read_bytes()
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def model_digest() -> str:
    """Hex digest of the sources that decide a run's numbers: ground, organisation and model."""
    return sources_digest(DECIDING)


@functools.lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Where compiled code is kept: the user's cache folder, or a private temporary one where that cannot be written."""
    name = f"{sources_digest(COMPILING)}-py{platform.python_version()}"
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "orgweave" / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # read-only, full, or a user without a home
        return _temporary_cache() / name


def _temporary_cache() -> Path:
    """A folder that only this user can write, kept between runs: who can write cached code can run it as us."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"orgweave-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and (os.name == "nt" or (found.st_uid == user and not found.st_mode & 0o022))
    return folder if ours else Path(tempfile.mkdtemp(prefix="orgweave-"))


def _count_from_the_start() -> None:
    """Let our compiled code take every index as it is: no rule counts from an array's end.

    For whoever writes `row[-1]`, Numba asks at each access whether the index is negative. Measured: an eighth of the time of a day.
    Code that is not ours, Numba's own included, is compiled as ever. Where Numba has changed and lacks what is replaced here, ours
    is as well: slower, with the same numbers. A test goes through many days and sees that no index is negative or too large.
    """
    usual = getattr(arrayobj, "fix_integer_index", None)

    def as_it_is(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
        if getattr(context.fndesc, "modname", "").startswith(OURS):
            return context.cast(builder, index, kind, types.intp)
        return usual(context, builder, kind, index, size)  # type: ignore[misc]

    if usual is not None:
        arrayobj.fix_integer_index = as_it_is


_count_from_the_start()


def _compile(function: Callable[..., Any], allocates: bool, **options: Any) -> Callable[..., Any]:
    """Compile without Python objects, releasing the interpreter's lock.

    What makes no array of its own is compiled without counting references: the state outlives every call, and the
    counting took six tenths of a run's time.
    """
    # Set here and not in the environment: a worker then finds the folder of its own sources, and it does not
    # matter who imported Numba first. A folder that the user has asked for is left alone.
    if not os.environ.get("NUMBA_CACHE_DIR"):
        numba.config.CACHE_DIR = str(cache_folder())
    dispatcher = numba.njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=allocates, **options)(function)
    if options.get("cache"):
        dispatcher._cache = _QuickCache(function)
    return dispatcher


class _QuickCache(FunctionCache):
    """Numba's cache without making the compiler ready first: what is found compiled needs none of it.

    Measured: 0.3 s of a warm start, most of it for importing SciPy's linear algebra.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled function for a signature, or None where the cache has none."""
        rtsys.initialize(target_context)  # compiled code that makes arrays asks it for memory
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


def _takes_world(function: Callable[..., Any]) -> bool:
    """Whether a behaviour takes the whole state, by convention as its first argument `w`."""
    return next(iter(inspect.signature(function).parameters), "") == "w"


def _one_version(dispatcher: Any) -> Any:
    """Let integers of every width and every literal share one compiled version: 160 versions to compile instead of 270."""
    template = dispatcher.get_call_template

    def get_call_template(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return template(tuple(map(_widened, arguments)), {name: _widened(kind) for name, kind in keywords.items()})

    dispatcher.get_call_template = get_call_template
    return dispatcher


def _widened(kind: Any) -> Any:
    numba_types: Any = types  # Numba's own type hints know only a few of its types
    kind = numba_types.unliteral(kind)
    return numba_types.int64 if isinstance(kind, numba_types.Integer) and kind.signed else kind


def _rule(function: Callable[..., Any], inlined: bool, allocates: bool = False) -> Callable[..., Any]:
    if not COMPILED:
        return function
    # What takes the whole state is compiled into the day; a way in from Python of its own would cost more to
    # compile than the rule. `entry` makes one where it is wanted.
    inner = _takes_world(function)
    return _one_version(_compile(function, allocates, forceinline=inlined, no_cpython_wrapper=inner, cache=not inner))


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile one behaviour, inlined wherever it is called.

    Measured: a rule that takes the whole state costs 44 ns a call as a call of its own and 14 ns inlined, because
    the state is a dozen arrays. Scalar equations can be called from Python; a rule that takes the state needs `entry`.
    """
    return _rule(function, inlined=True)


def jit_apart(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `jit`, for what is called rarely or from many places: kept apart, so that compiling stays quick."""
    return _rule(function, inlined=False)


def jit_allocating(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `jit_apart`, for what makes arrays of its own: the others may not."""
    return _rule(function, inlined=False, allocates=True)


def entry(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A way into a rule from Python, cached on disk: what drivers and tests call."""
    if not COMPILED:
        return rule
    allocates = getattr(rule, "targetoptions", {}).get("_nrt", True)
    return _compile(getattr(rule, "py_func", rule), allocates, cache=True)


def jit_wrapping(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `jit`, for arithmetic that is meant to wrap around at 64 bits: silent also in plain Python."""
    if COMPILED:
        return jit(function)

    @functools.wraps(function)
    def quiet(*arguments: Any) -> Any:
        with np.errstate(over="ignore"):
            return function(*arguments)

    return quiet
