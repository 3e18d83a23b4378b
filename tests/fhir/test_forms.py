"""Forms: each is FHIR in both languages; an answer is its entry, and what is unanswered is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.errors import InputError
from assuage.fhir.codes import own_coding
from assuage.fhir.extension import PREFILLED
from assuage.fhir.forms.answers import populated
from assuage.fhir.forms.forms import (
    Form,
    diary_form,
    form_instruments,
    form_named,
    form_names,
    form_of_the_day,
    instruments_of,
    pathway_form,
)
from assuage.fhir.forms.items import STATES_IN, item_of_link
from assuage.fhir.forms.questionnaire import canonical_of, questionnaire_of
from assuage.fhir.read import ReadResources, read_resources
from assuage.fhir.validate import checked_value
from assuage.fhir.write.answered import answers_resource
from assuage.fhir.write.bundle import writing_of
from assuage.instruments import INSTRUMENTS
from assuage.pathways import registry
from assuage.record.entries import AnswersEntry, Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.record.write import entry_to_plain
from assuage.review.baseline import baseline
from assuage.review.first_questions import first_questions
from assuage.review.make import review
from assuage.words.speak import catalogue
from tests.record.strategies import records
from tests.universe import EXAMPLES, PATIENTS

CASE = EXAMPLES / "case.yaml"
DAY = "2026-03-01"
ENTRY_FORMS = [form for name in form_names() if isinstance(form := form_named(name), Form)]
ITEMS = [item for form in ENTRY_FORMS for item in form.items]


def record(*entries: dict[str, Any], **more: Any) -> Record:
    head = {"format": "assuage-record/2", "patient": {"id": "p"}, "starts_on": DAY}
    return parse_record({**head, **more, "entries": [{"date": DAY, **each} for each in entries]})


def extracted(response: dict[str, Any]) -> ReadResources:
    """What an import reads of a response that somebody sent."""
    return read_resources([json.loads(json.dumps(response))], patient=response["subject"]["reference"])


def said(entries: Any) -> list[dict[str, Any]]:
    beside = {"date", "day", "id", "role", "source", "by"}
    return [{key: value for key, value in each.items() if key not in beside} for each in entries]


def filled(form: Form, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """The response of somebody who says in a form what these entries say."""
    items: list[dict[str, Any]] = []
    for asked in form.items:
        answers = [
            {"valueCoding": own_coding(STATES_IN[asked.kind], state)}
            for state in asked.states
            for entry in entries
            if asked.entry(state) == entry
            or (asked.kind == "flag" and entry.get("flags", {}).get(asked.what) == state)
        ]
        if asked.kind == "score":
            answers = [
                {"valueDecimal": entry["value"]}
                for entry in entries
                if entry["kind"] == "score" and asked.entry(entry["value"]) == entry
            ]
        items.append({"linkId": asked.link, **({"answer": answers} if answers else {})})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical_of(form),
        "status": "completed",
        "subject": {"reference": "Patient/p"},
        "authored": DAY,
        "item": [{"linkId": "all", "item": items}],
    }


def in_order(known: Record) -> list[str]:
    """What the entries of a record say, but for how they came."""
    plain = said(entry_to_plain(each, known) for each in known.entries)
    return sorted(json.dumps(each, sort_keys=True) for each in plain)


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", form_names())
def test_every_form_is_fhir(name: str, language: str):
    assert checked_value(questionnaire_of(form_named(name), catalogue(language))).issues == ()


def test_no_form_is_shipped_of_an_instrument_that_is_not_free():
    with pytest.raises(InputError, match="may not be shipped"):
        form_named("fiqr")
    assert all(each.licence.free for each in form_instruments())


def test_every_item_is_found_by_its_address():
    assert [(found.kind, found.what, found.site) for each in ITEMS if (found := item_of_link(each.link))] == [
        (each.kind, each.what, each.site) for each in ITEMS
    ]


@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
def test_the_form_of_a_pathway_asks_all_that_the_baseline_form_asks(name: str):
    from assuage.engine.walk import walk

    pathway = registry.pathway(name)
    asked = baseline(walk(pathway, Timeline(record()), 0), 0)
    assert {f"{each.kind}:{each.what}" for each in asked} <= {
        each.link for each in pathway_form(pathway).items
    }


def test_a_pathway_brings_the_instruments_it_looks_at():
    assert {"phq9", "gad7", "wpi", "sss"} <= {
        each.id for each in instruments_of(registry.pathway("eular-2017"))
    }


def test_a_diary_asks_where_a_gate_looks():
    links = {each.link for each in diary_form(registry.pathway("neck-first")).items}
    assert {"score:pain@neck", "score:numbness@occiput", "score:sleep"} <= links


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_a_form_is_filled_in_with_is_what_comes_out(data: st.DataObject):
    form = ENTRY_FORMS[data.draw(st.integers(0, len(ENTRY_FORMS) - 1))]
    places = data.draw(st.lists(st.integers(0, len(form.items) - 1), unique=True))
    chosen = [form.items[place] for place in sorted(places)]
    entries: list[dict[str, Any]] = []
    flags: dict[str, Any] = {}
    for each in chosen:
        answer = data.draw(st.sampled_from(each.states) if each.states else st.integers(0, 10))
        entry = each.entry(answer)
        if each.kind != "flag":
            entries.append(entry)
        else:
            flags |= entry["flags"]
    if flags:
        entries.append({"kind": "red_flag_check", "flags": flags})
    known = record(*entries)
    response = filled(form, entries)
    assert checked_value(response).issues == ()
    back = parse_record(extracted(response).document)
    assert in_order(back) == in_order(known)


@settings(max_examples=40, deadline=None)
@given(records())
def test_answers_to_an_instrument_come_out_as_they_were_given(any_record: Record):
    for entry in any_record.entries:
        if isinstance(entry, AnswersEntry) and any(value is not None for value in entry.items.values()):
            response = answers_resource(entry, writing_of(record(), None)) | {"authored": DAY}
            read = extracted(response)
            assert [each.get("items") for each in read.entries] == [dict(entry.items) or None]


@pytest.mark.parametrize("name", PATIENTS)
def test_what_is_filled_in_beforehand_makes_no_entry(name: str):
    known = PATIENTS[name]()
    of = writing_of(known, known.starts_on)
    for form in ENTRY_FORMS:
        response = populated(form, Timeline(known), known.last_day or 0, of, DAY)
        assert checked_value(response).issues == ()
        assert extracted(response).entries == ()


@pytest.mark.parametrize("name", PATIENTS)
def test_how_bad_something_is_is_never_filled_in(name: str):
    known = PATIENTS[name]()
    of = writing_of(known, known.starts_on)
    for form_name in form_names():
        response = populated(form_named(form_name), Timeline(known), known.last_day or 0, of, DAY)
        groups = {
            group["linkId"]
            for group in response.get("item", [])
            if any("answer" in each for each in group.get("item", [group]))
        }
        assert groups <= {"finding", "consent"}


HEART = {"kind": "finding", "what": "heart_block", "state": "absent", "method": "history"}


def heart(known: Record, day: int = 0) -> dict[str, Any]:
    form = pathway_form(registry.pathway("neck-first"))
    response = populated(form, Timeline(known, day), day, writing_of(known, known.starts_on), DAY)
    inner = next(group["item"] for group in response["item"] if group["linkId"] == "finding")
    return next(each for each in inner if each["linkId"] == "finding:heart_block")


def test_what_was_found_is_filled_in_with_the_day_it_was_said():
    (answer,) = heart(record(HEART))["answer"]
    assert answer["valueCoding"]["code"] == "absent"
    assert answer["extension"][0]["extension"] == [
        {"url": "state", "valueString": "absent"},
        {"url": "said", "valueString": DAY},
    ]


@pytest.mark.parametrize(
    "known",
    [
        record(),
        record({**HEART, "state": "unknown"}),
        record({**HEART, "method": "family"}),
        record({**HEART, "id": "a"}, {"kind": "void", "of": "a", "because": "a slip"}),
    ],
    ids=["nothing", "unknown", "of a relative", "withdrawn"],
)
def test_what_is_not_known_is_left_to_be_answered(known: Record):
    assert "answer" not in heart(known)


def test_what_no_longer_holds_is_left_to_be_answered():
    assert "answer" not in heart(record(HEART), 4000)


def test_an_answer_that_was_changed_is_a_new_entry():
    known = record(HEART)
    answer = heart(known)["answer"][0]
    answer["valueCoding"]["code"] = "present"
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:assuage:questionnaire:pathway-neck-first",
        "status": "completed",
        "subject": {"reference": "Patient/p"},
        "authored": "2026-04-01",
        "item": [{"linkId": "finding:heart_block", "answer": [answer]}],
    }
    assert answer["extension"][0]["url"] == PREFILLED
    (entry,) = extracted(response).entries
    assert (entry["date"], entry["what"], entry["state"]) == ("2026-04-01", "heart_block", "present")


@pytest.mark.parametrize(
    "answer",
    [
        {"linkId": "score:pain", "answer": [{"valueInteger": 11}]},
        {"linkId": "score:pain", "answer": [{"valueDecimal": -1}]},
        {"linkId": "score:pain", "answer": [{"valueString": "bad"}]},
        {"linkId": "score:pain", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]},
        {"linkId": "score:happiness", "answer": [{"valueInteger": 1}]},
        {"linkId": "symptom:numbness", "answer": [{"valueBoolean": True}]},
        {"linkId": "finding:heart_block", "answer": [{"valueCoding": {"code": "absent"}}]},
        {"linkId": "flag:RF_NONE", "answer": [{"valueCoding": {"code": "absent"}}]},
        {"linkId": "weather", "answer": [{"valueString": "fine"}]},
    ],
    ids=lambda each: f"{each['linkId']} {each['answer']}",
)
def test_an_answer_that_a_question_does_not_take_is_told_and_makes_no_entry(answer: dict[str, Any]):
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:assuage:questionnaire:diary|1",
        "status": "completed",
        "subject": {"reference": "Patient/p"},
        "authored": DAY,
        "item": [answer],
    }
    read = extracted(response)
    assert (read.entries, "fhir-import.no-answer-of-ours" in {line.why.id for line in read.lines}) == (
        (),
        True,
    )


def test_scores_are_ours_and_not_those_of_the_form():
    items = [{"linkId": item.id, "answer": [{"valueInteger": 1}]} for item in INSTRUMENTS["gad7"].items]
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:assuage:questionnaire:gad7|1",
        "status": "completed",
        "subject": {"reference": "Patient/p"},
        "authored": DAY,
        "item": [
            {"linkId": "about"},
            *items,
        ],
    }
    (entry,) = extracted(response).entries
    assert entry["items"] == {item.id: 1 for item in INSTRUMENTS["gad7"].items}


@pytest.mark.parametrize("name", PATIENTS)
def test_the_form_of_a_day_asks_what_the_review_asks(name: str):
    here = review(PATIENTS[name](), effects=False)
    form, questions = form_of_the_day(here), first_questions(here)
    assert checked_value(questionnaire_of(form)).issues == ()
    assert len(form.judged) == sum(each.kind == "judgement" for each in questions)
    assert {each.kind for each in form.items} == {
        "flag" if each.kind == "check" else each.kind for each in questions if each.kind != "judgement"
    }


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--list",), 0, "diary-neck-first"),
        (("phq9",), 0, "Little interest"),
        (("diary", "--lang", "lt"), 0, "didžiausias"),
        (("today", "--for", CASE), 0, "flag:RF_NEW_NUMBNESS"),
        (("pathway-neck-first", "--for", CASE), 0, "in-progress"),
        (("today",), 2, "--for RECORD"),
        (("fiqr",), 2, "may not be shipped"),
        (("dairy",), 2, "did you mean"),
    ],
)
def test_the_command_gives_a_form_or_says_why_not(
    words: tuple[Any, ...], status: int, told: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["fhir", "questionnaire", *map(str, words)]) == status
    shown = capsys.readouterr()
    assert told in shown.out + shown.err


def test_a_form_is_written_to_a_file(tmp_path: Path):
    assert main(["fhir", "questionnaire", "peg", "-o", str(tmp_path / "peg.json")]) == 0
    assert main(["fhir", "check", str(tmp_path / "peg.json")]) == 0
