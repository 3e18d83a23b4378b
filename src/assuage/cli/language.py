"""`--lang` and `--reader`: the language a command prints in, and for whom. One spelling on every command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.languages import LANGUAGES, READERS

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue


def add_language(parser: argparse.ArgumentParser) -> None:
    """`--lang en|lt`."""
    parser.add_argument(
        "--lang",
        choices=tuple(LANGUAGES),
        default="en",
        help="the language: en (English), lt (Lithuanian, unchecked where nobody signed it)",
    )


def add_reader(parser: argparse.ArgumentParser) -> None:
    """`--reader clinician|patient`."""
    parser.add_argument(
        "--reader", choices=READERS, default="clinician", help="for whom: the clinician or the patient"
    )


def speaking_of(args: argparse.Namespace) -> Catalogue:
    """The catalogue of the language and the reader that were asked for."""
    from assuage.words.speak import catalogue

    return catalogue(args.lang, getattr(args, "reader", "clinician"))
