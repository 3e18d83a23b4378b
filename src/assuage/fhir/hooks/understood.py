"""What was understood of what a caller sent: a record, and what of it was not understood, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.fhir.join import record_of
from assuage.fhir.read import read_resources
from assuage.fhir.report import gathered
from assuage.fhir.site_codes import SiteCodes
from assuage.record.entries import Record


class NotUnderstood(Struct, frozen=True):
    """Something that was sent and is in no record: where, and why, as a sentence."""

    place: str
    what: Message


class UnderstoodRecord(Struct, frozen=True):
    """The record that was read, what is not in it, and how many elements of what was read are not."""

    record: Record
    lost: tuple[NotUnderstood, ...] = ()
    elements: int = 0


class ReadsRecord(Protocol):
    """What reads a record from resources of one patient: in which zone moments become days is the site's."""

    def __call__(
        self, resources: Sequence[dict[str, Any]], patient: str, zone: str | None
    ) -> UnderstoodRecord:
        """The record, and what is not in it."""
        ...


# Who somebody is belongs into no record, and is no loss.
_NO_LOSS = frozenset({"fhir-import.identifies"})


def fhir_reader(codes: SiteCodes) -> ReadsRecord:
    """A reader of FHIR R4, with what the site says its own codes mean."""

    def read(resources: Sequence[dict[str, Any]], patient: str, zone: str | None) -> UnderstoodRecord:
        told = read_resources(resources, patient=patient, zone=zone, codes=codes)
        joined = record_of(told)
        left = [
            line
            for line in (*told.lines, *joined.lines)
            if line.weight == "left" and line.why.id not in _NO_LOSS
        ]
        whole = gathered(line for line in left if "." not in line.path)
        lost = tuple(
            NotUnderstood(
                each.path,
                message(
                    "fhir-import.line",
                    path=each.path,
                    why=each.why,
                    n=each.count,
                    first=each.resources[0] or None,
                ),
            )
            for each in whole
        )
        return UnderstoodRecord(joined.record, lost, sum("." in line.path for line in left))

    return read
