"""The table of calls. An address, the OpenAPI document and the page of the docs are made from it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import URLPattern, path

from assuage.clinic.api import shapes, views
from assuage.clinic.api.calls import ApiCall, address_of_calls
from assuage.clinic.api.openapi import document
from assuage.clinic.api.shapes import NoBody, NoParameters
from assuage.clinic.people.rights import Act, SiteAct

RECORD = "records/<str:pseudonym>"
# id, method, address, act, scope, what is done, what is answered, parameters, body, status, needs the head
OPERATIONS: tuple[ApiCall[Any, Any], ...] = (
    ApiCall("me", "GET", "me", None, None, views.call_me, shapes.Me, NoParameters, NoBody),
    ApiCall(
        "records",
        "GET",
        "records",
        None,
        "record.read",
        views.call_records,
        shapes.RecordsPage,
        shapes.RecordsQuery,
        NoBody,
    ),
    ApiCall(
        "inbox",
        "GET",
        "inbox",
        SiteAct.SEE_INBOX,
        "record.read",
        views.call_inbox,
        shapes.InboxPage,
        NoParameters,
        NoBody,
    ),
    ApiCall(
        "record",
        "GET",
        RECORD,
        Act.SEE_LEDGER,
        "record.read",
        views.call_record,
        shapes.RecordHead,
        NoParameters,
        NoBody,
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
        NoBody,
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
        NoBody,
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
        NoBody,
    ),
    ApiCall(
        "plan",
        "GET",
        f"{RECORD}/plan",
        Act.SEE_PLAN,
        "record.read",
        views.call_plan,
        shapes.Plain,
        NoParameters,
        NoBody,
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
        NoBody,
    ),
    ApiCall(
        "write-diary",
        "POST",
        f"{RECORD}/diary",
        Act.WRITE_DIARY,
        "diary",
        views.call_write,
        shapes.EntriesSaved,
        NoParameters,
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
        NoParameters,
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
        NoParameters,
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
        NoParameters,
        shapes.PrescriptionSent,
        201,
        needs_head=True,
    ),
    ApiCall(
        "alerts",
        "GET",
        f"{RECORD}/alerts",
        Act.ACT_ON_ALERT,
        "record.read",
        views.call_alerts,
        shapes.AlertsPage,
        NoParameters,
        NoBody,
    ),
    ApiCall(
        "act-on-alert",
        "POST",
        f"{RECORD}/alerts",
        Act.ACT_ON_ALERT,
        "record.write",
        views.call_alert_act,
        shapes.AlertActDone,
        NoParameters,
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
