"""Ages: those over 89 are hidden wherever they are told, in figures or in words; on request every age is a band.

A bare number is an age where it stands as one: after who somebody is (`Mrs Hale, 93,`, `her mum (91)`), after a pronoun
or a person (`sie ist 92`, `jam 97`), after `turned`, before `F`. A number with a unit or a share is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.deidentify import words
from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.lexicon import Tongue, in_lexicon, is_clinical

AGE = Rule("age", "C", "an age over 89", "aged 90 or more")
BAND = Rule("age-band", "C", "an age, as a band of five years", "")

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_WITH_YEARS = re.compile(
    r"\b(?:aged?|age of|age)\s(?:is\s)?(?P<a>\d{2,3})\b|"
    r"\b(?P<b>\d{2,3})[\s-](?:years?|yrs?|y)(?:[\s-]old|\s+of\s+age|/o)|\b(?P<c>\d{2,3})\s?(?:y/o|yo|y\.o\.)|"
    r"\b(?P<d>\d{2,3})\s(?:met(?:u|ai|us)|m\.)(?:\s+amziaus)?(?=\W|$)|\b(?P<e>\d{2,3})[\s-]met(?:e|is|es|io|ei|i)\b|"
    r"\b(?P<g>\d{2,3})[\s-]?(?:jahrig\w*|jahre?\salt|jahre(?=\s?[,;)]|$)|(?-i:J)\.?(?=[\s,;)]|$))|\b(?:at|turned|turning|mit)\s(?P<h>\d{2,3})(?=\s(?:she|he|i|they|sie|er|ich)\b)",
    re.IGNORECASE,
)
_IN_WORDS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:aged? )?(?:ninety(?:[- ](?:{_UNITS}))?|a hundred(?: and \w+)?|one hundred(?: and \w+)?)[- ](?:years?[- ](?:old|of age)|yo\b|y/o)",
        r"\b(?:devyniasdesimt\w*(?:\s\w+)?|simt[ao](?:mete|metis|\s(?:vien\w+|dvej\w+|trej\w+)))\s?(?:metu|mete|metis|met\w+)?\b",
        r"\b(?:(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und)?neunzig\w*(?:\sjahre|-?jahrig\w*)?(?:\salt\w*)?",
    )
)
# A number from 90 on, with no unit, share or second number behind it.
_OVER = (
    rf"(?P<age>(?:9\d|1[01]\d|ninety(?:[- ](?:{_UNITS}))?|a hundred(?: and (?:{_UNITS}))?)\b)"
    r"(?!\s?(?:[%/°]|mg|mcg|kg|g\b|ml|l\b|cm|mm|km|metres|meter|bpm|per ?cent|percent|prozent|proc|steps|schritte|zingsn\w*|times|mal\b|"
    r"kart\w*|points?|punkte?|bal\w*|min|sek|sec|hours?|stunden|val\b|days?|tage|dien\w*|weeks?|wochen|savai\w*|degrees?|grad|kcal)|[.,:]\d|-\d)"
)
_WHO = (
    r"he|she|i|they|who|sie|er|ich|ji|jis|as|jai|jam|man|kuriai|kuriam|mum|mom|mother|dad|father|gran|granny|nan|grandma|grandad|aunt|uncle|"
    r"patient|pt|patientin|mutter|vater|oma|opa|tante|onkel|pacient\w+|mama|mamai|motina|motinai|tevui|tetis|senel\w+|mociut\w+|teta|tetai"
)
_IS = (
    r"is|was|are|am|be|will be|now|just|nearly|almost|already|soon|ist|war|wird|wurde|bin|jetzt|schon|fast|bald|jau|dabar|yra|bus|beveik|"
    r"turned|turns|turning|suejo|sueis|sukako|sukaks|sukanka|sulauke"
)
_TOLD = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:turn(?:ed|s|ing)?|reached|sulauke|suejo|sueis|sukako|sukaks|sukanka)\s{_OVER}",
        rf"\b(?:her|his|their|my|the)\s{_OVER}(?:th|st|nd|rd)? birthday",
        rf"\b(?:{_WHO})(?:'s|'m|'re)?\s(?:(?:{_IS})\s){{1,3}}{_OVER}(?:\sgeworden)?",
        rf"\b(?:jai|jam|man|kuriai|kuriam|motinai|mamai|mociutei|seneliui|tevui|tetai)\s{_OVER}(?=[\s,.;)]|$)",
        r"(?<![\w.,/-])(?P<age>9\d|1[01]\d)\s?(?-i:[FMW])(?=[\s,.;)]|$)|(?<![\w.,/-])(?P<f>9\d|1[01]\d)f\b",
        r"\b(?-i:[FM])\s?(?P<age>9\d|1[01]\d)(?=[\s,.;)]|$)(?!\s?(?:kg|cm|%|mg))",
    )
)
# `Mrs Hale, 93, still drives`, `her mum (91) rang`: what stands before tells whether it is somebody.
_BESIDE = re.compile(rf"(?P<who>[^\W\d_]+)\.?(?:,\s|\s\(){_OVER}(?=\s?[,.;)\n]|\s[a-z]|$)", re.IGNORECASE)


def ages(text: str, *, bands: bool = False) -> Iterator[Recognised]:
    """The ages over 89 of a text, and every other as a band where `bands` are asked for, overlapping."""
    plain = plain_letters(text)
    for match in _WITH_YEARS.finditer(plain):
        years = int(next(group for group in match.groups() if group))
        if 89 < years <= 120:
            yield Recognised(match.start(), match.end(), AGE, AGE.becomes)
        elif bands and 0 < years <= 120:
            yield Recognised(match.start(), match.end(), BAND, f"aged {band(years)}")
    for form in _IN_WORDS:
        for match in form.finditer(plain):
            yield Recognised(match.start(), match.end(), AGE, AGE.becomes)
    for form in _TOLD:
        for match in form.finditer(plain):
            start = match.start("age") if match["age"] else match.start()
            yield Recognised(start, match.end(), AGE, AGE.becomes)
    for match in _BESIDE.finditer(plain):
        if _is_somebody(plain, match):
            yield Recognised(*match.span("age"), AGE, AGE.becomes)


def _is_somebody(plain: str, match: re.Match[str]) -> bool:
    """Whether what stands before a number is a person: kin, a title's name, an initial, a capital of no lexicon."""
    who, lower = match["who"], match["who"].lower()
    if lower in words.plain_list("relations") | words.plain_list("persons"):
        return True
    before = plain[max(0, match.start() - 40) : match.start()].split()[-1:]
    if before and {before[0].lower(), before[0].lower().rstrip(".")} & words.plain_list("titles"):
        return True
    return (
        who[0].isupper()
        and not (who.isupper() or is_clinical(lower))
        and (lower in words.first_names() | words.surnames() or not in_lexicon(who, frozenset(Tongue)))
    )


def band(years: int) -> str:
    """The band of five years an age lies in: `45-49`; `90 or more` from there on."""
    low = years // 5 * 5
    return "90 or more" if low >= 90 else f"{low}-{low + 4}"
