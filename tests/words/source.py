"""The package's own source, read as a program reads it: which messages it makes, and which texts stand in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "assuage"
MAKERS = ("message", "Message")


@dataclass(frozen=True)
class Made:
    """A message as it is made: where, its id (`caution.{}` where part of it is computed), the names of its values."""

    where: str
    id: str
    values: frozenset[str]
    whole: bool  # whether no further values are passed on with **


@cache
def modules(*folders: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Every module below these folders of the package, parsed."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for folder in folders
        for path in sorted((PACKAGE / folder).rglob("*.py"))
    )


def name_of(call: ast.Call) -> str:
    """The name of the function, or of the method of the same object, that is called; empty for any other."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name
        case _:
            return ""


def passing_on(tree: ast.Module) -> dict[str, int]:
    """The functions of a module that make a message of an `id` they are given, each with the place of that argument."""
    found: dict[str, int] = {}
    while True:
        before = len(found)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name not in MAKERS:
                names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
                if "id" in names and any(_hands_on(call, found) for call in calls_in(function)):
                    found[function.name] = names.index("id") - ("self" in names)
        if len(found) == before:
            return found


def _hands_on(call: ast.Call, known: dict[str, int]) -> bool:
    at = 0 if name_of(call) in MAKERS else known.get(name_of(call))
    return at is not None and len(call.args) > at and _is_id(call.args[at])


def _is_id(node: ast.expr) -> bool:
    """Whether it is the `id` that a function was given."""
    return isinstance(node, ast.Name) and node.id == "id"


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call below a node."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def messages_made() -> Iterator[Made]:
    """Every message that the package makes, wherever it is made."""
    for path, tree in modules("."):
        places = dict.fromkeys(MAKERS, 0) | passing_on(tree)
        for call in calls_in(tree):
            at = places.get(name_of(call))
            if at is None or len(call.args) <= at or _is_id(call.args[at]):
                continue
            for name in ids(call.args[at]):
                values = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
                whole = all(keyword.arg for keyword in call.keywords) and name_of(call) == "message"
                yield Made(f"{path.relative_to(PACKAGE)}:{call.lineno}", name, values, whole)


def ids(node: ast.expr) -> Iterator[str]:
    """The ids that an expression can be; `{}` stands for what is computed, `?` for what cannot be read from it."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from ids(body)
            yield from ids(other)
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)
        case _:
            yield "?"


def texts_in(tree: ast.Module) -> Iterator[str]:
    """Every string that stands in a module, its docstrings left out."""
    documented = {id(node) for node in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The docstrings of a module, and the strings that stand as statements below what they describe."""
    for node in ast.walk(tree):
        for statement in getattr(node, "body", []) if not isinstance(node, ast.IfExp | ast.Lambda) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def templates_made() -> Iterator[Made]:
    """Every message that the templates of pages make."""
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for call in _SAYS.finditer(path.read_text(encoding="utf-8")):
            for text, joined in _TEXT.findall(call[1]):
                where = f"{path.relative_to(PACKAGE)}:{call.start()}"
                yield Made(where, f"{text}{'{}' if joined else ''}", frozenset(), whole=False)


_SAYS = re.compile(r"\b(?:say|message)\(([^,)]+)")
_TEXT = re.compile(r'"([^"]+)"(\s*~)?')
