"""Forms over HTTP and from the command line: never filled in with how bad something is, scored by us, never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir.forms.extract import extracted
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.read import read_resources
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.validate import checked_value
from assuage.fhir.write.bundle import bundle_of, patient_id
from assuage.record.read import parse_record
from tests.fhir.hooks.calling import asked, service
from tests.universe import PATIENTS

Plain = dict[str, Any]
SSS = (
    "fatigue",
    "waking_unrefreshed",
    "cognitive",
    "headaches",
    "lower_abdominal_pain_or_cramps",
    "depression",
)


def response(answers: dict[str, int], **more: Any) -> Plain:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "r1",
        "questionnaire": "urn:assuage:questionnaire:sss",
        "status": "completed",
        "subject": {"reference": "Patient/ana"},
        "authored": "2026-03-01",
        "item": [{"linkId": name, "answer": [{"valueInteger": value}]} for name, value in answers.items()],
    } | more


def app() -> Any:
    return service(fhir_reader(NO_CODES))


def parts(answer: Any) -> dict[str, Plain]:
    assert checked_value(answer.body).errors == 0
    return {each["name"]: each["resource"] for each in answer.body["parameter"]}


def scores(bundle: Plain) -> list[Plain]:
    return [e["resource"] for e in bundle["entry"] if "derivedFrom" in e["resource"]]


@pytest.mark.parametrize("wrapped", [False, True])
def test_answers_come_to_their_entries_and_the_score_that_we_work_out(wrapped):
    sent = response(dict.fromkeys(SSS, 1))
    if wrapped:
        sent = {
            "resourceType": "Parameters",
            "parameter": [{"name": "questionnaire-response", "resource": sent}],
        }
    bundle = parts(asked(app(), "/QuestionnaireResponse/$extract", sent))["return"]
    (score,) = scores(bundle)
    assert score["valueQuantity"]["value"] == 6
    assert score["derivedFrom"][0]["reference"] in {e["request"]["url"] for e in bundle["entry"]}


def test_a_score_of_what_was_left_unanswered_is_a_range_and_no_number():
    bundle = parts(asked(app(), "/QuestionnaireResponse/$extract", response({"fatigue": 2})))["return"]
    (score,) = scores(bundle)
    ends = score["valueRange"]
    assert (ends["low"]["value"], ends["high"]["value"]) == (2, 11)


def test_a_total_that_the_form_carries_is_not_read():
    sent = response(dict.fromkeys(SSS, 1))
    sent["item"].append({"linkId": "total", "answer": [{"valueInteger": 12}]})
    told = parts(asked(app(), "/QuestionnaireResponse/$extract", sent))
    assert all(
        each["valueQuantity"]["value"] != 12 for each in scores(told["return"]) if "valueQuantity" in each
    )


def test_what_is_extracted_reads_back_as_the_answers_alone():
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "x"},
            "starts_on": "2026-01-05",
            "entries": [{"day": 0, "kind": "answers", "instrument": "sss", "items": {"fatigue": 2}}],
        }
    )
    bundle = extracted(record)
    assert checked_value(bundle).issues == ()
    assert len(scores(bundle)) == 1
    assert parse_record(read_resources([bundle]).document) == record


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"resourceType": "Patient", "id": "a"}, 400),
        (response({"fatigue": 1}, subject=None), 400),
        ({key: each for key, each in response({"fatigue": 1}).items() if key != "subject"}, 412),
        ({"resourceType": "Parameters", "parameter": [{"name": "x", "valueString": "y"}]}, 400),
    ],
)
def test_what_is_no_response_of_somebody_is_refused(sent, status):
    answer = asked(app(), "/QuestionnaireResponse/$extract", sent)
    assert (answer.status, answer.body["resourceType"]) == (status, "OperationOutcome")


# --- filled in ------------------------------------------------------------------------------------------


def sent_of(record: Any) -> Plain:
    entries = [{"resource": each["resource"]} for each in bundle_of(record)["entry"]]
    return {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "subject", "valueString": f"Patient/{patient_id(record)}"},
            {"name": "data", "resource": {"resourceType": "Bundle", "type": "collection", "entry": entries}},
        ],
    }


@pytest.mark.parametrize("name", ["pathway-neck-first", "diary", "phq9"])
def test_a_form_is_filled_in_as_far_as_it_may_be_and_never_with_how_bad_something_is(name):
    answer = asked(app(), f"/Questionnaire/{name}/$populate", sent_of(PATIENTS["cleo"]()))
    filled = parts(answer)["response"]

    def answers(items: list[Plain]):
        for each in items:
            yield from ((each["linkId"], given) for given in each.get("answer", ()))
            yield from answers(each.get("item", []))

    given = list(answers(filled.get("item", [])))
    assert {link.partition(":")[0] for link, _ in given} <= {"finding", "consent"}
    assert all("extension" in each for _, each in given)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/Questionnaire/nothing/$populate", "POST", 404),
        ("/Questionnaire/phq9/$assemble", "POST", 404),
        ("/Questionnaire/phq9/$populate", "GET", 405),
        ("/QuestionnaireResponse/$extract", "GET", 405),
    ],
)
def test_another_address_or_method_is_refused_here_too(path, method, status):
    assert asked(app(), path, raw=b"{}", method=method).status == status


def test_a_part_is_not_taken_for_the_whole_of_a_patient():
    sent = sent_of(PATIENTS["cleo"]())
    sent["parameter"][1]["resource"]["type"] = "searchset"
    sent["parameter"][1]["resource"]["link"] = [{"relation": "next", "url": "https://a.example.org"}]
    assert asked(app(), "/Questionnaire/phq9/$populate", sent).status == 412


def test_the_command_writes_what_answers_come_to(tmp_path, capsys):
    file = tmp_path / "r.json"
    file.write_text(json.dumps(response(dict.fromkeys(SSS, 1))), "utf-8")
    assert main(["fhir", "extract", str(file)]) in (0, 3)
    assert scores(json.loads(capsys.readouterr().out))[0]["valueQuantity"]["value"] == 6
