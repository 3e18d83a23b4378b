"""Lists of words, read when they are needed: names, towns, everyday words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assuage.deidentify.letters import plain_letters
from assuage.deidentify.lithuanian import cases

_LETTERS = re.compile(r"[^\W\d_]+")


def _listed(name: str) -> list[str]:
    """The words of a list. A line with bars holds entries of several words between its single ones."""
    entries: list[str] = []
    for line in (files("assuage.deidentify.words") / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        *pairs, last = line.split("|")
        for part in pairs:
            *single, first, second = part.split()
            entries += [*single, f"{first} {second}"]
        entries += last.split()
    return entries


@cache
def everyday() -> frozenset[str]:
    """Everyday words in lower case without marks: a capital at the start of a sentence makes no name of them."""
    return frozenset(plain_letters(word).lower() for word in _listed("everyday"))


@cache
def everyday_as_written() -> frozenset[str]:
    """The same words with their marks: `vakare` is the evening, `Vakarė` is a name."""
    return frozenset(word.lower() for word in _listed("everyday"))


@cache
def first_names() -> frozenset[str]:
    """Given names in every Lithuanian case, in lower case without marks."""
    forms = {form for name in _listed("first_names_lt") for form in cases(name)}
    forms |= {
        form
        for name in _listed("first_names_other")
        for form in (*cases(name), plain_letters(name).lower(), f"{plain_letters(name).lower()}s")
    }
    return frozenset(forms)


@cache
def surnames() -> frozenset[str]:
    """Frequent family names whose form does not show that they are names, in every case."""
    forms: set[str] = set()
    for name in _listed("surnames_other"):
        plain = plain_letters(name).lower()
        forms |= {plain, f"{plain}s", *cases(name)}
        if plain.endswith(("as", "is", "ys", "us")):
            forms |= cases(f"{plain[:-2]}iene")
    return frozenset(forms)


@cache
def towns() -> tuple[frozenset[str], frozenset[str]]:
    """Towns of one word and of two, in every case, in lower case without marks."""
    single: set[str] = set()
    double: set[str] = set()
    for name in (*_listed("towns"), *_listed("towns_abroad")):
        first, _, second = name.partition(" ")
        if second:
            double |= {f"{a} {b}" for a in {*cases(first), *_adjective(first)} for b in cases(second)}
        else:
            single |= {plain_letters(name).lower(), *cases(name)}
    return frozenset(single), frozenset(double)


def _adjective(word: str) -> frozenset[str]:
    """The cases of a definite adjective in a town's name: `Naujoji`, `Naujosios`, `Naujojoje`."""
    plain = plain_letters(word).lower()
    if not plain.endswith("oji"):
        return frozenset({plain})
    stem = plain.removesuffix("oji")
    return frozenset(stem + end for end in ("oji", "osios", "ajai", "aja", "ojoje"))


@cache
def plain_list(name: str) -> frozenset[str]:
    """The words of a list in lower case without marks."""
    return frozenset(plain_letters(word).lower() for word in _listed(name))


@cache
def plain_lines(name: str) -> tuple[str, ...]:
    """The lines of a list of several words each, in lower case without marks."""
    text = (files("assuage.deidentify.words") / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(plain_letters(line).lower() for line in text.splitlines() if line.strip())


@cache
def listed_cases(name: str) -> frozenset[str]:
    """The words of a Lithuanian list in every case, in lower case without marks, also with `ne` before them."""
    forms = {form for word in _listed(name) for form in (plain_letters(word).lower(), *cases(word))}
    return frozenset(forms | {f"ne{form}" for form in forms})


@cache
def words_and_names() -> frozenset[str]:
    """Common words that are names too, in every Lithuanian case."""
    return frozenset(
        form for word in _listed("name_words") for form in {plain_letters(word).lower(), *cases(word)}
    )


@cache
def known_words() -> frozenset[str]:
    """Every word of the terms the product knows: drugs, symptoms, sites, therapies, conditions.

    Of conditions only ids and titles: among the other words people write for them are names (Graves, Alzheimer).
    """
    from assuage.terms.conditions import CONDITIONS
    from assuage.terms.drugs import DRUG_NAMED
    from assuage.terms.sites import SITES
    from assuage.terms.symptoms import SYMPTOM_NAMED
    from assuage.terms.therapies import THERAPY_NAMED

    every = (
        *(name for condition in CONDITIONS.values() for name in (condition.id, condition.title)),
        *DRUG_NAMED,
        *SYMPTOM_NAMED,
        *THERAPY_NAMED,
        *(s.title for s in SITES.values()),
    )
    return frozenset(word.lower() for name in every for word in _LETTERS.findall(plain_letters(name)))
