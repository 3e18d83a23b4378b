"""A regimen typed on one line becomes lines: `amitriptyline 5 mg, tizanidine 2 mg + 4 mg, mesotherapy`.

Names are those of the drug index, of the formulary, or ATC codes. A dose is taken as often as the words beside it say,
without any once a day; the doses of a substance are added up. A procedure may stand in the list. A name that nothing
reads is a line without a substance, and a dose that nothing reads leaves its substance a line without a dose, so that
the rest is checked. What cannot be read is a problem with its remedy, and all are reported together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, unknown_word
from assuage.patterns import kept_pattern
from assuage.record.entries import Dose
from assuage.safety.amounts import factor, spelled
from assuage.safety.formulary import SUBSTANCES, wording_of
from assuage.safety.situation import PROCEDURES, RegimenLine, lines_named, procedure_id, substance_id
from assuage.terms.dosing import read_frequency
from assuage.terms.drug_index import words_left_out
from assuage.terms.drug_names import is_listed, read_drug
from assuage.terms.no_medication import says_empty_regimen
from assuage.terms.routes import ROUTES
from assuage.terms.written_numbers import (
    NUMBER,
    TwoReadings,
    number_in_text,
    with_joined_thousands,
    with_plain_fractions,
)

_MASS = (
    r"(?:ng|mcg|[uµμ]g|mkg|mg|kg|g|k?iu|i\.u\.|ie|i\.e\.|tv|t\.v\.|micrograms?|milligrams?|grams?|kilograms?|mikrogramm"
    r"|milligramm|gramm|mikrogramai|miligramai|gramai|mmol|mol|meq)(?:\s*/\s*(?:hours?|hr|h|std|val)(?![a-z]))?"
)
_PER_ML = rf"\(?{NUMBER}\s*(?:mg|g|mcg|[uµμ]g|k?iu)\s*/\s*ml\)?"
_STRENGTH = rf"(?:\s*(?:of|x|@)?\s*{_PER_ML}|\s*(?:of)?\s*\(?{NUMBER}\s*%\)?)?"
_VOLUME = rf"(?:ml|millilit(?:er|re)s?|l){_STRENGTH}"
_COUNTABLE = (
    r"(?:tablets?|tabs?|capsules?|caps?|drops?|puffs?|ampoules?|patch(?:es)?|sachets?|doses?|units?|pills?"
    r"|tabletten?|tabl|tbl|tablet(?:ė|ės|es|ių|iu)|kapseln?|kaps|kapsul(?:ė|ės|es|ių|iu)|tropfen|gtt|laš(?:as|ai|ų|us)"
    r"|hub|hübe|įpurškim(?:as|ai|ų|us)|pflaster|pleistr(?:as|ai|ų)|beutel|ampullen?|stück|einheiten|vienetai)"
)
_AMOUNT_WORDS = {"half": "1/2", "a half": "1/2", "one and a half": "3/2", "a": "1", "an": "1", "one": "1", "two": "2",
                 "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
                 "ten": "10"}  # fmt: skip
_AMOUNT = rf"(?:{NUMBER}|{'|'.join(sorted(_AMOUNT_WORDS, key=len, reverse=True))})"
_DOSE = kept_pattern(
    rf"(?:(?P<times>\d+)\s*[x×]\s*|(?P<count>two|three|four|five|six)\s+(?=\d))?(?<![\w.,/])(?:(?P<low>{_AMOUNT})\s*(?:-|–|to)\s*)?(?P<amount>{_AMOUNT})"
    rf"\s*(?:an?\s+)?(?P<unit>{_MASS}|{_VOLUME}|{_COUNTABLE})(?![a-z])(?:(?<=tab|abl|tbl|cap|aps|gtt)\.)?",
    re.IGNORECASE,
)
_LOOKS_LIKE_A_DOSE = kept_pattern(rf"{NUMBER}\s*(?P<unit>[a-zµμ][a-zµμ.]*)", re.IGNORECASE)
# `5% cream`: how strong a form for the skin is says nothing of how much of it is used.
_STRENGTH_BESIDE_A_FORM = kept_pattern(
    rf"(?<!ml\s)(?<![\w.,]){NUMBER}\s*%\s*(?:cream|gel|ointment|creme|salbe|kremas|gelis|tepalas|patch(?:es)?|pflaster)?"
    r"(?![\w])|(?<![a-z])(?:cream|gel|ointment|creme|salbe|kremas|gelis|tepalas)(?![a-z])",
    re.IGNORECASE,
)
# What may stand between a count and a strength: "2 tablets of 500 mg", "500 mg, 2 tablets".
_UP_TO = kept_pattern(r"\s*(?:-|–|to)\s*")
_OF = kept_pattern(r"\s*(?:of|à|je|po|x|×|@|,)?\s*", re.IGNORECASE)
_TABLET = kept_pattern(
    r"\s*(?:tablets?|tabs?\.?|capsules?|caps?\.?|pills?|sachets?|ampoules?|tabletten?|tabl\.?|tbl\.?|tablet(?:ė|ės|ių)"
    r"|kapseln?|kaps\.?|kapsul(?:ė|ės|ių)|ampullen?)(?![a-z])",
    re.IGNORECASE,
)
_AT_MOST = kept_pattern(
    r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?(?: of)?|not to exceed|iki|daugiausia|maximal"
    r"|höchstens)\s*$",
    re.IGNORECASE,
)
_JOINED = kept_pattern(r"^(?:[\s,+&;]|(?:and|plus|then|und|ir)\b)+|(?:[\s,+&;]|\b(?:and|plus|then|und|ir))+$")
# `8/500 mg`: the strengths of the parts of a combination, in an order that only the package tells.
_STRENGTHS = kept_pattern(r"\d+(?:[.,]\d+)?\s*/\s*\d+(?:[.,]\d+)?(?:\s*/\s*\d+(?:[.,]\d+)?)?\s*(?:mg)?\b")
_UNITS = frozenset({"ng", "mcg", "mg", "g", "kg", "iu", "kiu", "ml", "l", "mmol", "mol", "meq", "tablets", "capsules",
                    "drops", "puffs", "ampoules", "patches", "sachets", "doses", "units"})  # fmt: skip

# All three bounds are ours: far above any regimen of a day.
LONGEST, LARGEST, MOST_A_DAY = 2_000, 1e9, 24


def read_regimen(text: str, route: str = "") -> tuple[tuple[RegimenLine, ...], tuple[Problem, ...]]:
    """The lines of a typed regimen, and all its problems. `route` is that of the substances without their own.

    Where a dose cannot be read its substance stands among the lines without one: what it meets can still be checked.
    Words for taking nothing ("none") are a regimen without lines, and no problem.
    """
    if len(text) > LONGEST:
        return (), (Problem("regimen", message("regimen.too-long", most=LONGEST)),)
    if says_empty_regimen(text.strip(" .")):
        return (), ()
    parts = _parts(with_joined_thousands(with_plain_fractions(text)))
    if not parts:
        return (), (Problem("regimen", message("regimen.empty")),)
    lines: list[RegimenLine] = []
    problems: list[Problem] = []
    for part in parts:
        lines += _read(part, route, problems)
    return tuple(lines), tuple(problems)


def _parts(text: str) -> list[str]:
    """The text of each substance. `2 mg in the morning, 4 mg at night, as needed` goes on with the one before."""
    parts: list[str] = []
    for part in re.split(r"[,;\n](?!\d)", text):
        if parts and part.strip() and _goes_on(part.strip()):
            parts[-1] += f", {part.strip()}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def _goes_on(part: str) -> bool:
    dose = _DOSE.search(part)
    before = _without_routes(part if dose is None else part[: dose.start()])[0]
    goes_on = not before or _AT_MOST.fullmatch(before) is not None or read_frequency(before) is not None
    return goes_on and substance_id(part) is None


def _read(part: str, route: str, problems: list[Problem]) -> tuple[RegimenLine, ...]:
    """The lines of one part: one for each substance in what it names, without doses where these are a problem."""
    name, rest = _split(part)
    first, *others = lines_named(name)
    if first.substance is None:  # beside it may stand what the name may be, without a dose
        return (first, *others)
    if others:
        rest = _STRENGTHS.sub(" ", rest)
    try:
        doses, own_route, untimed = _doses(rest, _is_of_single_days(first.substance))
        problems += [Problem(_short(part), what) for what in untimed]
    except _Unreadable as unreadable:
        problems.append(Problem(_short(part), unreadable.what))
        doses, own_route = (), ""
    if first.substance in PROCEDURES:
        if doses:
            what = message("regimen.procedure-with-dose", procedure=wording_of(first.substance))
            problems.append(Problem(_short(part), what))
        return (replace(first, route="procedure"),)
    return tuple(_with_route(each, own_route or route, part, problems) for each in lines_named(name, doses))


def _is_of_single_days(substance: str) -> bool:
    row = SUBSTANCES.get(substance)
    return row is not None and row.dosing.days_between > 0


def _with_route(line: RegimenLine, route: str, part: str, problems: list[Problem]) -> RegimenLine:
    """The line with the route that was named or that of the substance; without doses that cannot be compared."""
    row = SUBSTANCES.get(line.substance or "")
    if row is None:
        return replace(line, route=route or "oral")
    substance, needed = row.id, row.dosing.unit
    for dose in line.doses:
        if row.dosing.most_per_day and factor(dose.unit, needed, substance) is None:
            of_volume = spelled(dose.unit) in ("ml", "l")
            what = message(
                f"regimen.not-convertible{'-volume' if of_volume else ''}", dose=str(dose), into=needed
            )
            problems.append(Problem(_short(part), what))
            line = replace(line, doses=())
            break
    return replace(line, route=route or row.routes[0].removesuffix("_offlabel"))


def _short(text: str) -> str:
    """Enough of what was typed to find it again."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def _split(part: str) -> tuple[str, str]:
    """The name and what is said of doses. A name may hold a number: `aspirin 75 mg`, `sodium chloride 0.9%`.

    Words behind a listed name that neither say nothing nor are of a dose belong to the name: what is only read in part
    is unread.
    """
    words = part.split()
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end])
        if is_listed(name) or procedure_id(name) is not None:
            beside = end
            while beside < len(words) and _says_nothing(words, beside):
                beside += 1
            if beside < len(words):
                further = _goes_on_for(words, beside)
                name, beside = (" ".join(words[: beside + further]) if further else name), beside + further
            rest = " ".join(words[beside:])
            # The name took the dose with it (aspirin 75 mg, ASS 100 mg): it is the dose.
            tail = _DOSE.search(name)
            return name, f"{tail[0] if tail else ''} {rest}".strip()
    first = next((index for index, word in enumerate(words) if word[:1].isdigit()), len(words))
    return " ".join(words[:first] or words), " ".join(words[first:])


def _says_nothing(words: list[str], at: int) -> bool:
    """Whether a word behind a name is a salt, a form or a maker; a route it may be says something."""
    word = words[at].lower()
    if word not in words_left_out() or word in ROUTES:
        return False
    return not _is_in_part(words[: at + 1])


def _is_in_part(words: list[str]) -> bool:
    """Whether only the beginning of these words is the name of a drug."""
    read = read_drug(" ".join(words))
    return read is not None and read.how == "part"


def _goes_on_for(words: list[str], at: int) -> int:
    """How many words from `at` on still belong to the name: those before a dose, and a number that tells a product."""
    to = at
    while to < len(words) and not words[to][:1].isdigit() and not _reads_as_doses(" ".join(words[to:])):
        to += 1
    if to < len(words) and words[to].isdigit() and _is_in_part(words[: to + 1]):
        to += not _DOSE.match(" ".join(words[to:]))
    return to - at


def _reads_as_doses(text: str) -> bool:
    try:
        *_, untimed = _doses(text, spaced_out=False)
    except _Unreadable:
        return False
    return not untimed


class _Unreadable(Exception):
    """Doses that cannot be read, and why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.id)
        self.what = what


@dataclass
class _WrittenDose:
    """A dose where it stands in the text, and how often it is written before the sign of times."""

    start: int
    end: int
    low: Fraction | None
    amount: Fraction
    unit: str
    times: int
    counted: bool  # in tablets, puffs, …


def _doses(text: str, spaced_out: bool) -> tuple[tuple[Dose, ...], str, tuple[Message, ...]]:
    """The doses with their frequency, the route if one is named, and what is said of frequencies that nothing reads.

    A dose whose frequency nothing reads keeps its words, and counts once at least. Raises _Unreadable for anything
    else. `spaced_out` says that the frequency matters without a dose, too.
    """
    written, beside = _written_doses(_STRENGTH_BESIDE_A_FORM.sub(" ", text))
    route = ""
    segments: list[str] = []
    for segment in beside:
        words, named = _without_routes(segment)
        route = named or route
        segments.append(_JOINED.sub("", words))
    if not written:
        return _without_dose(segments[0], spaced_out), route, ()
    whens = _whens(segments)
    doses: list[Dose] = []
    untimed: dict[str, Message] = {}
    for dose, when in zip(written, whens, strict=True):
        if when and read_frequency(when) is None:
            if when.startswith("/"):  # 1 mg/kg is not 1 mg
                raise _Unreadable(message("regimen.unreadable", text=_short(when)))
            untimed[when] = message("regimen.unreadable-when", text=_short(when))
        low = None if dose.low is None else float(dose.low)
        doses.extend([Dose(float(dose.amount), dose.unit, when or None, low)] * dose.times)
    return tuple(doses), route, tuple(untimed.values())


def _whens(segments: list[str]) -> list[str]:
    """How often each dose is taken, out of what stands before the first, between them and behind the last."""
    before, *behind = segments
    if before and len(behind) > 1 and not behind[-1] and all(behind[:-1]):
        return segments[:-1]  # "morning 2 mg, evening 4 mg"
    for at in range(len(behind) - 2, -1, -1):
        behind[at] = behind[at] or behind[at + 1]  # "2 mg + 4 mg twice a day"
    return [f"{before} {words}".strip() for words in behind]


def _without_dose(words: str, spaced_out: bool) -> tuple[Dose, ...]:
    """No dose, or, of what must not be taken every day, a dose of unknown amount with its frequency."""
    if not words:
        return ()
    if read_frequency(words) is not None:
        return (Dose(1, "dose", words),) if spaced_out else ()
    unit = _LOOKS_LIKE_A_DOSE.match(words)
    if unit is not None:
        raise _Unreadable(unknown_word(_short(unit["unit"]), _UNITS, message("word.unit")))
    raise _Unreadable(message("regimen.unreadable", text=_short(words)))


def _without_routes(text: str) -> tuple[str, str]:
    """The text without the words for a route, and the last route that it names."""
    words = text.split()
    named = [ROUTES[word.lower()] for word in words if word.lower() in ROUTES]
    return " ".join(word for word in words if word.lower() not in ROUTES), named[-1] if named else ""


def _written_doses(text: str) -> tuple[list[_WrittenDose], list[str]]:
    """The doses of a text, and what stands before the first of them, between them and behind the last."""
    written: list[_WrittenDose] = []
    for match in _DOSE.finditer(text):
        at_most = _AT_MOST.search(text, 0, match.start())
        if at_most is not None and written:
            continue  # "1 g as needed, max 4 g a day": a limit, and no dose
        dose = _dose(match)
        if at_most is not None:
            dose.start, dose.low = at_most.start(), Fraction(0)
        last = written[-1] if written else None
        if last is not None and last.counted != dose.counted and _OF.fullmatch(text, last.end, dose.start):
            written[-1] = _together(last, dose)
        elif last is not None and _UP_TO.fullmatch(text, last.end, dose.start):
            written[-1] = _ranging(last, dose)
        else:
            written.append(dose)
        tablet = _TABLET.match(text, dose.end)
        if tablet is not None and not dose.counted:
            written[-1].end = tablet.end()  # "2 x 500 mg tablets"
    ends = [0, *(dose.end for dose in written)]
    starts = [*(dose.start for dose in written), len(text)]
    return written, [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _together(first: _WrittenDose, second: _WrittenDose) -> _WrittenDose:
    """The dose of so many tablets of a strength."""
    counted, strength = (first, second) if first.counted else (second, first)
    low = None
    if counted.low is not None or strength.low is not None:
        low = (counted.amount if counted.low is None else counted.low) * (
            strength.amount if strength.low is None else strength.low
        )
    times = first.times * second.times
    return _WrittenDose(
        first.start, second.end, low, counted.amount * strength.amount, strength.unit, times, counted=False
    )


def _ranging(low: _WrittenDose, high: _WrittenDose) -> _WrittenDose:
    """The dose from one amount to another, each with its unit: `500 mg - 1 g`."""
    times = factor(low.unit, high.unit)
    if times is None or low.amount * times >= high.amount or low.low is not None or high.low is not None:
        raise _Unreadable(
            message("regimen.unreadable", text=f"{low.amount} {low.unit} - {high.amount} {high.unit}")
        )
    return _WrittenDose(
        low.start, high.end, low.amount * times, high.amount, high.unit, low.times * high.times, high.counted
    )


def _dose(match: re.Match[str]) -> _WrittenDose:
    shown = _short(match[0].strip())
    repeat = int(match["times"] or _AMOUNT_WORDS[(match["count"] or "one").lower()])
    if not 0 < repeat <= MOST_A_DAY:
        raise _Unreadable(message("regimen.too-many-doses", text=shown, most=MOST_A_DAY))
    amount = _amount(match["amount"], shown)
    low = None if match["low"] is None else _amount(match["low"], shown)
    if low is not None and low >= amount:
        raise _Unreadable(message("regimen.unreadable", text=shown))
    unit = match["unit"]
    counted = re.fullmatch(_COUNTABLE, unit, re.IGNORECASE) is not None
    if not unit.lower().startswith(("ml", "l")):
        unit = re.sub(r"\s*/\s*h(?:ours?|r)?$", "/h", spelled(unit))
        unit = f"{spelled(unit.removesuffix('/h'))}/h" if unit.endswith("/h") else unit
    return _WrittenDose(match.start(), match.end(), low, amount, unit, repeat, counted)


def _amount(written: str, shown: str) -> Fraction:
    amount = number_in_text(_AMOUNT_WORDS.get(written.lower(), written))
    if isinstance(amount, TwoReadings):
        # "5,000 mg" is five grams to one reader and five milligrams to another.
        both = {"thousands": amount.thousands, "decimals": amount.decimals}
        raise _Unreadable(message("regimen.ambiguous-number", text=shown, **both))
    if amount is None:
        raise _Unreadable(message("regimen.unreadable", text=shown))
    if not 0 < amount <= LARGEST:
        raise _Unreadable(message("regimen.dose-out-of-range", text=shown, largest=f"{LARGEST:g}"))
    return amount
