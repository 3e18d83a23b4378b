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
_NOTHING: Node = {}


class EntryFault(Struct, frozen=True):
    """What is wrong with an entry, by its index."""

    index: int
    kind: IssueType
    what: Message
    rule: str


def addresses_of(bundle: Node) -> tuple[dict[str, str], list[EntryFault]]:
    """The type of each resource of a bundle, by its address and by its type and id; what is wrong with the entries.

    That is an address that is none or that another id contradicts, and a misplaced outcome of a search.
    """
    types: dict[str, str] = {}
    faults: list[EntryFault] = []
    entries = bundle.get("entry")
    listed: list[Any] = cast("list[Any]", entries) if type(entries) is list else []
    for index, each in enumerate(listed):
        if type(each) is not dict:
            continue
        entry = cast("Node", each)
        held = entry.get("resource")
        resource = cast("Node", held) if type(held) is dict else _NOTHING
        address, kind, name = entry.get("fullUrl"), resource.get("resourceType"), resource.get("id")
        if type(address) is str and not _is_urn(address):
            faults += _faults_of(index, address, kind, name)
        if "search" in entry:
            faults += _misplaced(index, entry["search"], resource)
        if type(kind) is str:
            if type(address) is str:
                types[address] = kind
            if type(name) is str:
                types[f"{kind}/{name}"] = kind
    return types, faults


def _faults_of(index: int, address: str, kind: object, name: object) -> Iterator[EntryFault]:
    """An address that is none, or that another id contradicts."""
    if not _ABSOLUTE.fullmatch(address):
        yield EntryFault(index, "value", message("fhir.full-url"), "bundle-full-url")
        return
    told = _RESTFUL.fullmatch(address)
    if told is not None and type(kind) is str and type(name) is str and told.groups() != (kind, name):
        yield EntryFault(index, "value", message("fhir.full-url-id"), "bundle-full-url-id")


def _misplaced(index: int, search: object, resource: Node) -> Iterator[EntryFault]:
    """An outcome of a search that is none."""
    is_outcome = type(search) is dict and cast("Node", search).get("mode") == "outcome"
    if is_outcome and resource.get("resourceType", "OperationOutcome") != "OperationOutcome":
        yield EntryFault(index, "value", message("fhir.search-outcome"), "bundle-search-outcome")


def _is_urn(address: str) -> bool:
    """Whether an address is one that names no type, as those of resources without a server are."""
    return address[:9] == "urn:uuid:" and len(address) > 9 and address.isprintable() and " " not in address
