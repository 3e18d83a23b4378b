"""How many calls of `patient-view` are answered in a CPU-second, and what a year of diary takes at the worst.

Each call is of a record of 60 entries that went out as FHIR, and of another patient than the call before; it is
answered from its bytes to its bytes, in this process: no socket, no token.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import orjson
from msgspec.structs import replace

from assuage.fhir.hooks.feedback import FeedbackStore
from assuage.fhir.hooks.prefetch import TEMPLATES
from assuage.fhir.hooks.services import SERVICES, Caller, HookServices
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record, ScoreEntry
from assuage.record.read import read_record

BAR, BAR_OF_A_YEAR = 200, 0.050  # calls in a CPU-second; CPU-seconds of the slowest hundredth
DAY_0 = date(2026, 1, 5)
PATIENT_VIEW = SERVICES["assuage-patient-view"]
_KEYS = {query.partition("?")[0].partition("/")[0]: key for key, query in TEMPLATES.items()}


def call_of(record: Record, number: int) -> bytes:
    """A call with all that a server would find of a patient."""
    record = replace(record, patient=replace(record.patient, id=f"p{number}"))
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in bundle_of(record, record.starts_on or DAY_0)["entry"]:
        found.setdefault(_KEYS[entry["resource"]["resourceType"]], []).append(entry["resource"])
    who = found.pop("patient")[0]
    sent: dict[str, Any] = dict.fromkeys(TEMPLATES) | {"patient": who}
    for key, resources in found.items():
        entries = [{"resource": each} for each in resources]
        sent[key] = {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
    context = {"userId": "Practitioner/1", "patientId": who["id"]}
    instance = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
    return orjson.dumps(
        {"hook": "patient-view", "hookInstance": instance, "context": context, "prefetch": sent}
    )


def spent(services: HookServices, calls: Sequence[bytes]) -> list[float]:
    """CPU-seconds of each call."""
    each: list[float] = []
    for call in calls:
        start = time.process_time()
        answer = services.answered(PATIENT_VIEW, call, Caller())
        orjson.dumps(answer.body)
        each.append(time.process_time() - start)
        assert answer.status == 200
        assert answer.body["cards"]
    return each


def with_diary(record: Record, days: int) -> Record:
    """The record with a rating of pain and of sleep on each of its last days."""
    last = record.last_day or 0
    ratings = [
        ScoreEntry(place=0, day=day, scale="pain", value=float((day * 7) % 9), by="patient")
        for day in range(last - days + 1, last + 1)
    ]
    entries = tuple(replace(each, place=at) for at, each in enumerate((*record.entries, *ratings)))
    return replace(record, entries=entries)


def main() -> int:
    """Print the speeds; 1 where a bar is missed."""
    gc.set_threshold(50_000, 20, 20)  # as the command does
    case = read_record("examples/case.yaml")
    sixty = with_diary(case, 60 - len(case.entries))
    year = with_diary(case, 365)
    today = datetime(2026, 3, 25, 12, tzinfo=UTC)
    services = HookServices(FeedbackStore(), fhir_reader(NO_CODES), now=lambda: today)
    spent(services, [call_of(sixty, number) for number in range(5)])
    short = spent(services, [call_of(sixty, 100 + number) for number in range(100)])
    reached = len(short) / sum(short)
    long = sorted(spent(services, [call_of(year, 1000 + number) for number in range(100)]))
    slowest = long[-1]
    print(
        f"{len(sixty.entries)} entries: {reached:6.0f} calls in a CPU-second, each of a chart sent first (bar {BAR})"
    )
    same = [call_of(sixty, 500)] * 101
    again = spent(services, same)[1:]
    print(
        f"{len(sixty.entries)} entries: {len(again) / sum(again):6.0f} calls in a CPU-second of a chart sent again"
    )
    again = sorted(spent(services, [call_of(year, 2000)] * 101)[1:])
    bar = 1000 * BAR_OF_A_YEAR
    print(f"{len(year.entries)} entries: {1000 * slowest:6.1f} ms CPU, the slowest of 100 (bar {bar:.0f})")
    print(
        f"{len(year.entries)} entries: {1000 * again[-1]:6.1f} ms CPU, the slowest of 100 of a chart sent again"
    )
    return 0 if reached >= BAR and slowest <= BAR_OF_A_YEAR else 1


if __name__ == "__main__":
    sys.exit(main())
