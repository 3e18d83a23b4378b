"""Whatever is sent to the services: an answer that is valid in itself, and never an error of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.hooks.check import checked_hook
from assuage.fhir.hooks.services import SERVICES
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.hooks.warming import made_up_calls
from assuage.fhir.serve import MOST_BODY
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.validate import checked_value
from tests.fhir.good import RESOURCES, bundle
from tests.fhir.hooks.calling import Answered, asked, service
from tests.fhir.hooks.documents import OUTCOME, prefetch, request
from tests.fhir.made_up import ODD, spoilt
from tests.fhir.test_extract import SSS, response, sent_of
from tests.universe import PATIENTS

APP = service(fhir_reader(NO_CODES))
CALLS = tuple(json.loads(call) for _, language, call in made_up_calls() if language == "en")
FULL = request(prefetch=prefetch(observations={"resourceType": "Bundle", "type": "searchset", "entry": [
    {"resource": each} for each in RESOURCES]}))  # fmt: skip
ANSWERS = response(dict.fromkeys(SSS, 1))
BODIES = (*CALLS, FULL, {"feedback": [OUTCOME]}, ANSWERS, sent_of(PATIENTS["cleo"]()), bundle(), *RESOURCES)
SERVED = tuple(f"/cds-services/{each}" for each in SERVICES)
PATHS = (
    *SERVED,
    f"{SERVED[0]}/feedback",
    "/PlanDefinition/neck-first/$apply",
    "/Questionnaire/diary/$populate",
    "/Questionnaire/phq9/$populate",
    "/QuestionnaireResponse/$extract",
)


def is_no_error_of_ours(path: str, answer: Answered) -> None:
    """What an answer is, whatever was asked."""
    assert answer.status in (200, 204, 400, 403, 404, 405, 411, 412, 413, 415)
    if answer.status == 204:
        return
    if answer.status != 200:
        assert answer.body["resourceType"] == "OperationOutcome"
        assert answer.body["issue"]
    if "resourceType" in answer.body:
        assert checked_value(answer.body).errors == 0
    elif path in SERVED:
        assert checked_hook(answer.body, "CDSHooksResponse").issues == ()
        assert answer.body["cards"]
        assert "of the program" not in json.dumps(answer.body)
        assert "Error" not in answer.body["cards"][0]["summary"]


@settings(max_examples=150, deadline=None)
@given(some.sampled_from(PATHS), spoilt(BODIES))
def test_a_document_with_parts_of_it_changed_is_answered_or_refused(path: str, body: Any):
    is_no_error_of_ours(path, asked(APP, path, raw=json.dumps(body).encode()))


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from(PATHS),
    some.binary(max_size=60) | some.sampled_from(ODD).map(lambda odd: json.dumps(odd).encode()),
)
def test_bytes_that_are_no_document_are_refused(path: str, raw: bytes):
    is_no_error_of_ours(path, asked(APP, path, raw=raw))


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from(
        [*PATHS, "/", "/cds-services", "/cds-services/%00", "/metadata", "//", "/Questionnaire/x/$populate"]
    ),
    some.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "", "\x00"]),
    some.sampled_from(["application/json", "application/fhir+json; charset=utf-8", "text/plain", "", ";"]),
    some.sampled_from(["0", "7", "-1", "١", "1e3", "", "9" * 30, str(MOST_BODY), str(MOST_BODY + 1)]),
    some.text(max_size=20),
)
def test_another_method_kind_or_length_is_refused(
    path: str, method: str, kind: str, length: str, language: str
):
    how = {
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": length,
        "HTTP_ACCEPT_LANGUAGE": language,
        "HTTP_ORIGIN": language,
    }
    is_no_error_of_ours(path, asked(APP, path, method=method, raw=b"{}", **how))


@pytest.mark.parametrize("path", PATHS)
def test_what_is_nested_without_end_or_counted_beyond_measure_is_refused(path: str):
    deep = b'{"resourceType":"Bundle","entry":[' + b'{"resource":{"resourceType":"Bundle","entry":[' * 100_000
    for raw in (deep, b"[" * 1_000_000, b"1" * 5_000, b"1e" + b"9" * 5_000, b'{"hook":1e999}', b"\xff\xfe{}"):
        answer = asked(APP, path, raw=raw)
        assert answer.status == 400
        is_no_error_of_ours(path, answer)
