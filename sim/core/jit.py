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

from sim.core.code_cache import CodeCache
from sim.core.compiling import PartCompiler, WholeCompiler, count_from_the_start, name_types_shortly

PACKAGE = Path(__file__).resolve().parent.parent
DECIDING = ("core", "organisation", "model")
"""Folders whose sources decide a run's numbers."""

COMPILING = (*DECIDING, "validation")
"""Folders whose sources can end up in compiled code; a test sees that no others do."""

COMPILED = not numba.config.DISABLE_JIT
"""False under NUMBA_DISABLE_JIT=1: the same code then runs as plain Python."""


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


count_from_the_start()
name_types_shortly()


def _compile(function: Callable[..., Any], allocates: bool, **options: Any) -> Any:
    """Compile without Python objects, releasing the interpreter's lock.

    What makes no array of its own is compiled without counting references: the state outlives every call, and the
    counting took six tenths of a run's time.
    """
    return numba.njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=allocates, **options)(function)


def _for_python(function: Callable[..., Any], allocates: bool, **options: Any) -> Any:
    """What Python calls, kept on disk."""
    dispatcher = _compile(function, allocates, pipeline_class=WholeCompiler, **options)
    _tell_the_folder()
    dispatcher._cache = CodeCache(function, _tell_the_folder)
    return dispatcher


def _for_rules(function: Callable[..., Any], allocates: bool, **options: Any) -> Any:
    """What other compiled code takes in, and Python cannot call."""
    return _compile(function, allocates, no_cpython_wrapper=True, pipeline_class=PartCompiler, **options)


def _tell_the_folder() -> None:
    """Tell Numba where the cache is.

    Here and not in the environment: a worker then finds the folder of its own sources, and it does not matter who imported Numba
    first. A folder that the user has asked for is left alone.
    """
    if not os.environ.get("NUMBA_CACHE_DIR"):
        numba.config.CACHE_DIR = str(cache_folder())


def _takes_world(function: Callable[..., Any]) -> bool:
    """Whether a behaviour takes the whole state, by convention as its first argument `w`."""
    return function.__code__.co_varnames[:1] == ("w",) and function.__code__.co_argcount > 0


def _taken_in(dispatcher: Any, part: Callable[[], Any]) -> Any:
    """Let rules that call `dispatcher` take in `part` instead, which is made when the first one is compiled.

    Integers of every width and every literal share one compiled version: 160 versions to compile instead of 270.
    """

    def get_call_template(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        template = type(dispatcher).get_call_template
        return template(part(), tuple(map(_widened, arguments)), {name: _widened(kind) for name, kind in keywords.items()})

    def get_overload(signature: Any) -> Any:
        return type(dispatcher).get_overload(part(), signature)

    dispatcher.get_call_template, dispatcher.get_overload = get_call_template, get_overload
    return dispatcher


def _widened(kind: Any) -> Any:
    numba_types: Any = types  # Numba's own type hints know only a few of its types
    kind = numba_types.unliteral(kind)
    return numba_types.int64 if isinstance(kind, numba_types.Integer) and kind.signed else kind


def _rule(function: Callable[..., Any], inlined: bool, allocates: bool = False) -> Callable[..., Any]:
    if not COMPILED:
        return function
    if _takes_world(function):
        # What takes the whole state is compiled into the day; a way in from Python of its own would cost more to
        # compile than the rule. `entry` makes one where it is wanted.
        rule = _for_rules(function, allocates, forceinline=inlined)
        return _taken_in(rule, lambda: rule)
    part = functools.cache(lambda: _for_rules(function, allocates, forceinline=inlined))
    return _taken_in(_for_python(function, allocates), part)


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
    return _for_python(getattr(rule, "py_func", rule), allocates)


def jit_wrapping(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `jit`, for arithmetic that is meant to wrap around at 64 bits: silent also in plain Python."""
    if COMPILED:
        return jit(function)

    @functools.wraps(function)
    def quiet(*arguments: Any) -> Any:
        with np.errstate(over="ignore"):
            return function(*arguments)

    return quiet
