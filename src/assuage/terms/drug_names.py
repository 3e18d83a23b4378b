"""What a written drug name stands for: an exact look-up, then what may be left out of a name, then its sound.

A name is listed, or it is listed once its salt, its release form, its strength and its maker are left out, or once its
spelling is levelled to what English, Latin, Lithuanian and German write differently (amitriptyline, amitriptilinas,
Amitriptylin). A word for a class is listed too, as an unnamed member of it. Anything else is unread; a name of which
only the beginning is read (`Tylenol 3`, `vitamin D calcium`) is unread, and may be that and something else. An edit
distance never reads a name: it only suggests one, and never one of another class, because a wrong suggestion is taken
more easily than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from assuage.patterns import kept_pattern
from assuage.terms.drug_classes import CLASS_ITEMS, words_of_class
from assuage.terms.drug_index import (
    IndexedName,
    indexed_name,
    indexed_names,
    indexed_substance,
    names_read_in_a_source,
    substance_of_code,
    words_left_out,
)
from assuage.terms.drugs import DRUG_NAMED, DRUGS, Drug
from assuage.terms.names import edit_distance, folded, without_umlauts

HowRead = Literal["listed", "misspelt", "memory", "part"]
# Two edits at most, and none for words so short that two edits make another word of them (ours).
FURTHEST_EDIT, SHORTEST_TO_EDIT = 2, 6

_STRENGTH = kept_pattern(
    r"\b(?:\d+(?:[.,]\d+)?\s*[/+]\s*)*\d+(?:[.,]\d+)?\s*(?:mg|g|mcg|ug|µg|iu|i\.u\.|ie|ml|%)(?:\s*/\s*\d*(?:[.,]\d+)?\s*(?:mg|g|mcg|ml|h|hr|dose|day))?(?=\s|$|\W)",
    re.IGNORECASE,
)
_VITAMIN = kept_pattern(r"\bvit(?:\.\s*|\s+)(?=\w)")
_LETTER_AND_NUMBER = kept_pattern(
    r"(\bvitamin\w* [a-z]) (\d\d?)\b"
)  # vitamin B 12, Vitamin D 3, vitaminas D 3
_NUMBERS = kept_pattern(r"[\d/+.,]+")
_BETWEEN_PARTS = kept_pattern(r"\s*(?:/|\+|\bwith\b|\band\b|\bund\b|\bmit\b|\bir\b|\bsu\b)\s*")


class DrugName(Struct, frozen=True):
    """What a name was read as, and how: as listed, as a misspelling, from memory alone, or only its beginning."""

    drug: Drug
    how: HowRead


@lru_cache(maxsize=20_000)
def find_drug(name: str) -> Drug | None:
    """The drug of that id, name or ATC code, whatever its case; None if there is none, or only one from memory.

    None, too, where only a part of the name is read.
    """
    read = read_drug(name)
    return None if read is None or read.how in ("memory", "part") else read.drug


@lru_cache(maxsize=20_000)
def read_drug(name: str) -> DrugName | None:
    """What a written name stands for; None where nothing reads it."""
    written = _without_form(_levelled(name))
    plain = _joined(written)
    for candidate, left_out in _shorter_and_shorter(plain):
        read = _listed(candidate)
        if read is not None and _says_nothing(left_out, read.drug, candidate):
            heard = _by_sound(candidate) if read.how == "memory" else None
            # What a list does not have it may sound like all the same: Torasemid is torasemide.
            return heard if heard is not None and heard.drug == read.drug else read
    return (
        _of_code(name) or _by_sound(plain) or _of_compound(plain) or _by_parts(plain) or _beginning(written)
    )


@lru_cache(maxsize=20_000)
def drug_with_id(code: str) -> Drug | None:
    """The drug of an id: of the formulary, of the index, or of a combination of these (`codeine+paracetamol`)."""
    known = DRUGS.get(code)
    if known is not None:
        return known
    row = indexed_substance(code)
    if row is not None:
        return Drug(code, row.title)
    if code in CLASS_ITEMS:
        return CLASS_ITEMS[code]
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
    plain = _joined(_levelled(name))
    return any(_listed(each) is not None for each in (plain, plain.removesuffix(" mg"))) or (
        _of_code(name) is not None
    )


# --- the steps, from the surest on -----------------------------------------------------------------


def _levelled(name: str) -> str:
    """The name folded, without accents, apostrophes and marks of trade."""
    marks = name
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
        marks = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return folded(re.sub(r"['’`´®™©]", "", marks)).strip(" .,")


# Forms that people write before a name: `tab. amitriptyline`, `inj. enoxaparin`.
_FORMS_BEFORE = frozenset(
    {"amp", "cap", "caps", "capsule", "crema", "cream", "gel", "gtt", "inh", "inj", "injection", "ins",
     "inhaler", "oint", "patch", "rp", "rx", "sol", "spray", "supp", "susp", "syr", "syrup", "tab", "tabl",
     "tablet", "tablets", "tabs", "tbl", "ung"}
)  # fmt: skip


# What people write before a name or the word for a class: `an SSRI`, `oral morphine`, `kind of beta blocker`.
_ARTICLE = kept_pattern(
    r"(?:a|an|the|some|any|another|his|her|my|one|unknown|unnamed|kind of|sort of|type of|low dose|high dose|generic|"
    r"ein|eine|einen|irgendein|irgendeinen|unbekannter|unbekanntes|kazkoks|kazkoki|kazkokie|nezinomas|"
    # how it is given, and how it is released: the name is kept as written, so that what goes by the place can read it
    r"oral|topical|transdermal|sublingual|buccal|rectal|vaginal|nasal|intranasal|inhaled|nebulised|nebulized|"
    r"intravenous|intramuscular|subcutaneous|intrathecal|epidural|iv|im|sc|po|sl|ophthalmic|otic|"
    r"(?:slow|modified|extended|sustained|prolonged|immediate|controlled|long) (?:release|acting)|"
    r"(?:oral|topisch|transdermal|sublingual|rektal|inhalativ|intravenos|intramuskular|subkutan|intrathekal|nasal)"
    r"e[rsn]?|retardiert(?:e[rsn]?)?|"
    r"(?:geriam|inhaliuojam|inhaliacin|intratekalin|vietin|transdermin|poliezuvin|leidziam|injekcin|pailginto)\w*"
    r"(?: (?:atpalaidavimo|veikimo))?)\s+"
)


def _without_form(name: str) -> str:
    """The levelled name without a form that stands before it; without an article or a route, where the rest is read."""
    first, _, rest = name.partition(" ")
    plain = rest if rest and first.rstrip(".:") in _FORMS_BEFORE else name
    bare = plain
    while (article := _ARTICLE.match(bare)) is not None:
        if _is_read(bare):
            return bare
        bare = bare[article.end() :]
    return bare if bare == plain or _is_read(bare) else plain


def _is_read(name: str) -> bool:
    plain = _joined(name)
    listed = any(_listed(short) is not None for short, _ in _shorter_and_shorter(plain))
    return listed or _by_sound(plain) is not None


def _joined(name: str) -> str:
    """The levelled name with the letter and the number of a vitamin as one word, and `vit` written out."""
    return _LETTER_AND_NUMBER.sub(r"\1\2", _VITAMIN.sub("vitamin ", name))


def _listed(name: str) -> DrugName | None:
    drug = _base_names().get(name) or _class_names().get(name)
    if drug is not None:
        return DrugName(drug, "listed")
    row = indexed_name(name)
    return None if row is None else DrugName(combination_of(row.substances), _how(row))


@cache
def _base_names() -> Mapping[str, Drug]:
    """The names of the formulary, levelled as a written name is."""
    return MappingProxyType({_levelled(name): drug for name, drug in DRUG_NAMED.items()})


@cache
def _class_names() -> Mapping[str, Drug]:
    """The words for classes, levelled as a written name is."""
    return MappingProxyType(
        {
            _levelled(typed): drug
            for key, drug in CLASS_ITEMS.items()
            for word in words_of_class(key)
            for typed in (word, without_umlauts(word))
        }
    )


def _how(row: IndexedName) -> HowRead:
    if row.checked == "memory" or any(
        substance not in DRUGS
        and (known := indexed_substance(substance)) is not None
        and known.checked == "memory"
        for substance in row.substances
    ):
        return "memory"
    return "misspelt" if row.kind == "misspelling" else "listed"


def _shorter_and_shorter(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name, without its strengths, and without one more word of its end that may say nothing of the substance.

    Each with the words that were left out at its end.
    """
    yield name, ()
    yield name.removesuffix(" mg"), ()  # ASS 100 mg is listed as ASS 100
    words = _STRENGTH.sub(" ", name).split()
    if words and " ".join(words) != name:
        yield " ".join(words), ()
    for end in range(len(words) - 1, 0, -1):
        if words[end] not in words_left_out() and not _NUMBERS.fullmatch(words[end]):
            return
        yield " ".join(words[:end]), tuple(words[end:])


# What is a salt behind an acid and a substance of its own behind a vitamin or another mineral.
_MINERALS = frozenset(
    {"benzoate", "bromide", "calcium", "iodide", "kalcio", "kalio", "kalium", "magnesium", "magnio",
     "natricum", "natrio", "natrium", "nitrate", "oxalate", "potassium", "sodium", "zinc"}
)  # fmt: skip
_OF_MINERALS = frozenset(
    {"vitamin", "iron", "potassium", "polyvalent_cation_salt", "trace_element", "amino_acid_supplement",
     "herbal"}
)  # fmt: skip
# A number up to this behind a brand may be another product of that brand (Tylenol 3), and up to that behind a vitamin
# another vitamin; above it is a strength (both ours).
_LARGEST_VARIANT, _LARGEST_VITAMIN = 4, 20


def _says_nothing(left_out: tuple[str, ...], drug: Drug, name: str) -> bool:
    """Whether words behind a name that is listed say nothing of what is in it."""
    classes = {key for part in drug.substances for key in part.classes}
    beside_minerals = not classes.isdisjoint(_OF_MINERALS)
    listed = indexed_name(name)
    is_brand = listed is not None and listed.kind in ("brand", "combination")
    for word in left_out:
        if _NUMBERS.fullmatch(word):
            largest = _LARGEST_VITAMIN if "vitamin" in classes else _LARGEST_VARIANT if is_brand else 0
            if word.isdigit() and int(word) <= largest:
                return False
        elif beside_minerals and word in _MINERALS:
            return False
    return True


def _of_code(name: str) -> DrugName | None:
    substance = substance_of_code(name.strip().upper())
    if substance is None:
        return None
    known = drug_with_id(substance)
    return _listed(_levelled(substance)) if known is None else DrugName(known, "listed")


# Endings by which Latin, Lithuanian and German write what English writes without or with an e; those of the cases in
# which a prescription has it, too (Amitriptylini, amitriptilino). The longest first.
_ENDINGS = ("um", "as", "is", "us", "io", "iu", "ia", "i", "o", "u", "a", "e")
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("qu", "kv"), ("ae", "e"), ("oe", "e"), ("x", "ks"), ("y", "i"), ("w", "v"),
    ("c", "k"), ("z", "s"), ("j", "i"),
)  # fmt: skip
_TWICE = kept_pattern(r"([a-z])\1+")
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
    named: list[tuple[str, tuple[str, ...]]] = [
        *((name, (drug.id,)) for name, drug in _base_names().items() if drug.kind != "class_item"),
        *names_read_in_a_source(),
    ]
    # All in one text: a sound goes over no end of a line, and each name alone takes ten times as long.
    sounds = sound_of("\n".join(name.removesuffix("e") for name, _ in named)).split("\n")
    heard: dict[str, set[tuple[str, ...]]] = {}
    for sound, (_, substances) in zip(sounds, named, strict=True):
        heard.setdefault(sound, set()).add(substances)
    return MappingProxyType({sound: frozenset(of) for sound, of in heard.items()})


def _by_sound(plain: str) -> DrugName | None:
    """The substance whose name alone sounds like this; None where none does, or more than one."""
    for candidate, left_out in _shorter_and_shorter(plain):
        for stem in _stems(candidate):
            heard = _sounds().get(sound_of(stem)) if len(stem) >= _SHORTEST_SOUND else None
            if heard is not None and len(heard) == 1:
                drug = combination_of(next(iter(heard)))
                if _says_nothing(left_out, drug, candidate):
                    return DrugName(drug, "listed")
    return None


@cache
def _forms() -> tuple[str, ...]:
    """The salts and forms that are long enough to be told from an ending."""
    return tuple(behind for behind in words_left_out() if len(behind) >= _SHORTEST_SOUND - 1)


def _of_compound(plain: str) -> DrugName | None:
    """`Metoprololsuccinat`, `Fentanylpflaster`: a name with its salt or its form in one word, as German writes it."""
    word, _, rest = plain.partition(" ")
    if not word.endswith(_forms()):
        return None
    for behind in _forms():
        stem = word.removesuffix(behind)
        if _SHORTEST_SOUND <= len(stem) < len(word):
            read = read_drug(f"{stem} {behind} {rest}".strip())
            if read is not None and read.how != "part":
                return read
    return None


def _by_parts(plain: str) -> DrugName | None:
    """`paracetamol/codeine`: a combination of names each of which is read on its own."""
    parts = [part for part in _BETWEEN_PARTS.split(plain) if part]
    if len(parts) < 2:
        return None
    reads = [read_drug(part) for part in parts]
    known = [read for read in reads if read is not None and read.how != "part"]
    if len(known) < len(reads):
        return None
    drug = combination_of(substance.id for read in known for substance in read.drug.substances)
    hows = {read.how for read in known}
    return DrugName(drug, "memory" if "memory" in hows else "misspelt" if "misspelt" in hows else "listed")


# No listed name has as many, however it is given; a page pasted as a name is not tried word by word (ours).
_MOST_WORDS = 24


def _beginning(plain: str) -> DrugName | None:
    """The longest beginning of a name of several words that is listed as a whole: what else is in it nobody knows."""
    words = plain.split()
    for end in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        read = _listed(" ".join(words[:end]).rstrip(" ,:;"))
        if read is not None and read.how != "memory":
            return DrugName(read.drug, "part")
    return None


# --- suggestions -------------------------------------------------------------------------------------


@lru_cache(maxsize=2_000)
def suggested(name: str) -> Drug | None:
    """The drug whose name is nearest to a name that nothing reads, to be asked about; None where none is to be trusted.

    Within two edits, and only where the drugs of all names within two edits have a class in common: whoever meant
    another of them is led to no other class.
    """
    *_, (word, _) = _shorter_and_shorter(_without_form(_levelled(name)))
    if len(word) < SHORTEST_TO_EDIT:
        return None
    alike = _names_by_beginning().get(word[0], ())
    if not any(_may_be_meant(known, word, edits) for known, _, edits in _near(word, alike)):
        return None  # most names that nothing reads: none of the thousands of others is compared
    near: dict[Drug, int] = {}
    meant: dict[Drug, int] = {}
    for known, drug, edits in _near(word, _names_to_compare()):
        if edits <= near.get(drug, FURTHEST_EDIT):
            near[drug] = edits
            if _may_be_meant(known, word, edits):
                meant[drug] = edits
    if not meant or not in_one_class(near):
        return None
    return min(meant, key=lambda drug: (meant[drug], drug.id))


def _near(word: str, names: Iterable[tuple[str, int, Drug]]) -> Iterator[tuple[str, Drug, int]]:
    """The names within the furthest edit of a word, each with its drug and its edits."""
    letters = _letters(word)
    for known, known_letters, drug in names:
        # Each edit changes at most two of the letters that occur at all.
        near_in_length = abs(len(known) - len(word)) <= FURTHEST_EDIT
        if near_in_length and (known_letters ^ letters).bit_count() <= 2 * FURTHEST_EDIT:
            edits = edit_distance(word, known)
            if edits <= FURTHEST_EDIT:
                yield known, drug, edits


# Ends of names that WHO gives to a class (The use of stems in the selection of INN), as they sound.
_CLASS_STEMS = (
    "azepam", "azolam", "barbital", "kain", "kilin", "koksib", "dipin", "fibrat", "fenak", "formin",
    "gatran", "gliptin", "gliflosin", "grel", "lukast", "mab", "mikin", "nib", "nidasol", "oksetin", "oksakin", "olol",
    "olon", "ason", "parin", "prasol", "pril", "profen", "sartan", "semid", "setron", "statin", "tiasid", "tidin",
    "triptan", "vir", "ksaban", "konasol", "sosin", "glutid", "gabalin", "kodon", "morfon",
)  # fmt: skip


def _class_stem(word: str) -> str:
    """The stem of a class with which a name ends; "" without one."""
    sounds = {sound_of(stem) for stem in _stems(word)}
    return next((stem for stem in _CLASS_STEMS for sound in sounds if sound.endswith(stem)), "")


def _may_be_meant(known: str, word: str, edits: int) -> bool:
    """Whether a word can be a slip of a name: it begins alike, and the stem of a class in it is the name's, too.

    Of a brand by one edit only: brands are made up, and two edits from one stands another firm's (Emtriva, Estreva).
    """
    if edits > 1 and _is_brand(known):
        return False
    return known[0] == word[0] and _class_stem(word) in ("", _class_stem(known))


def _is_brand(name: str) -> bool:
    row = indexed_name(name)
    return row is not None and row.kind in ("brand", "combination")


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
        return set(drug.may_be_of)
    shared = set(drug.substances[0].classes)
    for part in drug.substances[1:]:
        shared &= set(part.classes)
    return shared - NOT_OF_A_KIND


@cache
def _names_to_compare() -> tuple[tuple[str, int, Drug], ...]:
    """Every name with the letters that occur in it, and its drug."""
    ours = [(name, drug) for name, drug in _base_names().items()]
    listed = [(name, combination_of(row.substances)) for name, row in indexed_names()]
    classes = list(_class_names().items())
    return tuple((name, _letters(name), drug) for name, drug in (*ours, *listed, *classes))


@cache
def _names_by_beginning() -> Mapping[str, tuple[tuple[str, int, Drug], ...]]:
    """The same by their first letter."""
    by_letter: dict[str, list[tuple[str, int, Drug]]] = {}
    for named in _names_to_compare():
        by_letter.setdefault(named[0][:1], []).append(named)
    return MappingProxyType({letter: tuple(names) for letter, names in by_letter.items()})


def _letters(word: str) -> int:
    """The letters of a word as bits."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) & 63)
    return bits
