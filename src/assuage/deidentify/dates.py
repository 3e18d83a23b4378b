"""Dates as people write them, in English and in Lithuanian. A whole date becomes a day, a part of one is hidden.

Only a date that can be read in one way becomes `Day N`: 03/04/2026 is March in one country and April in
another, so it becomes `[date]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters, with_figures
from assuage.terms.months import ENGLISH_MONTHS, GERMAN_MONTHS, LITHUANIAN_MONTHS

DATE = Rule("date", "C", "a date", "[date]")
WEEKDAY = Rule(
    "weekday", "C", "a day of the week: with days counted from the first it tells the date", "[weekday]"
)
SEASON = Rule("season", "C", "a season or a holiday", "[season]")
YEAR = Rule("year", "C", "a year in which something happened", "[year]")

ENGLISH_MONTH = "(?:" + "|".join(sorted(ENGLISH_MONTHS, key=len, reverse=True)) + r")(?!\s+fractures?\b)"
LITHUANIAN_MONTH = "(?:" + "|".join(sorted(LITHUANIAN_MONTHS, key=len, reverse=True)) + ")"
_YEAR = r"(?:18|19|20)\d{2}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TH = r"(?:\s?(?:st|nd|rd|th))?"
_LT_DAY = r"(?:\s?d\b\.?|\s?dien\w*|-?\s?(?:aja|oji|osios|ojo|aj|oj)\w*)?"
_LT_YEAR = r"\s*(?:m\b\.?|met\w*)?,?\s*"
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    r"(?:pirm|antr|treci|ketvirt|penkt|sest|sek)\w*dien\w*)"
)

GERMAN_MONTH = "(?:" + "|".join(sorted(GERMAN_MONTHS, key=len, reverse=True)) + ")"

# When on that day somebody will be seen: `Wed 2.15`, `Thursday at 9:40 am`, `penktadienį 14 val.`
_HOUR = r"(?:,?\s(?:at\s|um\s|@\s?)?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d(?:\s?(?:am|pm|uhr|val|h)\b)?|\s?(?:am|pm|uhr|val|h)\b)(?![\w,.:]\d))?"
# What happens on a day, right before it.
_HAPPENED = (
    r"\b(?:adm(?:itted|ission|it)?|disch(?:arged?)?|d/c(?:'?d)?|transfer(?:red)?|listed|referred|refd?|surgery|op|procedure|born|"
    r"started|stopped|died|since|until|aufn(?:ahme)?|entl(?:assung|assen)?|isras\w*|atvyko|paguld\w*)[.:]?\s(?:on\s|am\s)?"
)
DAY_OR_SCORE = re.compile(rf"{_HAPPENED}(?P<what>{_DAY}/10)\b(?!/)", re.IGNORECASE)

Parts = tuple[int, int, int]


def _numbers(*order: str) -> Callable[[re.Match[str]], Parts | None]:
    def read(match: re.Match[str]) -> Parts | None:
        numbers = {name: int(match[name]) for name in order}
        year = numbers["y"] + (0 if numbers["y"] > 99 else 2000 if numbers["y"] < 50 else 1900)
        return (year, numbers["m"], numbers["d"])

    return read


def _either(match: re.Match[str]) -> Parts | None:
    """Day first or month first: whichever is possible, and nothing where both are."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if first == second or second > 12 >= first:
        return (year, first, second)
    return (year, second, first) if first > 12 else None


def _named(months: dict[str, int]) -> Callable[[re.Match[str]], Parts | None]:
    def read(match: re.Match[str]) -> Parts | None:
        return (int(match["y"]), months[match["m"].lower()], int(match["d"]))

    return read


def _part(_match: re.Match[str]) -> Parts | None:
    return None


_WRITTEN: tuple[tuple[str, Callable[[re.Match[str]], Parts | None]], ...] = (
    # 2026-03-06, 2026.03.06, 2026/3/6, 2026 03 06, with a time after it or not
    (
        rf"(?<![\d.-])(?P<y>{_YEAR})(?P<s>[-./‐‑–]|\s)(?P<m>{_MONTH})(?P=s)(?P<d>{_DAY})(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)",
        _numbers("y", "m", "d"),
    ),
    # 20260306
    (
        r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        _numbers("y", "m", "d"),
    ),
    # 06.03.2026, 6. 3. 2026, 6.3.26: dots are European
    (
        rf"(?<![\d.])(?P<d>{_DAY})\.\s?(?P<m>{_MONTH})\.\s?(?P<y>{_YEAR}|\d\d)(?![\d.]\d|\d)",
        _numbers("y", "m", "d"),
    ),
    # 06/03/2026, 3-6-26
    (rf"(?<![\d/])(?P<a>\d{{1,2}})(?P<s>[/‐‑–-])(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YEAR}|\d\d)(?![\d/])", _either),
    # 6 March 2026, 6th of March, 2026, 06-Mar-2026, 06MAR2026
    (
        rf"\b(?P<d>{_DAY}){_TH}[\s-]?(?:of\s)?(?P<m>{ENGLISH_MONTH})\.?[,\s-]*(?P<y>{_YEAR})\b",
        _named(ENGLISH_MONTHS),
    ),
    # March 6, 2026, Mar 6th 2026
    (rf"\b(?P<m>{ENGLISH_MONTH})\.?\s?(?P<d>{_DAY}){_TH}[,\s]+(?P<y>{_YEAR})\b", _named(ENGLISH_MONTHS)),
    # 2026 March 6
    (rf"\b(?P<y>{_YEAR})[\s-](?P<m>{ENGLISH_MONTH})[\s-](?P<d>{_DAY}){_TH}\b", _named(ENGLISH_MONTHS)),
    # 2026 m. kovo 6 d., 2026 metų kovo 6 dieną, 2026 kovo 6
    (
        rf"\b(?P<y>{_YEAR}){_LT_YEAR}(?P<m>{LITHUANIAN_MONTH})\s+(?P<d>{_DAY}){_LT_DAY}(?!\w)",
        _named(LITHUANIAN_MONTHS),
    ),
    # kovo 6 d. 2026 m., 6 kovo 2026
    (
        rf"\b(?P<m>{LITHUANIAN_MONTH})\s+(?P<d>{_DAY}){_LT_DAY},?\s+(?P<y>{_YEAR})(?:\s*m\b\.?)?",
        _named(LITHUANIAN_MONTHS),
    ),
    (
        rf"\b(?P<d>{_DAY})\.?\s+(?P<m>{LITHUANIAN_MONTH})\s+(?P<y>{_YEAR})(?:\s*m\b\.?)?",
        _named(LITHUANIAN_MONTHS),
    ),
    # 6.III.2026, 6 III 2026
    (rf"\b{_DAY}[.\s-]\s?(?:X(?:I{{0,2}})|IX|IV|V?I{{1,3}}|V)[.\s-]\s?{_YEAR}\b", _part),
    (rf"\b{ENGLISH_MONTH}\s+the\s+{_DAY}{_TH}\b", _part),
    # 29 Feb 64, 3. Mai 58: no hour and no amount follows.
    (
        rf"\b{_DAY}{_TH}\.?[\s-](?:{ENGLISH_MONTH}|{GERMAN_MONTH})\.?[\s-]['‘’]?\d\d\b(?![:.]\d|\s?(?:mg|ml|mcg|%|uhr|am|pm|val|h\b|x\b))",
        _part,
    ),
    # Parts: a day and a month, a month and a year, a month where it says when.
    (rf"\b{_DAY}{_TH}[\s-](?:of\s)?{ENGLISH_MONTH}\b(?!\s+(?:be|have|not|cause|help|also)\b)", _part),
    (rf"\b{ENGLISH_MONTH}\.?\s{_DAY}{_TH}\b(?!\s?(?:mg|ml|g|%|mcg|/))", _part),
    (rf"\b{LITHUANIAN_MONTH}\s+{_DAY}{_LT_DAY}(?!\w)", _part),
    (rf"\b{_DAY}\.?\s+{LITHUANIAN_MONTH}(?:\s+d\b\.?)?(?!\w)", _part),
    (rf"\b{ENGLISH_MONTH}[\s,.'’/-]*(?:of\s)?{_YEAR}\b|\b{ENGLISH_MONTH}\.?\s['‘’]\d\d\b", _part),
    (rf"\b{_YEAR}{_LT_YEAR}{LITHUANIAN_MONTH}(?:\s+m[eė]n\w*\.?)?(?!\w)", _part),
    (rf"\b{LITHUANIAN_MONTH}\s+{_YEAR}(?:\s*m\b\.?)?", _part),
    (rf"(?<![\d./-]){_YEAR}[-/.](?:0[1-9]|1[0-2])(?![\d/]|[-.]\d)", _part),
    (rf"(?<![\d./-])(?:0[1-9]|1[0-2])[/.]{_YEAR}(?!\d)", _part),
    (r"(?<![\d.])(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?!\d)", _part),
    (
        rf"\b(?:in|since|last|early|late|mid|this|next|until|till|by|from|during|end of|beginning of|middle of)[\s-]{ENGLISH_MONTH}\b(?!\s+be\b)",
        _part,
    ),
    (r"\b(?:january|february|april|june|july|august|september|october|november|december)\b", _part),
    (rf"\b{LITHUANIAN_MONTH}\s+(?:m[eė]n\w*\.?|pradzio\w+|pabaigo\w+|vidur\w+)", _part),
    (rf"\b(?:nuo|iki|po|pries|ta|si|praejus\w+)\s+{LITHUANIAN_MONTH}\b", _part),
    (
        r"\b(?:sausi|vasari|kova|balandi|birzeli|liepa|rugpjuti|rugseji|spali|lapkriti|gruodi)\b(?=\s+(?:pacient|ligon|jai|jam|buv|atli|prad|atsir|skaus))",
        _part,
    ),
    # Fri 6/3, tues 17th, Thurs 12th, Monday the 9th, trečiadienį 8 d.
    (
        rf"\b{_WEEKDAY}\.?,?\s(?:the\s|den\s)?(?:{_DAY}[/.]{_MONTH}\b\.?|{_DAY}(?:st|nd|rd|th)\b|{_DAY}\.(?=\W|$)|{_DAY}\s?d\b\.?)",
        _part,
    ),
    (
        rf"\b{_WEEKDAY}\.?,?\s(?:the\s)?{_DAY}{_TH}\s(?:of\s)?{ENGLISH_MONTH}\b|\b{_WEEKDAY}\.?,?\s{ENGLISH_MONTH}\s{_DAY}{_TH}\b",
        _part,
    ),
    (
        rf"\b(?:saus|vas|kov|bal|geg|birz|liep|rugp|rugs|spal|lapkr|gruod)\.\s?(?:men\.\s?)?{_DAY}\b(?:\s?d\b\.?)?(?!\s?(?:mg|%))",
        _part,
    ),
    (rf"\b{_WEEKDAY},?\s{LITHUANIAN_MONTH}\s{_DAY}(?:\s?d\b\.?)?", _part),
    (rf"\b(?:on|from|until|till|since|by|before|after)\sthe\s{_DAY}(?:st|nd|rd|th)\b", _part),
    # am 3.4., bis 12.5., nuo 03-11 iki 03-19, on 6/3
    (
        rf"\b(?:am|den|vom|bis|seit|zum|ab)\s{_DAY}\.\s?{_MONTH}\b\.?(?!\s?(?:mg|ml|%))|(?<!\d\s)\b(?:am|den|vom|bis|seit|zum|ab)\s{_DAY}\.(?=\W|$)",
        _part,
    ),
    # A day of the month that ends a question or a line: `Geht auch der 12.?`
    (rf"\b(?:der|den|dem)\s{_DAY}\.(?=\s?[?!,;]|\s*$)", _part),
    (rf"\b(?:iki|nuo|ligi)\s{_DAY}\s?d\b\.?", _part),
    # on 21/7, by 14/3: after `for` and `x` that many days
    (
        r"\b(?:on|by|until|till|from|since|due|dated|booked(?:\sfor)?|expires|appointment)\s(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])\b(?!/)",
        _part,
    ),
    # 04.17: no Lithuanian or German amount has a point.
    (
        r"\b(?:nuo|iki|del|israsas|vizitas|bis|vom)\s(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])\b(?!\s?(?:mg|ml|%|val))",
        _part,
    ),
    (r"\b(?:nuo|iki|del|on|from|until|till)\s(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b(?!-)", _part),
    (
        rf"\b(?:on|dob|seen|review(?:ed)?|rv|r/v|next|appt|appointment|f/u|follow[- ]up|dos|clinic|session|visit|termin|kontrolle|"
        rf"vizitas|konsultacija|kontrole)\s(?:on\s|am\s)?{_DAY}/{_MONTH}\b(?!/)",
        _part,
    ),
    # In America the month stands first: `SEEN 10/14`. A birthday may lack its day: `geb. 5/72`.
    (
        rf"\b(?:on|dob|seen|reviewed|appt|appointment|dos)[:.]?\s{_MONTH}/{_DAY}\b(?!/)|{_HAPPENED}{_MONTH}/(?!10\b){_DAY}\b(?!/)",
        _part,
    ),
    (rf"(?:\b(?:geb|dob|born|gim|g)\b[.:]?|(?<!\w)\*)\s?{_MONTH}[/.](?:19|20)?\d\d\b(?![/.]\d)", _part),
    # What happens on a day; of ten it may be a score, and a person is asked (`adm 7/10`).
    (rf"{_HAPPENED}{_DAY}/(?!10\b){_MONTH}\b(?!/)", _part),
    # Two figures each with a nought or a day over 12: no amount and no range is written so.
    (
        r"\b(?:vizit\w*|konsultacij\w*|kontrol\w*|procedur\w*|atvyk\w*|is(?:leis|ras|leid)\w*|nuo|iki|termin|am|bis|vom)\s"
        r"(?:0[1-9]|1[0-2])[-.](?:0[1-9]|[12]\d|3[01])\b(?![-.]\d|\s?(?:val|h\b|mg|%))",
        _part,
    ),
    # `Entl. 14.9. an HÄ`: with both full stops and a sentence that goes on, it is no number.
    (
        rf"(?<![\d.,/-]){_DAY}\.\s?{_MONTH}\.(?=\s(?:an|um|bei|ab|zu|zur|zum|nach|vor|im|mit|auf|und|bis|wieder|erneut|per|pas)\b)",
        _part,
    ),
    (
        rf"\b(?:termin|kontrolle|wiedervorstellung|wv|op|eingriff|aufnahme|entlassung|seen|gesehen)\s(?:am\s|(?:ist\s)?(?:geplant|vorgesehen)(?:\sam|\sfur)?\s)?{_DAY}\.\s?{_MONTH}\b(?!\.?\s?\d)\.?",
        _part,
    ),
    # 30/09, 09/30: a nought is written in dates alone; 30/11 after what happens on a day. 11. Feb.
    (
        r"(?<![\d/.,-])(?:(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2]))(?![\d/-]|[.,]\d|\s?(?:mm|mg|%|kg))(?<=0\d/\d\d|\d\d/0\d)",
        _part,
    ),
    (rf"(?<![\d.,]){_DAY}\.{_MONTH}\.(?=[,;)])", _part),
    # The first day of a stretch of days: 6.10. bis 27.10.2025, 3-9 March, the 3rd to the 9th of March, kovo 3-9 d.
    (rf"(?<![\d.,]){_DAY}\.\s?{_MONTH}\.(?=\s?(?:bis|und|u\.|iki|[-–‐‑])\s?{_DAY}\.)", _part),
    (
        rf"(?<![\d.,/-]){_DAY}{_TH}\.?(?=\s?(?:[-–‐‑&]|to|and|until|till|bis|und|iki|ir)\s?(?:the\s)?{_DAY}{_TH}\.?"
        rf"\s(?:of\s)?(?:{ENGLISH_MONTH}|{LITHUANIAN_MONTH}|{GERMAN_MONTH})\b)",
        _part,
    ),
    (rf"\b{LITHUANIAN_MONTH}\s{_DAY}\s?[-–‐‑]\s?{_DAY}\b(?:\s?d\b\.?|\s?dien\w*)?", _part),
    (rf"\b{ENGLISH_MONTH}\s{_DAY}{_TH}\s?(?:[-–‐‑&]|to|and)\s?{_DAY}{_TH}\b(?!\s?(?:mg|ml|%))", _part),
    (rf"\b{_DAY}\.\s?(?:jan|feb|marz|mrz|apr|mai|jun|jul|aug|sep|sept|okt|nov|dez)\b\.?", _part),
    # 06-17: a range has no nought; hours and weeks are told.
    (
        r"(?<![\d/.,-])(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?<=0\d-\d\d)(?![\d/-]|[.,]\d|\s?(?:val|h\b|uhr|am|pm|mg|%|sav))",
        _part,
    ),
    # Days of a month in Lithuanian words: `išleis dvidešimt antrą`.
    (
        r"\b(?:dvidesimt|trisdesimt)\s(?:pirm|antr|treci|ketvirt|penkt|sest|septint|astunt|devint)(?:a|aja|osios|oji|ai)\b(?:\sdien\w*)?",
        _part,
    ),
    # A day over 12 before a month: no score and no share is written so. 14/7 and 18/12 may be days and months.
    (
        r"(?<![\d/.,-])(?:(?:1[3-9]|2\d|3[01])/(?:0?[1-6]|0?[89]|1[01])|(?:1[12])/11)(?![\d/-]|[.,]\d|\s?(?:mm|mg|%|kg|fast\w*|diet))",
        _part,
    ),
    # Before what somebody wrote that day: `11/9 am`, `3/11 better`.
    (
        r"(?:(?<=^)|(?<=\n)|(?<=[.;] ))(?!(?:10|\d)/10\b)(?:1[0-2]|[2-9])/(?:1[0-2]|[1-9])(?=:?\s(?:am|pm|mon|tue|wed|thu|fri|sat|sun|morning|evening|slept|bad|good|better|worse)\b)",
        _part,
    ),
    (
        r"\b(?:(?-i:Mo|Di|Mi|Do|Fr|Sa|So)|(?-i:Mo|Di|Mi|Do|Fr|Sa|So)\.),?\s\d{1,2}(?:[:.]\d\d)?\s?(?:uhr|h\b)",
        _part,
    ),
    (rf"\b{_WEEKDAY}\s(?:week|fortnight)\b|\b\d(?:st|nd|rd|th)\s{_WEEKDAY}\s(?:in|of)\s(?:the\s)?\w+", _part),
    (
        rf"\b(?:mo|di|mi|do|fr|sa|so)\.?,?\s(?:den\s)?{_DAY}\.(?:\s?{_MONTH}\b\.?|(?!\d))|\bKW\s?\d{{1,2}}\b|\bw/c\s{_DAY}",
        _part,
    ),
    # When somebody will be seen, counted from the day of the note: `tomorrow at 9:40`, `heute 18 Uhr`, `rytoj 14 val.`
    (rf"\b(?:today|tomorrow|tonight|heute|morgen|ubermorgen|siandien|rytoj|poryt){_HOUR[:-1]}", _part),
    (rf"\b{_YEAR}-(?:uju|aisiais|uosius|aisias|ieji|ais)\b", _part),
    (
        rf"\b(?:{_YEAR}\s?m?\.?\s?(?:ruden\w*|pavasar\w*|vasar\w*|ziem\w*)|(?:ruden\w*|pavasar\w*)\s{_YEAR})",
        _part,
    ),
    (rf"\b(?:the\s)?(?:first|second|third|fourth|last)\s{_WEEKDAY}\s(?:in|of|after|before)\s\w+", _part),
    (
        rf"\b(?:next|last|this|ubernachst\w*|nachst\w*|letzt\w*)\s{_WEEKDAY}\b(?:,?\s(?:the|den)\s{_DAY}\.?(?:st|nd|rd|th)?)?",
        _part,
    ),
    (
        rf"\b{_DAY}\.\s?(?:sausio|vasario|kovo|balandzio|geguzes|birzelio|liepos|rugpjucio|rugsejo|spalio|lapkricio|gruodzio)\b",
        _part,
    ),
)
_SEASONS = (
    r"\b(?:(?:last|this|next|early|late|mid|since)[\s-](?:spring|summer|autumn|winter)|"
    r"(?:spring|summer|autumn|winter|fall)\s(?:of\s)?(?:18|19|20)\d{2}|"
    r"(?:last |this |next )?christmas(?: eve| day)?|boxing day|bonfire night|good friday|ash wednesday|pancake day|whitsun|pentecost|lent|advent|maundy thursday|shrove tuesday|st (?:patrick|george|andrew|david)'?s day|"
    r"diwali|ramadan|eid(?: al-\w+)?|hanukkah|passover|yom kippur|mother'?s day|father'?s day|valentine'?s(?: day)?|bank holiday|"
    r"(?:ostern|pfingsten|weihnacht\w*|heiligabend|silvester|neujahr|fasching|karneval|allerheiligen|grundonnerstag|karfreitag|oster(?:sonntag|montag)|(?:christi )?himmelfahrt|fronleichnam|rosenmontag|aschermittwoch|nikolaus)(?: (?:19|20)\d{2})?|"
    r"(?:fruhling|sommer|herbst|winter|fruhjahr) (?:19|20)\d{2}|"
    r"easter|new year's|halloween|thanksgiving|kaled\w+|velyk\w+|jonin\w+|uzgaven\w+|velini\w+|kuci(?:os|u|as|oms)|verbu sekmadien\w+|zolin\w+|(?:motinos|tevo) dien\w+|"
    r"pavasar(?:i|io|yje|is)|vasaros pra\w+|vasaros pab\w+|vasara (?:pacient|ligon)\w*|rudeni|rudens pra\w+|ziema|ziemos pra\w+)\b"
)
_ABOUT_WHAT = (
    r"(?:fibromyalgia|fibromialgij\w+|fibromyalgie-?|diagnostic|diagnostin\w+|diagnostische\w*|preliminary|preliminar\w+|vorlaufige\w*|"
    r"modified|modifizierte\w*|revised|perziuret\w+|revidierte\w*|research|chronic|letin\w+|pain|skausm\w+|survey|clinical|klinikin\w+|management)"
)
# A year alone is allowed by Safe Harbor; told as the year of an event of the patient it is hidden all the same.
_YEARS = (
    # What is published bears its year, and so do amounts; every other year is when something happened.
    r"(?<![\w.,/:-])"
    r"(?:19[2-9]\d|20[0-3]\d)(?![\d/:-]|[.,]\d)(?!\s?(?:mg|mcg|ml|g\b|iu|ie\b|tv\b|units?|einheiten|vienet|steps|schritte|zingsn|kcal|kj|eur|hours|h\b|"
    # The kind of publication may stand behind what it is about: `the 2016 fibromyalgia diagnostic criteria`.
    rf"(?:(?:m\.|metu|metais)\s?)?(?:{_ABOUT_WHAT}\s)*"
    r"(?:acr|eular|iasp|who|criteri|kriteri|revision|revizij|guideline|leitlini|gairi|rekomend|recommend|classification|klassifikation|survey)))"
    r"(?:\s*(?:m\.|m\b(?!m)|metais|metu\b|metus|metai))?"
)
_WEEKDAYS = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"(?:pirmadien|antradien|treciadien|ketvirtadien|penktadien|sestadien|sekmadien)(?:is|io|iui|i|yje))\b|"
    r"\b(?:on|by|till|until|from|this|next|last|since)\s(?:mon|tues?|weds?|thurs?|fri|sat|sun)\b"
)
# Short days of the week, which are other words in small letters: `see again Thurs`, `am Mi`, `Fri 9 am`, `ketv. atvyks`.
_SHORT_WEEKDAYS = (
    r"\b(?:Tues?|Weds?|Thurs?|Thu|Fri|TUES|WEDS?|THURS?|FRI)\b(?!['’.]?\s?(?:A|B)\b)|\b(?:tues|weds|thurs)\b|"
    r"(?<=[a-z,\d] )(?:Mon|Sat|Sun|MON|SAT|SUN)\b(?=\.?(?:$|[,;:)!?\n]|\.\s|\s(?:am|pm|AM|PM|morning|afternoon|evening|night|at|and|or|then|to|if|for|\d)))|"
    r"\b(?:[Aa]m|[Bb]is|[Aa]b|[Ss]eit|[Jj]eden|[Nn]achsten|[Ll]etzten|[Ff]ur) (?:Mo|Di|Mi|Do|Fr|Sa|So)\b(?=\.?(?:$|[,;:)!?\n]|\s[a-z\d]|\.\s))|"
    r"\b[Tt]ermin (?:Mo|Di|Mi|Do|Fr|Sa|So)\b|"
    r"\b(?:[Pp]irm|[Aa]ntr|[Tt]rec|[Kk]etv|[Pp]enkt|[Ss]est|[Ss]ekm)\.(?=\s(?:\d{1,2}[:.]\d\d|\d{1,2}\s?(?:val|h)|ryt|vakar|po piet|atvyk|vizit|ateis|kontrol|konsult|skamb|procedur|susitik|mankst|[a-z]+siu\b)|[,;)]|\s*$)"
)
_OF_WHAT_IS_PUBLISHED = re.compile(
    r"\b(?:acr|eular|iasp|aapt|who|awmf|criteria|kriterij\w*|kriterien|guidelines?|leitlinie|gair\w*|revision|survey|wolfe|et al\.?)[\s,(]{1,3}$",
    re.IGNORECASE,
)
_WEEKDAY_RE = re.compile(
    # In small letters the hour tells that it is a day: `fri 11am`, `sat 9:30`, `ketv 14 val`.
    rf"(?:(?i:{_WEEKDAYS})|{_SHORT_WEEKDAYS})(?i:{_HOUR})|"
    rf"\b(?i:mon|tue|wed|thu|thur|fri|sat|sun|pirm|antr|trec|ketv|penkt|sest|sekm)\.?(?i:{_HOUR[:-1]})",
    re.MULTILINE,
)
# The hour right beside a date belongs to it: `23:40, 2. Weihnachtstag`.
_HOUR_BEFORE = re.compile(
    r"(?<![\w.,:])(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?(?:am|pm|uhr|val\.?|h))?,?\s(?:am\s|on\s)?$", re.IGNORECASE
)
_HOUR_AFTER = re.compile(_HOUR[:-1], re.IGNORECASE)
_DATES = tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in _WRITTEN)
_SEASON_RE, _YEAR_RE = re.compile(_SEASONS, re.IGNORECASE), re.compile(_YEARS, re.IGNORECASE)


def dates(text: str, day_zero: date | None) -> Iterator[Recognised]:
    """The dates of a text; `day_zero` makes days of them. Offsets are those of the text as given."""
    plain = with_figures(plain_letters(text))
    for pattern, read in _DATES:
        for match in pattern.finditer(plain):
            yield Recognised(match.start(), match.end(), DATE, _day(read(match), day_zero))
    for pattern, rule in ((_SEASON_RE, SEASON), (_YEAR_RE, YEAR), (_WEEKDAY_RE, WEEKDAY)):
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 24) : match.start()]
            if rule is not YEAR or _OF_WHAT_IS_PUBLISHED.search(before) is None:
                yield Recognised(match.start(), match.end(), rule, rule.becomes)


def with_hour(plain: str, day: Recognised) -> Recognised:
    """A date or a day of the week with the hour right beside it; anything else as it is."""
    if day.rule not in (DATE, WEEKDAY):
        return day
    hour = _HOUR_BEFORE.search(plain, max(0, day.start - 16), day.start)
    after = _HOUR_AFTER.match(plain, day.end)
    start, end = day.start if hour is None else hour.start(), day.end if after is None else after.end()
    return day if (start, end) == (day.start, day.end) else replace(day, start=start, end=end)


def _day(parts: Parts | None, day_zero: date | None) -> str:
    if parts is None or day_zero is None:
        return DATE.becomes
    try:
        day = (date(*parts) - day_zero).days
    except ValueError:
        return DATE.becomes
    # A birthday told as a day is a birthday still.
    return f"Day {rounded(day)}" if day > _LIFE_AGO else DATE.becomes


# Days this long before day 0 are told by month or year; those of another time of life not at all (all ours).
LONG_AGO, _LIFE_AGO = -60, -3650


def rounded(day: int) -> int:
    """A day long before day 0 as whole months within two years, else as whole years; any other day as it is."""
    back = -day
    if day > LONG_AGO:
        return day
    if back < 730:
        return -round(round(back / 30.4375) * 30.4375)
    return -round(round(back / 365.25) * 365.25)
