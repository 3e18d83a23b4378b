"""A service as a caller sees it: a call goes in over WSGI, a status, headers and a body come back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from assuage.fhir.hooks.feedback import FeedbackStore
from assuage.fhir.hooks.services import HookServices, HooksSite
from assuage.fhir.hooks.trust import Clients
from assuage.fhir.hooks.understood import UnderstoodRecord
from assuage.fhir.serve import HooksApp
from assuage.record.read import parse_record

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NUMB = {"day": 5, "kind": "symptom", "what": "numbness", "site": "occiput", "state": "new"}
ENTER = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}


class Answered(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def reads(*entries: dict[str, Any]) -> Callable[..., UnderstoodRecord]:
    """A reader that finds these entries, whatever was sent."""
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "p", "sex": "female", "age": 48},
            "starts_on": "2026-11-20",
            "pathway": "neck-first",
            "entries": [*entries],
        }
    )
    return lambda resources, patient, zone: UnderstoodRecord(record)


def service(
    reader: Callable[..., UnderstoodRecord] | None = None,
    clients: Clients | None = None,
    clock: Callable[[], datetime] | None = None,
    store: FeedbackStore | None = None,
    **how: Any,
) -> HooksApp:
    """A service whose records are made up."""
    services = HookServices(
        store or FeedbackStore(), reader or reads(ENTER, NUMB), HooksSite(), clock or Clock()
    )
    return HooksApp(services, clients, **({"budget": 600.0} | how))  # a busy machine is no slow service


def asked(
    app: HooksApp,
    path: str,
    body: Any = None,
    method: str | None = None,
    raw: bytes | None = None,
    **environ: str,
) -> Answered:
    """What an app answers to a request; a body is sent as JSON."""
    sent = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
    method = method or ("GET" if body is None and raw is None else "POST")
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": io.BytesIO(sent),
    }
    told: list[Any] = []
    back = b"".join(app(given | environ, lambda status, headers: told.extend((status, dict(headers)))))
    return Answered(int(told[0].split()[0]), told[1], json.loads(back) if back else None)
