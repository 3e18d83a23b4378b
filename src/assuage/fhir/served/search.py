"""A search of one patient's resources: read from its parameters, answered from what there is.

What a search cannot decide is said beside the answer: resources without a date, and those that are known to the month
and may lie within. Nothing is matched on a guess, and nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.fhir.issue import Issue
from assuage.fhir.moments import UNDATED, When, read_moment, read_period
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.served.record import ServedRecord
from assuage.fhir.served.types import COMMON, SearchParameter, ServedType

Plain = dict[str, Any]

MOST_A_PAGE, A_PAGE = 500, 100  # resources (ours)
_PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,7}")
_BEFORE, _AFTER = date.min, date.max


class DateAsked(Struct, frozen=True):
    """A bound on a date: which parameter, how it compares, with what."""

    parameter: SearchParameter
    prefix: str
    when: When


class TokenAsked(Struct, frozen=True):
    """Codes of which one has to stand there, each with its system (None: of any; empty: of none)."""

    parameter: SearchParameter
    wanted: tuple[tuple[str | None, str], ...]


class Search(Struct, frozen=True):
    """A search, read and checked. `patient` is None where it names none."""

    served: ServedType
    patient: str | None
    ids: frozenset[str] | None
    tokens: tuple[TokenAsked, ...]
    dates: tuple[DateAsked, ...]
    count: int
    offset: int
    asked: tuple[tuple[str, str], ...]


def read_search(served: ServedType, asked: Sequence[tuple[str, str]]) -> Search | list[Issue]:
    """The search of a type, or everything that is wrong with its parameters: an unknown one is never overlooked."""
    reading = _ReadingSearch(served)
    for name, text in asked:
        reading.take(name, text)
    if reading.issues:
        return reading.issues
    ids = None if reading.ids is None else frozenset(reading.ids)
    return Search(
        served,
        reading.patient,
        ids,
        tuple(reading.tokens),
        tuple(reading.dates),
        reading.count,
        reading.offset,
        tuple((name, text) for name, text in asked if name not in ("_count", "_offset", "_format")),
    )


class _ReadingSearch:
    def __init__(self, served: ServedType) -> None:
        self.served = served
        self.patient: str | None = None
        self.ids: list[str] | None = None
        self.tokens: list[TokenAsked] = []
        self.dates: list[DateAsked] = []
        self.count, self.offset = A_PAGE, 0
        self.issues: list[Issue] = []

    def take(self, name: str, text: str) -> None:
        if name == "_format":
            if text.strip().lower() not in ("json", "application/json", "application/fhir+json"):
                self._wrong(name, message("served.only-json"))
        elif name == "_id":
            self.ids = [*(self.ids or ()), *text.split(",")]
        elif name in ("_count", "_offset"):
            self._number(name, text)
        elif (parameter := self.served.parameter(name)) is None:
            known = tuple(dict.fromkeys((*(each.name for each in self.served.parameters), *COMMON)))
            self._wrong(name, message("served.no-such-parameter", type=self.served.name, known=known))
        elif parameter.kind == "reference":
            self._patient(name, text)
        elif parameter.kind == "date":
            self._date(parameter, text)
        else:
            wanted = [_token(each) for each in text.split(",") if each.strip("|")]
            if not wanted:
                self._wrong(name, message("served.token"))
            self.tokens.append(TokenAsked(parameter, tuple(wanted)))

    def _wrong(self, name: str, what: Message) -> None:
        self.issues.append(Issue("error", "value", f"({name[:40]})", what))

    def _number(self, name: str, text: str) -> None:
        if _NUMBER.fullmatch(text) is None:
            self._wrong(name, message("served.number"))
        elif name == "_count":
            self.count = min(int(text), MOST_A_PAGE)
        else:
            self.offset = int(text)

    def _patient(self, name: str, text: str) -> None:
        kind, _, who = text.rpartition("/")
        wrong = kind not in ("", "Patient") or not who or "," in who
        if wrong or (self.patient is not None and self.patient != who):
            self._wrong(name, message("served.one-patient"))
        else:
            self.patient = who

    def _date(self, parameter: SearchParameter, text: str) -> None:
        matches = _PREFIXED.fullmatch(text)
        when = None if matches is None or "T" in text else read_moment(matches[2], None)
        if matches is None or when is None:
            self._wrong(parameter.name, message("served.date"))
        else:
            self.dates.append(DateAsked(parameter, matches[1] or "eq", when))


def _token(text: str) -> tuple[str | None, str]:
    system, bar, code = text.rpartition("|")
    return (system if bar else None), code


class Found(Struct, frozen=True):
    """What a search matches; how many it had to leave out because they have no date, and because it may lie outside.

    With a `total` the resources are those of the page alone.
    """

    resources: tuple[Plain, ...]
    undated: int = 0
    doubtful: int = 0
    total: int | None = None


def found_in(search: Search, record: ServedRecord, zone: str | None) -> Found:
    """What there is of the search in one patient's resources, the latest last as the record has them."""
    matching: list[Plain] = []
    undated = doubtful = 0
    for resource in record.get(search.served.name, {}).values():
        if search.ids is not None and resource["id"] not in search.ids:
            continue
        if not all(_has_token(resource, each) for each in search.tokens):
            continue
        whens = [(asked, _when(resource, asked.parameter, zone)) for asked in search.dates]
        if all(when is not UNDATED and _compares(asked, when) for asked, when in whens):
            matching.append(resource)
        elif any(when is UNDATED for _, when in whens):
            undated += 1
        elif all(_may(asked, when) for asked, when in whens):
            doubtful += 1
    return Found(tuple(matching), undated, doubtful)


def _has_token(resource: Plain, asked: TokenAsked) -> bool:
    there = [each for name in asked.parameter.elements for each in _codes(resource.get(name))]
    return any(
        (system is None or system == (of or "")) and code in ("", named)
        for system, code in asked.wanted
        for of, named in there
    )


def _codes(value: object) -> Iterable[tuple[str | None, str]]:
    """The codes of a code, an identifier, a concept or a list of these, each with its system."""
    if isinstance(value, str):
        yield None, value
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _codes(each)
    else:
        plain = as_map(value)
        for coding in maps_in(plain.get("coding")):
            yield coding.get("system"), str(coding.get("code"))
        if "value" in plain:
            yield plain.get("system"), str(plain["value"])


def _when(resource: Plain, parameter: SearchParameter, zone: str | None) -> When:
    for name in parameter.elements:
        value = resource.get(name)
        if isinstance(value, str):
            return read_moment(value, zone) or UNDATED
        if isinstance(value, dict):
            start, end = read_period(cast("object", value), zone)
            if start is not None or end is not None:
                return When(start.first if start else _BEFORE, end.last if end else _AFTER)
    return UNDATED


def _ends(when: When) -> tuple[date, date]:
    return when.first or _BEFORE, when.last or _AFTER


def _compares(asked: DateAsked, there: When) -> bool:
    """Whether a date is as asked, by R4's rules for ranges."""
    (low, high), (first, last) = _ends(asked.when), _ends(there)
    within = low <= first and last <= high
    match asked.prefix:
        case "eq":
            return within
        case "ne":
            return not within
        case "gt":
            return last > high
        case "ge":
            return last > high or within
        case "le":
            return first < low or within
        case "sa":
            return first > high
        case "eb":
            return last < low
        case "ap":
            return low <= last and first <= high
        case _:  # less than
            return first < low


def _may(asked: DateAsked, there: When) -> bool:
    """Whether one of the days that it can have been is as asked."""
    first, last = _ends(there)
    return (
        _compares(asked, there)
        or any(_compares(asked, When(day, day)) for day in (first, last))
        or (asked.prefix == "eq" and first <= _ends(asked.when)[0] <= last)
    )


def searchset(search: Search, matches: Found, address: str, speaking: Catalogue) -> Plain:
    """The page of the answer as a Bundle, with what could not be decided; `address` is that of the server."""
    total = len(matches.resources) if matches.total is None else matches.total
    shown = matches.resources
    if matches.total is None:
        shown = shown[search.offset : search.offset + search.count]
    at = f"{address}/{search.served.name}"
    links = [{"relation": "self", "url": _link(at, search, search.offset)}]
    following = search.offset + search.count
    if search.count and following < total:
        links.append({"relation": "next", "url": _link(at, search, following)})
    entries: list[Plain] = [
        {"fullUrl": f"{at}/{each['id']}", "resource": each, "search": {"mode": "match"}} for each in shown
    ]
    undecided = [
        {
            "severity": "warning",
            "code": "incomplete",
            "details": {"text": str(speaking.say(message(f"served.left-{name}", n=n)))},
        }
        for name, n in (("undated", matches.undated), ("doubtful", matches.doubtful))
        if n
    ]
    if undecided:
        outcome = {"resourceType": "OperationOutcome", "issue": undecided}
        entries.append({"resource": outcome, "search": {"mode": "outcome"}})
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
        "link": links,
        **({"entry": entries} if entries else {}),
    }


def _link(at: str, search: Search, offset: int) -> str:
    page: Mapping[str, int] = {"_count": search.count, "_offset": offset}
    return f"{at}?{urlencode([*search.asked, *page.items()])}"
