"""With a FHIR server of others: Medplum's router in memory takes a record and gives it back as it was (Law 1).

`make test-fhir-server` fetches it with npm and asks for these; without it they are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.hooks.feedback import FeedbackStore
from assuage.fhir.hooks.prefetch import TEMPLATES
from assuage.fhir.hooks.services import SERVICES, Caller, HookServices
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.read import read_resources
from assuage.fhir.served.types import SERVED
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.validate import checked_value
from assuage.fhir.write.bundle import bundle_of, patient_id
from assuage.record.entries import Record
from assuage.record.read import parse_record, read_record
from tests.universe import PATIENTS

ROOT = Path(__file__).parents[2]
MODULES = Path(os.environ.get("ASSUAGE_FHIR_SERVER", ROOT / ".venv" / "fhir-server")) / "node_modules"
DAY_0 = date(2026, 1, 5)


class Server:
    """The server, by its address."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def asked(self, path: str, body: object = None) -> dict[str, Any]:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/fhir+json"}
        with urlopen(Request(f"{self.address}/{path}", sent, headers), timeout=60) as answer:
            return json.load(answer)

    def whole(self, query: str) -> dict[str, Any]:
        """A search with everything on one page."""
        return self.asked(f"{query}&_count=1000" if "?" in query else query)


@pytest.fixture(scope="module")
def server():
    node = shutil.which("node")
    if node is None or not (MODULES / "@medplum" / "fhir-router").is_dir():
        if os.environ.get("ASSUAGE_FHIR_SERVER"):
            pytest.fail("Medplum's server is asked for and not there: make test-fhir-server")
        pytest.skip("Medplum's server is not there; make test-fhir-server fetches it (needs npm)")
    # Node 20 has WebSocket only where it is asked for; later ones have it.
    environment = os.environ | {"NODE_PATH": str(MODULES), "NODE_OPTIONS": ""}
    early = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout < "v22"
    flags = ["--experimental-websocket"] if early else []
    script = Path(__file__).parent / "medplum" / "server.cjs"
    running = subprocess.Popen(
        [node, *flags, str(script)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert running.stdout is not None
    try:
        word, _, port = running.stdout.readline().partition(" ")
        assert word == "up"
        yield Server(int(port))
    finally:
        running.terminate()
        running.wait(10)
        running.stdout.close()


def kept(server: Server, record: Record) -> list[dict[str, Any]]:
    """Everything that the server has of the patient of a record, once the record was sent to it."""
    answer = server.asked("", bundle_of(record, None if record.starts_on else DAY_0))
    assert {each["response"]["status"][:2] for each in answer["entry"]} == {"20"}
    who = patient_id(record)
    resources = [server.asked(f"Patient/{who}")]
    for served in SERVED.values():
        if served.name != "Patient":
            page = server.whole(f"{served.name}?{served.whose.name}={quote(f'Patient/{who}', safe='')}")
            resources += [each["resource"] for each in page.get("entry", ())]
    return resources


RECORDS = {"the published case": lambda: read_record(ROOT / "examples" / "case.yaml"), **PATIENTS}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_comes_back_from_a_server_of_others_as_it_went(server, name):
    record = RECORDS[name]()
    resources = kept(server, record)
    assert [each for each in resources if checked_value(each).errors] == []
    read = read_resources(resources)
    assert parse_record(read.document) == record
    assert [line for line in read.lines if line.weight == "left"] == []


def test_cards_are_answered_by_what_the_server_sends_along(server):
    record = RECORDS["the published case"]()
    kept(server, record)
    who = patient_id(record)
    sent = {
        key: server.whole(query.replace("{{context.patientId}}", who)) for key, query in TEMPLATES.items()
    }
    call = {
        "hook": "patient-view",
        "hookInstance": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "context": {"userId": "Practitioner/1", "patientId": who},
        "prefetch": sent,
    }
    services = HookServices(
        FeedbackStore(), fhir_reader(NO_CODES), now=lambda: datetime(2026, 3, 25, 12, tzinfo=UTC)
    )
    answer = services.answered(SERVICES["assuage-patient-view"], json.dumps(call).encode(), Caller())
    assert answer.status == 200
    assert {each["indicator"] for each in answer.body["cards"]} <= {"info", "warning", "critical"}
    assert not any("Nothing was checked" in each["summary"] for each in answer.body["cards"])
