"""`--lang` and `--reader`: the language a command prints in, and for whom. One spelling on every command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.cli.options import mark

if TYPE_CHECKING:
    from assuage.catalogue.message import Message
    from assuage.catalogue.read import Catalogue


def add_language(parser: argparse.ArgumentParser) -> None:
    """`--lang en|lt`."""
    action = parser.add_argument(
        "--lang",
        choices=tuple(LANGUAGES),
        default=ORIGINAL,
        help=f"the language of what is printed ({', '.join(map(_named, LANGUAGES))})",
    )
    mark(action, site="language")


def _named(code: str) -> str:
    unchecked = "" if code == ORIGINAL else ", unchecked where nobody signed it"
    return f"{code}: {LANGUAGES[code].english}{unchecked}"


def add_reader(parser: argparse.ArgumentParser) -> None:
    """`--reader clinician|patient`."""
    parser.add_argument("--reader", choices=READERS, default="clinician", help="for whom it is")


def speaking_of(args: argparse.Namespace) -> Catalogue:
    """The catalogue of the language and the reader that were asked for."""
    from assuage.words.speak import catalogue

    return catalogue(args.lang, getattr(args, "reader", "clinician"))


def typed_language(words: Sequence[str]) -> str | None:
    """The language that is asked for among the words of a command line, which need not be right otherwise."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return None


def line_in(what: Message, language: str | None) -> str:
    """What is wrong with a command line, in the language that was typed, else in the one of assuage.toml."""
    from assuage.errors import AssuageError
    from assuage.words.speak import catalogue

    if language is None:
        from assuage.cli.site import site_of

        with suppress(AssuageError, OSError):
            language = site_of().values.get("language")
    return catalogue(language or ORIGINAL).say(what)
