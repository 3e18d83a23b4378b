"""`assuage check RECORD...`: whether each document is a record that can be used, and what is wrong if not."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from assuage.cli import REVIEWED, UNUSABLE

HELP = "say whether records can be used, with every problem, its place and the remedy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RECORD..., --json."""
    parser.add_argument(
        "records", nargs="+", metavar="RECORD", help="YAML, JSON or Parquet; - is standard input"
    )
    parser.add_argument("--json", action="store_true", help="print one list with an object per record")


def run(args: argparse.Namespace) -> int:
    """Check every document; 0 when all can be used, else 2."""
    reports = [report for name in args.records for report in _reports(name)]
    if args.json:
        print(json.dumps(reports, ensure_ascii=True, indent=2))
    else:
        for report in reports:
            _print(report)
    return REVIEWED if all(report["ok"] for report in reports) else UNUSABLE


def _reports(name: str) -> list[dict[str, Any]]:
    """One report, or one a patient for a table."""
    from pathlib import Path

    from assuage.errors import InputError, Problem, Problems

    try:
        if name != "-" and (Path(name).is_dir() or name.lower().endswith((".parquet", ".pq"))):
            from assuage.record.rows import read_table

            return [_looked_at(f"{name} {record.patient.id}", record, ()) for record in read_table(name)]
        from assuage.record.read import load_record, record_of

        document = load_record(name)
        return [_looked_at(document.name, record_of(document), document.remarks)]
    except Problems as error:
        return [_unusable(error.document, error.problems)]
    except InputError as error:
        return [_unusable(name, (Problem("", str(error)),))]


def _looked_at(document: str, record: Any, remarks: Any) -> dict[str, Any]:
    """The report on a record that can be read: usable, unless its decisions do not fit its own pathway."""
    from assuage.errors import Problem, nearest
    from assuage.pathways.registry import PATHWAY_IDS, pathway

    if record.pathway is None:
        return _usable(document, record, remarks)
    name = record.pathway.partition("@")[0]
    if name not in PATHWAY_IDS:
        told = f"{nearest(name, PATHWAY_IDS, 'pathway')}; its decisions were not checked"
        return _usable(document, record, (*remarks, Problem("pathway", told)))
    from assuage.engine.walk import unfollowable
    from assuage.record.entries import DecisionEntry

    decisions = [entry for entry in record.current if isinstance(entry, DecisionEntry)]
    problems = unfollowable(pathway(name), decisions)
    return _unusable(document, problems) if problems else _usable(document, record, remarks)


def _usable(document: str, record: Any, remarks: Any) -> dict[str, Any]:
    words = sorted({word for _, word in record.not_checked})
    return {
        "document": document,
        "ok": True,
        "entries": len(record.entries),
        "first_day": record.first_day,
        "last_day": record.last_day,
        "problems": [],
        "not_checked": words,
        "remarks": [{"place": one.place, "line": one.line, "text": one.text} for one in remarks],
    }


def _unusable(document: str, problems: Any) -> dict[str, Any]:
    return {
        "document": document,
        "ok": False,
        "entries": None,
        "first_day": None,
        "last_day": None,
        "problems": [{"place": one.place, "line": one.line, "text": one.text} for one in problems],
        "not_checked": [],
        "remarks": [],
    }


def _print(report: dict[str, Any]) -> None:
    from assuage.errors import Problem, Problems

    if not report["ok"]:
        problems = [Problem(each["place"], each["text"], each["line"]) for each in report["problems"]]
        print(Problems(report["document"], problems), file=sys.stderr)
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
        print(f"  {Problem(remark['place'], remark['text'], remark['line'])}")
