"""`assuage check RECORD...`: whether each document is a record that can be used, and what is wrong if not."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from assuage.cli import REVIEWED, UNUSABLE
from assuage.cli.language import add_language, speaking_of
from assuage.cli.pathways import A_PATHWAY, pathway_named

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.pathways.model import Pathway

HELP = "say whether records can be used, with every problem, its place and the remedy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RECORD..., --json."""
    parser.add_argument(
        "records", nargs="+", metavar="RECORD", help="YAML, JSON or Parquet; - is standard input"
    )
    parser.add_argument(
        "--pathway",
        metavar="PATHWAY",
        help=f"the pathway the records follow, where it is not a shipped one: {A_PATHWAY}",
    )
    parser.add_argument("--json", action="store_true", help="print one list with an object per record")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Check every document; 0 when all can be used, else 2."""
    speaking = speaking_of(args)
    followed = None if args.pathway is None else pathway_named(args.pathway)
    reports = [report for name in args.records for report in _reports(name, followed, speaking)]
    if args.json:
        print(json.dumps(reports, ensure_ascii=True, indent=2))
    else:
        for report in reports:
            _print(report, speaking)
    return REVIEWED if all(report["ok"] for report in reports) else UNUSABLE


def _reports(name: str, followed: Pathway | None, speaking: Catalogue) -> list[dict[str, Any]]:
    """One report, or one a patient for a table."""
    from pathlib import Path

    from assuage.errors import InputError, Problem, Problems

    try:
        if name != "-" and (Path(name).is_dir() or name.lower().endswith((".parquet", ".pq"))):
            from assuage.record.rows import read_table

            return [
                _looked_at(f"{name} {record.patient.id}", record, (), followed, speaking)
                for record in read_table(name)
            ]
        from assuage.record.read import load_record, record_of

        document = load_record(name)
        return [_looked_at(document.name, record_of(document), document.remarks, followed, speaking)]
    except Problems as error:
        return [_unusable(error.document, error.problems, speaking)]
    except InputError as error:
        return [_unusable(name, (Problem("", str(error)),), speaking)]


def _looked_at(
    document: str, record: Any, remarks: Any, followed: Pathway | None, speaking: Catalogue
) -> dict[str, Any]:
    """The report on a record that can be read: usable, unless its decisions do not fit the pathway it follows.

    `followed` is the pathway of the records that name it or none.
    """
    from assuage.errors import Problem, Problems, nearest
    from assuage.pathways.registry import PATHWAY_IDS, pathway

    name = None if record.pathway is None else record.pathway.partition("@")[0]
    if followed is None or name not in (None, followed.id):
        if name is None:
            return _usable(document, record, remarks, speaking)
        if name not in PATHWAY_IDS:
            told = f"{nearest(name, PATHWAY_IDS, 'pathway')}; its decisions were not checked"
            return _usable(document, record, (*remarks, Problem("pathway", told)), speaking)
        followed = pathway(name)
    from assuage.engine.walk import walk
    from assuage.record.timeline import Timeline

    try:
        walk(followed, Timeline(record), record.last_day or 0)
    except Problems as refused:
        return _unusable(document, refused.problems, speaking)
    return _usable(document, record, remarks, speaking)


def _usable(document: str, record: Any, remarks: Any, speaking: Catalogue) -> dict[str, Any]:
    words = sorted({word for _, word in record.not_checked})
    return {
        "document": document,
        "ok": True,
        "entries": len(record.entries),
        "first_day": record.first_day,
        "last_day": record.last_day,
        "problems": [],
        "not_checked": words,
        "remarks": [
            {"place": one.place, "line": one.line, "text": speaking.say(one.message)} for one in remarks
        ],
    }


def _unusable(document: str, problems: Any, speaking: Catalogue) -> dict[str, Any]:
    return {
        "document": document,
        "ok": False,
        "entries": None,
        "first_day": None,
        "last_day": None,
        "problems": [
            {"place": one.place, "line": one.line, "text": speaking.say(one.message)} for one in problems
        ],
        "not_checked": [],
        "remarks": [],
    }


def _print(report: dict[str, Any], speaking: Catalogue) -> None:
    from assuage.errors import Problem, Problems

    if not report["ok"]:
        problems = [Problem(each["place"], each["text"], each["line"]) for each in report["problems"]]
        print(Problems(report["document"], problems).in_words(speaking), file=sys.stderr)
        return
    count, first, last = report["entries"], report["first_day"], report["last_day"]
    said = "1 entry" if count == 1 else f"{count} entries"
    days = f", days {first} to {last}" if first is not None else ""
    words = report["not_checked"]
    unknown = ""
    if words:
        unknown = f"; {len(words)} {'word' if len(words) == 1 else 'words'} not checked: {', '.join(words)}"
    print(f"{report['document']}: ok: {said}{days}{unknown}")
    for remark in report["remarks"]:
        print(f"  {Problem(remark['place'], remark['text'], remark['line']).in_words(speaking)}")
