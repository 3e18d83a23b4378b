"""Cards name the signs of danger of where it hurts, old alarms with their day, and pain where the pathway is about."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assuage.pathways.clinic import PAIN_OVERALL
from assuage.record.read import parse_record, read_record
from assuage.record.timeline import Timeline
from assuage.review.cards import (
    Card,
    CardReader,
    PatientCard,
    PhysiotherapistCard,
)
from assuage.review.followed_scores import followed_scores
from assuage.review.make import review
from assuage.review.visit import VisitPage, visit_page
from assuage.terms.red_flags import RED_FLAGS, flags_looked_for
from assuage.terms.sites import LOWER_BACK, SITES
from tests.docs.examples import ROOT
from tests.made_cards import (
    ENTER,
    Plain,
    case_page,
    made,
    page_of,
    pages,
    section,
)

# --- signs of danger by the complaint -----------------------------------------------------------------


def signs_on(card: Card) -> set[str]:
    """The flags that a card names for any day."""
    if isinstance(card, PhysiotherapistCard):
        return {flag.id for flag in (*card.always, *card.hospital, *card.by_hand, *card.refer)}
    assert isinstance(card, PatientCard)
    return {flag.id for flag in (*card.always, *card.hospital)}


def back_page() -> VisitPage:
    from assuage.cli.pathways import pathway_named

    pathway = pathway_named(str(ROOT / "examples" / "low_back_pain.py"))
    return visit_page(review(read_record(ROOT / "examples" / "low_back_pain.yaml"), pathway))


@pytest.mark.parametrize("reader", ["patient", "physiotherapist"])
def test_the_signs_on_a_card_are_those_of_where_it_hurts(reader: CardReader):
    of_neck, of_back = signs_on(made(case_page(0), reader)), signs_on(made(back_page(), reader))
    assert {"RF_DISSECTION", "RF_THUNDERCLAP"} <= of_neck
    assert "RF_CAUDA" not in of_neck
    assert "RF_CAUDA" in of_back
    assert not of_back & {
        "RF_DISSECTION",
        "RF_THUNDERCLAP",
        "RF_INSTABILITY",
        "RF_MYELOPATHY",
        "RF_NEW_NUMBNESS",
    }
    assert {"RF_STROKE", "RF_CARDIAC"} <= of_neck & of_back


@pytest.mark.parametrize("reader", ["patient", "physiotherapist"])
def test_where_no_complaint_is_known_the_signs_of_the_whole_body_are_named(reader: CardReader):
    for page in (page_of(follows=None, on=0), page_of(follows="eular-2017", on=0)):
        assert {"RF_DISSECTION", "RF_CAUDA"} <= signs_on(made(page, reader))


def test_what_follows_a_drug_or_a_needle_is_no_sign_of_a_complaint():
    told = {each for page in pages() for each in signs_on(made(page, "physiotherapist"))}
    assert not told & {"RF_ANAPHYLAXIS", "RF_LAST", "RF_INJ_INFECT", "RF_SEROTONIN", "RF_GIBLEED", "RF_LIVER"}


def test_the_places_of_every_flag_are_places_that_we_know():
    assert all(place in SITES for flag in RED_FLAGS.values() for place in flag.at)


def test_a_complaint_nearer_than_that_of_a_flag_has_its_signs_too():
    for place in ("sacrum", "occiput_left"):
        assert {flag.id for flag in flags_looked_for([place])} >= {
            "sacrum": {"RF_CAUDA"},
            "occiput_left": {"RF_DISSECTION"},
        }[place]


def test_an_old_alarm_is_told_with_its_day_and_as_a_question():
    new: Plain = {"day": 1, "kind": "symptom", "what": "chest pain", "state": "new"}
    of_today, of_then = page_of(ENTER, new, on=2), page_of(ENTER, new, on=400)
    assert "Told on day" not in section(of_today, "patient", "call")
    assert section(of_then, "patient", "call").startswith("Told on day 1. Is it still so?")
    again = new | {"day": 398, "state": "worse"}
    assert "Told on day" not in section(page_of(ENTER, new, again, on=400), "patient", "call")


@pytest.mark.parametrize("age", [0, 200])
def test_a_medicine_that_no_rule_knows_is_on_the_patients_card(age: int):
    drugs: list[Plain] = [
        {"day": 0, "kind": "medication", "drug": each, "do": "start"}
        for each in ("zzyzxol", "grandmother's drops")
    ]
    told = section(page_of(ENTER, *drugs, on=age), "patient", "do")
    assert "We do not know these medicines: zzyzxol and grandmother's drops." in told
    known: Plain = {"day": 0, "kind": "medication", "drug": "paracetamol", "do": "start"}
    assert "We do not know" not in section(page_of(ENTER, known), "patient", "do")


def test_pain_is_followed_where_the_pathway_is_about_unless_a_phase_says_otherwise():
    told = back_page().scores[0]
    assert [site.id for site in told.sites] == ["lower_back"]
    assert told.last is not None
    assert case_page(0).scores[0].follow.sites == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (({"day": 3, "what": "low back pain", "state": "worse"},), ("worse", 3)),
        (
            (
                {"day": 3, "what": "pain", "site": "lower_back", "state": "present"},
                {"day": 5, "what": "all symptoms", "state": "better"},
            ),
            ("better", 5),
        ),
        (({"day": 3, "what": "neck pain", "state": "worse"},), None),
        (({"day": 5, "what": "all symptoms", "state": "worse"},), None),
    ],
)
def test_a_word_on_the_place_or_on_all_that_is_felt_is_told_of_the_pain(
    said: tuple[Plain, ...], told: tuple[str, int] | None
):
    entries = [each | {"kind": "symptom"} for each in said]
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries})
    there = replace(PAIN_OVERALL, sites=(LOWER_BACK,))
    (score,) = followed_scores(Timeline(record), (there,), 0, None, 9)
    statement = score.statement
    assert (None if statement is None else (statement.state, statement.day)) == told
