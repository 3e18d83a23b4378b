"""Sign an entry: prints what is signed, and the lines to put into checks.toml.

    python -m assuage.words.sign lt clinician tier.stop
    python -m assuage.words.sign lt clinician red_flag.RF_DISSECTION.action
    python -m assuage.words.sign en clinician interaction.DI_TIZ_FLV

A translation is named by its id or key; a fact by the key of its row, in English. The lines hold the digest of what
was printed, so that the check lapses when any of it changes. Who signs reads what is printed, and adds name and day.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from assuage.catalogue.compile import digest_of, english_of, entries_by_key
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import message
from assuage.catalogue.signature import digest
from assuage.errors import InputError, unknown_word
from assuage.words.tables import table_rows


def lines_to_sign(language: str, reader: str, name: str) -> Iterator[str]:
    """What is signed, as comments, and the check to be completed. Raises InputError for what there is not."""
    if language not in LANGUAGES:
        raise InputError(unknown_word(language, LANGUAGES, message("word.language")))
    if reader not in READERS:
        raise InputError(unknown_word(reader, READERS, message("word.reader")))
    signed = _fact(name) if language == ORIGINAL else _translation(language, reader, name)
    yield from (f"# {line}" for line in signed[1:])
    yield "[[check]]"
    for field, value in (("language", language), ("reader", reader), ("id", name), ("digest", signed[0])):
        yield f'{field} = "{value}"'
    yield 'by = "your name and role"'
    yield 'on = "the day, as 2026-12-01"'


def _fact(name: str) -> list[str]:
    rows = [row for row in table_rows() if row.key == name]
    if not rows:
        raise InputError(
            unknown_word(name, {row.key for row in table_rows()}, message("word.row-of-a-table"))
        )
    if len(rows) > 1:
        raise InputError(message("sign.no-fact", name=name, n=len(rows)))
    return [digest(rows[0].checked_texts), *rows[0].checked_texts]


def _translation(language: str, reader: str, name: str) -> list[str]:
    by_key = entries_by_key(language, reader)
    if name not in by_key:
        raise InputError(
            unknown_word(name, by_key, message("word.entry-of", language=language, reader=reader))
        )
    english = english_of(reader)
    shown = [
        f"{original} = {text}" if number == 0 else f"    {text}"
        for entry in by_key[name]
        for original in (entry.original(english)[-1],)
        for number, text in enumerate(entry.texts)
    ]
    return [digest_of(by_key[name], english), *shown]


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python -m assuage.words.sign LANGUAGE READER ID")
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines_to_sign(*sys.argv[1:]))
    except InputError as wrong:
        sys.exit(str(wrong))
