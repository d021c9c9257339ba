"""The cache of compiled code: Numba's, opened when it is first asked, and read without making the compiler ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import llvmlite.binding as llvm
from numba.core.caching import CompileResultCacheImpl, FunctionCache, NullCache
from numba.core.runtime import rtsys


class _MachineCode(CompileResultCacheImpl):
    """What is kept of a compiled function: machine code alone, and nothing for compiling it into other code.

    Measured for the whole day: the rest is seven tenths of the file and two thirds of the time to read it.
    """

    def reduce(self, data: Any) -> tuple[Any, ...]:
        """What is written of a compiled function."""
        (name, kind, (code, _)), *others = super().reduce(data)
        return ((name, kind, (code, llvm.parse_assembly("").as_bitcode())), *others)

    def rebuild(self, target_context: Any, reduced_data: tuple[Any, ...]) -> Any:
        """The compiled function."""
        _, described, *_ = reduced_data
        target_context.codegen()._engine._defined_symbols.add(described.llvm_cpython_wrapper_name)
        return super().rebuild(target_context, reduced_data)


class _Quick(FunctionCache):
    """Numba's cache without making the compiler ready first: what is found compiled needs none of it.

    Measured: 0.3 s of a warm start, most of it for importing SciPy's linear algebra.
    """

    _impl_class = _MachineCode

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled function for a signature, or None where the cache has none."""
        rtsys.initialize(target_context)  # compiled code that makes arrays asks it for memory
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


class CodeCache(NullCache):
    """The cache of one function. It is opened at the first question: most functions are only ever compiled into others.

    Opening one asks the disk whether its folder can be written; for all functions that took 0.03 s of a warm start.
    """

    def __init__(self, function: Callable[..., Any], tell_the_folder: Callable[[], None]) -> None:
        """tell_the_folder tells Numba where the cache is, before it is opened."""
        self._function, self._tell_the_folder = function, tell_the_folder

    @cached_property
    def _opened(self) -> FunctionCache:
        self._tell_the_folder()
        return _Quick(self._function)

    @property
    def cache_path(self) -> Any:
        """The folder of the function's compiled code."""
        return self._opened.cache_path

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled function for a signature, or None where the cache has none."""
        return self._opened.load_overload(sig, target_context)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function, and give it what its parts raise errors with: a part has no place of its own to be given it."""
        for environment in data._find_referenced_environments():
            data.codegen.set_env(environment.env_name, environment)
        self._opened.save_overload(sig, data)

    def flush(self) -> None:
        """Forget all that is kept of the function."""
        self._opened.flush()
