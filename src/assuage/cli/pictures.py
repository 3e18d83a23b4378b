"""What commands that draw share: the options of a record's pictures, the kind a file's name asks for, the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from assuage.cli.output import PAGE, add_output, ending_of, needs_pictures


def add_arguments(parser: argparse.ArgumentParser, on: str) -> None:
    """A record, the picture of it, the day (`on` says what the day does), and the same as a table or as JSON."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    add_output(parser, "the picture: .svg, .png, .pdf, or .html with the table", before=("--out",))
    parser.add_argument("--on", metavar="DAY", help=on)
    parser.add_argument("--table", action="store_true", help="the same rows as a table (default without -o)")
    parser.add_argument("--json", action="store_true", help="the same rows as one JSON object")


def add_page(
    parser: argparse.ArgumentParser,
    page: str = "a page with pictures, complete in itself (.html)",
    before: tuple[str, ...] = (),
) -> None:
    """A page with pictures, and the pictures alone."""
    add_output(parser, page, before=("--html", *before))
    parser.add_argument("--pictures", metavar="DIR", help="the pictures as SVG and PNG")


def write_shown(
    args: argparse.Namespace,
    page: Callable[[], str],
    pictures: Callable[[], Iterable[tuple[str, str | bytes]]],
) -> None:
    """Write the page and the pictures that `add_page` asks for, and say on standard error where they are."""
    from assuage.record.save import folder, write_file

    if args.output is not None:
        ending_of(args.output, PAGE)
    shown: list[tuple[Path, str | bytes]] = [] if args.output is None else [(Path(args.output), page())]
    if args.pictures is not None:
        shown += [(folder(args.pictures) / name, content) for name, content in pictures()]
    for path, content in shown:
        write_file(path, content)
        print(f"{path} written", file=sys.stderr)


def kind_asked(output: str | None) -> str | None:
    """The kind of picture that is asked for; None for none. InputError for a kind that is not drawn."""
    if output is None:
        return None
    kind = ending_of(output)
    needs_pictures(kind)
    return kind


def print_table(headings: tuple[str, ...], rows: list[tuple[str, ...]], note: str | None = None) -> None:
    """Print a table as wide as the terminal allows, and a note under it."""
    from rich.table import Table
    from rich.text import Text

    from assuage.report.screen import console, show

    if not rows:
        print("Nothing that could be drawn was recorded.")
        if note:
            print(note)
        return
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    show(console(), *([table, Text(note, style="yellow")] if note else [table]))
