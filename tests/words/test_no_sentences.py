"""Those who decide hand on values: no sentence for people stands in the measures, the engine, safety or the review.

A sentence is a text of four words or more, or a text put together of two words or more and of values. None of these:
docstrings; what is raised, which its programmer reads; types as text; the keys of a mapping; an `example` of what a
person may write; and tables of data, which are constants of a module, as long as they are no templates for sentences.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.words.source import PACKAGE, calls_in, docstrings, modules, name_of

FOLDERS = ("measures", "engine", "safety", "review", "instruments")
WORD = re.compile(r"[A-Za-z][a-z']+")
ID = re.compile(r"[\w{}-]+(?:\.[\w{}-]+)+")
# Functions that name a place where something is wrong (`table.parquet row 4`, `entries[3].drug`). A place is looked up
# as it is written, in every language.
PLACES = {
    ("engine/many/engine.py", "_place"),
    ("engine/many/rows/parquet.py", "span"),
    ("engine/many/rows/spark_rows.py", "_no_patient_missing"),
}
# Functions whose words stand in a DefinitionError and nowhere else.
SAID_TO_PROGRAMMERS = {("measures/nodes.py", "_limits")}


def sentences(where: str, tree: ast.Module) -> list[str]:
    """The sentences of a module, as they are written."""
    exempt = {id(node) for node in (*docstrings(tree), *_exempt(where, tree))}
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in exempt:
            exempt |= {id(part) for part in node.values}
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            if len(words(text)) >= 2:
                found.append(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in exempt:
            found += [node.value] if len(words(node.value)) >= 4 else []
    return found


def words(text: str) -> list[str]:
    """The words of a text; an id is none, and neither is anything in a text without a blank."""
    return WORD.findall(ID.sub("", text)) if " " in text.strip() else []


def _exempt(where: str, tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Raise() | ast.Assert():
                yield from ast.walk(node)
            case ast.Call(args=[first, *_]) if name_of(node) == "cast":
                yield first
            case ast.AnnAssign(annotation=annotation):
                yield from ast.walk(annotation)
            case ast.keyword(arg="example", value=value):
                yield value
            case ast.Dict(keys=keys):
                yield from (key for key in keys if key is not None)
            case ast.FunctionDef(name=name) if (where, name) in SAID_TO_PROGRAMMERS | PLACES:
                yield from ast.walk(node)
            case _:
                pass
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            yield from (
                node
                for node in ast.walk(statement.value)
                if isinstance(node, ast.Constant) and not (isinstance(node.value, str) and "{" in node.value)
            )


def _scanned() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(PACKAGE)): tree
        for path, tree in modules(*FOLDERS)
        if "data" not in path.relative_to(PACKAGE).parts
    }


def test_those_who_decide_make_no_sentence():
    found = {where: sentences(where, tree) for where, tree in _scanned().items()}
    assert {where: texts for where, texts in found.items() if texts} == {}


def test_what_is_let_through_is_still_there():
    functions = {
        (where, node.name)
        for where, tree in _scanned().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert functions >= SAID_TO_PROGRAMMERS | PLACES


@pytest.mark.parametrize(
    "code",
    [
        'text = f"{drug} is given, and an allergy to it is recorded"',
        'def why(): return "what cannot be checked is said"',
        'def why(): return "; ".join(f"day {day} and after" for day in days)',
        '_WRONG = {"advance": "{here} leads to the earlier {to}"}',
        'Problem(place, "must be a list of texts")',
    ],
)
def test_a_sentence_would_be_found(code: str):
    assert sentences("x.py", ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        '"""A docstring with many words in it."""',
        'raise DefinitionError(f"{name} is scored 0 to 10, so it can never be 50")',
        'TOPICS = (("liver", "what is known of the liver"),)',
        'message("need.medication-list", drugs=drugs)',
        'found = cast("Mapping[object, object] of any kind", value)',
        'place = f"entries[{number}].drug"',
        'message(f"alert.{key}.because")',
    ],
)
def test_what_is_no_sentence_is_left_alone(code: str):
    assert sentences("x.py", ast.parse(code)) == []


# --- what is refused ----------------------------------------------------------------------------------


def bare_refusals(tree: ast.Module) -> list[str]:
    """The refusals and problems of a module that carry a text where a message belongs."""
    return [
        ast.unparse(call)
        for call in calls_in(tree)
        for what in _what(call)
        if isinstance(what, ast.JoinedStr) or (isinstance(what, ast.Constant) and isinstance(what.value, str))
    ]


def _what(call: ast.Call) -> list[ast.expr]:
    match name_of(call):
        case "InputError" | "SurroundingsError":
            return call.args[:1]
        case "Problem":
            return call.args[1:2]
        case _:
            return []


def test_what_is_refused_is_a_message_and_can_be_said_in_every_language():
    bare = {str(path.relative_to(PACKAGE)): bare_refusals(tree) for path, tree in modules(".")}
    assert {where: texts for where, texts in bare.items() if texts} == {}


@pytest.mark.parametrize("code", ['InputError(f"no file {path}")', 'Problem(place, "is missing")'])
def test_a_bare_refusal_would_be_found(code: str):
    assert bare_refusals(ast.parse(code))
