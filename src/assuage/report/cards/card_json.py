"""A card as plain values: the stable, documented object of `assuage card --json`."""

from __future__ import annotations

from assuage.catalogue.message import Message
from assuage.catalogue.read import Catalogue
from assuage.engine.walk import Stay
from assuage.record.entry import Entry
from assuage.record.episodes import DrugEpisode
from assuage.review.cards import Card, GpLetter, PatientCard, PhysiotherapistCard
from assuage.review.first_questions import FirstQuestion
from assuage.review.followed_scores import FollowedScore
from assuage.review.model import Diagnosis, GateState, PlanItem, RestrictionState, Withheld
from assuage.review.techniques import TechniqueSignal
from assuage.safety.alerts import Alert
from assuage.terms.red_flags import RedFlag
from assuage.words.cards import card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH, said_in

Plain = dict[str, object]
SCHEMA = "assuage-card/1"


def card_to_json(card: Card, speaking: Catalogue = ENGLISH) -> Plain:
    """The card as one object in a stable order of keys; each line says what of the review it rests on."""
    review = card.page.review
    date = review.record.date_of(review.on)
    return {
        "format": SCHEMA,
        **said_in(speaking),
        "card": _name(card),
        "patient": review.record.patient.id,
        "on": review.on,
        "date": None if date is None else date.isoformat(),
        "pathway": None if review.pathway is None else review.pathway.id,
        "title": speaking.say(title_message(card)),
        "sections": [
            {
                "id": section.id,
                "title": speaking.say(section.title),
                "lines": [
                    {
                        "kind": line.kind,
                        "text": speaking.say(line.says),
                        "rests_on": [origin(each) for each in line.rests_on],
                    }
                    for line in section.lines
                ],
            }
            for section in card_sections(speaking, card)
        ],
        "techniques": [_technique(each, speaking) for each in card.techniques]
        if isinstance(card, PhysiotherapistCard)
        else None,
        "valid_until": card.valid.until if isinstance(card, PhysiotherapistCard) else None,
        "foot": [speaking.say(foot) for foot in foot_messages(card)],
    }


def _name(card: Card) -> str:
    match card:
        case PatientCard():
            return "patient"
        case PhysiotherapistCard():
            return "physiotherapist"
        case GpLetter():
            return "gp"


def _technique(technique: TechniqueSignal, speaking: Catalogue) -> Plain:
    return {
        "id": technique.therapy.id,
        "title": speaking.value(technique.therapy),
        "signal": technique.signal,
        "rests_on": [origin(each) for each in technique.rests_on],
    }


def origin(value: object) -> Plain:
    """What of the review a line rests on, by its kind and id; the review itself where it is no part of it."""
    match value:
        case Alert():
            return {"kind": "alert", "id": value.id}
        case PlanItem():
            return {"kind": "plan", "id": value.recommendation.id}
        case Withheld():
            return {"kind": "withheld", "id": value.recommendation.id}
        case RestrictionState():
            return {"kind": "restriction", "id": value.restriction.id}
        case GateState():
            return {"kind": "gate", "id": value.reading.gate.id}
        case Stay():
            return {"kind": "phase", "id": value.phase.id}
        case DrugEpisode():
            return {"kind": "medication", "id": value.drug}
        case FollowedScore():
            return {"kind": "score", "id": value.follow.id}
        case FirstQuestion():
            return {"kind": "question", "id": value.what}
        case Diagnosis():
            return {"kind": "criteria", "id": value.scored.instrument}
        case RedFlag():
            return {"kind": "red_flag", "id": value.id}
        case TechniqueSignal():
            return {"kind": "technique", "id": value.therapy.id}
        case Message():
            return {"kind": "need", "id": value.id}
        case Entry():
            return {"kind": "entry", "id": value.place}
        case _:
            return {"kind": "review", "id": None}
