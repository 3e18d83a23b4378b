"""The catalogues as people edit them, compiled: a folder of .po files becomes one .mo for a language and a reader.

Run when the package is built (hatch_build.py), by `make catalogues`, and before the tests; nothing of the running
product needs it. `checks.toml` beside the folders says who has checked which entry, and when: an entry whose text or
whose English has changed since is unchecked again. The same files give the same bytes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from assuage.catalogue.checks import FILE as CHECKS
from assuage.catalogue.checks import Check, checks
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.signature import digest

HERE = Path(__file__).resolve().parent
CHECKED = "checked"  # the context under which a compiled catalogue keeps who checked an entry
HEADER = 'msgid ""\nmsgstr ""\n"'
NO_DATE = datetime(
    2000, 1, 1, tzinfo=UTC
)  # babel writes one into every catalogue; the day of the build says nothing


class CatalogueEntry:
    """An entry as it stands in a file: context (a key or a case), id, the texts, and where it was read."""

    def __init__(
        self, file: Path, context: str | None, name: str | tuple[str, ...], text: str | tuple[str, ...]
    ) -> None:
        self.file, self.context, self.id, self.text = file, context, name, text

    @property
    def key(self) -> str:
        """What a check names: the key of a table's text without its case, or the id of a sentence."""
        name = self.id if isinstance(self.id, str) else self.id[0]
        return self.context.partition("/")[0] if self.context and "." in self.context else name

    def original(self, english: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The English it translates: that of the sentence, or for a text of a table its id."""
        name = self.id if isinstance(self.id, str) else self.id[0]
        return english.get(name, (self.id,) if isinstance(self.id, str) else tuple(self.id))

    @property
    def texts(self) -> tuple[str, ...]:
        """The text, or its plural forms."""
        return (self.text,) if isinstance(self.text, str) else tuple(self.text)


def sources(language: str, reader: str) -> list[Path]:
    """The files of a catalogue, by name; the texts of our tables belong to the clinician's."""
    folders = [HERE / language / reader] + ([HERE / language / "tables"] if reader == "clinician" else [])
    return sorted(file for folder in folders for file in folder.glob("*.po"))


def compiled(language: str, reader: str) -> Path:
    """Where the compiled catalogue lies."""
    return HERE / language / f"{reader}.mo"


def entries(file: Path, language: str) -> Iterator[CatalogueEntry]:
    """The entries of a file that have a text. Raises ValueError for a file that is not a catalogue."""
    text = file.read_text(encoding="utf-8")
    if HEADER not in text:  # a file of ours needs none: it would only repeat what is said here
        plural_forms = LANGUAGES[language].plural_forms
        text = f'{HEADER}Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural_forms}\\n"\n\n{text}'
    catalog = cast("Any", read_po(io.BytesIO(text.encode()), locale=language, abort_invalid=True))
    for entry in catalog:
        if entry.id and any(
            cast("Iterable[str]", (entry.string,) if isinstance(entry.string, str) else entry.string)
        ):
            yield CatalogueEntry(file, entry.context, entry.id, entry.string)


def all_entries(language: str, reader: str) -> list[CatalogueEntry]:
    """The entries of every file of a catalogue. Raises ValueError where two files have the same one."""
    seen: dict[tuple[str | None, str], CatalogueEntry] = {}
    for file in sources(language, reader):
        for entry in entries(file, language):
            name = entry.id if isinstance(entry.id, str) else entry.id[0]
            before = seen.setdefault((entry.context, name), entry)
            if before is not entry:
                raise ValueError(
                    f"{entry.file.name} and {before.file.name} both have {entry.context or ''} {name}"
                )
    return list(seen.values())


def entries_by_key(language: str, reader: str) -> dict[str, list[CatalogueEntry]]:
    """The entries of a catalogue under what a check names: all cases of a word, all plural forms, together."""
    by_key: dict[str, list[CatalogueEntry]] = {}
    for entry in all_entries(language, reader):
        by_key.setdefault(entry.key, []).append(entry)
    return by_key


def english_of(reader: str) -> dict[str, tuple[str, ...]]:
    """The English sentences for a reader by their ids; the clinician's where the reader has none of their own."""
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: entry.texts
        for audience in dict.fromkeys(("clinician", reader))
        for entry in all_entries(ORIGINAL, audience)
        if entry.context is None
    }


def digest_of(same_key: Iterable[CatalogueEntry], english: Mapping[str, tuple[str, ...]]) -> str:
    """The digest of a translation: its English and its text, in all cases and forms."""
    return digest(text for entry in same_key for text in (*entry.original(english), *entry.texts))


def signatures(language: str, reader: str, signed: Iterable[Check]) -> Iterator[tuple[str, str]]:
    """The ids of a catalogue that somebody checked as they stand, each with what is kept of the check.

    A fact is checked in English, where its texts are those of a table: whoever has the table compares the digest.
    """
    by_key = entries_by_key(language, reader)
    english = english_of(reader)
    for check in signed:
        if (check.language, check.reader) != (language, reader):
            continue
        if language == ORIGINAL:
            yield check.id, f"{check.by}\n{check.on}\n{check.digest}"
        elif check.id in by_key and check.digest == digest_of(by_key[check.id], english):
            yield check.id, f"{check.by}\n{check.on}"


def compile_catalogue(language: str, reader: str, signed: Iterable[Check] | None = None) -> bytes:
    """The compiled catalogue of a language and a reader; `signed` are the checks (None: those written down)."""
    catalog = cast("Any", Catalog(locale=language, fuzzy=False, creation_date=NO_DATE, revision_date=NO_DATE))
    catalog.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", LANGUAGES[language].plural_forms),
    ]
    for entry in all_entries(language, reader):
        catalog.add(entry.id, entry.text, context=entry.context)
    for name, kept in signatures(language, reader, checks() if signed is None else signed):
        catalog.add(name, kept, context=CHECKED)
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def compile_stale() -> None:
    """Compile each catalogue that is older than its files or than the list of checks."""
    for language in LANGUAGES:
        for reader in READERS:
            target = compiled(language, reader)
            inputs = [*sources(language, reader), *sources(ORIGINAL, reader), CHECKS, *HERE.glob("*.py")]
            folders = [file.parent for file in inputs]
            newest = max(path.stat().st_mtime for path in (*inputs, *folders) if path != HERE)
            if not target.exists() or target.stat().st_mtime < newest:
                part = target.with_suffix(".mo.part")
                part.write_bytes(compile_catalogue(language, reader))
                part.replace(target)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit("usage: python -m assuage.catalogue.compile")
    compile_stale()
