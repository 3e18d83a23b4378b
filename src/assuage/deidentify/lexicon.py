"""Which words are words: the closed lexicon of clinical and common words in English, German and Lithuanian.

Whatever is not in it is hidden or put to a person. A word counts as known in the languages that a text is written in;
clinical words and abbreviations count in all. Compared in lower case, without marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType

from assuage.deidentify import words
from assuage.deidentify.letters import is_foreign, plain_letters
from assuage.deidentify.words.lithuanian_forms import is_lithuanian
from assuage.deidentify.words.packed import packed
from assuage.terms.drug_names import read_drug
from assuage.terms.names import edit_distance

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Tongue(Enum):
    """A language of the lexicon."""

    ENGLISH = "english"
    GERMAN = "german"
    LITHUANIAN = "lithuanian"


def tongues(plain: str) -> frozenset[Tongue]:
    """The languages a text is written in, by its small words; all of them where it has none."""
    present = set(plain.lower().split()) - words.plain_list("particles")  # von der Heide is not yet German
    counts = {tongue: len(present & words.plain_list(f"function_{tongue.value}")) for tongue in Tongue}
    most = max(counts.values())
    # One small word may stand in a text of another language; more than a tenth (ours) are no chance.
    return frozenset(
        tongue
        for tongue, count in counts.items()
        if count and (count == most or (count > 1 and count * 10 >= most))
    ) or frozenset(Tongue)


def in_lexicon(word: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word (plain letters, any case) is a clinical word, or a common one of a language that is spoken."""
    return any(_is_known(form, spoken) for form in _forms(word.lower()))


def is_clinical(word: str) -> bool:
    """Whether a word is of the clinic: a drug, a symptom, a site, a procedure, an abbreviation, in any language."""
    lower = word.lower()
    return any(_is_clinical(form) for form in _forms(lower)) or (
        "-" in lower and all(len(part) < 2 or is_clinical(part) for part in lower.split("-"))
    )


def _is_clinical(lower: str) -> bool:
    return lower in _clinical() or lower in abbreviations() or _is_medical(lower) or is_drug(lower)


@cache
def is_drug(lower: str) -> bool:
    """Whether a word names a drug of the index, in any Lithuanian case; given names are none (Diane, Yasmin)."""
    if len(lower) < 5 or lower in packed_set("census_given"):
        return False
    endings = (
        "as",
        "o",
        "ui",
        "a",
        "u",
        "e",
        "ai",
        "us",
        "ams",
        "ais",
        "ą",
        "is",
        "io",
        "iui",
        "i",
        "į",
        "iu",
        "yje",
    )
    cut = (
        lower.removesuffix(ending) + nominative
        for ending in endings
        if lower.endswith(ending) and len(lower) > 5
        for nominative in ("as", "is", "")
    )
    return read_drug(lower) is not None or any(read_drug(form) is not None for form in cut)


@cache
def packed_set(name: str) -> frozenset[str]:
    """The words of a packed list."""
    return frozenset(packed(name))


def is_misspelt(word: str) -> bool:
    """Whether a word is a clinical one with one letter wrong, missing or too many: of seven letters or more."""
    lower = word.lower()
    return len(lower) >= 7 and any(
        abs(len(known) - len(lower)) <= 1 and edit_distance(lower, known) == 1
        for known in _clinical_by_start().get(lower[:2], ())
    )


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations of notes, with the names of months and days."""
    return words.plain_list("abbreviations")


@cache
def name_words() -> frozenset[str]:
    """Words that are names too, in every Lithuanian case: `rose`, `will`, `rasa`, `kunz`."""
    return frozenset(words.words_and_names() | ((_english() | _german()) & packed_set("census_given")))


@cache
def first_words() -> frozenset[str]:
    """The words of English that everybody says: in small letters they name nobody."""
    return packed_set("english_first") | words.plain_list("function_english")


@cache
def listed_names() -> frozenset[str]:
    """Given and family names by list, in lower case without marks; Lithuanian ones in every case."""
    listed = {*packed("census_given"), *packed("census_family"), *packed("german_names")}
    for name in packed("lithuanian_names"):
        listed |= words.cases(name)
    return frozenset(listed | words.first_names() | words.surnames())


def _forms(lower: str) -> tuple[str, ...]:
    """A word as it is written, without its English genitive, and with one letter for a German ae, oe or ue."""
    bare = lower.removesuffix("'s").removesuffix("s'") if "'" in lower else lower
    joined = re.sub("(?<=[aou])e", "", bare) if re.search("[aou]e", bare) else bare
    return tuple(dict.fromkeys((lower, bare, joined)))


@cache
def _is_known(lower: str, spoken: frozenset[Tongue]) -> bool:
    if is_foreign(lower) or len(lower) > 60:  # no word is longer, and a longer one costs time
        return False
    if len(lower) < 2 or lower in _always() or _is_medical(lower) or is_drug(lower):
        return True
    if any(_is_of(lower, tongue) for tongue in spoken):
        return True
    parts = re.split("['-]", lower)
    return len(parts) > 1 and all(_is_known(part, spoken) for part in parts)


def _is_of(lower: str, tongue: Tongue) -> bool:
    match tongue:
        case Tongue.ENGLISH:
            return lower in _english() or _is_prefixed(lower)
        case Tongue.GERMAN:
            return _is_german(lower)
        case Tongue.LITHUANIAN:
            return (
                lower in words.plain_list("common_lithuanian")
                or is_lithuanian(lower)
                or lower in words.listed_cases("ordinary_lithuanian")
            )


_PREFIXES = (
    *(
        "anti",
        "auto",
        "cardio",
        "co",
        "cranio",
        "de",
        "dis",
        "electro",
        "extra",
        "gastro",
        "hyper",
        "hypo",
        "infra",
        "inter",
    ),
    *(
        "intra",
        "mis",
        "mono",
        "multi",
        "musculo",
        "myo",
        "neuro",
        "non",
        "osteo",
        "para",
        "peri",
        "poly",
        "post",
        "pre",
        "psycho",
    ),
    *("re", "retro", "semi", "sub", "supra", "thoraco", "trans", "un", "uni", "vaso"),
)


def _is_prefixed(lower: str) -> bool:
    """Whether a word is an English one of five letters and more behind a prefix: `paravertebral`."""
    rests = (lower.removeprefix(prefix).removeprefix("-") for prefix in _PREFIXES if lower.startswith(prefix))
    return any(len(rest) >= 5 and (rest in _english() or rest in _clinical()) for rest in rests)


@cache
def _is_german(lower: str) -> bool:
    """Whether a word is German: of the list, with another ending than there, or put together of such."""
    if lower in packed_set("german_names"):
        return lower in _german()
    return _is_german_form(lower) or _is_compound(lower)


@cache
def _is_german_form(lower: str) -> bool:
    """Whether a word is of the German list, or would be with another ending."""
    if lower in _german_parts():
        return True
    stems = (lower.removesuffix(end) for end in _GERMAN_ENDINGS if lower.endswith(end))
    return any(
        len(stem) >= 4 and not {stem, f"{stem}e", f"{stem}en"}.isdisjoint(_german_parts()) for stem in stems
    )


_GERMAN_ENDINGS = ("en", "em", "er", "es", "e", "n", "s", "keit", "keiten", "heit", "heiten", "ung", "ungen")
# A German compound: parts of four letters and more that are words, with what joins them between.
_JOINTS = ("", "s", "es", "n", "en", "er", "-")


@cache
def _is_compound(lower: str) -> bool:
    if len(lower) < 9:
        return False
    for cut in range(4, len(lower) - 3):
        head, tail = lower[:cut], lower[cut:]
        if _is_german_form(tail) or (len(tail) >= 9 and _is_compound(tail)):
            for joint in _JOINTS:
                stem = head.removesuffix(joint)
                if (
                    head.endswith(joint)
                    and len(stem) >= 4
                    and (stem in _german_parts() or stem + "e" in _german_parts())
                ):
                    return True
    return False


# Endings that only words of medicine have, in the three languages; names end otherwise.
_MEDICAL = re.compile(
    r"[a-z]{3,}(?:(?<!a)itis|osis|oses|algia|algic|pathy|pathic|ectomy|a?emia|oscopy|ography|plegia|(?:a|e)esthesia|dynia|penia|"
    r"trophy|plasty|otomy|esthetic|ological|ologist|ology|itid\w*|algie|algien|pathie|pathien|ektomie|skopie|"
    r"logisch\w*|plegie|asthesie\w*|algij\w{1,3}|patij\w{1,3}|ektomij\w{1,3}|skopij\w{1,3}|logij\w{1,3}|login\w{2,4}|plegij\w{1,3})"
)


# Sciences that end like those of medicine: `zoologijos sode` is where somebody works.
_OTHER_SCIENCE = re.compile(
    r"(?:zoo|archae|archeo|geo|meteor|technol|technolog|ide|astro|theo|teo|chrono|eko|eco|soci|antropo|anthropo|ethno|ornit|"
    r"entomo|egypt|agypt|egipt|mytho|mito|crimin|krimin|philo|filo|minera|volcan|vulkan|genea|musik|muzik|ichthy|etimo|etymo|trilog|analog|katalog|dialog|biblio)\w*lo[gj]\w*"
)


def _is_medical(lower: str) -> bool:
    return _MEDICAL.fullmatch(lower) is not None and _OTHER_SCIENCE.match(lower) is None


@cache
def _always() -> frozenset[str]:
    """What is known in a text of any language."""
    return _clinical() | abbreviations() | words.plain_list("common_everywhere")


@cache
def _english() -> frozenset[str]:
    return (
        frozenset(packed("english"))
        | words.plain_list("function_english")
        | words.plain_list("common_english")
        | words.plain_list("ordinary_english")
    )


@cache
def _german() -> frozenset[str]:
    return (
        frozenset(packed("german"))
        | words.plain_list("function_german")
        | words.plain_list("common_german")
        | words.plain_list("ordinary_german")
    )


@cache
def _german_parts() -> frozenset[str]:
    return _german() | _clinical()


@cache
def _clinical() -> frozenset[str]:
    listed = words.plain_list("clinical")
    declined = {
        form
        for word in listed
        if word.endswith(("as", "is", "us", "ys", "a", "e", "ai", "es"))
        for form in words.cases(word)
    }
    return frozenset(listed | declined | words.known_words() - packed_set("census_given"))


@cache
def _clinical_by_start() -> Mapping[str, tuple[str, ...]]:
    starts: dict[str, tuple[str, ...]] = {}
    for word in sorted(_clinical()):
        if len(word) >= 6:
            starts[word[:2]] = (*starts.get(word[:2], ()), word)
    return MappingProxyType(starts)


def plain_word(word: str) -> str:
    """A word as the lexicon has it: in lower case, without marks."""
    return plain_letters(word).lower()
