"""The catalogues as people edit them, compiled: a folder of .po files becomes one .mo for a language and a reader.

Run when the package is built (hatch_build.py), by `make catalogues`, and before the tests; nothing of the running
product needs it. `checks.toml` beside the folders says who has checked which entry, and when: an entry whose text or
whose English has changed since is unchecked again.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent
LANGUAGES, READERS = ("en", "lt"), ("clinician", "patient")
CHECKED = "checked"  # the context under which a compiled catalogue keeps who checked an entry
HEADER = 'msgid ""\nmsgstr ""\n"'
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


class Entry:
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


def entries(file: Path, language: str) -> Iterator[Entry]:
    """The entries of a file that have a text. Raises ValueError for a file that is not a catalogue."""
    text = file.read_text(encoding="utf-8")
    if HEADER not in text:  # a file of ours needs none: it would only repeat what is said here
        text = f'{HEADER}Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n\n{text}'
    catalog = cast("Any", read_po(io.BytesIO(text.encode()), locale=language, abort_invalid=True))
    for entry in catalog:
        if entry.id and any(
            cast("Iterable[str]", (entry.string,) if isinstance(entry.string, str) else entry.string)
        ):
            yield Entry(file, entry.context, entry.id, entry.string)


def all_entries(language: str, reader: str) -> list[Entry]:
    """The entries of every file of a catalogue. Raises ValueError where two files have the same one."""
    seen: dict[tuple[str | None, str], Entry] = {}
    for file in sources(language, reader):
        for entry in entries(file, language):
            name = entry.id if isinstance(entry.id, str) else entry.id[0]
            before = seen.setdefault((entry.context, name), entry)
            if before is not entry:
                raise ValueError(
                    f"{entry.file.name} and {before.file.name} both have {entry.context or ''} {name}"
                )
    return list(seen.values())


def digest(english: str, texts: Iterable[str]) -> str:
    """What a check is about: the English and the translation as they stood when somebody looked at them."""
    return hashlib.sha256("\0".join((english, *texts)).encode()).hexdigest()[:16]


def checks() -> list[dict[str, str]]:
    """Who checked what and when, as it was written down."""
    file = HERE / "checks.toml"
    return cast("list[dict[str, str]]", tomllib.loads(file.read_text(encoding="utf-8")).get("check", []))


def compile_catalogue(language: str, reader: str) -> None:
    """Write the .mo of a language and a reader."""
    catalog = cast("Any", Catalog(locale=language, fuzzy=False))
    read = all_entries(language, reader)
    for entry in read:
        catalog.add(entry.id, entry.text, context=entry.context)
    english = {} if language == "en" else {e.key: "\0".join(e.texts) for e in all_entries("en", reader)}
    by_key: dict[str, list[Entry]] = {}
    for entry in read:
        by_key.setdefault(entry.key, []).append(entry)
    for check in checks():
        if (check["language"], check["reader"]) != (language, reader) or check["id"] not in by_key:
            continue
        texts = [text for entry in by_key[check["id"]] for text in entry.texts]
        first = by_key[check["id"]][0]
        original = first.id if first.context and isinstance(first.id, str) else english.get(check["id"], "")
        if check["digest"] == digest(original, texts):
            catalog.add(check["id"], f"{check['by']}, {check['on']}", context=CHECKED)
    target = compiled(language, reader)
    part = target.with_suffix(".mo.part")
    with part.open("wb") as stream:
        write_mo(stream, catalog)
    part.replace(target)


def compile_stale() -> None:
    """Compile each catalogue that is older than its files or than the list of checks."""
    for language in LANGUAGES:
        for reader in READERS:
            target = compiled(language, reader)
            inputs = [*sources(language, reader), HERE / "checks.toml", Path(__file__)]
            folders = [file.parent for file in inputs]
            newest = max(path.stat().st_mtime for path in (*inputs, *folders) if path != HERE)
            if not target.exists() or target.stat().st_mtime < newest:
                compile_catalogue(language, reader)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit("usage: python -m assuage.catalogue.compile")
    compile_stale()
