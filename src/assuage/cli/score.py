"""`assuage score`: one instrument, set of criteria or pain response, from JSON to a table or to JSON."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assuage.catalogue.message import Message, message
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.parsing import USAGE
from assuage.cli.surroundings import say
from assuage.record.parser_words import parser_says

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from assuage.catalogue.read import Catalogue
    from assuage.instruments.result import Scored

HELP = "score a questionnaire, a set of criteria or a pain response"

_MOST_BYTES = 5_000_000
_WIDEST = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    instrument = parser.add_argument(
        "instrument", nargs="?", metavar="INSTRUMENT", help="an instrument or criteria, by its id"
    )
    mark(instrument, completes="instruments")
    answers = parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        default="-",
        help="the answers in JSON; - (or nothing) for standard input",
    )
    mark(answers, "file")
    add(parser, "list", "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Score what is given and print it; 0 also where the answer is unknown."""
    speaking = speaking_of(args)
    if args.list:
        return _list(speaking, as_json=bool(args.json))
    if args.instrument is None:
        say(speaking.say(message("answers.score-what")))
        return USAGE
    from assuage.instruments.scoring import known_ids, score_answers, unknown_instrument

    if args.instrument not in known_ids():
        # Said before anything is read, so that a typing slip does not wait for standard input.
        raise unknown_instrument(args.instrument)
    scored = score_answers(args.instrument, _read(args.file))
    if args.json:
        from assuage.words.instruments import scored_to_json

        print_json(scored_to_json(scored, speaking))
        return 0
    _show(scored, speaking)
    return 0


def _read(file: str) -> object:
    """The JSON document of a file or of standard input; InputError if it cannot be read."""
    from assuage.errors import InputError, reason_of

    name = message("file.standard-input") if file == "-" else file
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with open(file, "rb") as opened:
                raw = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(message("answers.unreadable", name=name, why=reason_of(error))) from None
    if len(raw) > _MOST_BYTES:
        raise InputError(message("answers.too-large", name=name, megabytes=_MOST_BYTES // 1000000))
    return parse_json(raw, name)


def parse_json(raw: bytes, name: Message | str) -> object:
    """The value of a JSON document; InputError for what is not plain JSON in UTF-8."""
    import json

    from assuage.errors import InputError

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(message("answers.not-utf8", name=name, byte=error.start + 1)) from None
    if not text.strip():
        raise InputError(message("answers.empty", name=name))

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in pairs:
            if key in values:
                raise InputError(message("answers.key-twice", name=name, key=key[:40]))
            values[key] = value
        return values

    def no_constant(word: str) -> object:
        raise InputError(message("answers.no-constant", name=name, word=word))

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
    except InputError:
        raise
    except json.JSONDecodeError as error:
        raise InputError(
            message(
                "answers.not-json",
                name=name,
                line=error.lineno,
                column=error.colno,
                why=parser_says(error.msg),
            )
        ) from None
    except RecursionError:
        raise InputError(message("answers.too-deep", name=name)) from None
    except ValueError:
        raise InputError(message("answers.too-many-digits", name=name)) from None


def _list(speaking: Catalogue, *, as_json: bool) -> int:
    from assuage.instruments.scoring import titles

    every = {key: speaking.word(title) for key, title in titles().items()}
    if as_json:
        print_json([{"id": key, "title": title} for key, title in every.items()])
        return 0
    table = _table()
    table.add_column(no_wrap=True)
    table.add_column()
    for key, title in every.items():
        table.add_row(key, title)
    _console().print(table)
    return 0


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    return Console(
        highlight=False, markup=False, emoji=False, width=min(console.width, _WIDEST), soft_wrap=False
    )


def _table() -> Table:
    from rich.table import Table

    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))


def _show(scored: Scored, speaking: Catalogue) -> None:
    from rich.text import Text

    from assuage.words.instruments import result_rows

    console = _console()
    console.print(Text(speaking.word(scored.title), style="bold"))
    console.print(Text(speaking.say(scored.because)))
    table = _table()
    table.add_column(no_wrap=True, style="dim")
    table.add_column()
    before = ""
    for name, words in result_rows(scored):
        label = speaking.value(name)
        table.add_row("" if label == before else label, Text(speaking.value(words)))
        before = label
    console.print()
    console.print(table)
