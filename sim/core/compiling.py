"""What we ask of the compiler beyond its options: short names, tables apart, and machine code only for what Python calls."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

from llvmlite.binding import Linkage
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering
from numba.np import arrayobj

OURS = ("sim.", "benchmarks.slice.")
"""Modules whose compiled code never counts from the end of an array."""


def count_from_the_start() -> None:
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


@functools.lru_cache(maxsize=256)
def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def name_types_shortly() -> None:
    """Let the state stand in a compiled function's name by a digest, and not by the names and types of its seven hundred fields.

    A name took 25 kB, and the day's compiled code holds hundreds: 24 MB to read at every start became 1, and compiling took a tenth less.
    """
    numba_types: Any = types  # Numba's own type hints know only a few of its types
    for kind in (numba_types.Record, numba_types.NamedTuple):
        kind.mangling_args = property(lambda self: (f"{type(self).__name__}_{_short(self.name)}", ()))


class _NotCalled:
    """In place of the machine's code generator, for code that has no place in memory of its own."""

    def set_env(self, name: str, env: Any) -> None:
        """Nothing to set: whoever it is compiled into has the variable."""


class _Part(JITCodeLibrary):
    """Code that is compiled into other code, and that nobody calls by itself: never made machine code."""

    @property
    def codegen(self) -> Any:
        return _NotCalled()

    def _optimize_final_module(self) -> None:
        """Tidied only: whoever takes it in is optimised as a whole. In full here too took a seventh of compiling and made no run faster."""
        manager, builder = self._codegen._module_pass_manager(loop_vectorize=False, slp_vectorize=False, opt=0, cost="cheap")
        manager.run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Nowhere."""
        self._ensure_finalized()
        return 0


def _tell_tables_apart(state: Any) -> None:
    """Promise the compiler that a state's tables lie in different places, so that what is read of one outlasts writing to another.

    Only where that is known: not beside a second state, which may share tables, or beside a row, which lies in one; and not in what
    is taken in, since its caller's promise holds there. Measured: a twentieth of the time of a day.
    """
    numba_types: Any = types  # Numba's own type hints know only a few of its types
    states = sum(isinstance(kind, numba_types.BaseNamedTuple) for kind in state.args)
    rows = any(isinstance(kind, numba_types.Record) for kind in state.args)
    state.flags.noalias = states == 1 and not rows and not state.flags.forceinline


class _Whole(JITCodeLibrary):
    """Code that Python calls, with all that it takes in, which nobody else sees."""

    def _optimize_final_module(self) -> None:
        """As usual, but what is called from within gets only what it needs: the state is a hundred words, and a call had to pass them all.

        Measured: an eighth of the time of a day. Private, so that other compiled code does not take these for what bears the same name
        elsewhere, and is called with everything.
        """
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = "private"
        super()._optimize_final_module()


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    """Numba's last step, for a part."""

    _name = "lower_part"

    def run_pass(self, state: Any) -> bool:
        """Lower a function into a library of parts."""
        state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerWhole(NativeLowering):
    """Numba's last step, for what Python calls."""

    _name = "lower_whole"

    def run_pass(self, state: Any) -> bool:
        """Lower a function into a library that nobody else takes in, and that can be kept on disk."""
        state.library = _Whole(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


class _Compiler(CompilerBase):
    """Numba's compiler with its last step replaced."""

    last: type[NativeLowering]

    def define_pipelines(self) -> list[PassManager]:
        """The usual steps, the last one replaced."""
        _tell_tables_apart(self.state)
        usual = DefaultPassBuilder.define_nopython_pipeline(self.state)
        ours = PassManager(self.last._name)
        ours.passes.extend((self.last if one is NativeLowering else one, what) for one, what in usual.passes)
        ours.finalize()
        return [ours]


class PartCompiler(_Compiler):
    """For what is compiled into other code only."""

    last = _LowerPart


class WholeCompiler(_Compiler):
    """For what Python calls."""

    last = _LowerWhole
