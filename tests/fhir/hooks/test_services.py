"""A call is answered with cards, or refused with every reason; what cannot be worked out is a card that says so."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.errors import InputError
from assuage.fhir.hooks.check import checked_hook
from assuage.fhir.hooks.feedback import FeedbackStore
from assuage.fhir.hooks.prefetch import TEMPLATES
from assuage.fhir.hooks.services import SERVICES, HookServices, HooksSite, discovery
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.hooks.warming import made_up_calls
from assuage.fhir.serve import MOST_BODY, HooksApp, bound_server, is_loopback, language_liked
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.validate import checked_value
from tests.fhir.hooks.calling import ENTER, NOW, NUMB, Clock, asked, reads, service
from tests.fhir.hooks.documents import prefetch, request, searchset

VIEW, SELECT, SIGN = (f"/cds-services/{each}" for each in SERVICES)
APP = service()
OTHER = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/ben"}}
MINE = OTHER | {"subject": {"reference": "https://fhir.example.org/Patient/ana"}}


def call(hook: str = "patient-view", **more: Any) -> dict[str, Any]:
    return request(hook, **({"prefetch": prefetch()} | more))


def reasons(body: dict[str, Any]) -> list[str]:
    return [each["expression"][0] if "expression" in each else each["code"] for each in body["issue"]]


def said(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["indicator"], each["summary"]) for each in body["cards"]]


def test_discovery_is_valid_in_both_languages():
    assert [checked_hook(discovery(language)).issues for language in ("en", "lt")] == [(), ()]


def test_edition_3_says_its_version_and_2_does_not():
    newer, older = discovery("en", "3.0"), discovery("en")
    assert checked_hook(newer).issues == ()
    assert {each["version"] for each in newer["services"]} == {"STU3"}
    assert not any("version" in each for each in older["services"])
    services = HookServices(FeedbackStore(), reads(ENTER, NUMB), HooksSite(edition="3.0"), Clock())
    assert asked(HooksApp(services, budget=600.0), "/cds-services").body == newer


def test_a_version_that_nobody_knows_is_told():
    told = discovery("en", "3.0")
    told["services"][0]["version"] = "STU9"
    assert [each.place for each in checked_hook(told).issues] == ["CDSHooksServices.services[0].version"]


def test_discovery_is_answered():
    assert asked(APP, "/cds-services").body["services"][0]["prefetch"] == dict(TEMPLATES)


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_patient_is_answered_with_valid_cards_in_the_callers_language(language: str):
    answer = asked(APP, VIEW, call(), HTTP_ACCEPT_LANGUAGE=f"{language};q=0.9, de")
    summary = answer.body["cards"][0]["summary"]
    told = (
        answer.status,
        answer.headers["Content-Language"],
        summary.startswith("STOP:"),
        len(answer.body["cards"]),
    )
    assert (told, checked_hook(answer.body).issues) == ((200, language, True, 3), ())


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_orders_are_answered(hook: str):
    drug = {"resourceType": "MedicationRequest", "id": "1", "status": "draft", "intent": "order",
            "medicationCodeableConcept": {"text": "foozumab"}, "subject": {"reference": "Patient/ana"}}  # fmt: skip
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": drug}]}
    answer = asked(APP, f"/cds-services/assuage-{hook}", call(hook, context={"draftOrders": drafts}))
    assert [each["indicator"] for each in answer.body["cards"]] == ["critical", "warning"]


@pytest.mark.parametrize(
    ("sent", "status", "places"),
    [
        (request(), 412, [f"CDSHooksRequest.prefetch.{key}" for key in TEMPLATES]),
        (call(prefetch={key: value for key, value in prefetch().items() if key != "consents"}), 412,
         ["CDSHooksRequest.prefetch.consents"]),
        (call(prefetch=prefetch(patient=None)), 412, ["CDSHooksRequest.prefetch.patient"]),
        (call(prefetch=prefetch(conditions=searchset(MINE, link=[{"relation": "next", "url": "https://a.example"}]))),
         412, ["CDSHooksRequest.prefetch.conditions"]),
        (call(prefetch=prefetch(conditions=searchset(MINE, total=2))), 412, ["CDSHooksRequest.prefetch.conditions"]),
        (call(prefetch=prefetch(conditions=searchset(OTHER))), 412, ["CDSHooksRequest.prefetch.conditions"]),
        (call(prefetch=prefetch(patient={"resourceType": "Patient", "id": "ben"})), 412,
         ["CDSHooksRequest.prefetch.patient"]),
        (call(prefetch=prefetch(conditions={"resourceType": "OperationOutcome", "issue": [
            {"severity": "error", "code": "timeout"}]})), 412, ["CDSHooksRequest.prefetch.conditions"]),
        (call("order-sign"), 400, ["CDSHooksRequest.hook"]),
        (call(hookInstance="1"), 400, ["CDSHooksRequest.hookInstance"]),
        (call(context={"patientId": "Patient/ana"}), 400, ["CDSHooksRequest.context.patientId"]),
        ({}, 400, ["CDSHooksRequest"] * 4),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_answered_is_refused_with_every_reason(
    sent: Any, status: int, places: list[str]
):
    answer = asked(APP, VIEW, sent)
    assert (answer.status, reasons(answer.body), checked_value(answer.body).errors) == (status, places, 0)


def test_a_search_without_a_match_is_no_part_and_null_is_answered():
    assert asked(APP, VIEW, call(prefetch=prefetch(conditions=searchset(), allergies=None))).status == 200


def test_a_resource_that_is_not_valid_is_told_and_the_call_is_answered():
    wrong = {"resourceType": "Patient", "id": "ana", "birthDate": "X2002"}
    answer = asked(service(reads(ENTER)), VIEW, call(prefetch=prefetch(patient=wrong)))
    assert (answer.status, "prefetch.patient.birthDate" in json.dumps(answer.body)) == (200, True)


@pytest.mark.parametrize(
    ("path", "environ", "status"),
    [
        ("/", {}, 404),
        ("/cds-services/other", {"REQUEST_METHOD": "POST"}, 404),
        (f"{VIEW}/feedback/more", {"REQUEST_METHOD": "POST"}, 404),
        (VIEW, {"REQUEST_METHOD": "GET"}, 405),
        ("/cds-services", {"REQUEST_METHOD": "POST"}, 405),
        (VIEW, {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "text/plain"}, 415),
        (VIEW, {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": ""}, 411),
        (VIEW, {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "-1"}, 411),
        (VIEW, {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(MOST_BODY + 1)}, 413),
        (VIEW, {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "10"}, 400),
        (VIEW, {"REQUEST_METHOD": "OPTIONS"}, 204),
    ],
)
def test_http_is_answered_as_it_should_be(path: str, environ: dict[str, str], status: int):
    assert asked(APP, path, **environ).status == status


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[" * 5000, b'{"a":' * 900 + b"1" + b"}" * 900, b'{"hook":NaN}', b"null"]
)
def test_any_bytes_are_refused_with_a_reason(raw: bytes):
    answer = asked(APP, VIEW, raw=raw)
    assert (answer.status, len(answer.body["issue"]) > 0) == (400, True)


def test_deep_resources_are_refused():
    deep: dict[str, Any] = {"url": "https://a.example", "valueString": "x"}
    for _ in range(200):
        deep = {"url": "https://a.example", "extension": [deep]}
    who = {"resourceType": "Patient", "id": "ana", "extension": [deep]}
    assert asked(APP, VIEW, call(prefetch=prefetch(patient=who))).status == 400


def test_what_takes_too_long_is_a_card_and_never_an_empty_list():
    def slow(*_: Any) -> Any:
        time.sleep(0.3)

    answer = asked(service(slow, budget=0.05), VIEW, call())
    assert said(answer.body) == [("warning", "Nothing was checked, because it took longer than 0.05 s")]


def test_an_error_of_the_program_is_a_card_without_a_value():
    def broken(*_: Any) -> Any:
        raise KeyError("Ana Ona")

    answer = asked(service(broken), VIEW, call())
    assert said(answer.body) == [
        ("warning", "Nothing was checked, because of an error of the program (KeyError)")
    ]


def test_a_record_that_cannot_be_reviewed_is_a_card_that_says_why():
    twice = {"day": 5, "kind": "decision", "do": "override", "to": "nowhere", "because": "an example"}
    answer = asked(service(reads(ENTER, twice)), VIEW, call())
    assert [(each["indicator"], each["summary"][:27]) for each in answer.body["cards"]] == [
        ("warning", "Nothing was checked, because"[:27])
    ]


def test_the_log_holds_no_patient():
    lines: list[str] = []
    asked(service(log=lines.append), VIEW, call(), QUERY_STRING="patient=ana")
    assert ("assuage-patient-view 200" in lines[0], "ana" in lines[0]) == (True, False)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:8080", True),
        ("http://127.0.0.1", True),
        ("https://evil.example", False),
        ("http://localhost.evil.example", False),
        ("null", False),
    ],
)
def test_without_clients_only_a_page_of_this_machine_may_read_the_answer(origin: str, allowed: bool):
    answer = asked(APP, "/cds-services", HTTP_ORIGIN=origin)
    assert ("Access-Control-Allow-Origin" in answer.headers) == allowed


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("lt", "lt"), ("de, lt-LT;q=0.5", "lt"), ("lt;q=0, en", "en"), ("lt;q=x", "en"),
     ("en;q=0.2,lt", "lt")],
)  # fmt: skip
def test_the_language_is_the_one_the_caller_likes_best(accepted: str, language: str):
    assert language_liked(accepted, "en") == language


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("", False),
    ],
)
def test_only_the_machines_own_addresses_are_its_own(host: str, own: bool):
    assert is_loopback(host) == own


def test_nobody_else_is_listened_to_without_a_file_of_clients():
    with pytest.raises(InputError, match="--clients FILE"):
        bound_server(APP, "0.0.0.0", 0, has_clients=False)


def test_a_server_answers_over_a_socket():
    import threading
    import urllib.request

    server = bound_server(APP, "127.0.0.1", 0, has_clients=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/cds-services") as answer:
            assert [each["id"] for each in json.load(answer)["services"]] == list(SERVICES)
    finally:
        server.shutdown()
        server.server_close()


def test_the_same_patient_has_the_same_cards_again():
    first, second = (asked(APP, VIEW, call()).body["cards"] for _ in range(2))
    assert [each["uuid"] for each in first] == [each["uuid"] for each in second]


def test_what_is_numb_stands_among_what_stops():
    assert "numbness" in asked(service(reads(ENTER, NUMB)), VIEW, call()).body["cards"][0]["detail"]


def counting(*entries: dict[str, Any]) -> tuple[list[int], Any]:
    """A reader, and how often it was asked."""
    times: list[int] = []
    read = reads(*entries)

    def reader(*sent: Any) -> Any:
        times.append(1)
        return read(*sent)

    return times, reader


@pytest.mark.parametrize(
    ("second", "minutes", "times"),
    [
        (call(), 0, 1),
        (call(hookInstance="11111111-3283-4575-ab82-028d55fe2719"), 9, 1),
        (call(), 11, 2),
        (call(prefetch=prefetch(conditions=searchset())), 0, 2),
    ],
)
def test_a_chart_that_is_sent_again_unchanged_is_read_once_in_ten_minutes(
    second: Any, minutes: int, times: int
):
    clock = Clock()
    asked_times, reader = counting(ENTER, NUMB)
    app = service(reader, clock=clock)
    first = asked(app, VIEW, call()).body
    clock.now = NOW + timedelta(minutes=minutes)
    assert (asked(app, VIEW, second).body == first, len(asked_times)) == (True, times)


def test_a_chart_that_is_sent_again_is_said_in_the_language_of_each_call():
    answers = [asked(APP, VIEW, call(), HTTP_ACCEPT_LANGUAGE=language) for language in ("en", "lt", "en")]
    assert [each.body == answers[0].body for each in answers] == [True, False, True]


def test_what_is_wrong_with_a_chart_is_told_when_it_is_sent_again():
    app = service(reads(ENTER))
    sent = call(prefetch=prefetch(patient={"resourceType": "Patient", "id": "ana", "birthDate": "X2002"}))
    assert asked(app, VIEW, sent).body == asked(app, VIEW, sent).body


def test_a_service_is_warm_before_it_is_called_and_keeps_nothing_of_it():
    app = service(reads(ENTER))
    app.services.warm()
    assert app.services.store.statistics() == ()


def test_a_chart_is_judged_by_the_day_of_each_call():
    clock = Clock()
    app = service(reads(ENTER), clock=clock)
    days: list[set[int | None]] = []
    for minutes in (-1, 1):
        clock.now = NOW.replace(hour=0) + timedelta(days=1, minutes=minutes)
        asked(app, VIEW, call())
        days += [set(each.standings) for each in app.services.charts._kept.values()]
    assert days == [{10}, {10, 11}]


def test_what_a_service_is_warmed_with_is_answered():
    app = service(fhir_reader(NO_CODES))
    told = [
        asked(app, f"/cds-services/assuage-{hook}", raw=raw, HTTP_ACCEPT_LANGUAGE=language)
        for hook, language, raw in made_up_calls()
    ]
    assert [(each.status, each.body["cards"][0]["indicator"]) for each in told] == [(200, "critical")] * len(
        told
    )
