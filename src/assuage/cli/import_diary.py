"""`assuage import DIARY.csv --map map.toml`: a diary as people keep it becomes records."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli import REVIEWED, UNUSABLE
from assuage.cli.import_told import tell, told_json
from assuage.cli.options import add, mark
from assuage.cli.output import RECORDS, add_output, print_document, print_json
from assuage.cli.progress import counting
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.imports.foreign import DiaryRow
    from assuage.record.entries import Record

HELP = "read a CSV diary, one row a day or one row an entry, with a map of its columns"

# A shorter diary is read before a progress bar could be seen.
_LONG = 5_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIARY, --map, -o, --to, --json, --force."""
    add(parser, "diary")
    columns = parser.add_argument(
        "--map", required=True, metavar="FILE", help="what the columns mean (.toml)"
    )
    mark(columns, "file")
    add_output(parser, RECORDS, folder=True)
    add(parser, "to", choices=("yaml", "json", "parquet"))
    add(parser, "json")


def run(args: argparse.Namespace) -> int:
    """Read the whole diary, then write; nothing is written when any cell has a problem."""
    from assuage.errors import InputError, Problems
    from assuage.imports.diary import import_diary
    from assuage.record.save import document_of, save

    try:
        imported = import_diary(args.diary, args.map, _through)
    except Problems as error:
        if not args.json:
            raise
        problems = [
            {"place": problem.place, "line": problem.line, "text": problem.text} for problem in error.problems
        ]
        print_json({"document": error.document, "ok": False, "problems": problems})
        return UNUSABLE
    records = imported.records
    if not (args.json and args.output is not None):
        tell(imported)
    if args.output is not None:
        written = save(records, Path(args.output), args.to, args.force)
        if args.json:
            print_json(_summary(args.diary, records, written) | told_json(imported))
        else:
            for record in records:
                say(f"{record.patient.id}: {_in_words(record)}")
        say(f"{args.output} written")
        return REVIEWED
    if args.to == "parquet":
        raise InputError("a table is not printed; name a file with -o")
    if len(records) != 1:
        raise InputError(f"the diary has {len(records)} patients; name a folder or a .parquet file with -o")
    print_document(document_of(records[0], "json" if args.json else args.to or "yaml"))
    return REVIEWED


def _summary(diary: str, records: Sequence[Record], written: Sequence[Path]) -> dict[str, Any]:
    summaries = [
        {
            "patient": record.patient.id,
            "entries": len(record.entries),
            "first_day": record.first_day,
            "last_day": record.last_day,
        }
        for record in records
    ]
    return {
        "document": diary,
        "ok": True,
        "problems": [],
        "records": summaries,
        "written": [str(path) for path in written],
    }


def _in_words(record: Record) -> str:
    count = "1 entry" if len(record.entries) == 1 else f"{len(record.entries)} entries"
    return f"{count}, days {record.first_day} to {record.last_day}"


def _through(rows: Sequence[DiaryRow]) -> Iterable[DiaryRow]:
    """The rows, and where there are many how far they are read."""
    if len(rows) < _LONG:
        yield from rows
        return
    with counting(message("progress.importing")) as step:
        for at, row in enumerate(rows):
            if at % 1000 == 0:
                step(at, len(rows))
            yield row
