"""What a person must judge: words of no lexicon, capitals out of place, numbers that measure nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.deidentify import words
from assuage.deidentify.by_place import has_no_capitals, is_caseless, is_eponym, opens_sentence
from assuage.deidentify.dates import DAY_OR_SCORE
from assuage.deidentify.lexicon import (
    WORD,
    Tongue,
    first_words,
    in_lexicon,
    is_clinical,
    is_misspelt,
    listed_names,
    name_words,
)
from assuage.deidentify.rare import small_words
from assuage.deidentify.seldom import is_noun

Span = tuple[int, int]
# A code of letters and digits that names nobody: an amount, an ordinal, vertebrae, a classification, an item.
_CODE = re.compile(
    r"\d+(?:[.,]\d+)?(?:mg|mcg|ug|g|kg|ml|l|mm|cm|m|km|iu|u|h|hr|hrs|min|mins|s|sec|d|w|wk|wks|mth|mths|y|yr|yrs|yo|x|f|st|nd|rd|th|"
    r"am|pm|pct|mmhg|bpm|k|v|ieji|iai|oji|aja|as|a|is|mj|wo|te|ter|tes|er|fach)|"
    r"[xn]\d{1,3}|[a-z]{1,2}\d{1,2}(?:[-/][a-z]{0,2}\d{1,2})*|[a-z]\d{2}(?:\.\d{1,2})?|\d{1,2}[gx]|[a-z]{2,5}-?\d{1,2}[a-z]?|hba1c|t2dm|cyp\d\w{2}|"
    r"[ivx]{1,5}(?:[-/–][ivx]{1,5})?|\d{1,3}[/x-]\d{1,3}[a-z]{0,4}|ssri\w?|25oh\w*|b12|q10",
    re.IGNORECASE,
)
_MIXED = re.compile(r"(?<![\w@./-])(?=[\w/-]*\d)(?=[\w/-]*[^\W\d_])[^\W_][\w/-]{2,}(?!\w)")
_ROMAN = re.compile(r"[IVX]{1,4}(?:-[IVX]{1,4})?")
# A number of four digits and more that is no year and has no unit.
_NUMBER = re.compile(
    r"(?<![\w.,/])(?<!\w-)(?!(?:19|20)\d\d(?!\d))\d{4,}(?![\w/]|[.,]\d|\s?(?:mg|mcg|g|kg|ml|l|iu|tv|u|ie|mmol|%|cells|steps|schritte|zingsn\w*|kcal|kj|m|km|metres|eur))",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w@.])[^\W\d_]{3,}\.[^\W\d_]{3,}(?!\w|\.\w)")
# A short title between quotes, and what a ward or a station is called.
_QUOTED_TITLE = re.compile(r"(?<=[\"„“‘«'])(?=[^a-z])[\w]+(?:[ .&-]{1,2}[\w]+){0,4}(?=[\"“”’»'](?!\w))")
_NAMED_AFTER = re.compile(
    r"\b(?:ward|station|unit|clinic|practice|suite|skyrius|skyriuje|abteilung)\s?:?\s(?P<name>[^\W\d_]{3,})",
    re.IGNORECASE,
)
# A town that is a word too, with a capital where a place stands: `a programme in Bath`, `moved to Reading`.
_IN_TOWN = re.compile(
    r"\b(?:in|from|to|near|at|outside|via|nach|aus|bei) (?P<name>[A-Z][a-z]{2,})\b(?! [a-z]+ing\b)"
)
# The town after the house it stands in, whatever word it is: `from Rowlands, Bala`.
_OF_TOWN = re.compile(
    r"\b(?:from|at|in|near) [A-Z][a-z]+(?: [A-Z][a-z]+)?, (?P<name>[A-Z][a-z]{2,})\b(?![ ][A-Z]?[a-z]+ing\b)"
)
# What a practice is called, and the number of a house before the capitals of a street: `22 Quarry Bank`.
_PRACTICE = re.compile(
    r"\b(?P<name>[^\W\d_]{4,}) (?:health|medical|family|community) (?:centre|center|practice|clinic|group)\b|"
    r"\b(?P<other>[^\W\d_]{4,}) (?:pharmacy|hospice|nursing home|care home|high school|meeting house)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\w.,:/-])(?P<number>\d{1,4}[a-z]?),? (?P<name>[A-Z][a-z]{3,})(?= [A-Z][a-z]{2,}| [A-Z]{1,2}\d)"
)
# What a house is called where people meet, in small letters too.
_HOUSE = re.compile(
    r"\b(?:the|at|in|near) (?P<name>(?:[\w'&]+ ){1,3}?)(?:pub|inn|arms|tavern|cafe|club|gym|hotel|church|chapel|mosque|temple|theatre|bakery|salon|studio|choir|academy)\b",
    re.IGNORECASE,
)


# The field of a form that says who somebody is: whatever fills it is asked, also in capitals.
_FIELD = re.compile(
    r"\b(?:insurance|insurer|payer|employer|occupation|school|address|next of kin|nok|religion|nationality|place of birth|"
    r"krankenkasse|kostentrager|arbeitgeber|beruf|schule|anschrift|adresse|geburtsort|staatsangehorigkeit|konfession|"
    r"draudikas|darboviete|darbovietes?|pareigos|profesija|mokykla|adresas|gimimo vieta|tautybe|tikyba)\s?:\s?(?P<what>[^\n.;:,\[]{2,60})",
    re.IGNORECASE,
)
# Whom a village knows by a trade, or by the house where it is done: `Jackie the hairdresser`, `Aušrytė iš poliklinikos`.
_BY_TRADE = re.compile(r"\b[A-Z][a-z]{2,} the (?P<what>[a-z]{3,})\b")
_BY_HOUSE = re.compile(
    r"\b[A-Z][a-z]{2,} (?:is|aus der|aus dem|vom|von der) "
    r"(?P<what>(?:poliklinik|registrat|virtuv|ligonin|mokykl|darzel|vaistin|parduotuv|bibliotek|seniunij|parapij|kuch|praxis|apothek|backer|kirch|chor|verein|schul|buro)[a-z]*)\b",
    re.IGNORECASE,
)

# What a German house is called, put together with what it is for: `Schmerzzentrum Oberschwaben`.
_HOUSES_DE = (
    *("zentrum", "klinik", "klinikum", "praxis", "krankenhaus", "spital", "institut", "ambulanz", "hospiz"),
    *("heim", "stift", "schule", "gymnasium", "apotheke", "verein", "verband", "werke", "verlag", "gruppe"),
)


def unknown_words(plain: str, spoken: frozenset[Tongue]) -> Iterator[Span]:
    """Where a word stands that no lexicon of the text's languages has, or a capital that its place does not explain."""
    caseless = is_caseless(plain)
    small = has_no_capitals(plain)
    parts = list(WORD.finditer(plain))
    german = Tongue.GERMAN in spoken
    for at, word in enumerate(parts):
        text = word[0]
        before, after = plain[word.start() - 1 : word.start()], plain[word.end() : word.end() + 1]
        if _ROMAN.fullmatch(text) or before.isdigit() or before == "_" or after.isdigit() or after == "_":
            continue
        if is_eponym(plain, parts, at):
            continue
        if not in_lexicon(text, spoken):
            if not is_misspelt(text):
                yield word.span()
                yield from _beside(plain, parts, at, german=german, caseless=caseless)
        elif _stands_out(plain, word, spoken, caseless=caseless):
            yield word.span()
            yield from _beside(plain, parts, at, german=german, caseless=caseless)
        elif small and _may_be_named(text, spoken):
            yield word.span()
    for town in () if caseless else _IN_TOWN.finditer(plain):
        if town["name"].lower() in words.plain_list("towns_like_words"):
            yield town.span("name")
    for town in () if caseless or german else _OF_TOWN.finditer(plain):
        yield town.span("name")
    for title in _QUOTED_TITLE.finditer(plain):
        yield from (
            word.span()
            for word in WORD.finditer(plain, title.start(), title.end())
            if word[0].lower() not in small_words()
        )
    for ward in _NAMED_AFTER.finditer(plain):
        if not is_clinical(ward["name"]) and (caseless or ward["name"][0].isupper()):
            yield ward.span("name")
    for house in _HOUSE.finditer(plain):
        yield from (
            word.span()
            for word in WORD.finditer(plain, house.start("name"), house.end())
            if word[0].lower() not in small_words()
        )
    for practice in _PRACTICE.finditer(plain):
        name = "name" if practice["name"] else "other"
        lower = practice[name].lower()
        if lower not in first_words() | small_words() and not is_clinical(lower):
            yield from (word.span() for word in WORD.finditer(plain, *practice.span()))
    for number in _NUMBERED.finditer(plain):
        if not in_lexicon(number["name"], spoken) or not is_clinical(number["name"]):
            yield number.span("number")
    for trade in () if caseless else _BY_TRADE.finditer(plain):
        if trade["what"] in words.plain_list("occupations_common") | words.plain_list("persons"):
            yield trade.span("what")
    for field in _FIELD.finditer(plain):
        yield from (
            word.span()
            for word in WORD.finditer(plain, *field.span("what"))
            if word[0].lower() not in small_words() | words.plain_list("occupations_common")
        )
    for house in () if caseless else _BY_HOUSE.finditer(plain):
        if house[0][0].isupper():
            yield house.span("what")
    for day in DAY_OR_SCORE.finditer(plain):
        yield day.span("what")
    for pattern in (_MIXED, _NUMBER, _DOTTED):
        for match in pattern.finditer(plain):
            if pattern is not _MIXED or _CODE.fullmatch(match[0]) is None:
                yield match.span()


def _beside(
    plain: str, parts: list[re.Match[str]], at: int, *, german: bool, caseless: bool
) -> Iterator[Span]:
    """The words that belong to an unknown one: a capital beside its own, and what a place is called with."""
    for other, gap in (
        (at - 1, plain[parts[at - 1].end() : parts[at].start()]),
        (at + 1, _gap_after(plain, parts, at)),
    ):
        if not 0 <= other < len(parts) or re.fullmatch(r"\.? ", gap) is None:
            continue
        word = parts[other][0]
        lower = word.lower()
        capitals = word[0].isupper() and parts[at][0][0].isupper() and not german
        capitals = capitals and not caseless and lower not in words.plain_list("titles")
        opens = opens_sentence(plain, parts[other].start())
        if (
            lower in words.plain_list("of_places")
            or lower.endswith(_HOUSES_DE)
            or (
                not opens
                and lower not in small_words()
                and (capitals or (_is_seldom(lower) and not is_clinical(lower)))
            )
        ):
            yield parts[other].span()


def _gap_after(plain: str, parts: list[re.Match[str]], at: int) -> str:
    return plain[parts[at].end() : parts[at + 1].start()] if at + 1 < len(parts) else ""


def _is_seldom(lower: str) -> bool:
    """Whether an English word is seldom enough to be part of a name, and no form of a verb."""
    return (
        in_lexicon(lower, frozenset((Tongue.ENGLISH,)))
        and lower not in first_words()
        and not lower.endswith(("ed", "ing", "ly", "s"))
        and lower
        not in words.plain_list("common_english") | words.plain_list("saying") | words.plain_list("relations")
    )


def _stands_out(plain: str, word: re.Match[str], spoken: frozenset[Tongue], *, caseless: bool) -> bool:
    """Whether a common word has a capital within a sentence of a language that gives it none."""
    text, lower = word[0], word[0].lower()
    if caseless or not text[0].isupper() or len(text) < 3:
        return False
    if text.isupper():
        return len(text) > 3 and lower in name_words() | listed_names() and not is_clinical(lower)
    opens = opens_sentence(plain, word.start())
    if Tongue.GERMAN in spoken or (
        opens and lower not in _may_open_as_name(spoken) and not _does_something(plain, word, spoken)
    ):
        return False
    return not (
        is_clinical(lower)
        or lower in words.plain_list("eponyms")
        or lower in words.plain_list("titles")
        or lower in words.plain_list("common_everywhere")
    )


# What a person or a pet does: whatever opens an English sentence without an article and does it may be called so.
_DOES = re.compile(
    r" (?:wanted|wants|slept|sleeps|barked|barks|purred|purrs|licked|jumped|curled|snored|chewed|ate|brought|brings|rang|phoned|"
    r"texted|came|visited|visits|drove|hugged|sat|lay|says|said|thinks|reckons|met|lent|gave|took me|drove me|helped me)\b"
)


def _does_something(plain: str, word: re.Match[str], spoken: frozenset[Tongue]) -> bool:
    """Whether a noun opens a sentence and does what people and pets do: `Biscuit wanted his walk`."""
    return (
        Tongue.ENGLISH in spoken
        and _DOES.match(plain, word.end()) is not None
        and is_noun(word[0].lower(), spoken)
        and not word[0].endswith("s")
        and word[0].lower()
        not in words.plain_list("relations") | words.plain_list("titles") | words.plain_list("persons")
    )


def _may_be_named(text: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word is a name too, where nobody writes capitals: asked, unless everybody says it."""
    lower = text.lower()
    return (
        (lower in name_words() or lower in listed_names())
        and Tongue.ENGLISH in spoken
        and lower not in first_words()
        and not is_clinical(lower)
    )


def _may_open_as_name(spoken: frozenset[Tongue]) -> frozenset[str]:
    """Words that are asked even where a sentence opens with them: names that Lithuanian has as words."""
    return name_words() if spoken == frozenset((Tongue.LITHUANIAN,)) else frozenset()
