"""The index of drugs as data: substances with their classes, names with what they are names of, ATC codes.

The files lie in `index/`, tables of tab-separated lines; each begins with lines after `#` that say where its rows come
from and under which licence. Each file is read once, when it is first asked for. What a written name stands for is
worked out in `assuage.terms.drug_names`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import InputError
from assuage.terms.names import folded

NameKind = Literal["name", "salt", "brand", "combination", "latin", "lithuanian", "german", "misspelling"]
Checked = Literal["seen", "memory"]


class SubstanceClass(Struct, frozen=True):
    """A class of drugs: what it is called, and FDA's established pharmacologic class ("" where we saw none)."""

    id: str
    title: str
    epc: str


class IndexedSubstance(Struct, frozen=True):
    """A substance of the index: its title, the ids of its classes, the source of its name, and how far that is checked.

    `classes_checked` says the same of its classes; a substance without classes is one of which nobody wrote them down.
    """

    id: str
    title: str
    source: str
    checked: Checked
    classes: tuple[str, ...]
    classes_checked: Checked


class IndexedName(Struct, frozen=True):
    """A name of the index: the substances it stands for, what kind of name it is, its source, how far it is checked."""

    substances: tuple[str, ...]
    kind: NameKind
    source: str
    checked: Checked


def _lines(name: str) -> Iterator[list[str]]:
    text = (files("assuage.terms") / "index" / f"{name}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def substance_classes() -> Mapping[str, SubstanceClass]:
    """The classes by id."""
    return MappingProxyType({cells[0]: SubstanceClass(*cells) for cells in _lines("classes")})


@cache
def _substances() -> Mapping[str, list[str]]:
    return MappingProxyType({cells[0]: cells for cells in _lines("substances")})


@lru_cache(maxsize=20_000)
def indexed_substance(key: str) -> IndexedSubstance | None:
    """The substance of an id; None where the index has none."""
    cells = _substances().get(key)
    if cells is None:
        return None
    _, title, source, checked, classes, classes_checked = cells
    return IndexedSubstance(
        key, title, source, _checked(checked), tuple(classes.split()), _checked(classes_checked)
    )


def indexed_substances() -> Mapping[str, IndexedSubstance]:
    """The substances by id, those of the formulary among them."""
    rows = {key: indexed_substance(key) for key in _substances()}
    return MappingProxyType({key: row for key, row in rows.items() if row is not None})


def members_of(classes: Container[str]) -> Iterator[IndexedSubstance]:
    """The substances that belong to any of these classes."""
    for key, cells in _substances().items():
        row = indexed_substance(key) if any(name in classes for name in cells[4].split()) else None
        if row is not None:
            yield row


def _checked(cell: str) -> Checked:
    return "seen" if cell == "seen" else "memory"


@cache
def _names() -> Mapping[str, str]:
    """The rest of each line under its name: a name is taken apart only when it is asked for."""
    text = (files("assuage.terms") / "index" / "names.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t", 1) for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType(dict(lines))


def indexed_names() -> Iterator[tuple[str, IndexedName]]:
    """Every name of the index, folded, with what it stands for."""
    for name in _names():
        listed = indexed_name(name)
        assert listed is not None
        yield name, listed


def names_read_in_a_source() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name of a substance that was seen in a source, folded, with its substances: no brand, no misspelling."""
    for name, line in _names().items():
        substances, _, rest = line.partition("\t")
        if rest.startswith("name\t") and rest.endswith("\tseen"):
            yield name, tuple(substances.split("+"))


def indexed_name(name: str) -> IndexedName | None:
    """What the index has under a folded name; None where it is not listed."""
    line = _names().get(name)
    if line is None:
        return None
    substances, kind, source, checked = line.split("\t")
    return IndexedName(tuple(substances.split("+")), kind, source, _checked(checked))  # pyright: ignore[reportArgumentType]  # a test holds the kinds


@cache
def words_left_out() -> frozenset[str]:
    """The words that may stand behind the name of a substance and change nothing in what it is."""
    return frozenset(word for _, word in _lines("left_out"))


# --- ATC codes --------------------------------------------------------------------------------------

# What a site has loaded beside our own few codes.
_site_codes: dict[str, str] = {}


@cache
def _our_codes() -> Mapping[str, str]:
    return MappingProxyType({cells[0]: cells[1] for cells in _lines("atc")})


def substance_of_code(code: str) -> str | None:
    """What an ATC code, in capitals, stands for: the id of a substance, or a name of a site's list; None if unknown."""
    return _our_codes().get(code) or _site_codes.get(code)


def codes_of(substance: str) -> tuple[str, ...]:
    """The ATC codes that we use for a substance."""
    return tuple(code for code, known in _our_codes().items() if known == substance)


def load_atc(file: Path) -> int:
    """How many codes a site's list has: lines of a code and a name, separated by a tab, a comma or a semicolon.

    They are known from then on, until the program ends. Raises InputError for a file that cannot be read or has a line
    that is none.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(message("drugs.unreadable", file=file.name, why=type(error).__name__)) from None
    codes: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        separator = next((mark for mark in "\t;," if mark in line), "")
        code, name = (cell.strip().strip('"') for cell in line.split(separator, 1)) if separator else ("", "")
        if not _is_code(code):
            if number == 1 and separator:
                continue  # the names of the columns
            raise InputError(message("drugs.line", file=file.name, line=number))
        codes[code.upper()] = folded(name.split(separator)[0].strip('" '))
    _site_codes.update(codes)
    return len(codes)


def _is_code(text: str) -> bool:
    """Whether it has the form of an ATC code: `N`, `N06`, `N06A`, `N06AA`, `N06AA09`."""
    shape = "".join(
        "9" if sign.isdigit() else "A" if sign.isascii() and sign.isalpha() else "?" for sign in text
    )
    return shape in ("A", "A99", "A99A", "A99AA", "A99AA99")
