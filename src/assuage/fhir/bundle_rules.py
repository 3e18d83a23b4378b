"""What the specification asks of bundles in words, beyond HL7's invariants (bdl-1 to bdl-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.fhir.issue import IssueType

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
_RESTFUL = re.compile(r"https?://\S+/([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})")
Node = dict[str, Any]


class EntryFault(Struct, frozen=True):
    """What is wrong with an entry, by its index."""

    index: int
    kind: IssueType
    what: Message
    rule: str


def _entries(bundle: Node) -> Iterator[tuple[int, Node, Node]]:
    entries = bundle.get("entry")
    for index, each in enumerate(cast("list[Any]", entries) if type(entries) is list else []):
        if type(each) is dict:
            entry = cast("Node", each)
            resource = entry.get("resource")
            yield index, entry, cast("Node", resource) if type(resource) is dict else {}


def types_by_address(bundle: Node) -> dict[str, str]:
    """The type of each resource of a bundle, by its address and by its type and id."""
    types: dict[str, str] = {}
    for _, entry, resource in _entries(bundle):
        kind, name, address = resource.get("resourceType"), resource.get("id"), entry.get("fullUrl")
        if type(kind) is not str:
            continue
        if type(address) is str:
            types[address] = kind
        if type(name) is str:
            types[f"{kind}/{name}"] = kind
    return types


def faults(bundle: Node) -> Iterator[EntryFault]:
    """What is wrong with the entries: addresses that are none or that another id contradicts, misplaced outcomes."""
    for index, entry, resource in _entries(bundle):
        address = entry.get("fullUrl")
        if type(address) is str:
            if not _ABSOLUTE.fullmatch(address):
                yield EntryFault(index, "value", message("fhir.full-url"), "bundle-full-url")
            else:
                yield from _contradicted(index, address, resource)
        search = entry.get("search")
        is_outcome = type(search) is dict and cast("Node", search).get("mode") == "outcome"
        if is_outcome and resource.get("resourceType", "OperationOutcome") != "OperationOutcome":
            yield EntryFault(index, "value", message("fhir.search-outcome"), "bundle-search-outcome")


def _contradicted(index: int, address: str, resource: Node) -> Iterator[EntryFault]:
    told = _RESTFUL.fullmatch(address)
    kind, name = resource.get("resourceType"), resource.get("id")
    if told is not None and type(kind) is str and type(name) is str and told.groups() != (kind, name):
        yield EntryFault(index, "value", message("fhir.full-url-id"), "bundle-full-url-id")
