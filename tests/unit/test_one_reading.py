"""One reading of a record: nobody but the timeline looks through entries or tells their kinds apart.

What a rule needs of a record is asked of `assuage.record.timeline` (and of a walk: its stays), so that two answers to
one question cannot differ. Who handles entries all the same is named here, with what it does and why.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from assuage.record.entries import AnyEntry

SOURCE = Path(__file__).resolve().parents[2] / "src/assuage"
KINDS = frozenset(kind.__name__ for kind in get_args(AnyEntry))
SCANS, KIND, DECISIONS = "looks through entries", "tells kinds apart", "reads decisions"

# Who does so all the same: what, and why.
ALLOWED: dict[str, tuple[frozenset[str], str]] = {
    "record/timeline.py": (frozenset((SCANS, KIND)), "the one reading"),
    "record/entries.py": (frozenset((KIND,)), "the record itself: what is read of an entry in dispute"),
    "record/changed.py": (frozenset((SCANS,)), "compares what stands of a record before and after"),
    "review/first_questions.py": (
        frozenset((SCANS,)),
        "finds the words of what a flag or a dispute asks of already",
    ),
    "record/body_mass.py": (
        frozenset({"tells kinds apart"}),
        "reads the weight and the height of findings and measurements for the timeline",
    ),
    "record/derived.py": (
        frozenset((KIND,)),
        "reads the numbers of findings and measurements for the timeline, which lays out what they come to",
    ),
    "record/append.py": (frozenset((SCANS, KIND)), "adds one entry, and looks at the others of its day"),
    "record/settling.py": (frozenset((KIND,)), "what a withdrawal withdraws"),
    "record/care_entries.py": (frozenset((KIND,)), "what is read of a measurement in dispute"),
    "record/stated.py": (
        frozenset((KIND,)),
        "which findings an allergy, an adverse event and a diagnosis state",
    ),
    "record/standing.py": (frozenset((KIND,)), "which entries a withdrawal takes back"),
    "record/read.py": (
        frozenset((SCANS, KIND)),
        "whether what is withdrawn was written before, and what one entry more withdraws",
    ),
    "record/write.py": (frozenset((SCANS,)), "writes every entry"),
    "review/silence.py": (frozenset((SCANS, KIND)), "tells free notes, which nobody reads, from all else"),
    "clinic/plan/views/gate.py": (frozenset((DECISIONS,)), "shows every decision, with who took it"),
    "clinic/store/actions.py": (frozenset((SCANS,)), "stores every entry"),
    "clinic/diary/brought.py": (frozenset((SCANS,)), "files every entry of a diary that was kept elsewhere"),
    "clinic/diary/form.py": (frozenset((KIND,)), "which question of the form an entry answers"),
    "clinic/diary/queries.py": (
        frozenset((KIND,)),
        "shows a patient the entries of the diary as they were written",
    ),
    "clinic/diary/actions.py": (frozenset((KIND,)), "writes yesterday's entries once more"),
    "clinic/diary/views/today.py": (
        frozenset((KIND,)),
        "says each entry of the diary in words, and fills a form with it",
    ),
    "clinic/course/views/ledger.py": (
        frozenset((KIND,)),
        "names an exposure by the word that the patient wrote",
    ),
    "clinic/plan/views/my_plan.py": (frozenset((KIND,)), "lists the visits that were agreed on"),
    "clinic/outcomes/figures.py": (frozenset((DECISIONS,)), "counts every decision by its act"),
    "clinic/sessions/queries.py": (
        frozenset((KIND, SCANS)),
        "shows the versions of a session that was corrected, and those that were withdrawn",
    ),
    "words/visits.py": (frozenset((KIND,)), "which words that no rule reads tell of a state of the patient"),
    "clinic/privacy/queries.py": (frozenset((KIND,)), "lists what was agreed to"),
    "clinic/privacy/export.py": (frozenset((SCANS,)), "writes every entry"),
    "review/after_exposure.py": (
        frozenset((KIND,)),
        "which of the patient's words tell of an exposure, and which numbers are bound to it",
    ),
    "review/diary_days.py": (frozenset((KIND,)), "which days lie near a visit, a decision or a needle"),
    "record/table.py": (frozenset((SCANS,)), "writes every entry"),
    "deidentify/record.py": (frozenset((SCANS,)), "writes every entry anew"),
    "report/imported/lines.py": (frozenset((SCANS,)), "counts the days of the records that an import made"),
    "engine/walk.py": (frozenset((DECISIONS,)), "follows the decisions: stays are asked of a walk"),
    "engine/followed.py": (frozenset((DECISIONS,)), "says on which pathway each decision was taken"),
    "engine/phases.py": (frozenset((DECISIONS,)), "follows the decisions of a record that names no pathway"),
    "review/followed_scores.py": (frozenset((DECISIONS,)), "says on which days a clinician saw the patient"),
    "safety/active_flags.py": (
        frozenset((DECISIONS, KIND)),
        "every kind of entry tells of a red flag or clears it in its own way, in one order",
    ),
    "safety/reacted.py": (
        frozenset({"tells kinds apart"}),
        "reads findings and symptoms side by side for the reactions that their words tell of",
    ),
    "safety/reactions.py": (
        frozenset((KIND,)),
        "reads findings and symptoms side by side for the drugs that their words name",
    ),
    "safety/far_out.py": (
        frozenset((KIND,)),
        "reads the numbers of findings and measurements side by side, and a clinician's word on them",
    ),
    "safety/doubts.py": (
        frozenset((KIND,)),
        "reads findings and symptoms side by side for the conditions that their words leave open",
    ),
    "safety/doubtful_flags.py": (
        frozenset((KIND,)),
        "reads findings, symptoms and totals side by side for the red flags that their words may tell of",
    ),
    "engine/append.py": (
        frozenset((KIND,)),
        "which pathway a new decision names, and whether an entry can change what one was taken on",
    ),
    "engine/many/entries/compiled.py": (
        frozenset((SCANS, KIND)),
        "compiles each distinct entry of a cohort, by asking a timeline of it alone",
    ),
    "engine/many/entries/claims.py": (
        frozenset((KIND,)),
        "says what each distinct entry speaks of, so that two of one moment are noticed",
    ),
    "engine/many/entries/by_person.py": (
        frozenset((KIND,)),
        "which numbers of a distinct entry hang on age and sex, by asking a timeline of it alone",
    ),
    "engine/many/alerts/effects.py": (
        frozenset((KIND,)),
        "compiles each distinct entry for the safety rules, by asking a timeline of it alone",
    ),
    "engine/many/engine.py": (
        frozenset((SCANS,)),
        "names the entry that a problem is about by its day and kind",
    ),
    "cohort/alerts.py": (frozenset((KIND,)), "which distinct entries are sessions at all"),
    "cohort/criteria.py": (frozenset((KIND,)), "which distinct entries have a word on criteria at all"),
    "cohort/scores.py": (frozenset((KIND,)), "which distinct entries are answers at all"),
    "fhir/apply.py": (frozenset((SCANS,)), "names the entries that an alert rests on, by their places"),
    "fhir/write/native.py": (frozenset((KIND,)), "writes every kind as a resource of its own"),
    "fhir/write/bundle.py": (frozenset((SCANS,)), "writes every entry"),
    "fhir/omop/rows.py": (frozenset((SCANS, KIND)), "writes every kind into the tables that OMOP has for it"),
    "fhir/served/record.py": (frozenset((SCANS,)), "serves every entry under its own id"),
    "fhir/join.py": (frozenset((SCANS,)), "finds the entry that a resource became when it was read before"),
    "words/reviews.py": (frozenset((KIND,)), "which message a value is, a session among others"),
    "words/recorded.py": (frozenset((KIND,)), "tells every field of every kind"),
    "report/recorded.py": (
        frozenset((SCANS, KIND)),
        "lists every entry, and puts numbers of one thing together",
    ),
    "report/timeline/phases.py": (frozenset((DECISIONS,)), "shows the decisions that moved nobody"),
    "report/care/companion.py": (frozenset((SCANS,)), "says who said each entry that a sentence rests on"),
    "report/care/story.py": (
        frozenset((KIND, DECISIONS)),
        "tells medicines, therapies and symptoms in one order, and the reasons of decisions",
    ),
    "report/care/sections_9_to_13.py": (
        frozenset((SCANS,)),
        "counts the entries of any kind whose day is approximate",
    ),
}


def _name(node: ast.expr) -> str:
    """The last word of an expression: `record` of `case.record`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return _name(value)
        case _:
            return ""


def _records(tree: ast.AST) -> set[str]:
    """The names that hold a record in a module: those called so, and those said to be one."""
    named = {"record", "records"}
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=ast.expr() as kind) if ast.unparse(kind) in (
                "Record",
                "Record | None",
            ):
                named.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind) if ast.unparse(kind) == "Record":
                named.add(name)
            case _:
                pass
    return named


def seen(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every place that looks through the entries of a record, tells their kinds apart, or reads decisions."""
    records = _records(tree)
    counted = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=value, attr="entries" | "current") if id(node) not in counted:
                if _name(value) in records or (isinstance(value, ast.Call) and _name(value.func) == "Record"):
                    yield node.lineno, SCANS
            case ast.MatchClass(cls=kind) if _name(kind) in KINDS:
                yield kind.lineno, KIND
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]):
                if KINDS & {_name(each) for each in ast.walk(kinds) if isinstance(each, ast.expr)}:
                    yield node.lineno, KIND
            case ast.Compare(left=ast.Call(func=ast.Name(id="type")), comparators=[kind]) if (
                _name(kind) in KINDS
            ):
                yield node.lineno, KIND
            case ast.Attribute(attr="decisions"):
                yield node.lineno, DECISIONS
            case _:
                pass


def _everywhere() -> Iterator[tuple[str, int, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for line, what in seen(ast.parse(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(SOURCE)), line, what


SEEN = tuple(_everywhere())


def test_nobody_else_looks_through_entries_or_tells_their_kinds_apart_or_reads_decisions():
    nobody = (frozenset[str](), "")
    wrong = [f"{file}:{line} {what}" for file, line, what in SEEN if what not in ALLOWED.get(file, nobody)[0]]
    assert wrong == []


@pytest.mark.parametrize("file", ALLOWED)
def test_an_exception_is_still_needed(file: str):
    assert ALLOWED[file][0] == {what for where, _, what in SEEN if where == file}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("for entry in record.current: ...", [SCANS]),
        ("[entry for entry in case.record.entries]", [SCANS]),
        ("def f(of: Record): return of.current[0]", [SCANS]),
        ("records[0].entries[0]", [SCANS]),
        ("len(record.entries)", []),
        ("review.current.phase", []),
        ("alert.entries", []),
        ("match entry:\n    case ScoreEntry(): ...", [KIND]),
        ("isinstance(entry, MedicationEntry | TherapyEntry)", [KIND]),
        ("isinstance(entry, (entries.NoteEntry,))", [KIND]),
        ("type(entry) is NoteEntry", [KIND]),
        ("timeline.decisions(until)", [DECISIONS]),
        ("timeline.scores(until)", []),
    ],
)
def test_who_looks_at_entries_is_seen(source: str, what: list[str]):
    assert [each for _, each in seen(ast.parse(source))] == what
