"""Reads and searches: who asks is known by a token, what it may by the scopes of the token and the role of the person.

Every record that is looked at is in its log before it is answered, with the type that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from assuage.catalogue.message import message
from assuage.clinic.api.callers import program_calling
from assuage.clinic.api.problems import STATUS, RefusedCall
from assuage.clinic.fhir.answers import NotServed, Plain, refused_answer, resource_answer
from assuage.clinic.people.gate import Opened, open_for, open_to_all, records_seen_by
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import Act, fhir_scopes
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.chain import read_uid
from assuage.clinic.store.queries import MOST_KEPT, KeptOfRecords, pseudonym_of_entry, stored_record
from assuage.fhir.codes import PATIENT_SYSTEM
from assuage.fhir.served.capability import capability_statement
from assuage.fhir.served.record import ServedRecord, served_record
from assuage.fhir.served.search import Found, Search, found_in, read_search, searchset
from assuage.fhir.served.types import SERVED, ServedType
from assuage.fhir.smart.scopes import Interaction, Whose, grants

P = ParamSpec("P")

kept_served = KeptOfRecords[ServedRecord](MOST_KEPT)
_READING = ("GET", "HEAD")
_JSON = ("*/*", "application/*", "application/json", "application/fhir+json")


def _answering(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view of programs: what is refused is an OperationOutcome. It asks for a token itself."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            _takes_json(request)
            return view(request, *args, **kwargs)
        except NotServed as refused:
            return refused_answer(request, refused)
        except Http404:
            return refused_answer(request, NotServed(404, message("served.missing")))

    vars(answered).update(act=None, csrf_exempt=True, of_programs=True)
    return answered


def _takes_json(request: HttpRequest) -> None:
    accepted = request.headers.get("Accept", "*/*")
    kinds = [each.partition(";")[0].strip().lower() for each in accepted.split(",")]
    if not any(each in _JSON for each in kinds):
        raise NotServed(406, message("served.only-json"))


@open_to_all
def metadata(request: HttpRequest) -> HttpResponse:
    """What this server says of itself."""
    at = request.build_absolute_uri
    return resource_answer(
        capability_statement(
            _address(request),
            speaking_to(request, "clinician"),
            authorise=at(reverse("let-in")),
            token=at(reverse("idp:oidc:token")),
        )
    )


@open_to_all
def smart_configuration(request: HttpRequest) -> HttpResponse:
    """Where a program asks to be let in, as SMART App Launch has it; nothing is said to be there that is not."""
    at = request.build_absolute_uri
    told: Plain = {
        "issuer": at("/").rstrip("/"),
        "jwks_uri": at(reverse("idp:oidc:jwks")),
        "authorization_endpoint": at(reverse("let-in")),
        "token_endpoint": at(reverse("idp:oidc:token")),
        "revocation_endpoint": at(reverse("idp:oidc:revoke")),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", *fhir_scopes()],
        "capabilities": [
            "client-public",
            "client-confidential-symmetric",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2",
        ],
    }
    answer = resource_answer(told)
    answer["Content-Type"] = "application/json"
    return answer


@_answering
def search_resources(request: HttpRequest, name: str) -> HttpResponse:
    """The resources of one patient that are as asked; of patients, those that the person may see."""
    return _searched(request, name, list(_asked(request.GET.lists())), _READING)


@_answering
def posted_search(request: HttpRequest, name: str) -> HttpResponse:
    """The same, with the parameters in the body, so that none stands in an address."""
    asked = [*_asked(request.GET.lists()), *_asked(request.POST.lists())]
    return _searched(request, name, asked, ("POST",))


@_answering
def read_resource(request: HttpRequest, name: str, id: str) -> HttpResponse:  # noqa: A002 - the word of FHIR
    """One resource by its id."""
    person = _person(request, name, "r", _READING)
    served = _type_named(name)
    uid = read_uid(id)
    whose = id if served.name == "Patient" else None if uid is None else pseudonym_of_entry(uid)
    if whose is None:
        raise Http404
    opened = open_for(person, whose, Act.READ_FHIR)
    resource = _served(opened, name).get(served.name, {}).get(id)
    if resource is None:
        raise Http404
    return resource_answer(resource, tag=_tag(opened))


@_answering
def no_such_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Nothing: a program that asks for a version or an operation is told so in FHIR."""
    raise Http404


def _asked(lists: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in lists for text in texts]


def _searched(
    request: HttpRequest, name: str, asked: Sequence[tuple[str, str]], methods: Sequence[str]
) -> HttpResponse:
    person = _person(request, name, "s", methods)
    served = _type_named(name)
    read_ = read_search(served, asked)
    if not isinstance(read_, Search):
        raise NotServed(400, *read_)
    if served.name == "Patient":
        matches, tag = _patients(person, read_), ""
    else:
        if read_.patient is None:
            raise NotServed(400, message("served.which-patient", name=served.whose.name))
        opened = open_for(person, read_.patient, Act.READ_FHIR)
        matches = found_in(read_, _served(opened, name), opened.record.zone or None)
        tag = _tag(opened)
    return resource_answer(
        searchset(read_, matches, _address(request), speaking_to(request, "clinician")), tag=tag
    )


def _patients(person: Person, asked: Search) -> Found:
    """The patients that a person may see, as asked; of a page alone the records are opened, and each is in its log."""
    records = records_seen_by(person).order_by("pseudonym")
    if asked.ids is not None:
        records = records.filter(pseudonym__in=asked.ids)
    for token in asked.tokens:
        named = [code for system, code in token.wanted if system in (None, PATIENT_SYSTEM)]
        if "" not in named:
            records = records.filter(pseudonym__in=named)
    page: list[Plain] = []
    for record in records[asked.offset : asked.offset + asked.count]:
        opened = open_for(person, record.pseudonym, Act.READ_FHIR)
        page += _served(opened, "Patient")["Patient"].values()
    return Found(tuple(page), total=records.count())


def _person(request: HttpRequest, name: str, interaction: Interaction, methods: Sequence[str]) -> Person:
    """Whose program calls, where it was let in for this: patients for their own, clinicians for all they may see."""

    def allows(person: Person, scopes: Collection[str]) -> bool:
        whose: tuple[Whose, ...] = ("patient", "user") if person.is_patient else ("user",)
        return grants(scopes, whose, name, interaction)

    try:
        person = program_calling(request, allows)
    except RefusedCall as refused:
        if refused.kind == "no-scope":
            what = message("served.no-scope", scope=f"user/{name[:64]}.{interaction}")
        else:
            what = message(f"served.caller-{refused.kind}")
        raise NotServed(STATUS[refused.kind], what) from None
    if request.method not in methods:
        raise NotServed(405, message("served.read-only"))
    return person


def _type_named(name: str) -> ServedType:
    served = SERVED.get(name)
    if served is None:
        raise NotServed(404, message("served.no-such-type", name=name[:64], known=tuple(SERVED)))
    return served


def _served(opened: Opened, name: str) -> ServedRecord:
    """The resources of a record; that somebody looks is in the log first."""
    opened.log(str(Act.READ_FHIR), name)
    return _kept(opened)


def _kept(opened: Opened) -> ServedRecord:
    served = kept_served.get(opened.record)
    if served is None:
        served = served_record(stored_record(opened.record))
        kept_served.keep(opened.record, served)
    return served


def _tag(opened: Opened) -> str:
    return f"{opened.record.head}.{opened.record.erased}"


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("fhir-metadata")).removesuffix("/metadata")
