"""The table of calls. An address, the OpenAPI document and the page of the docs are made from it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import URLPattern, path

from assuage.clinic.api import shapes, views
from assuage.clinic.api.calls import NO_BODY, NO_QUERY, ApiCall, address_of_calls
from assuage.clinic.api.openapi import document
from assuage.clinic.people.rights import Act, SiteAct

RECORD = "records/<str:pseudonym>"
# id, method, address, act, scope, what is done, what is answered, parameters, body, status, needs the head
OPERATIONS: tuple[ApiCall[Any, Any], ...] = (
    ApiCall("me", "GET", "me", None, None, views.call_me, shapes.Me, NO_QUERY, NO_BODY),
    ApiCall(
        "records",
        "GET",
        "records",
        None,
        "record.read",
        views.call_records,
        shapes.RecordsPage,
        shapes.RecordsQuery,
        NO_BODY,
    ),
    ApiCall(
        "inbox",
        "GET",
        "inbox",
        SiteAct.SEE_INBOX,
        "record.read",
        views.call_inbox,
        shapes.InboxPage,
        NO_QUERY,
        NO_BODY,
    ),
    ApiCall(
        "record",
        "GET",
        RECORD,
        Act.SEE_LEDGER,
        "record.read",
        views.call_record,
        shapes.RecordHead,
        NO_QUERY,
        NO_BODY,
    ),
    ApiCall(
        "entries",
        "GET",
        f"{RECORD}/entries",
        Act.SEE_REVIEW,
        "record.read",
        views.call_entries,
        shapes.EntriesPage,
        shapes.EntriesQuery,
        NO_BODY,
    ),
    ApiCall(
        "review",
        "GET",
        f"{RECORD}/review",
        Act.SEE_REVIEW,
        "record.read",
        views.call_review,
        shapes.Plain,
        shapes.ReviewQuery,
        NO_BODY,
    ),
    ApiCall(
        "card",
        "GET",
        f"{RECORD}/card",
        Act.SEE_CARD,
        "record.read",
        views.call_card,
        shapes.Plain,
        shapes.CardQuery,
        NO_BODY,
    ),
    ApiCall(
        "plan",
        "GET",
        f"{RECORD}/plan",
        Act.SEE_PLAN,
        "record.read",
        views.call_plan,
        shapes.Plain,
        NO_QUERY,
        NO_BODY,
    ),
    ApiCall(
        "diary",
        "GET",
        f"{RECORD}/diary",
        Act.WRITE_DIARY,
        "diary",
        views.call_own_entries,
        shapes.EntriesPage,
        shapes.EntriesQuery,
        NO_BODY,
    ),
    ApiCall(
        "write-diary",
        "POST",
        f"{RECORD}/diary",
        Act.WRITE_DIARY,
        "diary",
        views.call_write,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.NewEntries,
        201,
    ),
    ApiCall(
        "write-findings",
        "POST",
        f"{RECORD}/findings",
        Act.WRITE_FINDING,
        "record.write",
        views.call_write,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.NewEntries,
        201,
    ),
    ApiCall(
        "decide",
        "POST",
        f"{RECORD}/decisions",
        Act.DECIDE,
        "decide",
        views.call_decide,
        shapes.EntriesSaved,
        NO_QUERY,
        shapes.DecisionSent,
        201,
        needs_head=True,
    ),
    ApiCall(
        "prescribe",
        "POST",
        f"{RECORD}/prescriptions",
        Act.WRITE_MEDICINE,
        "medicines",
        views.call_prescribe,
        shapes.PrescriptionJudged,
        NO_QUERY,
        shapes.PrescriptionSent,
        201,
        needs_head=True,
    ),
    ApiCall(
        "act-on-alert",
        "POST",
        f"{RECORD}/alerts",
        Act.ACT_ON_ALERT,
        "record.write",
        views.call_alert_act,
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
