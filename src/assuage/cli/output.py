"""What a command writes: `-o` and `--force`, whole files for their owner only, and a line that says where they are."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from assuage.catalogue.message import message
from assuage.catalogue.unprintable import bare, escaped_in_json, made_visible
from assuage.cli.options import Container, add, mark
from assuage.cli.surroundings import say
from assuage.errors import InputError

PICTURES = (".svg", ".png", ".pdf", ".html")
PAGE = (".html",)
TEXT = ".txt"
RECORDS = (".yaml", ".json", ".parquet")


def add_output(
    parser: Container,
    endings: tuple[str, ...] = (),
    *,
    folder: bool = False,
    required: bool = False,
    before: tuple[str, ...] = (),
    note: str = "",
) -> None:
    """Declare `-o`, `--output` and `--force`: for a file that has one of the endings, a folder, or (both said) either.

    `before` are spellings that issues or the README have shown: still taken, no longer told of. `note` says what else
    is written.
    """
    kinds = " or ".join([*([_listed(endings)] if endings else []), *(["a folder"] if folder else [])])
    action = parser.add_argument(
        "-o",
        "--output",
        *before,
        dest="output",
        metavar="DIR" if folder and not endings else "FILE",
        required=required,
        help=f"write there{f': {kinds}' if kinds else ''}{note and f'; {note}'}",
    )
    action.option_strings = ["-o", "--output"]
    mark(action, "folder" if folder and not endings else "file")
    if "--force" not in {text for each in parser._actions for text in each.option_strings}:
        add(parser, "force")


def _listed(words: tuple[str, ...]) -> str:
    *most, last = words
    return f"{', '.join(most)}{' or ' if most else ''}{last}"


def ending_of(output: str, endings: tuple[str, ...] = PICTURES) -> str:
    """The ending of the name of a picture or page; InputError for another."""
    ending = Path(output).suffix.lower()
    if ending not in endings:
        raise InputError(message("option.ends", output=output, endings=endings))
    return ending


_NEEDED = {".svg": (), ".png": ("typst",), ".pdf": ("typst",), ".html": ("jinja2",)}


def needs_pictures(ending: str) -> None:
    """InputError, with the remedy, where the extra that writes such a picture or page is not installed."""
    from importlib.util import find_spec

    for module in _NEEDED[ending]:
        if find_spec(module) is None:
            raise InputError(message("extra.report"))


def free(args: argparse.Namespace, *paths: str | Path | None) -> None:
    """InputError where a file may not be written over, or cannot be written: asked before any work is done."""
    from assuage.record.save import writable_target

    for path in paths:
        if path is not None:
            writable_target(Path(path), bool(args.force))


def write_files(args: argparse.Namespace, files: Iterable[tuple[str | Path, str | bytes]]) -> None:
    """Write files as `--force` allows, none before all are made and free, and say on standard error where they are."""
    from assuage.record.save import write_file

    contents = [(Path(path), content) for path, content in files]
    free(args, *(path for path, _ in contents))
    for path, content in contents:
        if isinstance(content, str) and path.suffix.lower() == TEXT:
            content = made_visible(content)
        write_file(path, content, bool(args.force))
        wrote(args, path)


def write_output(args: argparse.Namespace, content: str | bytes) -> None:
    """Write what `-o` names, as `write_files` does."""
    write_files(args, [(args.output, content)])


def wrote(args: argparse.Namespace, path: str | Path) -> None:
    """Say on standard error that something is written, and where: also where nobody looks at a terminal."""
    from assuage.catalogue.message import message
    from assuage.words.speak import catalogue

    told = catalogue(getattr(args, "lang", "en")).say(message("output.written", path=str(path)))
    say(told)


def print_json(value: object) -> None:
    """Print JSON: as it is where the output can hold every letter, else with escapes, never with another letter."""
    print(escaped_in_json(json.dumps(value, indent=2, ensure_ascii=not _holds_all())))


def print_document(text: str) -> None:
    """Print a document that will be read again: in UTF-8, whatever the terminal speaks, so that no letter is lost."""
    buffer = getattr(sys.stdout, "buffer", None)
    if _holds_all() or buffer is None:
        bare(sys.stdout).write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode())
    buffer.flush()


def _holds_all() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")
