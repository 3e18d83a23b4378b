"""What a language lacks: texts without a translation, and translations of texts that are no longer there.

`make untranslated` prints counts and keys. Run from a checkout: it reads the .po files, for which babel is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from msgspec import Struct

from assuage.catalogue.compile import all_entries, english_of
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import Wording
from assuage.catalogue.read import SUBSTANCE
from assuage.words.tables import table_texts


class Missing(Struct, frozen=True):
    """What a catalogue lacks (`key` of a text or id of a sentence), in the table or room where it belongs."""

    language: str
    room: str
    key: str
    english: str


class Stale(Struct, frozen=True):
    """An entry of a catalogue whose English is in none of our tables, or is no longer what it was."""

    language: str
    reader: str
    file: str
    key: str
    english: str


def missing_texts(language: str, texts: dict[Wording, str] | None = None) -> Iterator[Missing]:
    """The texts of our tables that have no translation for clinicians, and no spelling by a rule of the language."""
    spells = LANGUAGES[language].spells
    translated = {(entry.context, entry.id) for entry in all_entries(language, "clinician")}
    for text, table in (table_texts() if texts is None else texts).items():
        by_rule = text.key.startswith(SUBSTANCE) and spells is not None and spells(text.english, None)
        if (text.key, text.english) not in translated and not by_rule:
            yield Missing(language, table, text.key, text.english)


def missing_sentences(language: str, reader: str) -> Iterator[Missing]:
    """The sentences of the English catalogue of a reader that have no translation for that reader."""
    translated = {_name(entry.id) for entry in all_entries(language, reader) if entry.context is None}
    for entry in all_entries(ORIGINAL, reader):
        if entry.context is None and _name(entry.id) not in translated:
            yield Missing(language, f"{reader}/{entry.file.stem}", _name(entry.id), entry.texts[-1])


def stale_entries(language: str, reader: str, texts: dict[Wording, str] | None = None) -> Iterator[Stale]:
    """The entries of a catalogue that nothing asks for any more: texts of tables, and sentences without English."""
    known = {(text.key, text.english) for text in (table_texts() if texts is None else texts)}
    sentences = english_of(reader)
    for entry in all_entries(language, reader):
        name = _name(entry.id)
        if entry.context is not None and "." in entry.context:
            if (entry.context.partition("/")[0], name) not in known:
                yield Stale(language, reader, entry.file.name, entry.context, name)
        elif entry.context is None and name not in sentences:
            yield Stale(language, reader, entry.file.name, name, "")


def _name(id: str | tuple[str, ...]) -> str:  # noqa: A002 - the id of an entry
    return id if isinstance(id, str) else id[0]


def untranslated_report() -> Iterator[str]:
    """The lines that are printed: for each language its counts by table, then the keys."""
    texts = table_texts()
    for language, row in LANGUAGES.items():
        if language != ORIGINAL:
            missing = list(missing_texts(language, texts))
            for reader in READERS:
                missing += missing_sentences(language, reader)
            yield f"{language} ({row.title}): {len(missing)} untranslated"
            yield from _by_room(missing)
        stale = [entry for reader in READERS for entry in stale_entries(language, reader, texts)]
        yield f"{language} ({row.title}): {len(stale)} stale"
        for entry in stale:
            yield f"  {entry.reader}/{entry.file}: {entry.key} {entry.english}".rstrip()


def _by_room(missing: Iterable[Missing]) -> Iterator[str]:
    rooms: dict[str, list[Missing]] = {}
    for entry in missing:
        rooms.setdefault(entry.room, []).append(entry)
    for room, entries in rooms.items():
        yield f"  {room}: {len(entries)}"
        for entry in entries:
            yield f"    {entry.key}: {entry.english}"


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit("usage: python -m assuage.words.untranslated")
    sys.stdout.writelines(f"{line}\n" for line in untranslated_report())
