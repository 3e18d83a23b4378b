"""One call: who may make it, what it is given, what it answers; and the view that takes it through the gate."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from msgspec import Struct

from assuage.catalogue.read import Catalogue
from assuage.clinic.api.callers import caller
from assuage.clinic.api.problems import RefusedCall, Wrong, problem_answer
from assuage.clinic.api.shapes import NoBody
from assuage.clinic.people.gate import Opened, opened_and_logged
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import MAY_ON_SITE, Act, SiteAct
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.actions import Overtaken, StaleHead
from assuage.clinic.store.chain import read_uid
from assuage.errors import AssuageError, Problems

Q = TypeVar("Q")
B = TypeVar("B")
Method = Literal["GET", "POST"]
_ETAG = re.compile(r'"(\d{1,9})(?:\.[^"]*)?"')
JSON: Final = "application/json"


class Call(Struct, Generic[Q, B], frozen=True):
    """What a call was given, read and checked."""

    request: HttpRequest
    person: Person
    query: Q
    body: B
    record: Opened | None = None

    @property
    def opened(self) -> Opened:
        """The record of the address, opened for the act of the call."""
        assert self.record is not None, "a call without a record in its address"
        return self.record

    @property
    def speaking(self) -> Catalogue:
        """The words of the answer: a patient's for a patient."""
        return speaking_to(self.request)

    def seen(self) -> int | None:
        """The head in `If-Match`; None where none is sent. Raises RefusedCall for one that no answer of ours had."""
        sent = self.request.headers.get("If-Match")
        if sent is None:
            return None
        read = _ETAG.fullmatch(sent.strip())
        if read is None:
            raise RefusedCall("unreadable", wrong=(Wrong("If-Match", sent[:80]),))
        return int(read[1])

    def seen_for_sure(self) -> int:
        """The head that the act depends on. Raises RefusedCall where the call does not say what was seen."""
        seen = self.seen()
        if seen is None:
            raise RefusedCall("no-head")
        return seen

    def key(self) -> UUID | None:
        """The `Idempotency-Key`, a UUID, with or without quotation marks; None where none is sent."""
        sent = self.request.headers.get("Idempotency-Key")
        key = None if sent is None else read_uid(sent.strip().strip('"'))
        if sent is not None and key is None:
            raise RefusedCall("unreadable", wrong=(Wrong("Idempotency-Key", sent[:80]),))
        return key


class Answered(Struct, frozen=True):
    """What a call answers: its value, and the tag of what was seen with it."""

    value: object
    status: int = 200
    tag: str = ""


class ApiCall(Struct, Generic[Q, B], frozen=True):
    """A row of the table of calls. `id` is its name, the sentence `clinic.api-op-<id>` what it does.

    `act` is what it does with the record of its address, or on the site; None is for whoever is logged in. `scope`
    is what a program must be let in for. `needs_head`: it depends on what was seen.
    """

    id: str
    method: Method
    path: str
    act: Act | SiteAct | None
    scope: str | None
    do: Callable[[Call[Q, B]], Answered]
    answer: type
    query: type[Q]
    body: type[B]
    status: int = 200
    needs_head: bool = False

    @property
    def of_a_record(self) -> bool:
        """Whether its address names a record."""
        return isinstance(self.act, Act)


def address_of_calls(operations: Sequence[ApiCall[Any, Any]]) -> Callable[..., HttpResponse]:
    """The view of one address: its calls by method. All of them are one act, which the table of rights knows."""
    by_method = {each.method: each for each in operations}
    first = operations[0]
    assert all((each.act, each.path) == (first.act, first.path) for each in operations), first.path

    def answer_call(request: HttpRequest, pseudonym: str = "") -> HttpResponse:
        try:
            return _answered(request, by_method, pseudonym)
        except RefusedCall as refused:
            return problem_answer(request, refused)
        except (Http404, StaleHead, Problems, AssuageError, RequestDataTooBig) as error:
            return problem_answer(request, _as_problem(error, speaking_to(request)))

    vars(answer_call).update(
        act=first.act, csrf_exempt=True, of_programs=True
    )  # `callers` asks for the proof
    return answer_call


def _answered(
    request: HttpRequest, by_method: Mapping[str, ApiCall[Any, Any]], pseudonym: str
) -> HttpResponse:
    method = "GET" if request.method == "HEAD" else request.method or ""
    operation = by_method.get(method) or next(iter(by_method.values()))
    person = caller(request, operation.scope)
    record = None
    if isinstance(operation.act, Act):
        record = opened_and_logged(person, pseudonym, operation.act)
    elif operation.act is not None and person.role not in MAY_ON_SITE[operation.act]:
        raise RefusedCall("missing")
    if method not in by_method:
        raise RefusedCall("method", allow=", ".join(sorted(by_method)))
    query = _read(partial(msgspec.convert, _texts(request), strict=False), operation.query, "query")
    body = _body(request, operation)
    answered = operation.do(Call(request, person, query, body, record))
    tag = f'"{answered.tag}"' if answered.tag else ""
    if tag and method == "GET" and tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    answer = HttpResponse(
        msgspec.json.encode(answered.value, enc_hook=_plain_text), content_type=JSON, status=answered.status
    )
    if tag:
        answer["ETag"] = tag
    return answer


def _plain_text(value: object) -> str:
    """A sentence, which is a text that knows its language, as the text alone."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(type(value).__name__)


def _texts(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items()}


def _body(request: HttpRequest, operation: ApiCall[Any, Any]) -> object:
    if operation.body is NoBody:
        return NoBody()
    if request.content_type != JSON:
        raise RefusedCall("not-json")
    return _read(partial(msgspec.json.decode, request.body), operation.body, "body")


def _read(read: Callable[..., Any], shape: type, place: str) -> Any:
    try:
        return read(type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        what = str(error) if isinstance(error, msgspec.MsgspecError) else place
        raise RefusedCall("unreadable", wrong=(Wrong(place, what),)) from None


def _as_problem(error: Exception, speaking: Catalogue) -> RefusedCall:
    match error:
        case Http404():
            return RefusedCall("missing")
        case RequestDataTooBig():
            return RefusedCall("large")
        case StaleHead():
            between = tuple(str(each.uid) for each in error.between)
            head = max((each.version for each in error.between), default=None)
            return RefusedCall("stale", between=between, head=head)
        case Overtaken():
            return RefusedCall("stale", wrong=_wrong(error, speaking))
        case Problems():
            return RefusedCall("refused", wrong=_wrong(error, speaking))
        case AssuageError():
            return RefusedCall("refused", wrong=(Wrong("", error.in_words(speaking)),))
        case _:
            raise TypeError(type(error).__name__)


def _wrong(error: Problems, speaking: Catalogue) -> tuple[Wrong, ...]:
    return tuple(Wrong(each.place, str(speaking.say(each.message))) for each in error.problems)
