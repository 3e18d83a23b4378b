"""What is rare tells who somebody is without a name: an occupation few have, an event that was in the news.

Nothing is hidden by these rules. The words of the phrase are put to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assuage.deidentify import words
from assuage.deidentify.lexicon import WORD, first_words, is_clinical

Span = tuple[int, int]
_BEFORE, _AFTER = 3, 6
_TRADE = (
    "smith",
    "keeper",
    "ivist",
    "wright",
    "monger",
    "ographer",
    "ician",
    "ologist",
    "master",
    "mistress",
    "pist",
)
_AGENT = ("er", "or", "ist", "smith", "keeper", "erin", "istin", "ninke", "ninkas", "toja", "tojas")
_CLAUSE = re.compile(r"[^,.;:()\n!?]+(?:\.(?=\w)[^,.;:()\n!?]+)*")
_LIVES_IN = re.compile(
    r"\b(?:liv(?:es|ed|ing) (?:now )?(?:in|at|near)|moved to|born in|grew up in|(?:wohn(?:t|en|haft)|leb(?:t|en)) (?:jetzt |nun |derzeit )?(?:in|bei)|"
    r"zieht nach|gyven(?:a|o|anti)|gyv\.?|persikele i|kile is)\s",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_WORKS_AS = re.compile(
    r"\b(?:work(?:s|ed|ing)? as|employed (?:as|by)|(?:job|post|role|position|career) (?:as|at|with|in)|teaches|plays the|works? (?:nights |days |shifts |part-time |full-time )?(?:at|for)|volunteers (?:at|for)|plays for|sings (?:in|with)|occupation|profession|by trade|now an?|(?:is|was) an?(?: retired| former)|retired|retd|former|"
    r"arbeitet (?:als|bei)|singt im|spielt (?:bei|fur)|tatig als|von beruf|beruf|pensionierte\w?|dirb(?:a|o|u|au|anti|antis)|profesija|buv(?:usi|es)|dabar)\b[:\s]+",
    re.IGNORECASE,
)


def rare_phrases(plain: str) -> Iterator[Span]:
    """Where the words of a rare occupation or event stand, word by word, in a text of plain letters."""
    events = words.plain_list("events") | words.plain_list("occupations_rare")
    unique = words.plain_list("unique")
    for clause in _CLAUSE.finditer(plain):
        parts = list(WORD.finditer(plain, clause.start(), clause.end()))
        lower = [word[0].lower() for word in parts]
        for at, word in enumerate(lower):
            if word in events:
                yield from (year.span() for year in _YEAR.finditer(plain, clause.start(), clause.end()))
                yield from _telling(parts[max(0, at - _BEFORE) : at + _AFTER + 1])
            elif _is_agent(parts, at):
                yield from _telling(parts[max(0, at - 1) : at + _AFTER + 1])
            elif (
                word in unique
                and at + 1 < len(lower)
                and any(_is_person(each) for each in lower[at + 1 : at + 4])
            ):
                yield from _telling(parts[at : at + _AFTER + 2])
        for match in _LIVES_IN.finditer(plain, clause.start(), clause.end()):
            yield from _telling([word for word in parts if word.start() >= match.end()][:2])
        for match in _WORKS_AS.finditer(plain, clause.start(), clause.end()):
            named = _until_clinic([word for word in parts if word.start() >= match.end()][:_AFTER])
            if any(not _is_ordinary(word[0].lower()) for word in named[:2]):
                yield from _telling(named)


def _until_clinic(parts: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words before one of the clinic, or before what joins another thing: a trade ends there."""
    ends = (
        at
        for at, word in enumerate(parts)
        if word[0].lower() in ("with", "and", "mit", "und", "ir", "su", "who", "has", "is", "was")
        or (at and len(word[0]) > 3 and is_clinical(word[0]))
    )
    return parts[: next(ends, len(parts))]


def _is_agent(parts: list[re.Match[str]], at: int) -> bool:
    """Whether a word is what somebody is by trade, and a trade that is not of every day: `a drummer`, `archivist`."""
    lower = parts[at][0].lower()
    before = {word[0].lower() for word in parts[max(0, at - 2) : at]}
    told = not before.isdisjoint(("a", "an", "as", "our", "retired", "former"))
    trade = lower.endswith(_TRADE) or (told and _is_person(lower))
    return (
        trade
        and len(lower) > 5
        and lower not in first_words()
        and not _is_ordinary(lower)
        and lower
        not in words.plain_list("relations") | words.plain_list("no_persons") | words.plain_list("titles")
    )


def _telling(parts: list[re.Match[str]]) -> Iterator[Span]:
    """The words of a phrase that tell something: neither small words nor words of the clinic; and its year."""
    for word in parts:
        lower = word[0].lower()
        if lower not in _plain_words() and not (
            len(lower) > 3 and is_clinical(lower) and lower not in words.plain_list("events")
        ):
            yield word.span()


@cache
def _plain_words() -> frozenset[str]:
    """Words that tell nothing about an occupation or an event: small ones, titles, kin, what people say and do."""
    return small_words().union(
        *(words.plain_list(name) for name in ("titles", "relations", "saying", *_OF_NOTES))
    ) - words.plain_list("outer_english")


# What notes are full of tells nothing about a trade beside it; the phrase around it is asked by its nouns.
_OF_NOTES = ("ordinary_english", "ordinary_german", "ordinary_lithuanian")


def small_words() -> frozenset[str]:
    """The small words of every language: articles, prepositions, pronouns."""
    return frozenset[str]().union(
        *(words.plain_list(f"function_{each}") for each in ("english", "german", "lithuanian"))
    ) | {
        "a",
        "an",
        "in",
        "on",
        "at",
        "as",
    }


def _is_person(lower: str) -> bool:
    """Whether a word is of a person: a man, a woman, an agent by its ending."""
    return lower in words.plain_list("persons") or (
        len(lower) > 5
        and lower.endswith(_AGENT)
        and lower not in words.plain_list("no_persons")
        and not is_clinical(lower)
    )


def _is_ordinary(lower: str) -> bool:
    return lower in words.plain_list("occupations_common") or lower in _plain_words() or is_clinical(lower)
