"""`assuage timeline RECORD`: one patient's course as a picture, and as the table of the same rows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.record.entries import Record
    from assuage.review.model import Review

HELP = "one patient's course on one time axis: a picture, and a table of the same rows"

KINDS = (".svg", ".png", ".pdf", ".html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the day, the pathway and the form."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument(
        "-o", "--out", metavar="FILE", help="the picture: .svg, .png, .pdf, or .html with the table"
    )
    parser.add_argument(
        "--on", metavar="DAY", help="a day number or an ISO date (default: the record's last day)"
    )
    parser.add_argument(
        "--pathway", metavar="ID", help="whose phases to show (default: the record's own; none without one)"
    )
    parser.add_argument("--table", action="store_true", help="the same rows as a table (default without -o)")
    parser.add_argument("--json", action="store_true", help="the same rows as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Read, review, draw."""
    from assuage.record.read import read_record
    from assuage.report import timeline

    kind = None if args.out is None else kind_of(args.out)
    record = read_record(args.record)
    review = review_of(record, args.pathway, args.on)
    if args.out is not None and kind is not None:
        write(args.out, _drawn(record, review, kind))
    shown = timeline.rows(record, review)
    if args.json:
        plain = {"patient": record.patient.id, "rows": [row.plain() for row in shown]}
        print(json.dumps(plain, indent=2, ensure_ascii=False))
    elif args.table or args.out is None:
        print_table(timeline.HEADINGS, [row.cells for row in shown])
    return 0


def _drawn(record: Record, review: Review | None, kind: str) -> str | bytes:
    from assuage.report import timeline
    from assuage.report.page.pages import timeline_page

    match kind:
        case ".svg":
            return timeline.svg(record, review)
        case ".png":
            return timeline.png(record, review)
        case ".pdf":
            return timeline.pdf(record, review)
        case _:
            return timeline_page(record, review)


def review_of(record: Record, pathway: str | None, said: str | None) -> Review | None:
    """The review the phases come from; None for a record of no pathway or without entries, seen whole."""
    from assuage.cli.review import day_of
    from assuage.pathways import registry
    from assuage.review.make import review

    on = None if said is None else day_of(said, record.starts_on)
    name = pathway or record.pathway
    if name is None and on is not None:
        raise InputError("--on needs a pathway, and the record names none; give --pathway")
    if name is None or (on is None and not record.current):
        return None
    return review(record, registry.pathway(name), on)


def kind_of(out: str) -> str:
    """The kind of picture a file's name asks for; InputError for another, or where the extra is not installed."""
    from importlib.util import find_spec

    kind = Path(out).suffix.lower()
    if kind not in KINDS:
        raise InputError(f'-o "{out}": the name must end in {", ".join(KINDS[:-1])} or {KINDS[-1]}')
    for module in ("altair", "vl_convert", "jinja2"):
        if find_spec(module) is None:
            raise InputError("Pictures and pages need the extra: pip install 'assuage[report]'")
    return kind


def write(out: str, content: str | bytes) -> None:
    """Write a file whole or not at all; InputError where it cannot be written."""
    path = Path(out)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(f'"{out}" cannot be written: {error.strerror}') from None


def print_table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print a table as wide as the terminal allows."""
    from rich.table import Table
    from rich.text import Text

    from assuage.report.screen import console, show

    if not rows:
        print("Nothing that could be drawn was recorded.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    show(console(), table)
