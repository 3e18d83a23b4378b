"""Identifiers spelled out in words, as they are dictated or told: telephones, addresses of the net, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.deidentify.dates import DATE, ENGLISH_MONTH, GERMAN_MONTH, LITHUANIAN_MONTH, YEAR
from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.names import NAME
from assuage.deidentify.patterns import EMAIL, PHONE, URL
from assuage.deidentify.places import POSTCODE

_DIGITS = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|hundred|"
    "null|eins|zwei|zwo|drei|vier|funf|sechs|sieben|acht|neun|"
    "nulis|nuliukas|vienas|du|trys|keturi|penki|sesi|septyni|astuoni|devyni"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    "seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
)
_LT_ORDINALS = (
    r"(?:pirm|antr|treci|ketvirt|penkt|sest|septint|astunt|devint|desimt|vienuolikt|dvylikt|trylikt|keturiolikt|penkiolikt|sesiolikt|"
    r"septyniolikt|astuoniolikt|devyniolikt|dvidesimt|trisdesimt)(?:a|oji|aja|osios|ojo|as|asis|o|os|ai|ajai)"
)
_DE_ORDINALS = (
    r"(?:erst|zweit|dritt|viert|funft|sechst|siebt|siebent|acht|neunt|zehnt|elft|zwolft|dreizehnt|vierzehnt|funfzehnt|sechzehnt|siebzehnt|"
    r"achtzehnt|neunzehnt|(?:\w{3,8}und)?zwanzigst|(?:einund)?dreissigst|(?:einund)?dreisigst)(?:e[nrs]?)"
)
_NUMBER_WORDS = rf"(?:{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|oh|and)\b"
# A sign may touch what stands beside it, a word for it never does: `duloxetin punkt` holds an `et`.
# Numbers of every size, for a telephone that is read out in pairs: `šeši šimtai dvylika trisdešimt keturi`.
_SAID = (
    rf"(?:{_DIGITS}|ten|eleven|twelve|\w{{3,6}}teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|and|plius|plus|"
    r"ein|zehn|elf|zwolf|\w{3,6}zehn|(?:\w{3,6}und)?(?:zwanzig|dreis+ig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig)|\w*hundert\w*|und|"
    r"simta[si]|simtu|desimt|\w{4,10}olika|dvylika|trylika|(?:dvi|tris|keturias|penkias|sesias|septynias|astuonias|devynias)desimt|"
    r"vienas|trisdesimt|sesi|sesios|keturios|penkios)"
)
_AT, _DOT = (
    r"(?:\s{1,2}(?:at|eta|et|at sign|klammeraffe)\s{1,2}|\s{0,2}(?:@|\(at\)|\[at\])\s{0,2})",
    r"(?:dot|punkt|taskas|point|\(dot\)|\[dot\])",
)
_NAME = r"[\w.+-]{1,64}"
# In brackets both mean nothing else: `ahlen(at)example(punkt)de`, `ona ( eta ) example.lt`.
_AT_SIGN = r"[(\[{]\s?(?:at|eta|et|a|@)\s?[)\]}]"
_FULL_STOP = r"\s?[(\[{]\s?(?:dot|punkt|taskas|point|\.)\s?[)\]}]\s?"
# A feast that has several days or Sundays: which of them tells the date.
_COUNTED = rf"(?:{_ORDINALS}|{_DE_ORDINALS}|{_LT_ORDINALS}|[1-5](?:st|nd|rd|th|\.))"
_FEAST = r"(?:advent|lent|christmas|easter|pentecost|weihnacht|ostern?|oster|pfingst|kaled|velyk|sekmin|ramadan|hanukkah)\w*"

_FORMS: tuple[tuple[Rule, str], ...] = (
    (PHONE, rf"\b(?:(?:{_DIGITS})\b[\s,-]{{1,2}}){{3,}}(?:(?:{_DIGITS})\b|\d[\d\s-]*\d)(?:[\s,-]{{1,2}}\d[\d\s-]*\d)?"),
    (PHONE, rf"\b(?:tel\w*|numeri\w*|phone|mobile|mob|cell|number|ring(?: \w+)? on|call(?: \w+)? on|handy|nummer|rufnummer|skambin\w*)(?:\s\w+){{0,2}}?[\s:,]{{1,2}}(?:{_SAID}\b[\s,-]{{1,2}}){{3,}}{_SAID}\b"),
    (PHONE, rf"\b\d(?:{_DIGITS})(?:\s?\d){{3,}}"),
    (EMAIL, rf"(?<!\w){_NAME}(?:\s{_DOT}\s{_NAME}){{0,3}}{_AT}[\w-]{{2,40}}(?:\s{_DOT}\s[\w-]{{2,20}}){{1,3}}"),
    (EMAIL, rf"(?<!\w){_NAME}(?:\s{_DOT}\s{_NAME}){{0,3}}\s(?:at|eta|et)\s(?:gmail|googlemail|outlook|hotmail|yahoo|icloud|proton\w*|live|web|gmx|aol|inbox|nhs|t-online|freenet)\.[a-z]{{2,6}}\b"),
    (EMAIL, rf"(?<!\w){_NAME}(?:{_FULL_STOP}{_NAME}){{0,3}}\s?{_AT_SIGN}\s?[\w-]{{2,40}}(?:(?:\.|{_FULL_STOP}|\s{_DOT}\s)[\w-]{{2,20}}){{1,3}}"),
    (DATE, rf"\b(?:the )?{_COUNTED} (?:day of |sunday (?:of|in|after|before) |sonntag (?:im|nach|vor) )?{_FEAST}\b(?:dien\w*|tag)?"),
    (POSTCODE, r"\b(?:zip|post ?code|postal code|plz|postleitzahl|pasto kodas)(?: is| yra| ist)?[:.]?\s(?:[a-z\d]\s){4,7}[a-z\d](?!\w)"),
    (URL, rf"\b(?:www|w w w)\s{_DOT}\s[\w-]+(?:\s{_DOT}\s[\w-]+){{1,3}}"),
    (DATE, rf"\b(?:the )?(?:{_ORDINALS}) (?:of |day of )?{ENGLISH_MONTH}\b(?:,? {_NUMBER_WORDS}(?:[- ]{_NUMBER_WORDS}){{0,4}}|,? (?:19|20)\d\d)?"),
    (DATE, rf"\b{ENGLISH_MONTH},? (?:the )?(?:{_ORDINALS})\b(?:,? {_NUMBER_WORDS}(?:[- ]{_NUMBER_WORDS}){{0,4}})?"),
    (DATE, rf"\b{LITHUANIAN_MONTH} {_LT_ORDINALS}\b(?: dien\w+)?|\b{_LT_ORDINALS} {LITHUANIAN_MONTH}\b"),
    (DATE, rf"\b(?:{_DE_ORDINALS}) {GERMAN_MONTH}\b|\b\d{{1,2}}\.? ?{GERMAN_MONTH}\b(?: ?(?:19|20)?\d\d\b)?|\b{GERMAN_MONTH} (?:19|20)\d\d\b|\b(?:anfang|mitte|ende|im|seit|bis|vom) {GERMAN_MONTH}\b"),
    (YEAR, rf"\b(?:nineteen|(?:in|since|from|until) twenty)[ -](?:oh|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_UNITS}))?)\b"),
    (YEAR, r"\b(?:neunzehnhundert|zweitausend)\w{4,}\b|\btukstantis devyni simtai \w+(?: \w+)?|\bdu tukstanciai \w+(?: \w+)? met\w+"),
    (DATE, rf"\b(?:vom|bis zum|seit dem|am) (?:{_DE_ORDINALS})(?=\s*(?:[.,;)]|$|zeigt|ergab|war|ist|punkt|komma|absatz)\W?)"),
    # A month that is told by its number: `dritten achten achtundsechzig`, `the third of the eighth sixty-eight`.
    (DATE, rf"\b{_DE_ORDINALS}\s{_DE_ORDINALS}(?:\s(?:neunzehn(?:hundert)?|zweitausend)?\w*(?:zehn|zig|sig|undert|ausend)\w*)?"),
    (DATE, rf"\bthe (?:{_ORDINALS}) of the (?:{_ORDINALS})\b(?:,? {_NUMBER_WORDS}(?:[- ]{_NUMBER_WORDS}){{0,4}})?"),
    (DATE, rf"\b(?:on|since|until|till|from|by) the (?:{_ORDINALS})(?=\s*(?:[.,;)]|$|full stop|comma|and\b|to\b|at\b|of\b))"),
)  # fmt: skip
# A name letter by letter: four letters or more, or three of which the first alone is a capital (`A n a`, no `C P R`).
_SPELLED = re.compile(
    r"(?<![\w.'-])(?:[^\W\d_](?:[ ]|[-.][ ]?)){3,}[^\W\d_](?![\w'])|(?<![\w.'-])[A-ZĄČĘĖĮŠŲŪŽ] [a-ząčęėįšųūžäöüß] [a-ząčęėįšųūžäöüß](?![\w'])"
)
_COMPILED = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _FORMS)


def dictated(text: str) -> Iterator[Recognised]:
    """The identifiers of a text that are spelled out, overlapping; offsets are those of the text as given."""
    plain = plain_letters(text)
    for rule, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            yield Recognised(match.start(), match.end(), rule, rule.becomes)
    for spelled in _SPELLED.finditer(text):
        yield Recognised(spelled.start(), spelled.end(), NAME, NAME.becomes)
