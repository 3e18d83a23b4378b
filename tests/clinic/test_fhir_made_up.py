"""Whatever is asked of the clinic as a FHIR server: an answer that is FHIR, and never an error of the program."""

from __future__ import annotations

import json
import random

import pytest
from django.test import Client

from assuage.fhir.validate import checked_value

AT = "/fhir/R4/"
TYPES = (
    "Patient",
    "Observation",
    "Condition",
    "MedicationStatement",
    "Task",
    "Goal",
    "Claim",
    "Bundle",
    "observation",
)
NAMES = ("patient", "_id", "code", "date", "category", "_count", "_sort", "_page", "subject", "_format", "_elements",
         "date:missing", "patient:Patient", "patient.name", "code:in", "", "_include", "identifier")  # fmt: skip
VALUES = ("case-2026", "", "x", "-1", "0", "1e9", "9" * 40, "\x00", "\ud800", "٣", "ge2026-02-30", "lt0000-00-00",
          "eq9999-12-31T23:59:59-14:00", "ge2026", "a|b|c", "|", "http://loinc.org|72514-3", ",", "\\,", "$", "'", "%",
          "Patient/case-2026", "json", "application/fhir+xml", "x" * 5_000, "sa2026-01-01T00:00:00+99:99")  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_a_search_that_nobody_makes_is_answered_or_refused_in_fhir(let_in, record, seed):
    made = random.Random(seed)
    allowed = let_in("anna", made.choice(["user/*.rs", "user/Observation.rs"]))
    for _ in range(8):
        where = made.choice(TYPES)
        where += made.choice(
            ["", "", "", f"/{made.choice(VALUES)}", "/_search", "/x/_history/1", "/$everything"]
        )
        asked = {made.choice(NAMES): made.choice(VALUES) for _ in range(made.randint(0, 4))}
        asked = {name: value.encode("utf-8", "surrogatepass") for name, value in asked.items()}
        call = getattr(Client(), made.choice(["get", "get", "get", "post", "put", "delete", "head"]))
        headers = made.choice(
            [{}, {"Authorization": f"Bearer {allowed}"}, {"Authorization": f"Bearer {allowed}"}]
        )
        headers |= made.choice(
            [{}, {"Accept": "application/fhir+xml"}, {"Accept": made.choice(VALUES[:8]) or "*/*"}]
        )
        try:
            path = AT + where.encode("utf-8", "surrogatepass").decode("latin-1")
            answer = call(path, query_params=asked, headers=headers)
        except UnicodeEncodeError:
            continue  # no browser can send that
        assert answer.status_code < 500, (where, asked)
        if answer.status_code >= 300 and answer.content and call.__name__ != "head":
            assert answer.headers["Content-Type"].startswith("application/fhir+json"), (
                where,
                asked,
                call.__name__,
                answer.status_code,
                answer.content[:300],
            )
            outcome = json.loads(answer.content)
            assert outcome["resourceType"] == "OperationOutcome", (where, asked, answer.status_code)
            assert checked_value(outcome).errors == 0
        elif answer.content:
            assert checked_value(json.loads(answer.content)).errors == 0
