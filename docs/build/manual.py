"""The manual, out of `tests/spec`: each test is a rule, and what it asserts is the rule's example.

The names, notes and expressions are read from the source. What stands in a table or in `gives` is recorded by
calling the test with a `spec` that writes down instead of checking; whether it is true is the tests' business.
A test that asserts in its own way is shown as it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import inf
from pathlib import Path
from typing import Any

from assuage.report import pathway_text
from assuage.words.speak import describe
from docs.build.markdown import cell, code, fence, for_the_site, table

SPEC = Path(__file__).resolve().parents[2] / "tests" / "spec"
_FIXTURES = ("spec", "course")


@dataclass(frozen=True)
class Asked:
    """One call of `spec` or `course`, as it was made."""

    given: tuple[Any, ...]
    named: Mapping[str, Any]


def pages() -> dict[str, str]:
    """The chapters by name, and the page that lists them."""
    chapters = {file.stem.removeprefix("test_"): _chapter(file) for file in sorted(SPEC.glob("test_*.py"))}
    index = [
        "# The manual: what every expression means",
        "",
        "Each heading is a rule. Under it stand a small record, a question, and what the reference engine "
        "answers. The pages are made from the specification tests in `tests/spec`, so a rule that is printed "
        "here has been checked on this version.",
        "",
        "A table has a row for a patient and a column for a day; an empty cell is a day on which nothing was "
        "said, and `4-5` is a value given as a range. *Day 0* is the start of the pathway and the entry to the "
        "phase unless it is said otherwise. `unknown` is an answer.",
        "",
        *(f"- [{title}]({name}.md): {says}" for name, (title, says, _) in chapters.items()),
    ]
    return {"index": "\n".join(index), **{name: text for name, (_, _, text) in chapters.items()}}


def _chapter(file: Path) -> tuple[str, str, str]:
    """The title, the chapter's sentence and the page."""
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    module = import_module(f"tests.spec.{file.stem}")
    says = (module.__doc__ or "").strip()
    lines = [f"# {module.title}", "", says, ""]
    if hasattr(module, "SMALL"):
        lines += _pathway(module.SMALL)
    if isinstance(getattr(module, "TABLE", None), str):
        head, *rows = _rows(module.TABLE)
        lines += table(head, rows)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            lines += [f"## {_sentence(node.name)}", ""]
            if note := ast.get_docstring(node):
                lines += [note, ""]
            lines += _example(node, module, source)
    return module.title, says.splitlines()[0], "\n".join(lines)


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    for written, meant in (("naranjo", "Naranjo"), ("atc", "ATC"), ("latin", "Latin")):
        words = " ".join(meant if word == written else word for word in words.split(" "))
    return words[0].upper() + words[1:]


def _pathway(pathway: Any) -> list[str]:
    lines = ["The examples of this chapter follow a pathway made for them:", ""]
    lines += fence(pathway_text.mermaid(pathway), "mermaid")
    for criterion in pathway.criteria():
        lines.append(f"- {criterion.title}: {describe(criterion.test)}")
    for recommendation in pathway.recommendations():
        when = f", when: {recommendation.when.title}" if recommendation.when else ""
        lines.append(f"- recommended, `{recommendation.id}`{when}")
    return [for_the_site("\n".join(lines)), ""]


def _example(node: ast.FunctionDef, module: Any, source: str) -> list[str]:
    wants = [argument.arg for argument in node.args.args]
    if len(wants) != 1 or wants[0] not in _FIXTURES:
        return fence(_source_of(node, source), "py")
    calls: list[Asked] = []

    def recorder(*given: Any, **named: Any) -> None:
        calls.append(Asked(given, named))

    getattr(module, node.name)(recorder)
    if wants[0] == "course":
        return [line for call in calls for line in _course(call)]
    written = [
        ast.get_source_segment(source, call.args[1]) or ""
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "spec"
    ]
    expressions = written if len(written) == len(calls) else written[:1] * len(calls)
    lines: list[str] = []
    shown: object = None
    for call, expression in zip(calls, expressions, strict=True):
        if call.given[0] is not shown and call.given[0] != shown:
            lines += _people(call)
        shown = call.given[0]
        lines += _question(call, expression)
    return lines


def _source_of(node: ast.FunctionDef, source: str) -> str:
    """The test as written, with its parameters, without its docstring."""
    all_lines = source.splitlines()
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    kept = list(range(first, (node.end_lineno or node.lineno) + 1))
    if ast.get_docstring(node):
        doc = node.body[0]
        kept = [number for number in kept if not doc.lineno <= number <= (doc.end_lineno or doc.lineno)]
    return "\n".join(all_lines[number - 1] for number in kept)


def _rows(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]


def _people(call: Asked) -> list[str]:
    """Who said what: the table as it stands, or the entries of each patient."""
    people = call.given[0]
    lines: list[str] = []
    common = {name: v for name, v in call.named.items() if name not in _OPTIONS}
    if isinstance(people, str):
        head, *rows = _rows(people)
        where = "".join(f", {name} {value}" for name, value in common.items())
        lines += [f"The {call.named.get('scale', 'pain')} scores{where}:", ""]
        lines += table([head[0], *(f"day {day.removeprefix('day').strip()}" for day in head[1:])], rows)
    else:
        lines += fence("\n".join(_entries(people)), "yaml")
    also = call.named.get("also", ())
    if also:
        lines += ["And of each of them:" if len(call.named["gives"]) > 1 else "And:", ""]
        lines += fence("\n".join(f"- {_flow(entry)}" for entry in also), "yaml")
    return lines


_OPTIONS = ("scale", "also", "entered", "started", "on_day", "gives")


def _entries(people: Mapping[str, Sequence[Mapping[str, object]]]) -> list[str]:
    lines: list[str] = []
    for name, entries in people.items():
        lines.append(f"{name}:" if entries else f"{name}: []")
        lines += [f"- {_flow(entry)}" for entry in entries]
    return lines


def _flow(value: object) -> str:
    """A value as YAML writes it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return f'"{value}"' if isinstance(value, str) and ":" in value else str(value)


def _question(call: Asked, expression: str) -> list[str]:
    moment = [f"On day {call.named['on_day']}"]
    moment += [f"the phase entered on day {call.named['entered']}"] if "entered" in call.named else []
    words = describe(call.given[1])
    lines = [f"{', '.join(moment)}:", ""]
    lines += fence(ast.unparse(ast.parse(expression)) if "\n" in expression else expression, "py")
    lines += [f"In words: {cell(words)}.", ""]
    gives = call.named["gives"]
    return [*lines, *table(("patient", "answer"), ((name, code(_given(v))) for name, v in gives.items()))]


def _given(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, tuple):
        low, high = value
        return f"{low:g} or more" if high == inf else f"{low:g} to {high:g}"
    return str(value)


def _course(call: Asked) -> list[str]:
    """Entries, and the stays they lead to."""
    entries, stays = call.given[1], call.named["gives"]
    lines = fence("\n".join(f"- {_flow(entry)}" for entry in entries), "yaml") if entries else []
    if not entries:
        lines += ["Nothing is recorded.", ""]
    if not stays:
        return [*lines, f"By the end of day {call.named['until']}: no stay.", ""]
    lines += [f"By the end of day {call.named['until']}:", ""]
    return [*lines, *table(("phase", "entered on day", "by"), stays)]
