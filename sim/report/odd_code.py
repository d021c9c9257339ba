"""What the protocol reads from the code itself: the order of the day, docstrings of submodels, and their equations."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from types import ModuleType
from typing import Any

FIRST = "run_day"


def said(module: ModuleType) -> str:
    """A module's docstring."""
    return inspect.getdoc(module) or ""


def in_words(docstring: str) -> str:
    """A docstring as Markdown: the first sentence as text, and the rest as it stands, since its equations are set in columns."""
    head, _, rest = docstring.partition("\n")
    return head if not rest.strip() else f"{head}\n\n```text\n{rest.strip(chr(10)).rstrip()}\n```"


def phases(day: ModuleType) -> list[tuple[str, str, str]]:
    """(name, sentence, body) of each function of the day, in the order in which the day first comes to it, the day itself first.

    A body has its comments: they say why a phase stands where it stands.
    """
    source = inspect.getsource(day)
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    order: list[str] = []
    _visit(FIRST, functions, order)
    return [(name, ast.get_docstring(functions[name]) or "", _body(functions[name], source)) for name in order]


def _visit(name: str, functions: dict[str, ast.FunctionDef], order: list[str]) -> None:
    if name in order:
        return
    order.append(name)
    for call in _calls(functions[name]):
        if isinstance(call.func, ast.Name) and call.func.id in functions:
            _visit(call.func.id, functions, order)


def _calls(node: ast.AST) -> list[ast.Call]:
    """Calls within a node, in the order of their lines."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def called_mechanisms(day: ModuleType) -> list[str]:
    """Mechanisms in the order in which the day first calls them."""
    source = inspect.getsource(day)
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    found: list[str] = []
    _mechanisms(FIRST, functions, found)
    return list(dict.fromkeys(found))


def _mechanisms(name: str, functions: dict[str, ast.FunctionDef], found: list[str]) -> None:
    for call in _calls(functions[name]):
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            found.append(call.func.value.id)
        elif isinstance(call.func, ast.Name) and call.func.id in functions:
            _mechanisms(call.func.id, functions, found)


def _body(function: ast.FunctionDef, source: str) -> str:
    """A function's lines without its head and docstring."""
    lines = source.splitlines()
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    above = function.body[0].end_lineno or function.lineno
    start = above if ast.get_docstring(function) else first.lineno - 1
    return textwrap.dedent("\n".join(lines[start : function.end_lineno])).strip("\n")


def rules(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """(signature, what it gives, source) of every function that a mechanism declares, in order."""
    source = inspect.getsource(module)
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            arguments = ", ".join(argument.arg for argument in node.args.args)
            first, *_ = (ast.get_docstring(node) or "").split("\n")
            yield f"{node.name}({arguments})", first, "\n".join(lines[node.lineno - 1 : node.end_lineno])


def is_equation(code: str) -> bool:
    """Whether a rule is a pure equation: it takes numbers and not the world.

    >>> is_equation("def doubled(x):\\n    return 2 * x"), is_equation("def act(w, team):\\n    pass")
    (True, False)
    """
    return not re.match(r"def \w+\((w|firm|row|p)\b", code)


def equation_code(code: str) -> str:
    """An equation's lines without its docstring."""
    function: Any = ast.parse(code).body[0]
    body = _body(function, code)
    return f"{code.splitlines()[0]}\n{textwrap.indent(body, '    ')}"
