"""How often a dose is taken, as people write it: `1-0-2`, `tds`, `every 72 h`, `weekly on Monday`, `bei Bedarf`.

One grammar for a record's `when`, a typed regimen and an imported diary, in English with the Latin short forms, and
in Lithuanian and German where a form has one meaning. A text is read whole or not at all: who meets a word that is
not here asks a person, and never counts a smaller dose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeVar

from assuage.patterns import kept_pattern
from assuage.terms.dosing_clauses import Clauses, Unread, frequency_of_clauses
from assuage.terms.dosing_words import (
    AS_NEEDED,
    AT_MOST,
    COUNT,
    COUNT_RANGE,
    COUNT_WORDS,
    DAILY,
    DAY,
    EVERY_NTH,
    HOUR,
    IN_A,
    LATIN_TIMES_A_DAY,
    LETTERS,
    MASS_UNIT,
    MONTH,
    TIME_OF_DAY,
    TIMES,
    TIMES_OF_DAY,
    TIMES_WORDS,
    UNIT,
    WEEK,
    WEEKDAY,
    YEAR,
)
from assuage.terms.frequency import ONCE_A_DAY, TWICE_A_DAY, DailyLimit, Frequency
from assuage.terms.written_numbers import NUMBER, TwoReadings, number_in_text, with_plain_fractions

_T = TypeVar("_T")

DAYS_OF_MONTH, DAYS_OF_YEAR = 30, 365  # the shorter reading of a month: it gives the larger dose (ours)


def _number(text: str) -> Fraction:
    if text in COUNT_WORDS:
        return Fraction(COUNT_WORDS[text])
    number = number_in_text(text)
    if number is None or isinstance(number, TwoReadings):
        raise Unread
    return number


def _range(text: str) -> tuple[Fraction, Fraction]:
    """Both ends of `4`, `4-6`, `four to six`; the same twice for one number."""
    match = re.fullmatch(rf"({COUNT})(?:\s*(?:-|to|or|bis|oder|iki|ar|arba)\s*({COUNT}))?", text)
    if match is None:
        raise Unread
    low = _number(match[1])
    high = _number(match[2]) if match[2] else low
    if low > high:
        raise Unread
    return low, high


def _days(unit: str) -> Fraction:
    for pattern, days in (
        (HOUR, Fraction(1, 24)),
        (DAY, Fraction(1)),
        (WEEK, Fraction(7)),
        (MONTH, Fraction(DAYS_OF_MONTH)),
        (YEAR, Fraction(DAYS_OF_YEAR)),
    ):
        if re.fullmatch(pattern, unit):
            return days
    raise Unread


def _once_only(before: _T | None, now: _T) -> _T:
    if before is not None and before != now:
        raise Unread
    return now


def _take_count(of: Clauses, match: re.Match[str]) -> None:
    of.count = _once_only(of.count, _range(match["n"]))


def _take_times_each(of: Clauses, match: re.Match[str]) -> None:
    """`2x1`: two times a day one tablet, and so many doses a day whichever of the two is which."""
    times = _number(match["n"]) * _number(match["m"])
    of.count = _once_only(of.count, (times, times))


def _take_times_word(of: Clauses, match: re.Match[str]) -> None:
    times = Fraction(TIMES_WORDS[match["n"]])
    of.count = _once_only(of.count, (times, times))


def _take_per(of: Clauses, match: re.Match[str]) -> None:
    number = match.groupdict().get("n")
    days = (_number(number) if number else Fraction(1)) * _days(match["unit"])
    if not days:
        raise Unread
    of.per = _once_only(of.per, days)


def _take_count_per(of: Clauses, match: re.Match[str]) -> None:
    _take_count(of, match)
    days = Fraction(1) if match["daily"] else _days(match["unit"]) * _number(match["m"] or "1")
    if not days:
        raise Unread
    of.per = _once_only(of.per, days)


def _take_named_per(days: Fraction | int) -> Callable[[Clauses, re.Match[str]], None]:
    def take(of: Clauses, _match: re.Match[str]) -> None:
        of.per = _once_only(of.per, Fraction(days))

    return take


def _take_latin(of: Clauses, match: re.Match[str]) -> None:
    times = Fraction(LATIN_TIMES_A_DAY[match[0]])
    of.count = _once_only(of.count, (times, times))
    of.per = _once_only(of.per, Fraction(1))


def _take_interval(of: Clauses, match: re.Match[str]) -> None:
    short, long = _range(match["n"])
    days = _days(match["unit"])
    if not short:
        raise Unread
    of.interval = _once_only(of.interval, (short * days, long * days))


def _take_every_nth(of: Clauses, match: re.Match[str]) -> None:
    days = Fraction(EVERY_NTH[match["nth"]]) * (_days(match["unit"]) if match["unit"] else 1)
    of.interval = _once_only(of.interval, (days, days))


def _take_named_interval(days: Fraction | int) -> Callable[[Clauses, re.Match[str]], None]:
    def take(of: Clauses, _match: re.Match[str]) -> None:
        of.interval = _once_only(of.interval, (Fraction(days), Fraction(days)))

    return take


def _take_pattern(of: Clauses, match: re.Match[str]) -> None:
    parts = [_number(part) for part in re.split(r"\s*[-+]\s*", match[0])]
    if any(part > 20 for part in parts) or not any(parts):
        raise Unread
    of.pattern = _once_only(of.pattern, sum(parts, Fraction(0)))


def _take_cap(of: Clauses, match: re.Match[str]) -> None:
    word = TIMES_WORDS.get(match["n"])
    most = Fraction(word) if word else _range(match["n"])[1]
    unit = match["unit"]
    days = _days(unit) * (_number(match["m"]) if match["m"] else 1) if unit else Fraction(1)
    if not days:
        raise Unread
    of.cap = _once_only(of.cap, (most, days))


def _take_in_one_day(of: Clauses, match: re.Match[str]) -> None:
    of.in_one_day = _once_only(of.in_one_day, _number(match["n"]))


def _take_limit(of: Clauses, match: re.Match[str]) -> None:
    of.limit = _once_only(of.limit, DailyLimit(_number(match["n"]), match["mass"]))


def _take_needed(of: Clauses, _match: re.Match[str]) -> None:
    of.as_needed = True


def _take_slot(of: Clauses, match: re.Match[str]) -> None:
    of.slots |= {name for name in TIMES_OF_DAY if match[name]}
    of.each |= match[0].startswith(("every ", "each ", "jede", "kas ", "kiekviena ", "nightly"))


def _take_clock(of: Clauses, match: re.Match[str]) -> None:
    of.slots.add(match[0].replace(" ", ""))


def _take_weekday(of: Clauses, match: re.Match[str]) -> None:
    of.weekdays |= {at for at in range(7) if match[f"d{at}"]}


def _take_meals(of: Clauses, _match: re.Match[str]) -> None:
    of.meals = True


def _take_day_in_all(of: Clauses, _match: re.Match[str]) -> None:
    of.day_in_all = True


def _pass_over(_of: Clauses, _match: re.Match[str]) -> None:
    """Words that stand beside a frequency and do not change it."""


_Take = Callable[[Clauses, "re.Match[str]"], None]
# In this order: of two clauses that begin alike the one that says more is tried first.
_GRAMMAR: tuple[tuple[str, _Take], ...] = (
    (r"(?:total )?daily dose|total daily|a day in all", _take_day_in_all),
    (rf"{NUMBER}(?:\s*-\s*{NUMBER}){{2,3}}(?![-/\d])", _take_pattern),
    (r"\d(?:\+\d){2,3}", _take_pattern),
    (
        r"(?:in|into) (?:\d|two|three|four) (?:divided|equal|separate) doses|divided(?: doses)?",
        _take_day_in_all,
    ),
    (rf"(?:for|fur|x) {COUNT} ?(?:days?|d|weeks?|tage|wochen|dienas|dienu|months?)", _take_day_in_all),
    (rf"(?P<most>{AT_MOST}) ?(?P<n>{COUNT}) in one day", _take_in_one_day),
    (
        rf"{AT_MOST} ?(?P<n>{COUNT}) ?(?P<mass>{MASS_UNIT})(?: ?(?:{IN_A}(?:24 ?)?(?:{DAY}|{HOUR})|{DAILY}))?",
        _take_limit,
    ),
    (
        rf"{AT_MOST} ?(?P<n>{COUNT_RANGE}|once|twice|thrice)(?: ?{TIMES})?"
        rf" ?(?:{IN_A}(?:(?P<m>{COUNT}) ?)?(?P<unit>{UNIT})|{DAILY})",
        _take_cap,
    ),
    (rf"{AT_MOST} ?(?P<n>{COUNT}) ?{TIMES}(?P<m>)(?P<unit>)", _take_cap),
    (
        rf"(?:every|each|jede[nrs]?|kas) (?P<nth>{'|'.join(EVERY_NTH)}) (?P<unit>{DAY}|{WEEK}|{MONTH})",
        _take_every_nth,
    ),
    (rf"(?:on )?(?:every |on )?(?P<nth>alternate|other|every other) ?(?P<unit>{DAY})", _take_every_nth),
    (
        r"every (?P<nth>other|second|2nd|alternate|third|3rd) (?:night|evening|morning)(?P<unit>)",
        _take_every_nth,
    ),
    (rf"(?:every|each|q|alle|kas) ?(?P<n>{COUNT_RANGE}) ?-?(?P<unit>{UNIT})", _take_interval),
    (rf"(?P<n>{COUNT_RANGE}) ?-?(?P<unit>hourly|stundlich)", _take_interval),
    (r"(?:on )?(?P<nth>alternate) (?:nights?|evenings?|mornings?)(?P<unit>)", _take_every_nth),
    (r"(?:qod|eod)", _take_named_interval(2)),
    (r"(?:fortnightly|every fortnight|per fortnight|a fortnight|q2w|q2wk)", _take_named_per(14)),
    (r"(?:hourly|every hour|each hour|qh|stundlich)", _take_named_interval(Fraction(1, 24))),
    (r"(?:weekly|wochentlich|jede woche|kas savaite|qw|qwk|qweek)", _take_named_per(7)),
    (r"(?:monthly|monatlich|kas menesi)", _take_named_per(DAYS_OF_MONTH)),
    (r"(?:yearly|annually|jahrlich)", _take_named_per(DAYS_OF_YEAR)),
    (r"(?:quarterly|vierteljahrlich)", _take_named_per(3 * DAYS_OF_MONTH)),
    (
        rf"(?P<n>{COUNT_RANGE}) ?(?:{TIMES} ?)?(?:(?P<daily>{DAILY})|{IN_A}(?:(?P<m>{COUNT}) ?)?(?P<unit>{UNIT}))",
        _take_count_per,
    ),
    (
        rf"(?P<n>\d) ?x ?(?P<m>{NUMBER})(?: ?(?:tabs?|tabl|tbl|tablets?|tabletten?|tabletes?|caps?|kaps))?",
        _take_times_each,
    ),
    (rf"(?P<n>{COUNT_RANGE}) ?{TIMES}", _take_count),
    (rf"x ?(?P<n>{COUNT})", _take_count),
    (rf"(?P<n>{'|'.join(TIMES_WORDS)})", _take_times_word),
    (DAILY, _take_named_per(1)),
    (r"(?:diena|per para)", _take_named_per(1)),
    (rf"{IN_A}(?:(?P<n>{COUNT}) ?)?(?P<unit>{UNIT})", _take_per),
    (rf"(?:{'|'.join(LATIN_TIMES_A_DAY)})", _take_latin),
    (AS_NEEDED, _take_needed),
    (
        r"(?:every|each|on|jeden)? ?(?:\d{1,2}[:.]\d{2}(?: ?(?:am|pm|h|uhr))?|\d{1,2} ?(?:am|pm|uhr))",
        _take_clock,
    ),
    (
        r"(?:(?:every|each|jeden|jede|kas|kiekviena|at|in the|in|am|before|with|after|on going to|going to) )?"
        rf"(?:{TIME_OF_DAY})",
        _take_slot,
    ),
    (rf"(?:/ ?|(?:every|each|on|jeden|am|kiekviena) )?(?:{WEEKDAY})", _take_weekday),
    (
        r"(?:for|bei|nuo) (?:pain|sleep|headaches?|migraine|fever|nausea|anxiety|spasms?|schmerzen|skausmo)",
        _pass_over,
    ),
    (r"(?:with|after|before|during) (?:each |every |all |the )?meals", _take_meals),
    (
        r"(?:with|after|before|during|po|pries|nach|vor|zu) (?:a |the |dem )?"
        r"(?:food|meal|eating|water|valgio|valgi|essen)",
        _pass_over,
    ),
    (
        r"(?:(?:\d+|an|one|half an) (?:hours?|h|minutes?|min) (?:before|after|prior to)|pc|ac|cc|prior to"
        r"|(?:\d+|eine|einer) ?(?:stunden?|std|minuten|min|h) (?:vor|nach)(?: dem| den)?"
        r"|\d+ ?(?:val|valandos|minuciu|min)(?= pries)|nuchtern|(?:on an )?empty stomach|nevalgius|zum essen)",
        _pass_over,
    ),
    (
        r"(?:regularly|and|und|ir|at|in|the|to be taken|taken|take|orally|by mouth|per os|po|im|iv|sc|sl|only|tik)",
        _pass_over,
    ),
)
_CLAUSES = tuple((rf"(?:{pattern})(?![a-z0-9])", take) for pattern, take in _GRAMMAR)
# "twice a day and as needed" has no upper end, other than "twice a day as needed".
_BESIDE_NEEDED = (
    rf"(?:(?<!as )\band|\bplus|\bund|\bir|\+) ?(?:also )?{AS_NEEDED}\b"
    rf"|\b{AS_NEEDED},? ?(?:and\b|plus\b|und\b|ir\b|\+)"
)
# How a form gives its drug off says nothing of how often it is taken: `100 mg SR bd`, `75 mg retard 1-0-1`.
_RELEASE = (
    r"(?:sr|xr|mr|er|cr|xl|la|pr|ec|gr|ret|retard\w*|depot|(?:slow|sustained|prolonged|modified|extended|controlled)"
    r"[ -]release)(?![\w-])"
)
_BETWEEN = kept_pattern(rf"[\s,;+&()]+|{_RELEASE}")


def _simplified(text: str) -> str:
    """The text in lower case, without marks over letters, dots behind short forms and signs that vary."""
    text = with_plain_fractions(text.lower())
    for sign, plain in LETTERS.items():
        text = text.replace(sign, plain)
    text = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    text = text.replace("⁄", "/").replace("k./d.", "k/d").replace("_", " ")
    text = re.sub(
        r"(?<![a-z])((?:[a-z]\.\s?){2,}(?:[a-z](?![a-z]))?)",
        lambda dotted: re.sub(r"[.\s]", "", dotted[0]) + " ",
        text,
    )
    text = re.sub(r"(?<=[a-z])\.", " ", text)
    return " ".join(text.rstrip(". ").split())


# Longer than any frequency that people write (ours): a longer text is not read, so that none takes long to refuse.
LONGEST = 200


# What people write most, as the grammar reads it: known without compiling the grammar.
OFTEN_WRITTEN: Mapping[str, Frequency] = MappingProxyType(
    {
        "morning": ONCE_A_DAY,
        "evening": ONCE_A_DAY,
        "night": ONCE_A_DAY,
        "daily": ONCE_A_DAY,
        "once daily": ONCE_A_DAY,
        "once a day": ONCE_A_DAY,
        "in the morning": ONCE_A_DAY,
        "in the evening": ONCE_A_DAY,
        "at night": ONCE_A_DAY,
        "at bedtime": ONCE_A_DAY,
        "twice a day": TWICE_A_DAY,
        "twice daily": TWICE_A_DAY,
    }
)


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> Frequency | None:
    """The frequency that a text says; None where a word of it is unread, or where it says two things."""
    if text in OFTEN_WRITTEN:
        return OFTEN_WRITTEN[text]
    return _by_grammar(text)


def _by_grammar(text: str) -> Frequency | None:
    if len(text) > LONGEST:
        return None
    plain = _simplified(text)
    clauses = Clauses()
    at = 0
    if _compiled(_BESIDE_NEEDED).search(plain):
        return None
    try:
        while at < len(plain):
            between = _BETWEEN.match(plain, at)
            if between is not None:
                at = between.end()
                continue
            at = _read_clause(plain, at, clauses)
        return frequency_of_clauses(clauses)
    except Unread:
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A clause of the grammar, compiled when a text first comes to it: a start of the program reads none."""
    return kept_pattern(pattern)


def _read_clause(plain: str, at: int, clauses: Clauses) -> int:
    """Where the clause that begins here ends, once it is taken."""
    for pattern, take in _CLAUSES:
        match = _compiled(pattern).match(plain, at)
        if match is not None and match.end() > at:
            take(clauses, match)
            return match.end()
    raise Unread
