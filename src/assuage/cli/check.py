"""`assuage check RECORD...`: whether each document is a record that can be used, and what is wrong if not."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from assuage.cli import REVIEWED, UNUSABLE
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.pathways import pathway_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assuage.catalogue.read import Catalogue
    from assuage.errors import Problem
    from assuage.pathways.model import Pathway
    from assuage.record.entries import Record

HELP = "say whether records can be used, with every problem, its place and the remedy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RECORD..., --json."""
    add(parser, "records")
    mark(add(parser, "pathway"), "file", "pathways")
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Check every document; 0 when all can be used, else 2."""
    speaking = speaking_of(args)
    followed = None if args.pathway is None else pathway_named(args.pathway)
    checked = [each for name in args.records for each in _reports(name, followed, speaking)]
    if args.json:
        print_json([each.report for each in checked])
    else:
        for each in checked:
            _print(each, speaking)
    return REVIEWED if not any(each.problems for each in checked) else UNUSABLE


class _Checked(NamedTuple):
    """What JSON says of a document, and its problems as they were found."""

    report: dict[str, Any]
    problems: tuple[Problem, ...] = ()


def _reports(name: str, followed: Pathway | None, speaking: Catalogue) -> list[_Checked]:
    """One report, or one a patient for a table that can be used."""
    from pathlib import Path

    from assuage.errors import InputError, Problem, Problems

    try:
        if name != "-" and (Path(name).is_dir() or name.lower().endswith((".parquet", ".pq"))):
            return _of_table(name, followed, speaking)
        return [_of_document(name, followed, speaking)]
    except Problems as error:
        return [_unusable(error.document, error.problems, speaking)]
    except InputError as error:
        return [_unusable(name, (Problem("", error.what),), speaking)]


def _of_document(name: str, followed: Pathway | None, speaking: Catalogue) -> _Checked:
    from msgspec.structs import replace

    from assuage.record.read import load_record, record_of_document

    document = load_record(name)
    record = record_of_document(document)
    problems = [
        replace(problem, line=document.lines.of(problem.place)) for problem in _on_the_way(record, followed)
    ]
    if problems:
        return _unusable(document.name, problems, speaking)
    return _usable(document.name, record, document.remarks, speaking)


def _of_table(name: str, followed: Pathway | None, speaking: Catalogue) -> list[_Checked]:
    """A report for each patient; one with all problems where a row cannot be read."""
    from assuage.catalogue.message import message
    from assuage.errors import Problem
    from assuage.record.rows import by_row, examine_table

    patients, problems = examine_table(name)
    refused = [[each.in_rows(problem) for problem in _on_the_way(each.record, followed)] for each in patients]
    if problems:
        every = by_row(
            [*problems, *(problem for problems_of_patient in refused for problem in problems_of_patient)]
        )
        return [_unusable(name, every, speaking)]
    if not patients:
        return [_Checked(_report(name, 0, speaking, remarks=[Problem("", message("table.no-rows"))]))]
    return [
        _unusable(f"{name} {each.record.patient.id}", problems_of_patient, speaking)
        if problems_of_patient
        else _usable(f"{name} {each.record.patient.id}", each.record, (), speaking)
        for each, problems_of_patient in zip(patients, refused, strict=True)
    ]


def _on_the_way(record: Record, followed: Pathway | None) -> Sequence[Problem]:
    """What keeps a record from its pathway: one that nobody knows, or decisions that cannot be followed.

    `followed` is the pathway of the records that name it, or none. A record whose header and decisions name none has
    no such problem.
    """
    from assuage.engine.followed import named_pathways, registered
    from assuage.engine.walk import problems_on_the_way
    from assuage.errors import Problems
    from assuage.record.timeline import Timeline

    timeline = Timeline(record)
    problems: list[Problem] = []
    for named in named_pathways(timeline):
        if followed is not None and named.partition("@")[0] == followed.id:
            continue
        try:
            problems += problems_on_the_way(registered(named), timeline)
        except Problems as unknown:
            problems += unknown.problems
    return [*problems, *(problems_on_the_way(followed, timeline) if followed else ())]


def _usable(document: str, record: Any, remarks: Any, speaking: Catalogue) -> _Checked:
    words = sorted({word for _, word in record.not_checked})
    of_days = {"first_day": record.first_day, "last_day": record.last_day, "not_checked": words}
    return _Checked(_report(document, len(record.entries), speaking, remarks=remarks) | of_days)


def _unusable(document: str, problems: Sequence[Problem], speaking: Catalogue) -> _Checked:
    told = [
        {"place": problem.place, "line": problem.line, "text": speaking.say(problem.message)}
        for problem in problems
    ]
    report = _report(document, None, speaking) | {"ok": False, "problems": told}
    return _Checked(report, tuple(problems))


def _report(document: str, entries: int | None, speaking: Catalogue, remarks: Any = ()) -> dict[str, Any]:
    """The keys of every report, for one that can be used and of which nothing more is known."""
    return {
        "document": document,
        "ok": True,
        "entries": entries,
        "first_day": None,
        "last_day": None,
        "problems": [],
        "not_checked": [],
        "remarks": [
            {"place": remark.place, "line": remark.line, "text": speaking.say(remark.message)}
            for remark in remarks
        ],
    }


def _print(checked: _Checked, speaking: Catalogue) -> None:
    from assuage.catalogue.message import message
    from assuage.errors import Problem, Problems

    report = checked.report
    if checked.problems:
        print(Problems(report["document"], checked.problems).in_words(speaking), file=sys.stderr)
        return
    count, first, last = report["entries"], report["first_day"], report["last_day"]
    words = tuple(report["not_checked"])
    unknown = message("check.not-checked", n=len(words), words=words) if words else None
    told = message("check.ok", document=report["document"], n=count, first=first, last=last, unknown=unknown)
    print(speaking.say(told))
    for remark in report["remarks"]:
        print(f"  {Problem(remark['place'], remark['text'], remark['line']).in_words(speaking)}")
