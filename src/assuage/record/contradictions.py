"""Entries that cannot both be true: found, named with both places, never settled.

Two entries that say the same are kept. Entries contradict each other only at the same moment: the same day
and the same time as it was written, where "no time given" is a moment of its own. Corrected entries are not
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
)
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import GONE_STATES

_REMEDY = "give each its time, or let one replace the other (replaces: its id)"


@dataclass(frozen=True)
class _Claim:
    """What is said of what, in words.

    `beside` is a second thing whose claims it can clash with; `also` a second thing others find it under.
    """

    about: tuple[object, ...]
    said: object
    words: str
    beside: tuple[object, ...] | None = None
    also: tuple[object, ...] | None = None


def contradictions(entries: Iterable[AnyEntry]) -> Iterator[tuple[str, str]]:
    """The place of each entry that contradicts an earlier one, and the problem in words."""
    first: dict[tuple[object, ...], tuple[_Claim, int]] = {}
    for entry in entries:
        moment = (entry.day, entry.time)
        told = False
        for claim in _claims(entry):
            found = (first.get((*moment, *at)) for at in (claim.about, claim.beside) if at is not None)
            clash = next((one for one in found if one is not None and one[0].said != claim.said), None)
            for at in (claim.about, claim.also):
                if at is not None:
                    first.setdefault((*moment, *at), (claim, entry.place))
            # One message a pair: a stop beside a start need not be told once for the doses as well.
            if clash is not None and not told:
                told = True
                other, place = clash
                text = f"{claim.words} contradicts entries[{place}], {other.words}, of the same moment"
                yield f"entries[{entry.place}]", f"{text}; {_REMEDY}"


def _claims(entry: AnyEntry) -> Iterator[_Claim]:
    match entry:
        case ScoreEntry() if entry.minute is None and entry.scale in SCALES:
            return  # measured several times that day: the scale's own rule makes one day value of them
        case ScoreEntry():
            low, high = entry.range
            said = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            for site in entry.sites or (None,):
                where = f" ({site})" if site else ""
                about = ("score", entry.scale, site, entry.by)
                yield _Claim(about, entry.range, f"{entry.scale} {said}{where}")
        case AnswersEntry():
            for item, answer in entry.items.items():
                if answer is not None:
                    about = ("answers", entry.instrument, item, entry.by)
                    yield _Claim(about, answer, f"{entry.instrument}.{item} {answer}")
            if entry.sites is not None:
                said = ", ".join(entry.sites) or "no site"
                about = ("sites", entry.instrument, entry.by)
                yield _Claim(about, frozenset(entry.sites), f"{entry.instrument} with {said}")
        case SymptomEntry():
            known = entry.symptom
            where = f" ({entry.site})" if entry.site else ""
            about = ("symptom", known.id if known else _folded(entry.what), entry.site)
            yield _Claim(about, entry.state in GONE_STATES, f"{entry.what}{where} {entry.state}")
        case FindingEntry():
            for pair in (("present", "absent"), ("normal", "abnormal")):
                if entry.state in pair:
                    about = ("finding", _folded(entry.what), entry.method, pair)
                    yield _Claim(about, entry.state, f"{entry.what} {entry.state}")
        case MedicationEntry():
            yield from _of_medication(entry)
        case DecisionEntry():
            to = f" to {entry.to}" if entry.to else ""
            yield _Claim(("decision",), (entry.do, entry.to), f"{entry.do}{to}")
        case ConsentEntry():
            words = f"consent for {entry.purpose} {entry.state}"
            yield _Claim(("consent", entry.purpose), entry.state, words)
        case RedFlagEntry():
            for flag, state in entry.flags.items():
                if state != "unknown":
                    yield _Claim(("flag", flag), state, f"{flag} {state}")
        case _:
            return


def _of_medication(entry: MedicationEntry) -> Iterator[_Claim]:
    """Taken or stopped, and how much. Two routes are two matters; a route not given can be any of them."""
    words = f"{entry.do} of {entry.drug}"
    taken = entry.do != "stop"
    claims: list[tuple[str, object, str]] = [("taken", taken, words)]
    if taken and entry.doses:
        doses = sorted((dose.amount, dose.unit, dose.when or "") for dose in entry.doses)
        claims.append(("doses", tuple(doses), f"{words} {', '.join(str(dose) for dose in entry.doses)}"))
    for what, said, in_words in claims:
        about = (what, entry.code)
        if entry.route is None:
            yield _Claim((*about, None), said, in_words, beside=(*about, "any"))
        else:
            here, unnamed = (*about, "by", entry.route), (*about, None)
            yield _Claim(here, said, in_words, beside=unnamed, also=(*about, "any"))


def _folded(words: str) -> str:
    return " ".join(words.lower().split())
