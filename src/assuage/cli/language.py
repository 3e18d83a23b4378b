"""`--lang` and `--reader`: the language a command prints in, and for whom. One spelling on every command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING

from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.cli.options import mark

if TYPE_CHECKING:
    from assuage.catalogue.message import Message
    from assuage.catalogue.read import Catalogue


HELP_CONTEXT = "help"  # under which the catalogues keep the texts of the help, by their English


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
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return None


def language_here(typed: str | None) -> str:
    """The language that was typed, else the one of assuage.toml, else the original."""
    from assuage.errors import AssuageError

    if typed is None:
        from assuage.cli.site import site_of

        with suppress(AssuageError, OSError):
            typed = site_of().values.get("language")
    return typed or ORIGINAL


def line_in(what: Message, language: str | None) -> str:
    """What is wrong with a command line, in the language that was typed, else in the one of assuage.toml."""
    from assuage.words.speak import catalogue

    return catalogue(language_here(language)).say(what)


def help_in(language: str) -> Callable[[str | None], str | None]:
    """What turns a text of the help into a language; a description is the help of its command as a sentence."""
    from assuage.catalogue.read import Catalogue

    speaking = Catalogue(language, "clinician")

    def told(text: str | None) -> str | None:
        if text is None:
            return None
        whole = speaking.translated(HELP_CONTEXT, text)
        if whole != text or not text.endswith("."):
            return whole
        for bare in (text[:-1], text[0].lower() + text[1:-1]):
            sentence = speaking.translated(HELP_CONTEXT, bare)
            if sentence != bare:
                return f"{sentence[0].upper()}{sentence[1:]}."
        return text

    return told
