"""`assuage import FILE...`: diaries and exports as people keep them become records, by a map or by their look."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import Message, message
from assuage.cli import NOT_CHECKED, REVIEWED, UNUSABLE
from assuage.cli.import_told import tell, told_json
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import RECORDS, add_output, free, print_document, print_json, write_files, wrote
from assuage.cli.progress import counting, working
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.errors import Problems
    from assuage.imports.foreign import DiaryRow
    from assuage.imports.shapes.understand import ReadFiles, Understood, UnderstoodTable
    from assuage.record.entries import Record

HELP = "read diaries and exports of apps, surveys, watches and clinics: known ones at once, others by a map"

EXAMPLE = """without --map it says what it understood, writes only with -o, and ends with 3 where it has to ask first:
  assuage import export.csv                     what is it, and what comes in?
  assuage import export.csv -o ana.yaml --patient ana
  assuage import diary.xlsx --suggest -o map.toml
  assuage import diary.xlsx --map map.toml -o ana.yaml"""

# A shorter diary is read before a progress bar could be seen.
_LONG = 5_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE..., --map, --suggest, --patient, -o, --to, --json, --force."""
    parser.epilog = EXAMPLE
    add(parser, "diaries")
    columns = parser.add_argument("--map", metavar="FILE", help="what the columns mean (.toml)")
    mark(columns, "file")
    parser.add_argument(
        "--suggest",
        action="store_true",
        help="the map that the files seem to need, as TOML; questions stand in it",
    )
    add(parser, "patient")
    add_output(parser, RECORDS, folder=True, note="with --suggest a .toml file, or a folder for several")
    add(parser, "to", choices=("yaml", "json", "parquet"))
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read everything, then write; nothing is written when any cell has a problem, or anything is asked."""
    from assuage.errors import InputError, Problems

    if args.suggest and args.map is not None:
        raise InputError(message("option.suggest-with-map"))
    try:
        return _by_map(args) if args.map is not None else _by_shape(args)
    except Problems as error:
        if not args.json:
            raise
        print_json({"document": error.document, "ok": False, "problems": _problems(error)})
        return UNUSABLE


def _problems(error: Problems) -> list[dict[str, Any]]:
    return [{"place": each.place, "line": each.line, "text": each.text} for each in error.problems]


# ---------------------------------------------------------------- by a map


def _by_map(args: argparse.Namespace) -> int:
    """The records of files that a map describes."""
    from assuage.errors import InputError
    from assuage.imports.diary import import_diary
    from assuage.imports.shapes.concepts import is_concepts
    from assuage.imports.shapes.understand import import_files, joined_records
    from assuage.record.save import document_of

    files, _ = import_files(args.diaries)
    vocabularies = [file for file in files if is_concepts(file)]
    read = [
        import_diary(file, args.map, _through, args.patient, vocabularies)
        for file in files
        if file not in vocabularies
    ]
    records, twice = joined_records([record for each in read for record in each.records])
    if not (args.json and args.output is not None):
        for each in read:
            tell(each)
        _tell_twice(args, twice)
    if args.output is not None:
        told = told_json(read[0]) if len(read) == 1 else {"files": [told_json(each) for each in read]}
        _write(args, records, told)
        return REVIEWED
    if args.to == "parquet":
        raise InputError(message("option.table-not-printed"))
    if len(records) != 1:
        raise InputError(message("option.diary-of-many", n=len(records)))
    print_document(document_of(records[0], "json" if args.json else args.to or "yaml"))
    return REVIEWED


def _tell_twice(args: argparse.Namespace, twice: int) -> None:
    if twice:
        say(str(speaking_of(args).say(message("shape.twice", n=twice))))


def _write(args: argparse.Namespace, records: Sequence[Record], told: dict[str, Any]) -> None:
    """Write the records, and say of each what it holds, or print it as JSON with what was told of the rest."""
    from assuage.record.save import save
    from assuage.report.imported.lines import record_in_short

    written = save(records, Path(args.output), args.to, args.force)
    if args.json:
        summary = {
            "document": args.diaries[0] if len(args.diaries) == 1 else args.diaries,
            "ok": True,
            "problems": [],
            "records": [record_in_short(record) for record in records],
            "written": [str(path) for path in written],
        }
        print_json({**told, **summary})
    else:
        speaking = speaking_of(args)
        for record in records:
            say(speaking.say(_in_short(record)))
    wrote(args, args.output)


def _in_short(record: Record) -> Message:
    return message(
        "import.in-short",
        patient=record.patient.id,
        n=len(record.entries),
        first=record.first_day,
        last=record.last_day,
    )


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


# ---------------------------------------------------------------- by what it looks like


def _by_shape(args: argparse.Namespace) -> int:
    """What the files look like, and their records where nothing is asked."""
    from assuage.imports.shapes.understand import read_files, understand
    from assuage.report.imported.lines import understood_json, understood_lines
    from assuage.report.screen import console

    speaking = speaking_of(args)
    with working(message("progress.importing"), args.lang):
        understood = understand(args.diaries, args.patient)
    if args.suggest:
        return _suggest(args, understood)
    read = None if understood.asked else read_files(understood, _through)
    if args.json and (args.output is None or read is None):
        print_json({"document": args.diaries, **understood_json(understood, read, speaking)})
    elif not args.json:
        screen = console()
        for line in understood_lines(understood, read, speaking):
            screen.print(line, markup=False)
    if read is None:
        say(str(speaking.say(message("shape.how-to-answer"))))
        return NOT_CHECKED
    _tell_rest(args, read)
    if args.output is not None:
        _write(args, read.records, understood_json(understood, read, speaking))
    elif not args.json:
        say(str(speaking.say(message("shape.not-written"))))
    return REVIEWED


def _tell_rest(args: argparse.Namespace, read: ReadFiles) -> None:
    """Say what the rows left out, where a person reads."""
    from assuage.report.imported.lines import rest_left_out

    if not args.json:
        for _, imported in read.by_table:
            tell(replace(imported, left_out=rest_left_out(imported)))


def _suggest(args: argparse.Namespace, understood: Understood) -> int:
    """Print or write the maps that the tables seem to need: 3 where something in them is to be answered."""
    from assuage.errors import InputError
    from assuage.report.imported.map_text import map_text

    speaking = speaking_of(args)
    tables = [each for each in understood.tables if each.comes_in]
    texts = [map_text(each, speaking) for each in tables]
    if args.json:
        maps = [{"file": each.file, "part": each.table.sheet, "map": each.draft.plain} for each in tables]
        print_json({"document": args.diaries, "ok": not understood.asked, "maps": maps})
    elif args.output is None:
        print_document("\n".join(texts))
    elif len(tables) == 1:
        if Path(args.output).suffix.lower() != ".toml":
            raise InputError(message("option.map-ends", output=args.output))
        write_files(args, [(args.output, texts[0])])
    else:
        _write_maps(args, tables, texts)
    return NOT_CHECKED if understood.asked else REVIEWED


def _write_maps(args: argparse.Namespace, tables: Sequence[UnderstoodTable], texts: Sequence[str]) -> None:
    from assuage.record.save import folder

    into = folder(args.output)
    names = [f"map-{at:02d}.toml" for at in range(1, len(tables) + 1)]
    free(args, *(into / name for name in names))
    write_files(args, [(into / name, text) for name, text in zip(names, texts, strict=True)])
