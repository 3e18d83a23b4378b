"""What happened and what came after it: exposures with the answers of the days after, counts and doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.sentence import Sentence
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.beside import can_judge_effects
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.effects import KeptEffects, ask_for_effects, kept_effects
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record, stored_review
from assuage.clinic.store.snapshots import Words
from assuage.record.care_entries import ExposureEntry
from assuage.record.entries import TherapyEntry
from assuage.review.after_exposure import DAYS_ASKED, FEWEST_COUNTED, AskedAfter, asked_after, exposures_told
from assuage.review.exposures import factor_id
from assuage.review.model import Suspect
from assuage.terms.therapies import Therapy, find_therapy
from assuage.words.suspects import counts_message

_TITLE: Final = message("clinic.ledger-title")


class LedgerLine(Struct, frozen=True):
    """One time that it happened: the date, and what was said after each of the days."""

    date: str
    after: tuple[Message, ...]


class LedgerPart(Struct, frozen=True):
    """Everything of one kind, with its counts in the library's words."""

    title: Therapy | str
    lines: tuple[LedgerLine, ...]
    counts: tuple[Message, ...]


@with_own_record(Act.SEE_LEDGER)
@require_safe
def ledger(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The patient's own."""
    return answer_with(request, "ledger.html", _TITLE, **_given(request, opened))


@with_record(Act.SEE_LEDGER)
@require_safe
def ledger_of(request: HttpRequest, opened: Opened) -> HttpResponse:
    """That of a patient, for the team."""
    return answer_about(
        request, opened, "ledger.html", _TITLE, layout="patient.html", **_given(request, opened)
    )


def _given(request: HttpRequest, opened: Opened) -> Mapping[str, Any]:
    parts = list(ledger_parts(opened.record, opened.today))
    language = speaking_to(request).language

    def in_words(words: Words) -> Sentence:
        return Sentence(words[language])

    kept = None if opened.person.is_patient else kept_effects(opened.record)
    waits = bool(parts) and not opened.person.is_patient and _is_behind(opened, kept)
    if waits:
        ask_for_effects(opened.record)
    return {
        "parts": parts,
        "days": DAYS_ASKED,
        "effects": kept,
        "made_on": "" if kept is None or kept.made_at is None else date_format(kept.made_at),
        "since": 0 if kept is None else opened.record.head - kept.head,
        "waits": waits,
        "in_words": in_words,
    }


def _is_behind(opened: Opened, kept: KeptEffects | None) -> bool:
    """Whether the effects of the record as it is now are still to be made, and can be here."""
    return can_judge_effects() and (kept is None or kept.head != opened.record.head)


def ledger_parts(record: ClinicRecord, today: int) -> Iterator[LedgerPart]:
    """Each exposure with its lines, in the order in which it first happened."""
    whole = stored_record(record)
    by_kind: dict[str, list[ExposureEntry | TherapyEntry]] = {}
    for each in exposures_told(whole):
        by_kind.setdefault(factor_id(_word(each)), []).append(each)
    asked: dict[str, list[AskedAfter]] = {}
    for each in asked_after(whole):
        asked.setdefault(each.exposure.id or "", []).append(each)
    suspects = stored_review(record, today).suspects
    for kind, told in by_kind.items():
        lines = tuple(_line(record, each, asked.get(each.id or "", ()), today) for each in told)
        first = _word(told[0])
        yield LedgerPart(
            find_therapy(kind) or find_therapy(first) or first, lines, _counts(kind, told, suspects)
        )


def _word(entry: ExposureEntry | TherapyEntry) -> str:
    return entry.what if isinstance(entry, TherapyEntry) else entry.name


def _line(
    record: ClinicRecord, told: ExposureEntry | TherapyEntry, asked: Sequence[AskedAfter], today: int
) -> LedgerLine:
    return LedgerLine(
        date_format(calendar_date(record, told.day)), tuple(_answer(each, today) for each in asked)
    )


def _answer(asked: AskedAfter, today: int) -> Message:
    if asked.answer is not None:
        return message("clinic.ledger-answer", value=asked.answer.value)
    return message("clinic.ledger-to-come") if asked.day > today else message("clinic.ledger-no-answer")


def _counts(
    kind: str, told: Sequence[ExposureEntry | TherapyEntry], suspects: Sequence[Suspect]
) -> tuple[Message, ...]:
    if len(told) < FEWEST_COUNTED:
        return (message("clinic.ledger-not-enough"),)
    counted = tuple(counts_message(each) for each in suspects if factor_id(each.exposure) == kind)
    return counted or (message("clinic.ledger-not-counted"),)
