"""On which days a fact stands whose day is not known: read on its cautious side, never on a day nobody said.

A fact of "2026-03" was on some day of that month, before or after whatever else was said in it. What is dangerous
counts from the first day on, and again behind what was said in between. What would clear, end or allow something does
not count; what was known before is unknown from the first day of the range to its last. A rating becomes one of which
nobody knows the value, wherever a day value could otherwise be read in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.fhir.moments import When
from assuage.fhir.read.reading import NativeFact
from assuage.instruments import INSTRUMENTS
from assuage.record.kinds import scales
from assuage.terms.conditions import find_conditions
from assuage.terms.drug_names import find_drug
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, find_symptom

Plain = dict[str, Any]

_OF: dict[str, tuple[str, ...]] = {
    "score": ("scale",),
    "answers": ("instrument",),
    "symptom": ("what",),
    "finding": ("what",),
    "medication": ("drug",),
    "intake": ("drug",),
    "allergy": ("substance",),
    "diagnosis": ("what", "code"),
    "consent": ("for",),
    "measurement": ("what",),
}


class Placed(Struct, frozen=True):
    """An entry on its day, and what is to be said of it where it is not what the resource said.

    `disputes_first` says that it stands against the first entry of the same resource: one of the two is so.
    """

    plain: Plain
    day: date | None
    time: str | None = None
    approximate: bool = False
    why: Message | None = None
    disputes_first: bool = False


class DaySpan(Struct, frozen=True):
    """The first and the last day of which anything is known to the day; None where nothing is."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, facts: Iterable[NativeFact]) -> DaySpan:
        """The span of some facts."""
        days = sorted(fact.when.day for fact in facts if fact.when.day is not None)
        return cls(days[0], days[-1]) if days else cls()


def placed_fact(fact: NativeFact, span: DaySpan, others: Sequence[NativeFact]) -> list[Placed]:
    """The entries that a fact comes to, beside all that is known to the day."""
    when = fact.when
    if when.day is not None and not fact.weak:
        return [Placed(fact.plain, when.day, when.time, not when.sure)]
    when = _within(when, span)
    if fact.weak:
        return _doubted(fact, when, others, message("fhir-import.weak"))
    return _doubted(fact, when, others, message("fhir-import.range"))


def _within(when: When, span: DaySpan) -> When:
    """The range of days that it can have been on, and no later than what is known last."""
    first = when.first or (span.first if when.last is None else min(when.last, span.first or when.last))
    last = when.last or span.last or first
    if first is not None and last is not None and span.last is not None and first <= span.last < last:
        last = span.last
    if first is not None and last is not None and last < first:
        last = first
    return When(first, last, None, when.sure)


def _doubted(fact: NativeFact, when: When, others: Sequence[NativeFact], why: Message) -> list[Placed]:
    plain = fact.plain
    if when.first is None:
        # No date anywhere: what is there is there, and nothing else is known.
        kept = _danger(fact)
        return [] if kept is None else [Placed(kept, None, None, True, why)]
    between = sorted(
        {
            other.when.day
            for other in others
            if other.when.day is not None and when.first < other.when.day and _same_matter(plain, other.plain)
            and other.when.day <= (when.last or when.first)
        }
    )  # fmt: skip
    days: list[date] = list(dict.fromkeys((when.first, *between, when.last or when.first)))
    return [_by_the_file(entry) for entry in _on_days(fact, days, between, why)]


def _by_the_file(entry: Placed) -> Placed:
    """The entry as the file's word: the patient did not report anything on a day that nobody knows."""
    return (
        replace(entry, plain=entry.plain | {"by": "import"}) if entry.plain.get("by") == "patient" else entry
    )


def _on_days(
    fact: NativeFact, days: Sequence[date], between: Sequence[date], why: Message
) -> Iterator[Placed]:
    """The entries on the first of the days, on those with something else known of the matter, and on the last."""
    plain, unknown, kept = fact.plain, _unknown(fact.plain), _danger(fact)
    if kept is None:
        if unknown is not None:
            yield from (Placed(unknown, day, None, True, why) for day in days)
        return
    kind = plain["kind"]
    if kind in ("therapy", "intake"):
        # What was done once counts on the last day on which it can have been.
        yield Placed(kept, days[-1], None, True, why)
        return
    yield Placed(kept, days[0], None, True, why)
    if kind == "medication" and len(days) > 1:
        # Taken since the first day, or since the last one: nobody knows which, so both are in dispute.
        yield Placed(kept, days[-1], None, True, why, disputes_first=True)
    elif kind == "red_flag_check":
        yield from (Placed(unknown, day, None, True, why) for day in days[1:] if unknown is not None)
    else:
        again = unknown or kept
        yield from (
            Placed(again, day, None, True, why) for day in (days[1:] if unknown and between else between)
        )


def _same_matter(plain: Plain, other: Plain) -> bool:
    """Whether two entries may speak of the same: in other words too, and where one speaks of all symptoms."""
    here, there = _matters(plain), _matters(other)
    if not here.isdisjoint(there):
        return True
    everything = ("symptom", ALL_SYMPTOMS.id)
    return plain["kind"] == other["kind"] == "symptom" and (everything in here or everything in there)


def _matters(plain: Plain) -> set[tuple[str, str]]:
    """What an entry speaks of."""
    kind = plain["kind"]
    words = [str(plain[name]).lower() for name in _OF.get(kind, ()) if plain.get(name)]
    matters = {(kind, word) for word in words}
    for word in words:
        if kind == "symptom" and (symptom := find_symptom(word)) is not None:
            matters.add((kind, symptom.id))
        elif kind in ("finding", "diagnosis"):
            matters |= {("condition", condition.id) for condition in find_conditions(word)}
        elif kind in ("medication", "intake", "allergy") and (drug := find_drug(word)) is not None:
            matters |= {("taking" if kind != "allergy" else kind, part.id) for part in drug.substances}
    return matters or {(kind, "")}


def _unknown(plain: Plain) -> Plain | None:
    """What says of the same matter that nobody knows; None where a record has no word for that."""
    match plain["kind"]:
        case "score":
            scale = scales()[plain["scale"]]
            same = {name: value for name, value in plain.items() if name not in ("value", "low", "high")}
            return same | {"low": scale.low, "high": scale.high}
        case "answers":
            asked = plain.get("items") or {item.id: None for item in INSTRUMENTS[plain["instrument"]].items}
            same = {name: value for name, value in plain.items() if name not in ("items", "sites")}
            return same | {"items": dict.fromkeys(asked)} if asked else None
        case "finding":
            return plain | {"state": "unknown"}
        case "red_flag_check":
            return plain | {"flags": dict.fromkeys(plain["flags"], "unknown")}
        case "decision":
            same = {name: value for name, value in plain.items() if name not in ("to", "do")}
            return same | {"do": "hold"}
        case _:
            return None


def _danger(fact: NativeFact) -> Plain | None:
    """What stands of a fact without its day; None for what is unknown then."""
    plain = fact.plain
    match plain["kind"]:
        case "score" | "answers" | "decision":
            return None
        case "red_flag_check":
            present = {flag: state for flag, state in plain["flags"].items() if state == "present"}
            return plain | {"flags": present} if present else None
        case "finding":
            return plain if plain["state"] in ("present", "abnormal") and not fact.weak else None
        case "symptom":
            return None if plain["state"] in GONE_STATES else plain
        case "medication":
            if plain["do"] == "stop":
                return None
            return {name: value for name, value in plain.items() if name != "doses"} if fact.weak else plain
        case "allergy":
            if plain.get("certainty") == "refuted":
                return None
            return plain | {"certainty": "suspected"} if fact.weak else plain
        case "diagnosis":
            if plain.get("certainty") == "refuted":
                return None
            return plain | {"certainty": "possible"} if fact.weak else plain
        case "consent":
            return None if plain["state"] == "given" else plain
        case "therapy":
            return None if plain.get("do") == "stop" else plain
        case "adherence":
            return plain if plain["taken"] is False or plain["taken"] == 0 else None
        case _:
            return plain
