"""The table of calls. An address, the OpenAPI document and the page of the docs are made from it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import URLPattern, path

from assuage.clinic.api import shapes, views
from assuage.clinic.api.calls import NO_BODY, NO_QUERY, Operation, address_of_calls
from assuage.clinic.api.openapi import document
from assuage.clinic.people.rights import Act, SiteAct

RECORD = "records/<str:pseudonym>"
# id, method, address, act, scope, what is done, what is answered, parameters, body, status, needs the head
OPERATIONS: tuple[Operation[Any, Any], ...] = (
    Operation("me", "GET", "me", None, None, views.me, shapes.Me, NO_QUERY, NO_BODY),
    Operation(
        "records",
        "GET",
        "records",
        None,
        "record.read",
        views.records,
        shapes.RecordsPage,
        shapes.RecordsQuery,
        NO_BODY,
    ),
    Operation(
        "inbox",
        "GET",
        "inbox",
        SiteAct.SEE_INBOX,
        "record.read",
        views.inbox,
        shapes.InboxPage,
        NO_QUERY,
        NO_BODY,
    ),
    Operation(
        "record",
        "GET",
        RECORD,
        Act.SEE_LEDGER,
        "record.read",
        views.record,
        shapes.RecordHead,
        NO_QUERY,
        NO_BODY,
    ),
    Operation(
        "entries",
        "GET",
        f"{RECORD}/entries",
        Act.SEE_REVIEW,
        "record.read",
        views.entries,
        shapes.EntriesPage,
        shapes.EntriesQuery,
        NO_BODY,
    ),
    Operation(
        "review",
        "GET",
        f"{RECORD}/review",
        Act.SEE_REVIEW,
        "record.read",
        views.review_of_day,
        shapes.Plain,
        shapes.ReviewQuery,
        NO_BODY,
    ),
    Operation(
        "card",
        "GET",
        f"{RECORD}/card",
        Act.SEE_CARD,
        "record.read",
        views.card,
        shapes.Plain,
        shapes.CardQuery,
        NO_BODY,
    ),
    Operation(
        "plan",
        "GET",
        f"{RECORD}/plan",
        Act.SEE_PLAN,
        "record.read",
        views.own_plan,
        shapes.Plain,
        NO_QUERY,
        NO_BODY,
    ),
    Operation(
        "diary",
        "GET",
        f"{RECORD}/diary",
        Act.WRITE_DIARY,
        "diary",
        views.own_entries,
        shapes.EntriesPage,
        shapes.EntriesQuery,
        NO_BODY,
    ),
    Operation(
        "write-diary",
        "POST",
        f"{RECORD}/diary",
        Act.WRITE_DIARY,
        "diary",
        views.write_entries,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.NewEntries,
        201,
    ),
    Operation(
        "write-findings",
        "POST",
        f"{RECORD}/findings",
        Act.WRITE_FINDING,
        "record.write",
        views.write_entries,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.NewEntries,
        201,
    ),
    Operation(
        "decide",
        "POST",
        f"{RECORD}/decisions",
        Act.DECIDE,
        "decide",
        views.decide,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.DecisionSent,
        201,
        needs_head=True,
    ),
    Operation(
        "prescribe",
        "POST",
        f"{RECORD}/prescriptions",
        Act.WRITE_MEDICINE,
        "medicines",
        views.write_prescription,
        shapes.PrescriptionJudged,
        NO_QUERY,
        shapes.PrescriptionSent,
        201,
        needs_head=True,
    ),
    Operation(
        "act-on-alert",
        "POST",
        f"{RECORD}/alerts",
        Act.ACT_ON_ALERT,
        "record.write",
        views.write_alert_act,
        shapes.AlertActDone,
        NO_QUERY,
        shapes.AlertActSent,
        201,
        needs_head=True,
    ),
)


def addresses_of_calls() -> list[URLPattern]:
    """The addresses of all calls, and that of the document which describes them."""
    rows = [
        path(at, address_of_calls(calls), name=f"api-{calls[0].id}")
        for at, of in groupby(OPERATIONS, key=lambda each: each.path)
        for calls in (tuple(of),)
    ]
    return [path("openapi.json", document(OPERATIONS), name="api-document"), *rows]
