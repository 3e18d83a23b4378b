"""`assuage convert IN... -o OUT`: records between YAML, JSON and the Parquet table, without loss."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import RECORDS, add_output, print_document, print_json
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assuage.record.entries import Record

HELP = "turn records into YAML, JSON or one Parquet table, and back, without loss"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """IN..., -o, --to, --force."""
    add(parser, "records")
    add_output(parser, RECORDS, folder=True)
    add(parser, "to", choices=("yaml", "json", "parquet"))
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read everything, then write; nothing is written when any record has a problem."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError
    from assuage.record.save import document_of, save

    records = records_named(args.records)
    if args.output is not None:
        written = save(records, Path(args.output), args.to, args.force)
        where = {"path": written[0]} if len(written) == 1 else {"files": len(written), "folder": args.output}
        say(speaking_of(args).say(message("convert.written", n=len(records), **where)))
        if args.json:
            print_json({"records": len(records), "written": [str(path) for path in written]})
        return REVIEWED
    if args.to == "parquet":
        raise InputError(message("option.table-not-printed"))
    if len(records) != 1:
        raise InputError(message("option.records-not-printed", n=len(records)))
    print_document(document_of(records[0], args.to or ("json" if args.json else "yaml")))
    return REVIEWED


def records_named(names: Sequence[str]) -> list[Record]:
    """The records of files and tables. Raises Problems and InputError for all that is wrong in any of them together."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError, Problem, Problems
    from assuage.record.read import read_record
    from assuage.record.rows import read_table

    records: list[Record] = []
    failed: list[Problems | InputError] = []
    for name in names:
        try:
            if name != "-" and (Path(name).is_dir() or name.lower().endswith((".parquet", ".pq"))):
                records += read_table(name)
            else:
                records.append(read_record(name))
        except (Problems, InputError) as error:
            failed.append(error)
    if len(failed) == 1:
        raise failed[0]
    if failed:
        raise InputError(message("problem.lines", what=tuple(failed)))
    counted = Counter(record.patient.id for record in records)
    twice = [patient for patient, count in counted.items() if count > 1]
    if twice:
        what = message("convert.patient-twice")
        problems = [Problem(f'"{patient}"', what) for patient in twice]
        raise Problems("convert", problems, message("problems.nothing-written"))
    return records
