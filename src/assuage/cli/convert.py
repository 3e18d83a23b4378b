"""`assuage convert IN... -o OUT`: records between YAML, JSON and the Parquet table, without loss."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli import REVIEWED
from assuage.cli.options import add
from assuage.cli.output import RECORDS, add_output, print_document, print_json
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.record.entries import Record

HELP = "turn records into YAML, JSON or one Parquet table, and back, without loss"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """IN..., -o, --to, --force."""
    add(parser, "records")
    add_output(parser, RECORDS, folder=True)
    add(parser, "to", choices=("yaml", "json", "parquet"))
    add(parser, "json")


def run(args: argparse.Namespace) -> int:
    """Read everything, then write; nothing is written when any record has a problem."""
    from assuage.errors import InputError, Problem, Problems
    from assuage.record.read import read_record
    from assuage.record.rows import read_table
    from assuage.record.save import document_of, save

    records: list[Record] = []
    failed: list[Problems | InputError] = []
    for name in args.records:
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
        raise InputError("\n".join(str(error) for error in failed))
    counted = Counter(record.patient.id for record in records)
    twice = [patient for patient, count in counted.items() if count > 1]
    if twice:
        text = "is the patient of more than one of these records; put them together first"
        raise Problems("convert", [Problem(f'"{patient}"', text) for patient in twice], "nothing written")
    if args.output is not None:
        written = save(records, Path(args.output), args.to, args.force)
        written_records = "1 record" if len(records) == 1 else f"{len(records)} records"
        where = str(written[0]) if len(written) == 1 else f"{len(written)} files in {args.output}"
        say(f"{written_records} written to {where}")
        if args.json:
            print_json({"records": len(records), "written": [str(path) for path in written]})
        return REVIEWED
    if args.to == "parquet":
        raise InputError("a table is not printed; name a file with -o")
    if len(records) != 1:
        raise InputError(f"{len(records)} records are not printed as one document; name a folder with -o")
    print_document(document_of(records[0], args.to or ("json" if args.json else "yaml")))
    return REVIEWED
