"""The review of a cohort as NDJSON: a CarePlan for each stay, a GuidanceResponse for each patient, DetectedIssues.

Days are those of the records, counted from day 0: the output of a review holds no dates. Patients are named by their
pseudonyms. What nobody can tell yet is `data-required`; nothing in it is a request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.errors import InputError
from assuage.fhir.codes import PATIENT_SYSTEM
from assuage.fhir.extension import written
from assuage.fhir.needed import ANSWERS, requirements_of_test
from assuage.fhir.pathway import PLAN
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.write.bundle import resource_id
from assuage.pathways.model import Pathway
from assuage.pathways.registry import is_shipped
from assuage.pathways.registry import pathway as pathway_of_id
from assuage.record.arrow import arrow
from assuage.record.save import folder, whole_file, writable_target
from assuage.words.speak import ENGLISH

Plain = dict[str, Any]

DAYS = "urn:assuage:days"  # days of a record, counted from its day 0
FILES = ("CarePlan", "GuidanceResponse", "DetectedIssue")
_NOTED = {
    each: each.replace("_", "-") for each in ("open", "shut", "not_met", "unknown", "in_force", "breached")
}


def write_cohort(
    reviewed: Path | str, out: Path | str, speaking: Catalogue = ENGLISH, *, force: bool = False
) -> Mapping[str, int]:
    """How many resources of each type were written: a file a type, a resource a line.

    Raises InputError for a folder that is no review of a cohort.
    """
    source = Path(reviewed)
    of = _Writing(_manifest(source), speaking)
    target = folder(out)
    for kind in FILES:
        writable_target(target / f"{kind}.ndjson", force)
    counts: dict[str, int] = dict.fromkeys(FILES, 0)
    with ExitStack() as stack:
        streams: dict[str, BinaryIO] = {}
        for kind in FILES:
            new = stack.enter_context(whole_file(target / f"{kind}.ndjson", force))
            streams[kind] = stack.enter_context(new.open("wb"))
        for resource in of.resources(source):
            kind = str(resource["resourceType"])
            streams[kind].write(orjson.dumps(resource) + b"\n")
            counts[kind] += 1
    return counts


def _manifest(source: Path) -> Plain:
    try:
        manifest = as_map(json.loads((source / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        manifest = {}
    if not str(manifest.get("format", "")).startswith("assuage-cohort/"):
        raise InputError(message("fhir-cohort.no-review", path=source))
    return manifest


class _Writing:
    """The writing of one review in one language."""

    def __init__(self, manifest: Plain, speaking: Catalogue) -> None:
        self.speaking = speaking
        self.id, self.version = str(manifest["pathway"]["id"]), manifest["pathway"]["version"]
        self.canonical = f"{PLAN}{self.id}|{self.version}"
        name = f"{self.id}@{self.version}"
        self.pathway: Pathway | None = pathway_of_id(name) if is_shipped(name) else None
        self.titles = self._titles(manifest)

    def _titles(self, manifest: Plain) -> dict[str, str]:
        """What phases, gates, criteria and restrictions are called."""
        told = {
            str(each["id"]): str(each["title"])
            for rows in manifest.values()
            for each in maps_in(rows)
            if "id" in each and "title" in each
        }
        if self.pathway is None:
            return told
        pathway = self.pathway
        for part in (*pathway.phases, *pathway.gates(), *pathway.criteria()):
            told[part.id] = str(self.speaking.value(part))
        for restriction in pathway.restrictions:
            told[restriction.id] = str(self.speaking.value(restriction.therapy))
        return told

    def resources(self, source: Path) -> Iterator[Plain]:
        """Everything that the tables of a review say."""
        for row in _rows(source / "stays.parquet"):
            yield self._stay(row)
        for row in _rows(source / "state.parquet"):
            yield self._state(row)
            for alert in row["alerts"] or ():
                yield self._issue(row, str(alert))

    def _head(self, kind: str, patient: str, *parts: object) -> Plain:
        uid = resource_id("c", patient, self.id, kind, *map(str, parts))
        return {"resourceType": kind, "id": uid, "language": self.speaking.language}

    @staticmethod
    def _days(**days: int | None) -> list[Plain]:
        return [written(DAYS, {name: day for name, day in days.items() if day is not None})]

    @staticmethod
    def _who(patient: str) -> Plain:
        return {"identifier": {"system": PATIENT_SYSTEM, "value": patient}}

    def _stay(self, row: Plain) -> Plain:
        patient, phase = str(row["patient"]), str(row["phase"])
        return {
            **self._head("CarePlan", patient, phase, row["entered"]),
            "extension": self._days(entered=row["entered"], left=row["left"]),
            "instantiatesCanonical": [self.canonical],
            "status": "active" if row["left"] is None else "completed",
            "intent": "plan",
            "title": self.titles.get(phase, phase),
            "subject": self._who(patient),
        }

    def _state(self, row: Plain) -> Plain:
        patient = str(row["patient"])
        notes = [
            {"text": str(self.speaking.say(message(f"fhir-cohort.{word}", names=self._named(row[column]))))}
            for column, word in _NOTED.items()
            if row[column]
        ]
        unknown = [str(each) for each in row["unknown"] or ()]
        required = {"dataRequirement": self._required(unknown)} if unknown else {}
        return {
            **self._head("GuidanceResponse", patient, row["on"]),
            "extension": self._days(on=row["on"], since=row["since"]),
            "moduleCanonical": self.canonical,
            "status": "data-required" if unknown else "success",
            "subject": self._who(patient),
            "reasonCode": [{"text": self.titles.get(str(row["phase"]), str(row["status"]))}],
            **({"note": notes} if notes else {}),
            **required,
        }

    def _named(self, ids: list[Any]) -> tuple[str, ...]:
        return tuple(self.titles.get(str(each), str(each)) for each in ids)

    def _required(self, criteria: list[str]) -> list[Plain]:
        known = {} if self.pathway is None else {each.id: each for each in self.pathway.criteria()}
        wanted = [
            each for name in criteria if name in known for each in requirements_of_test(known[name].test)
        ]
        return list({str(each): each for each in wanted}.values()) or [ANSWERS]

    def _issue(self, row: Plain, alert: str) -> Plain:
        patient = str(row["patient"])
        return {
            **self._head("DetectedIssue", patient, row["on"], alert),
            "extension": self._days(on=row["on"]),
            "status": "preliminary",
            "code": {"text": alert},
            "patient": self._who(patient),
        }


def _rows(path: Path) -> Iterator[Plain]:
    """The rows of a table, a batch at a time."""
    for batch in arrow().parquet.ParquetFile(path).iter_batches(4096):
        yield from batch.to_pylist()
