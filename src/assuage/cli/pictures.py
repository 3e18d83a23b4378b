"""What commands that draw share: the options of a record's pictures, the kind a file's name asks for, the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from assuage.errors import InputError

KINDS = (".svg", ".png", ".pdf", ".html")


def add_arguments(parser: argparse.ArgumentParser, on: str) -> None:
    """A record, the picture of it, the day (`on` says what the day does), and the same as a table or as JSON."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument(
        "-o", "--out", metavar="FILE", help="the picture: .svg, .png, .pdf, or .html with the table"
    )
    parser.add_argument("--on", metavar="DAY", help=on)
    parser.add_argument("--table", action="store_true", help="the same rows as a table (default without -o)")
    parser.add_argument("--json", action="store_true", help="the same rows as one JSON object")


def add_page(parser: argparse.ArgumentParser) -> None:
    """A page with pictures, and the pictures alone."""
    parser.add_argument("--html", metavar="FILE", help="a page with pictures, complete in itself")
    parser.add_argument("--pictures", metavar="DIR", help="the pictures as SVG and PNG")


def write_shown(
    args: argparse.Namespace,
    page: Callable[[], str],
    pictures: Callable[[], Iterable[tuple[str, str | bytes]]],
) -> None:
    """Write the page and the pictures that `add_page` asks for, and say on standard error where they are."""
    from assuage.record.save import folder, write

    made: list[tuple[Path, str | bytes]] = [] if args.html is None else [(Path(args.html), page())]
    if args.pictures is not None:
        made += [(folder(args.pictures) / name, content) for name, content in pictures()]
    for path, content in made:
        write(path, content)
        print(f"{path} written", file=sys.stderr)


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
