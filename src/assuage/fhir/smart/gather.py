"""What a server holds of the patient in context, read once: one search a type, every page of it.

What could not be read, and what we were not let in for, is said, each by its type: of it nothing is known, and it is
never taken for *there is none*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import orjson
from msgspec import Struct

from assuage.catalogue.message import message
from assuage.fhir.hooks.prefetch import MOST_RESOURCES, TEMPLATES
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.smart.launch import Launched
from assuage.fhir.smart.scopes import grants
from assuage.fhir.smart.web import CannotAsk, Web

Plain = dict[str, Any]

MOST_PAGES = 50  # of one search (ours)


class GatheredResources(Struct, frozen=True):
    """The resources, and what is not among them."""

    resources: tuple[Plain, ...]
    lost: tuple[NotUnderstood, ...]


class _Unread(Exception):
    """A search that was not answered whole."""


def gathered_of(launched: Launched, web: Web) -> GatheredResources:
    """Everything that a record is read from, of the patient in context."""
    resources: list[Plain] = []
    lost: list[NotUnderstood] = []
    for template in TEMPLATES.values():
        query = template.replace("{{context.patientId}}", launched.patient)
        name = query.partition("?")[0].partition("/")[0]
        if not grants(launched.scopes, ("patient", "user"), name, "s" if "?" in query else "r"):
            lost.append(NotUnderstood(name, message("smart.not-allowed", type=name)))
            continue
        try:
            answered = list(_pages(launched, web, query))
        except (_Unread, CannotAsk):
            lost.append(NotUnderstood(name, message("smart.not-read", type=name)))
            continue
        if any(_is_another(each, launched.patient) for each in answered):
            lost.append(NotUnderstood(name, message("smart.another-patient", type=name)))
            continue
        resources += answered
    if len(resources) > MOST_RESOURCES:
        lost.append(NotUnderstood("(document)", message("smart.too-many", most=MOST_RESOURCES)))
        resources = []
    return GatheredResources(tuple(resources), tuple(lost))


def _pages(launched: Launched, web: Web, query: str) -> Iterator[Plain]:
    """The resources of a search, page by page; raises _Unread where one is missing."""
    base = f"{launched.server.fhir}/"
    url: str | None = base + query
    for _ in range(MOST_PAGES):
        headers = {"Authorization": f"Bearer {launched.token}", "Accept": "application/fhir+json"}
        answer = web.ask(str(url), headers)
        if answer.status != 200:
            raise _Unread
        try:
            told = as_map(cast("object", orjson.loads(answer.body)))
        except orjson.JSONDecodeError:
            raise _Unread from None
        if told.get("resourceType") != "Bundle":
            if "resourceType" not in told or told["resourceType"] == "OperationOutcome":
                raise _Unread
            yield told
            return
        for entry in maps_in(told.get("entry")):
            resource = as_map(entry.get("resource"))
            if resource.get("resourceType") == "OperationOutcome":
                if any(each.get("severity") in ("error", "fatal") for each in maps_in(resource.get("issue"))):
                    raise _Unread
            elif resource:
                yield resource
        url = next(
            (
                urljoin(base, str(each.get("url")))
                for each in maps_in(told.get("link"))
                if each.get("relation") == "next"
            ),
            None,
        )
        if url is None:
            return
        # A token goes to the server that gave it, whatever address a page names.
        if urlsplit(url)[:2] != urlsplit(base)[:2]:
            raise _Unread
    raise _Unread


def _is_another(resource: Plain, patient: str) -> bool:
    if resource.get("resourceType") == "Patient":
        return resource.get("id") != patient
    for key in ("subject", "patient", "for"):
        reference = as_map(resource.get(key)).get("reference")
        if isinstance(reference, str) and reference.rpartition("/")[2] != patient:
            return True
    return False
