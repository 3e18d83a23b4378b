"""Entries that cannot both be true: found, named with both places, never settled.

Two entries that say the same are kept. Entries contradict each other only at the same moment: the same day
and the same time as it was written, where "no time given" is a moment of its own. Corrected entries are not
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from assuage.catalogue.message import Message, message
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    NoteEntry,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import GONE_STATES


@dataclass(frozen=True)
class _Claim:
    """What is said of what, in words.

    `beside` is a second thing whose claims it can clash with; `also` a second thing others find it under.
    """

    about: tuple[object, ...]
    says: object
    words: Message
    beside: tuple[object, ...] | None = None
    also: tuple[object, ...] | None = None


def contradictions(entries: Iterable[AnyEntry]) -> Iterator[tuple[str, Message]]:
    """The place of each entry that contradicts an earlier one, and what is wrong."""
    first: dict[tuple[object, ...], tuple[_Claim, int]] = {}
    for entry in entries:
        moment = (entry.day, entry.time)
        told = False
        for claim in _claims(entry):
            earlier = (first.get((*moment, *at)) for at in (claim.about, claim.beside) if at is not None)
            clash = next((each for each in earlier if each is not None and each[0].says != claim.says), None)
            for at in (claim.about, claim.also):
                if at is not None:
                    first.setdefault((*moment, *at), (claim, entry.place))
            # One message a pair: a stop beside a start need not be told once for the doses as well.
            if clash is not None and not told:
                told = True
                other, place = clash
                yield (
                    f"entries[{entry.place}]",
                    message(
                        "contradiction", claim=claim.words, other=f"entries[{place}]", other_claim=other.words
                    ),
                )


def _claims(entry: AnyEntry) -> Iterator[_Claim]:
    match entry:
        case ScoreEntry() if entry.minute is None and entry.scale in SCALES:
            return  # measured several times that day: the scale's own rule makes one day value of them
        case ScoreEntry():
            low, high = entry.range
            value: object = low if low == high else message("range.from-to", low=low, high=high)
            for site in entry.sites or (None,):
                about = ("score", entry.scale, site, entry.by)
                words = message("claim.value", what=entry.scale, value=value, site=site)
                yield _Claim(about, entry.range, words)
        case AnswersEntry():
            for item, answer in entry.items.items():
                if answer is not None:
                    about = ("answers", entry.instrument, item, entry.by)
                    words = message("claim.value", what=f"{entry.instrument}.{item}", value=str(answer))
                    yield _Claim(about, answer, words)
            if entry.sites is not None:
                words = message("claim.no-site", what=entry.instrument)
                if entry.sites:
                    words = message("claim.sites", what=entry.instrument, sites=entry.sites)
                yield _Claim(("sites", entry.instrument, entry.by), frozenset(entry.sites), words)
        case SymptomEntry():
            known = entry.symptom
            about = ("symptom", known.id if known else _folded(entry.what), entry.site)
            words = message("claim.symptom", what=entry.what, site=entry.site, state=entry.state)
            yield _Claim(about, entry.state in GONE_STATES, words)
        case FindingEntry():
            for pair in (("present", "absent"), ("normal", "abnormal")):
                if entry.state in pair:
                    about = ("finding", _folded(entry.what), entry.method, pair)
                    yield _Claim(
                        about, entry.state, message("claim.state", what=entry.what, state=entry.state)
                    )
        case MedicationEntry():
            yield from _of_medication(entry)
        case DecisionEntry():
            yield _Claim(
                ("decision",), (entry.do, entry.to), message("claim.decision", do=entry.do, to=entry.to)
            )
        case ConsentEntry():
            words = message("claim.consent", purpose=entry.purpose, state=entry.state)
            yield _Claim(("consent", entry.purpose), entry.state, words)
        case RedFlagEntry():
            for flag, state in entry.flags.items():
                if state != "unknown":
                    yield _Claim(("flag", flag), state, message("claim.state", what=flag, state=state))
        case TherapyEntry() | NoteEntry():
            return  # two sessions of a day are two sessions, and text is not interpreted
        case _:
            assert_never(entry)


def _of_medication(entry: MedicationEntry) -> Iterator[_Claim]:
    """Taken or stopped, and how much. Two routes are two matters; a route not given can be any of them."""
    taken = entry.do != "stop"
    words = message("claim.medication", do=entry.do, drug=entry.drug)
    claims: list[tuple[str, object, Message]] = [("taken", taken, words)]
    if taken and entry.doses:
        doses = sorted((dose.amount, dose.unit, dose.when or "") for dose in entry.doses)
        with_doses = message(
            "claim.medication", do=entry.do, drug=entry.drug, doses=tuple(str(dose) for dose in entry.doses)
        )
        claims.append(("doses", tuple(doses), with_doses))
    for what, says, in_words in claims:
        about = (what, entry.code)
        if entry.route is None:
            yield _Claim((*about, None), says, in_words, beside=(*about, "any"))
        else:
            here, unnamed = (*about, "by", entry.route), (*about, None)
            yield _Claim(here, says, in_words, beside=unnamed, also=(*about, "any"))


def _folded(words: str) -> str:
    return " ".join(words.lower().split())
