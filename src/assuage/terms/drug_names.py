"""What a written drug name stands for: an exact look-up, then what may be left out of a name, then its sound.

A name is listed, or it is listed once its salt, its release form, its strength and its maker are left out, or once its
spelling is levelled to what English, Latin, Lithuanian and German write differently (amitriptyline, amitriptilinas,
Amitriptylin). Anything else is unread. An edit distance never reads a name: it only suggests one, and never one of
another class, because a wrong suggestion is taken more easily than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from assuage.terms.drug_index import (
    IndexedName,
    indexed_name,
    indexed_names,
    indexed_substance,
    substance_of_code,
    words_left_out,
)
from assuage.terms.drugs import DRUG_NAMED, DRUGS, Drug
from assuage.terms.names import edit_distance, folded

HowRead = Literal["listed", "misspelt", "memory"]
# Two edits at most, and none for words so short that two edits make another word of them (ours).
FURTHEST_EDIT, SHORTEST_TO_EDIT = 2, 6

_STRENGTH = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?\s*[/+]\s*)*\d+(?:[.,]\d+)?\s*(?:mg|g|mcg|ug|µg|iu|i\.u\.|ie|ml|%)(?:\s*/\s*\d*(?:[.,]\d+)?\s*(?:mg|g|mcg|ml|h|hr|dose|day))?(?=\s|$|\W)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[\d/+.,]+")
_BETWEEN_PARTS = re.compile(r"\s*(?:/|\+|\bwith\b|\band\b|\bund\b|\bmit\b|\bir\b|\bsu\b)\s*")


@dataclass(frozen=True, slots=True)
class DrugName:
    """What a name was read as, and how: as listed, as a listed misspelling, or from memory alone."""

    drug: Drug
    how: HowRead


@lru_cache(maxsize=20_000)
def find_drug(name: str) -> Drug | None:
    """The drug of that id, name or ATC code, whatever its case; None if there is none, or only one from memory."""
    read = read_drug(name)
    return None if read is None or read.how == "memory" else read.drug


@lru_cache(maxsize=20_000)
def read_drug(name: str) -> DrugName | None:
    """What a written name stands for; None where nothing reads it."""
    plain = _levelled(name)
    for candidate in _shorter_and_shorter(plain):
        read = _listed(candidate)
        if read is not None:
            return read
    return _of_code(name) or _by_sound(plain) or _by_parts(plain)


@lru_cache(maxsize=20_000)
def drug_with_id(code: str) -> Drug | None:
    """The drug of an id: of the formulary, of the index, or of a combination of these (`codeine+paracetamol`)."""
    known = DRUGS.get(code)
    if known is not None:
        return known
    row = indexed_substance(code)
    if row is not None:
        return Drug(code, row.title)
    if "+" not in code:
        return None
    parts = [drug_with_id(part) for part in code.split("+")]
    substances = tuple(part for part in parts if part is not None)
    if len(substances) < len(parts):
        return None
    return Drug(code, "/".join(part.title for part in substances), kind="combination", parts=substances)


def combination_of(parts: Iterable[str]) -> Drug:
    """These substances as one drug: the one itself, or a combination in the order of their ids."""
    drug = drug_with_id("+".join(sorted(set(parts))))
    assert drug is not None, "a name of the index stands for substances of the index"
    return drug


def is_listed(name: str) -> bool:
    """Whether a name is listed exactly as it stands, nothing left out and nothing guessed from its sound."""
    return _listed(_levelled(name)) is not None or _of_code(name) is not None


# --- the steps, from the surest on -----------------------------------------------------------------


def _levelled(name: str) -> str:
    """The name folded, without accents, apostrophes and marks of trade."""
    bare = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    marks = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return folded(re.sub(r"['’`´®™©]", "", marks)).strip(" .,")


def _listed(name: str) -> DrugName | None:
    drug = _base_names().get(name)
    if drug is not None:
        return DrugName(drug, "listed")
    row = indexed_name(name)
    return None if row is None else DrugName(combination_of(row.substances), _how(row))


@cache
def _base_names() -> Mapping[str, Drug]:
    """The names of the formulary, levelled as a written name is."""
    return MappingProxyType({_levelled(name): drug for name, drug in DRUG_NAMED.items()})


def _how(row: IndexedName) -> HowRead:
    if row.checked == "memory" or any(
        substance not in DRUGS
        and (known := indexed_substance(substance)) is not None
        and known.checked == "memory"
        for substance in row.substances
    ):
        return "memory"
    return "misspelt" if row.kind == "misspelling" else "listed"


def _shorter_and_shorter(name: str) -> Iterator[str]:
    """The name, without its strengths, and without one more word of its end that says nothing of the substance."""
    yield name
    words = _STRENGTH.sub(" ", name).split()
    if words and " ".join(words) != name:
        yield " ".join(words)
    while len(words) > 1 and (words[-1] in words_left_out() or _NUMBERS.fullmatch(words[-1])):
        words = words[:-1]
        yield " ".join(words)


def _of_code(name: str) -> DrugName | None:
    substance = substance_of_code(name.strip().upper())
    if substance is None:
        return None
    known = drug_with_id(substance)
    return _listed(_levelled(substance)) if known is None else DrugName(known, "listed")


# Endings by which Latin, Lithuanian and German write what English writes without or with an e. The longest first.
_ENDINGS = ("um", "as", "is", "us", "e")
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("qu", "kv"), ("ae", "e"), ("oe", "e"), ("x", "ks"), ("y", "i"), ("w", "v"),
    ("c", "k"), ("z", "s"), ("j", "i"),
)  # fmt: skip
_TWICE = re.compile(r"([a-z])\1+")
_SHORTEST_SOUND = 5  # letters: below that, too many words sound alike (ours)


def sound_of(word: str) -> str:
    """A word as it sounds in all four languages: `amitriptilin` for `amitriptyline` and for `Amitriptylin`."""
    sound = word
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    return _TWICE.sub(r"\1", sound)


def _stems(word: str) -> Iterator[str]:
    """The word without an ending, the shortest rest last; the word itself first."""
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending)


@cache
def _sounds() -> Mapping[str, frozenset[tuple[str, ...]]]:
    """What every sound may stand for: the substances of each name that has it. Only names of substances have one."""
    heard: dict[str, set[tuple[str, ...]]] = {}
    for name, drug in _base_names().items():
        if drug.kind != "class_item":
            heard.setdefault(sound_of(name.removesuffix("e")), set()).add((drug.id,))
    for name, row in indexed_names():
        if row.kind == "name" and row.checked == "seen":
            heard.setdefault(sound_of(name.removesuffix("e")), set()).add(row.substances)
    return MappingProxyType({sound: frozenset(of) for sound, of in heard.items()})


def _by_sound(plain: str) -> DrugName | None:
    """The substance whose name alone sounds like this; None where none does, or more than one."""
    for candidate in _shorter_and_shorter(plain):
        for stem in _stems(candidate):
            heard = _sounds().get(sound_of(stem)) if len(stem) >= _SHORTEST_SOUND else None
            if heard is not None and len(heard) == 1:
                return DrugName(combination_of(next(iter(heard))), "listed")
    return None


def _by_parts(plain: str) -> DrugName | None:
    """`paracetamol/codeine`: a combination of names each of which is read on its own."""
    parts = [part for part in _BETWEEN_PARTS.split(plain) if part]
    if len(parts) < 2:
        return None
    reads = [read_drug(part) for part in parts]
    if any(read is None for read in reads):
        return None
    known = [read for read in reads if read is not None]
    drug = combination_of(substance.id for read in known for substance in read.drug.substances)
    hows = {read.how for read in known}
    return DrugName(drug, "memory" if "memory" in hows else "misspelt" if "misspelt" in hows else "listed")


# --- suggestions -------------------------------------------------------------------------------------


@lru_cache(maxsize=2_000)
def suggested(name: str) -> Drug | None:
    """The drug whose name is nearest to a name that nothing reads, to be asked about; None where none is to be trusted.

    Within two edits, and only where the drugs of all names within two edits have a class in common: whoever meant
    another of them is led to no other class.
    """
    *_, word = _shorter_and_shorter(_levelled(name))
    if len(word) < SHORTEST_TO_EDIT:
        return None
    near: dict[Drug, int] = {}
    letters = _letters(word)
    for known, known_letters, drug in _names_to_compare():
        # Each edit changes at most two of the letters that occur at all.
        near_in_length = abs(len(known) - len(word)) <= FURTHEST_EDIT
        if near_in_length and (known_letters ^ letters).bit_count() <= 2 * FURTHEST_EDIT:
            edits = edit_distance(word, known)
            if edits <= min(FURTHEST_EDIT, near.get(drug, FURTHEST_EDIT)):
                near[drug] = edits
    if not near or not in_one_class(near):
        return None
    return min(near, key=lambda drug: (near[drug], drug.id))


# Classes that say what a drug does to others, not what it is: a name is not led from one of their members to another.
NOT_OF_A_KIND = frozenset(
    {"qt_prolonging_drug", "cyp1a2_inhibitor_other", "cyp2d6_inhibitor_other", "polyvalent_cation_salt"}
)


def in_one_class(drugs: Iterable[Drug]) -> bool:
    """Whether these drugs are one and the same, or have a class in common."""
    known = list(drugs)
    shared = _classes(known[0])
    for drug in known[1:]:
        shared &= _classes(drug)
    return bool(shared) or len({drug.id for drug in known}) == 1


def _classes(drug: Drug) -> set[str]:
    """The classes of a drug; of a combination those that all its parts have."""
    if drug.kind == "class_item":
        return {drug.id}
    shared = set(drug.substances[0].classes)
    for part in drug.substances[1:]:
        shared &= set(part.classes)
    return shared - NOT_OF_A_KIND


@cache
def _names_to_compare() -> tuple[tuple[str, int, Drug], ...]:
    """Every name with the letters that occur in it, and its drug."""
    ours = [(name, drug) for name, drug in _base_names().items()]
    listed = [(name, combination_of(row.substances)) for name, row in indexed_names()]
    return tuple((name, _letters(name), drug) for name, drug in (*ours, *listed))


def _letters(word: str) -> int:
    """The letters of a word as bits."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) & 63)
    return bits
