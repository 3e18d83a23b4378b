"""Which common words are seldom said in a clinic: nouns of the rest of a life, such as a bakery, a ferry, a parish.

The ordinary words are the closed list here, as the lexicon is for words as such: what everybody says, what notes say
and what our own Lithuanian catalogue says. A noun that is neither ordinary nor clinical may tell who somebody is.
"""

from __future__ import annotations

import re
from functools import cache

from assuage.deidentify import words
from assuage.deidentify.lexicon import (
    Tongue,
    abbreviations,
    first_words,
    in_lexicon,
    is_clinical,
    is_misspelt,
    packed_set,
)
from assuage.deidentify.words.lithuanian_forms import is_adjective, stems


def is_seldom(word: str, spoken: frozenset[Tongue], *, capital: bool = False) -> bool:
    """Whether a word (plain letters, any case) is a noun that notes seldom have, in the languages that are spoken.

    `capital` says that German gives it one where it stands, so that it is a noun there.
    """
    lower = word.lower()
    bare = lower.removesuffix("'s") if "'" in lower else lower
    return 2 < len(bare) <= _LONGEST and _is_seldom(bare, spoken, capital=capital)


def is_ordinary(word: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word is of the clinic, of its notes or of every home: it tells nothing wherever it stands."""
    lower = word.lower()
    if Tongue.ENGLISH in spoken and lower in words.plain_list("outer_english"):
        return False
    return (
        not 2 < len(lower) <= _LONGEST
        or is_clinical(lower)
        or any(lower in words.plain_list(name) for name in _TELL_NOTHING)
        or is_of_notes(lower, spoken)
    )


def is_of_notes(lower: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word is on the list of what notes and homes are full of, in a language that is spoken."""
    return any(_is_ordinary(lower, tongue) for tongue in spoken)


def _is_german_adjective(lower: str) -> bool:
    """Whether a German word is no noun, in any form: `nachster`."""
    stems = {
        lower,
        *(lower.removesuffix(end) for end in ("e", "er", "es", "em", "en") if lower.endswith(end)),
    }
    return any(form in packed_set("german_no_nouns") for stem in stems for form in (stem, f"{stem}e"))


def is_german_noun(lower: str) -> bool:
    """Whether a word in small letters can only be a German noun: it is German, and in no form another word."""
    return (
        in_lexicon(lower, frozenset((Tongue.GERMAN,)))
        and not _is_german_adjective(lower)
        and not _is_inflected(lower)
    )


def _is_inflected(lower: str) -> bool:
    """Whether a word may be a form of a German verb: `gebissen`, `stellte`, `abgesagt`."""
    stems = (
        lower.removesuffix(end)
        for end in ("e", "st", "t", "te", "ten", "test", "tet", "en")
        if lower.endswith(end)
    )
    return any(len(stem) > 1 and f"{stem}en" in packed_set("german_no_nouns") for stem in stems) or (
        _PARTICIPLE.fullmatch(lower) is not None
    )


_PARTICIPLE = re.compile(r"(?:\w{2,5})?(?:ge|be|ver|er|zer|ent|miss)\w{3,}(?:t|en)")


def is_noun(lower: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word (plain letters, small) can be a noun of a language that is spoken; of German none is told."""
    return any(_can_be_noun(lower, tongue) for tongue in spoken)


def _can_be_noun(lower: str, tongue: Tongue) -> bool:
    match tongue:
        case Tongue.ENGLISH:
            return any(form in packed_set("english_nouns") for form in _singular(lower))
        case Tongue.GERMAN:
            return False
        case Tongue.LITHUANIAN:
            return _DOING.fullmatch(lower) is not None or any(noun for _, noun in stems(lower))


# A Lithuanian noun made of a verb: `vežiojimą`.
_DOING = re.compile(r"\w{3,}[iy]m(?:as|o|ui|a|u|e|ai|ams|us|ais|uose)")


def is_verb(lower: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word looks like the verb of a clause, and is no noun, in a language that is spoken."""
    return any(_can_be_verb(lower, tongue) for tongue in spoken)


def _can_be_verb(lower: str, tongue: Tongue) -> bool:
    match tongue:
        case Tongue.ENGLISH:
            return lower.endswith("ed") or (
                in_lexicon(lower, frozenset((tongue,))) and not _can_be_noun(lower, tongue)
            )
        case Tongue.GERMAN:
            return (lower.endswith(("t", "te", "ten", "st")) and not lower.endswith("ste")) or (
                _PARTICIPLE.fullmatch(lower) is not None
            )
        case Tongue.LITHUANIAN:
            return bool(stems(lower)) and not _can_be_noun(lower, tongue) and not is_adjective(lower)


# No word is longer, and a longer one costs time; whether it is one is asked where words of no lexicon are.
_LONGEST = 60
_TELL_NOTHING = (
    "titles",
    "relations",
    "saying",
    "occupations_common",
    "common_everywhere",
    "persons",
    "abbreviations",
)


# Nouns with these endings name what one feels, does or has, not a place, a trade or an event; the others are a list.
_ABSTRACT = {
    Tongue.ENGLISH: re.compile(r"\w{3,}(?:ness|ments?|[ts]ions?|it(?:y|ies)|[ae]nces?|isms?)"),
    Tongue.GERMAN: re.compile(
        r"\w{3,}(?:ung|ungen|keit|keiten|heit|heiten|tat|taten|tion|tionen|nis|nisse|[ae]nz|[ae]nzen|ismus)"
    ),
}
_ABSTRACT_STEM = ("imas", "ymas", "umas", "ybe")


def _is_abstract(lower: str, tongue: Tongue) -> bool:
    exceptions = words.plain_list("not_abstract")
    if tongue is Tongue.LITHUANIAN:
        return any(stem.endswith(_ABSTRACT_STEM) and stem not in exceptions for stem, _ in stems(lower))
    if _ABSTRACT[tongue].fullmatch(lower) is None:
        return False
    bare = (lower, lower.removesuffix("s").removesuffix("e").removesuffix("en"))
    return not any(form.endswith(tuple(exceptions)) for form in bare)


def _is_seldom(lower: str, spoken: frozenset[Tongue], *, capital: bool) -> bool:
    if lower in words.listed_cases("outer_lithuanian") and Tongue.LITHUANIAN in spoken:
        return True
    if is_ordinary(lower, spoken) or lower in abbreviations() or is_misspelt(lower):
        return False
    tongues = [tongue for tongue in spoken if in_lexicon(lower, frozenset((tongue,)))]
    if tongues and all(_is_seldom_of(lower, tongue, capital=capital) for tongue in tongues):
        return True
    parts = lower.split("-")
    return len(parts) > 1 and any(
        len(part) > 2 and _is_seldom(part, spoken, capital=capital) for part in parts
    )


def _is_seldom_of(lower: str, tongue: Tongue, *, capital: bool) -> bool:
    if _is_abstract(lower, tongue):
        return False
    match tongue:
        case Tongue.ENGLISH:
            if lower in words.plain_list("outer_english"):
                return True
            return lower not in first_words() and any(
                form in packed_set("english_nouns") for form in _singular(lower)
            )
        case Tongue.GERMAN:
            return capital or not _is_german_adjective(lower)
        case Tongue.LITHUANIAN:
            return any(is_noun for _, is_noun in stems(lower))


def _is_ordinary(lower: str, tongue: Tongue) -> bool:
    match tongue:
        case Tongue.ENGLISH:
            ordinary = words.plain_list("ordinary_english")
            return any(form in ordinary for form in _singular(lower))
        case Tongue.GERMAN:
            return _is_ordinary_german(lower)
        case Tongue.LITHUANIAN:
            outer = words.plain_list("outer_lithuanian")
            if lower in words.listed_cases("ordinary_lithuanian"):
                return True
            whole = {stem for stem, is_noun in stems(lower) if is_noun}
            # `paroda` is a noun of its own, and not a form of `rodo` with a prefix.
            forms = whole or {stem for stem, _ in stems(lower)}
            return forms.isdisjoint(outer) and not forms.isdisjoint(_ordinary_lithuanian())


def _singular(lower: str) -> tuple[str, ...]:
    """A noun as it is written, and as one of them."""
    if lower.endswith("ies"):
        return lower, f"{lower[:-3]}y"
    return lower, lower.removesuffix("s"), lower.removesuffix("es")


@cache
def _is_ordinary_german(lower: str) -> bool:
    """Whether a German noun is ordinary, in any form, or put together of ordinary and clinical words: `Arzttermin`."""
    if _has_form(lower):
        return True
    if lower.endswith(("frau", "mann", "madchen", "junge", "kind")):  # what somebody is called or is
        return False
    for cut in range(4, len(lower) - 3):
        head = lower[:cut]
        if (_has_form(lower[cut:]) or is_clinical(lower[cut:])) and any(
            head.endswith(joint) and (_has_form(stem) or is_clinical(stem))
            for joint in ("", "s", "es", "n", "en", "er")
            for stem in (head.removesuffix(joint),)
            if len(stem) > 3
        ):
            return True
    return False


def _has_form(lower: str) -> bool:
    ordinary = words.plain_list("ordinary_german")
    if lower in words.plain_list("outer_german"):
        return False
    stems = (lower.removesuffix(end) for end in ("", "e", "en", "n", "er", "ern", "s", "es", "innen"))
    return any(len(stem) > 2 and not {stem, f"{stem}e"}.isdisjoint(ordinary) for stem in stems)


@cache
def _ordinary_lithuanian() -> frozenset[str]:
    return packed_set("lithuanian_catalogue") | words.plain_list("ordinary_lithuanian")
