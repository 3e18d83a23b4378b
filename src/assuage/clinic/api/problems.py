"""What is wrong with a call, as problem details (RFC 9457): a stable type, words in the reader's language."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from assuage.catalogue.message import message
from assuage.clinic.speaking import speaking_to

PREFIX = "/api/"
# The kinds there are, each with the status it comes with. `type` is `urn:assuage:problem:` and the kind.
STATUS = {
    "unreadable": 400,
    "no-account": 401,
    "forbidden": 403,
    "no-scope": 403,
    "missing": 404,
    "method": 405,
    "stale": 412,
    "large": 413,
    "not-json": 415,
    "refused": 422,
    "no-head": 428,
    "too-many": 429,
    "fault": 500,
}
_OF_STATUS = {status: kind for kind, status in reversed(STATUS.items())}


class Wrong(Struct, frozen=True):
    """One thing that is wrong with what was sent: where, and what to write instead."""

    place: str
    what: str


class CallProblem(Struct, frozen=True, omit_defaults=True):
    """The body of a refusal. `between` names the entries that came after what was seen, `head` the last of them."""

    type: str
    title: str
    status: int
    detail: str = ""
    wrong: tuple[Wrong, ...] = ()
    between: tuple[str, ...] = ()
    head: int | None = None


class RefusedCall(Exception):
    """A call that is answered with a problem of this kind."""

    def __init__(
        self,
        kind: str,
        *,
        wrong: tuple[Wrong, ...] = (),
        between: tuple[str, ...] = (),
        head: int | None = None,
        allow: str = "",
    ) -> None:
        super().__init__(kind)
        self.kind, self.wrong, self.between, self.head, self.allow = kind, wrong, between, head, allow


def problem_answer(request: HttpRequest, refused: RefusedCall) -> HttpResponse:
    """The answer to a refused call: the same to the letter for a record of somebody else and for none."""
    speaking = speaking_to(request, "clinician")
    status = STATUS[refused.kind]
    problem = CallProblem(
        f"urn:assuage:problem:{refused.kind}",
        str(speaking.say(message(f"clinic.api-{refused.kind}"))),
        status,
        str(speaking.say(message(f"clinic.api-{refused.kind}-do"))),
        refused.wrong,
        refused.between,
        refused.head,
    )
    answer = HttpResponse(
        msgspec.json.encode(problem), content_type="application/problem+json", status=status
    )
    answer["Content-Language"] = speaking.language
    if status == STATUS["no-account"]:
        answer["WWW-Authenticate"] = 'Bearer realm="assuage"'
    if status == STATUS["too-many"]:
        answer["Retry-After"] = "60"
    if refused.allow:
        answer["Allow"] = refused.allow
    return answer


def problem_of_status(request: HttpRequest, status: int) -> HttpResponse:
    """The problem that a status of Django's own means: a host we are not, too many fields, a fault of ours."""
    return problem_answer(request, RefusedCall(_OF_STATUS.get(status, "unreadable")))
