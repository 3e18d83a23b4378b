"""Cards of the published case, of the named patients, and of records written in a test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from assuage.catalogue.read import Catalogue
from assuage.record.read import parse_record, read_record
from assuage.review.cards import (
    Card,
    CardReader,
    PatientCard,
    PhysiotherapistCard,
    card_of,
)
from assuage.review.make import review
from assuage.review.techniques import TechniqueSignal
from assuage.review.visit import VisitPage, visit_page
from assuage.words.cards import CardLine, card_sections
from assuage.words.speak import catalogue
from tests.docs.examples import ROOT
from tests.universe import PATIENTS

CASE = ROOT / "examples" / "case.yaml"
DAYS = (0, 7, 20, 29, 35, 37, 40, 45, 48, 65, 75, 79)
Plain = dict[str, object]
ENTER: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}
MOVE: Plain = ENTER | {"to": "move"}


@cache
def case_page(day: int) -> VisitPage:
    return visit_page(review(read_record(CASE), None, day))


@cache
def patient_page(name: str) -> VisitPage:
    return visit_page(review(PATIENTS[name]()))


CARDS: dict[tuple[int, CardReader], tuple[VisitPage, Card]] = {}


def made(page: VisitPage, reader: CardReader) -> Card:
    """The card of a page, made once."""
    kept = CARDS.get((id(page), reader))
    if kept is None:
        kept = CARDS[id(page), reader] = (page, card_of(page, reader))
    return kept[1]


def pages() -> Iterator[VisitPage]:
    yield from map(case_page, DAYS)
    yield from map(patient_page, PATIENTS)


def page_of(
    *entries: Plain, follows: str | None = "neck-first", on: int | None = None, **who: object
) -> VisitPage:
    patient = {"id": "p", "sex": "female", "age": 48} | who
    record = {"format": "assuage-record/2", "patient": patient, "entries": [*entries]}
    return visit_page(review(parse_record(record | ({"pathway": follows} if follows else {})), None, on))


def speaking(reader: CardReader, language: str = "en") -> Catalogue:
    return catalogue(language, "patient" if reader == "patient" else "clinician")


def patient(page: VisitPage) -> PatientCard:
    return cast("PatientCard", made(page, "patient"))


def therapist(page: VisitPage) -> PhysiotherapistCard:
    return cast("PhysiotherapistCard", made(page, "physiotherapist"))


def lines(card: Card, reader: CardReader, language: str = "en") -> Iterator[CardLine]:
    for section in card_sections(speaking(reader, language), card):
        yield from section.lines


def body(page: VisitPage, reader: CardReader, language: str = "en", *, alarms: bool = True) -> str:
    """What stands on a card between its title and its foot, with or without what must stop."""
    says = speaking(reader, language)
    parts: list[str] = []
    for section in card_sections(says, made(page, reader)):
        told = [line for line in section.lines if alarms or line.kind != "stop"]
        parts += [str(says.say(section.title)), *(str(says.say(line.says)) for line in told)]
    return "\n".join(parts)


def section(page: VisitPage, reader: CardReader, name: str) -> str:
    says = speaking(reader)
    told = {each.id: each for each in card_sections(says, made(page, reader))}
    return "\n".join(says.say(line.says) for line in told[name].lines) if name in told else ""


def signals(page: VisitPage) -> dict[str, TechniqueSignal]:
    return {each.therapy.id: each for each in therapist(page).techniques}
