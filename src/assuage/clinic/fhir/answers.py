"""What the server answers: a resource, or why there is none as an OperationOutcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from assuage.catalogue.message import Message
from assuage.clinic.speaking import speaking_to
from assuage.fhir.issue import Checked, Issue, IssueType
from assuage.fhir.outcome import operation_outcome
from assuage.fhir.reading import WHOLE

Plain = dict[str, Any]
TYPE = "application/fhir+json"
_KINDS: dict[int, IssueType] = {
    400: "value", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 406: "not-supported",
    429: "throttled",
}  # fmt: skip


class NotServed(Exception):
    """A call that is answered with a status and its reasons."""

    def __init__(self, status: int, *why: Message | Issue) -> None:
        super().__init__(str(status))
        self.status = status
        self.issues = [
            each if isinstance(each, Issue) else Issue("error", _KINDS[status], WHOLE, each) for each in why
        ]


def resource_answer(resource: Plain, *, tag: str = "") -> HttpResponse:
    """The resource as JSON; with the tag of what was seen."""
    answer = HttpResponse(orjson.dumps(resource), content_type=TYPE)
    if tag:
        answer["ETag"] = f'W/"{tag}"'
    return answer


def refused_answer(request: HttpRequest, refused: NotServed) -> HttpResponse:
    """The reasons as an OperationOutcome, in the language of who asks."""
    speaking = speaking_to(request, "clinician")
    issues: Sequence[Issue] = refused.issues
    told = operation_outcome([("request", Checked(tuple(issues)))], "", speaking)
    answer = HttpResponse(orjson.dumps(told), content_type=TYPE, status=refused.status)
    answer["Content-Language"] = speaking.language
    if refused.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="assuage"'
    if refused.status == 405:
        answer["Allow"] = "GET, HEAD, POST"
    if refused.status == 429:
        answer["Retry-After"] = "60"
    return answer
