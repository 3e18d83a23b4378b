"""A patient is told where, why, what now and what not, in words of their own; the rest is left to the clinician."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assuage.catalogue.compile import all_entries
from assuage.catalogue.languages import LANGUAGES, READERS
from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.pathways import registry
from assuage.pathways.actions import Start, Titrate
from assuage.pathways.model import Recommendation
from assuage.record.read import read_record
from assuage.report import atlas, timeline
from assuage.report.page.pages import review_page
from assuage.report.visit_text import VisitText
from assuage.review.make import review
from assuage.review.model import PlanItem, Review
from assuage.review.visit import visit_page
from assuage.words.actions import action_message
from assuage.words.patients import item_message
from assuage.words.speak import ENGLISH, catalogue
from assuage.words.tables import table_rows

CASE = Path(__file__).parents[2] / "examples" / "case.yaml"
RECOMMENDATIONS = {
    (name, each.id): each
    for name in registry.PATHWAY_IDS
    for each in registry.pathway(name).recommendations()
}
# Words of the trade that stand in the clinicians' texts of the plan.
TRADE = {
    "en": "gate|pathway|EULAR|Naranjo|noxious|sensitis|occiput|girdle|ischaemi|kinesio|titrate|mechanical",
    "lt": r"\bvart(?!o)|EULAR|Naranjo|dirgikl|sensitiz|juost|išemij|mechanin|mcg",
}


def of_example(patient: str) -> Review:
    """The review of an example patient as his or her record asks for it."""
    record = read_record(CASE.parent / "patients" / f"{patient}.yaml")
    return review(record, registry.pathway(str(record.pathway)))


def said(speaking: Catalogue, recommendation: Recommendation) -> Sentence:
    text = action_message(recommendation.action)
    item = PlanItem(recommendation, "now", "", "", text, message("plan.when.now"))
    return speaking.say(item_message(speaking, item))


def sentences(text: str) -> list[list[str]]:
    return [part.split() for part in re.split(r"[.?!:;]+(?:\s|$)", text) if part.split()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_plan_is_written_for_patients(language: str):
    written = {(entry.context, entry.id) for entry in all_entries(language, "patient")}
    wanted = ("phase.", "recommendation.", "restriction.", "action.how", "watch.")
    assert [
        text
        for row in table_rows()
        for text in row.texts
        if text.key.startswith(wanted) and (text.key, text.english) not in written
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RECOMMENDATIONS)
def test_an_item_of_the_plan_is_short_plain_and_whole(language: str, name: tuple[str, str]):
    text = said(catalogue(language, "patient"), RECOMMENDATIONS[name])
    lengths = [len(words) for words in sentences(text)]
    assert sum(lengths) / len(lengths) <= 15
    assert not re.search(TRADE[language], text)
    assert not text.foreign_to(language)
    assert ".." not in text
    assert text.endswith(".")


def doses(text: str) -> list[str]:
    return re.findall(r"(\d+) (?:mg|mcg|g|micrograms|grams)\b", text)


@pytest.mark.parametrize(
    "name", [name for name, each in RECOMMENDATIONS.items() if isinstance(each.action, Start | Titrate)]
)
def test_a_patient_is_told_the_doses_of_the_clinician(name: tuple[str, str]):
    action = action_message(RECOMMENDATIONS[name].action)
    told = {
        (language, reader): doses(catalogue(language, reader).say(action))
        for language in LANGUAGES
        for reader in READERS
        if (language, reader) != ("lt", "patient")  # there the unit is declined
    }
    assert doses(ENGLISH.say(action)) != []
    assert set(map(tuple, told.values())) == {tuple(doses(ENGLISH.say(action)))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [0, 10, 30, 48, 79])
def test_the_first_screen_of_a_patient_has_no_ids_no_verdicts_and_no_suspects(language: str, day: int):
    speaking = catalogue(language, "patient")
    text = VisitText(visit_page(review(read_record(CASE), registry.pathway("neck-first"), day)), speaking)
    answers = dict(text.answers())
    assert "suspect" not in answers
    lines = [line.says for lines in answers.values() for line in lines]
    assert [line for line in lines if re.search(rf"\[[a-z-]+\]|\[[A-Z_]+\]|{TRADE[language]}", line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_patient_leaves_the_reasons_of_the_trade_out(language: str):
    record = read_record(CASE)
    on = visit_page(review(record, registry.pathway("neck-first"), 48))
    for_patient = review_page(on, catalogue(language, "patient"))
    for_clinician = review_page(on, catalogue(language))
    for section in ("why-gates", "why-plan", "why-restrictions", "why-alerts", "why-criteria", "why-doubts"):
        assert (f'id="{section}"' in for_patient, f'id="{section}"' in for_clinician) == (False, True)


def test_a_small_letter_is_given_to_a_word_and_not_to_an_abbreviation():
    assert Sentence.of("A bleeding disorder", "en").uncapitalised() == "a bleeding disorder"
    assert Sentence.of("ALT or AST above 3", "en").uncapitalised() == "ALT or AST above 3"


@pytest.mark.parametrize(
    ("patient", "pair"), [("emil", "ibuprofen and apixaban"), ("hana", "tramadol and pregabalin")]
)
def test_a_patient_who_takes_two_medicines_that_can_do_grave_harm_is_told_what_to_do(patient: str, pair: str):
    answers = dict(VisitText(visit_page(of_example(patient)), catalogue("en", "patient")).answers())
    assert f"Together these can harm you: {pair}." in answers["stop"][0].says
    assert "Ask your doctor or pharmacist today or tomorrow" in answers["stop"][0].says


@pytest.mark.parametrize(
    ("language", "reason", "not_asked"),
    [
        ("en", "ketoprofen and apixaban do not go together", "Call your doctor"),
        ("lt", "ketoprofenas ir apiksabanas kartu nedera", "skambinkite"),
    ],
)
def test_a_patient_is_told_why_a_plan_is_withheld_and_not_to_call_about_what_nobody_gives(
    language: str, reason: str, not_asked: str
):
    answers = dict(VisitText(visit_page(of_example("emil")), catalogue(language, "patient")).answers())
    withheld = answers["leave"][0].says
    assert (reason in withheld, not_asked in withheld) == (True, False)


@pytest.mark.parametrize(
    ("language", "trade", "told"),
    [
        ("en", r"\bgates?\b|breach|alone|by patient|exposure|\b(WPI|SSS|GAD|PHQ)", "told by you"),
        ("lt", r"\bvart(?!o)|nepaisy|poveik|pacient|\b(WPI|SSS|GAD|PHQ)", "nurodė jūs"),
    ],
)
def test_the_course_and_the_maps_of_a_patient_have_no_words_of_the_trade(
    language: str, trade: str, told: str
):
    record, speaking = read_record(CASE), catalogue(language, "patient")
    on = review(record, registry.pathway("neck-first"), 79)
    cells = [cell for row in timeline.rows(record, on, speaking) for cell in row.cells]
    cells += [cell for row in atlas.map_rows(record, None, speaking) for cell in row]
    shown = [*cells, timeline.svg(record, on, speaking), atlas.svg(record, None, speaking)]
    assert [text for text in shown if re.search(trade, text)] == []
    assert told in cells


def test_a_full_stop_is_put_where_none_ends_the_sentence():
    ends = [
        Sentence.of(text, "en").ended("en") for text in ("rare", "rare.", "is it rare?", "rare (seldom).")
    ]
    assert ends == ["rare.", "rare.", "is it rare?", "rare (seldom)."]
