"""`--lang` and `--reader`: the language a command prints in, and for whom. One spelling on every command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.cli.options import mark

if TYPE_CHECKING:
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
