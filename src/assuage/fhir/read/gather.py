"""Resources out of whatever holds them: bundles in bundles are opened, and of versions the newest counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import orjson
from msgspec import Struct, field

from assuage.catalogue.message import message
from assuage.fhir.read.element import maps_in
from assuage.fhir.report import ReportLine

Plain = dict[str, Any]

_DEEPEST = 16


class Incoming(Struct, frozen=True):
    """A resource as it came: what it is called, its version, when it was written."""

    plain: Plain
    type: str
    key: str
    version: str | None = None
    updated: str | None = None

    @property
    def name(self) -> str:
        """What the entry of it is called: its address, with its version where it has one."""
        return self.key if self.version is None else f"{self.key}/_history/{self.version}"

    @property
    def order(self) -> tuple[int, str, str]:
        """Sorts versions of one resource."""
        json_number = (
            int(self.version) if self.version and self.version.isdecimal() and len(self.version) < 18 else -1
        )
        return json_number, self.updated or "", resource_digest(self.plain)


class Gathering(Struct):
    """The newest version of each resource, in the order of their names; what references may call it; lines."""

    resources: list[Incoming] = field(default_factory=list[Incoming])
    kinds: dict[str, str] = field(default_factory=dict[str, str])
    called: dict[str, Plain] = field(default_factory=dict[str, Plain])
    lines: list[ReportLine] = field(default_factory=list[ReportLine])
    count: int = 0


def resource_digest(plain: Mapping[str, Any]) -> str:
    """A short name for what a resource says, whatever the order of its keys."""
    return hashlib.sha256(
        orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    ).hexdigest()[:16]


def gathered_resources(resources: Iterable[object]) -> Gathering:
    """All resources that are there, opened, each once."""
    gathering = Gathering()
    newest: dict[str, Incoming] = {}
    for plain, full_url in _opened(resources, gathering, 0):
        gathering.count += 1
        each = _incoming(plain)
        for name in (each.key, full_url):
            if name:
                gathering.kinds[name], gathering.called[name] = each.type, plain
        if each.type == "Patient":
            for identifier in maps_in(plain.get("identifier")):
                gathering.called[identified_by(identifier)] = plain
        other = newest.get(each.key)
        if other is None:
            newest[each.key] = each
            continue
        older, newer = sorted((other, each), key=lambda version: version.order)
        newest[each.key] = newer
        same = resource_digest(older.plain) == resource_digest(newer.plain)
        why = message("fhir-import.twice" if same else "fhir-import.older")
        gathering.lines.append(ReportLine(older.name, older.type, why, "told"))
    gathering.resources = [newest[key] for key in sorted(newest)]
    return gathering


def identified_by(identifier: Mapping[str, Any]) -> str:
    """What somebody is called by an identifier; no address is like that."""
    return f"{identifier.get('system')} | {identifier.get('value')}"


def resource_key(plain: Mapping[str, Any]) -> str:
    """What a resource is called: by its id, or else by what it says."""
    kind, uid = str(plain["resourceType"]), plain.get("id")
    return f"{kind}/{uid}" if isinstance(uid, str) and uid else f"{kind}/#{resource_digest(plain)}"


def _incoming(plain: Plain) -> Incoming:
    kind = str(plain["resourceType"])
    meta = plain.get("meta")
    about = cast("Plain", meta) if isinstance(meta, dict) else {}
    key = resource_key(plain)
    version, updated = about.get("versionId"), about.get("lastUpdated")
    return Incoming(
        plain,
        kind,
        key,
        version if isinstance(version, str) and version else None,
        updated if isinstance(updated, str) else None,
    )


def _opened(values: Iterable[object], gathering: Gathering, depth: int) -> Iterator[tuple[Plain, str]]:
    for value in values:
        if not isinstance(value, Mapping) or not isinstance(cast("Plain", value).get("resourceType"), str):
            gathering.lines.append(ReportLine("", "(document)", message("fhir-import.no-resource")))
            continue
        plain = cast("Plain", value)
        if plain["resourceType"] != "Bundle":
            yield plain, ""
        elif depth >= _DEEPEST:
            gathering.lines.append(ReportLine(_name(plain), "Bundle", message("fhir-import.too-deep")))
        else:
            yield from _entries(plain, gathering, depth)


def _entries(bundle: Plain, gathering: Gathering, depth: int) -> Iterator[tuple[Plain, str]]:
    for link in maps_in(bundle.get("link")):
        if link.get("relation") == "next":
            gathering.lines.append(
                ReportLine(_name(bundle), "Bundle.link", message("fhir-import.next"), "left")
            )
    for at, entry in enumerate(maps_in(bundle.get("entry"))):
        place = f"Bundle.entry[{at}]"
        request = entry.get("request")
        if isinstance(request, dict) and cast("Plain", request).get("method") == "DELETE":
            # What somebody deleted is not known to be wrong: a person decides what that means.
            gathering.lines.append(
                ReportLine(_name(bundle), f"{place}.request", message("fhir-import.deleted"))
            )
            continue
        search, resource = entry.get("search"), entry.get("resource")
        if isinstance(search, dict) and cast("Plain", search).get("mode") == "outcome":
            gathering.lines.append(ReportLine(_name(bundle), place, message("fhir-import.outcome"), "told"))
            continue
        if resource is None:
            gathering.lines.append(ReportLine(_name(bundle), place, message("fhir-import.no-resource")))
            continue
        full = entry.get("fullUrl")
        for plain, inner in _opened((resource,), gathering, depth + 1):
            yield plain, inner or (full if isinstance(full, str) else "")


def _name(plain: Plain) -> str:
    uid = plain.get("id")
    return f"{plain.get('resourceType')}/{uid}" if isinstance(uid, str) else str(plain.get("resourceType"))
