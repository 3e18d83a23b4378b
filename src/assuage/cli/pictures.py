"""What commands that draw share: the options of a record's pictures, the kind a file's name asks for, the table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.options import add
from assuage.cli.output import PAGE, PICTURES, add_output, ending_of, free, needs_pictures, write_files
from assuage.cli.progress import working

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A record, the picture of it, the day, and the same as a table or as JSON."""
    add(parser, "record", "on", "table", "json")
    add_output(parser, PICTURES)


def add_page(
    parser: argparse.ArgumentParser, *, or_folder: bool = False, before: tuple[str, ...] = ()
) -> None:
    """A page with pictures (or, of a cohort, the folder of its tables), and the pictures alone."""
    add_output(parser, PAGE, folder=or_folder, before=before)
    add(parser, "pictures")


def write_shown(
    args: argparse.Namespace,
    page: Callable[[], str],
    pictures: Callable[[], Iterable[tuple[str, str | bytes]]],
) -> None:
    """Write the page and the pictures that `add_page` asks for, and say on standard error where they are."""
    from assuage.record.save import folder

    if args.output is not None:
        ending_of(args.output, PAGE)
        free(args, args.output)
    with working(message("progress.drawing"), args.lang):
        shown: list[tuple[Path, str | bytes]] = [] if args.output is None else [(Path(args.output), page())]
        if args.pictures is not None:
            drawn = list(pictures())
            shown += [(folder(args.pictures) / name, content) for name, content in drawn]
    write_files(args, shown)


def kind_asked(args: argparse.Namespace) -> str | None:
    """The kind of picture that is asked for; None for none. InputError for one not drawn, or not to be written."""
    if args.output is None:
        return None
    kind = ending_of(args.output)
    free(args, args.output)
    needs_pictures(kind)
    return kind


def print_table(
    headings: tuple[str, ...], rows: list[tuple[str, ...]], *notes: str | None, speaking: Catalogue
) -> None:
    """Print a table as wide as the terminal allows, and notes under it."""
    from rich.table import Table
    from rich.text import Text

    from assuage.report.screen import console, show

    if not rows:
        print(speaking.say(message("timeline.nothing")))
        for note in filter(None, notes):
            print(note)
        return
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    show(console(), table, *(Text(note, style="yellow") for note in notes if note))
