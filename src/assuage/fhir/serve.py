"""CDS Hooks, pathways that are applied, and forms over HTTP: a WSGI application, and a server of the standard library.

Mount `HooksApp` in any WSGI server, or `serve` it: on this machine alone unless a file of clients says who may call.
TLS is a proxy's. The log holds no patient: a service, a status, milliseconds, how many cards.
"""

from __future__ import annotations

import ipaddress
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import partial
from socketserver import ThreadingMixIn
from threading import BoundedSemaphore
from typing import Any, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import orjson

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import Message, message
from assuage.errors import InputError, SurroundingsError, reason_of
from assuage.fhir.forms.forms import form_names
from assuage.fhir.hooks.asked_forms import extracted_of_sent, populated_for_sent
from assuage.fhir.hooks.planned import applied_to_sent
from assuage.fhir.hooks.services import (
    SERVICES,
    Caller,
    HookAnswer,
    HookServices,
    Service,
    discovery,
    refusal,
)
from assuage.fhir.hooks.trust import Clients, Untrusted
from assuage.fhir.issue import Issue
from assuage.fhir.reading import WHOLE
from assuage.pathways.registry import is_shipped
from assuage.words.speak import catalogue

EXTRACT = "$extract"
Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

MOST_BODY = 8 * 1024 * 1024  # bytes of a call (ours)
BUDGET = 2.0  # seconds for an answer (the issue's number; ours)
WORKERS, MOST_WAITING = 4, 16  # calls that are worked on at once, and that may be under way (ours)
SLOW_CALLER = 10  # seconds in which a caller must have sent what it announced (ours)
_STATUS = {
    200: "OK", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
    415: "Unsupported Media Type", 422: "Unprocessable Content", 503: "Service Unavailable",
}  # fmt: skip


class _Call(NamedTuple):
    """What answers a call; of a service also which, for it is answered with a card where nothing could be checked."""

    answered: Callable[[bytes, Caller], HookAnswer]
    service: Service | None = None


class HooksApp:
    """The WSGI application: discovery, the services and their feedback, and pathways that are applied."""

    def __init__(
        self,
        services: HookServices,
        clients: Clients | None = None,
        *,
        budget: float = BUDGET,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self.services = services
        self._clients = clients
        self._budget = budget
        self._log = log
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="hooks")
        self._room = BoundedSemaphore(MOST_WAITING)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        start = time.perf_counter()
        language = language_liked(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self.services.site.language)
        route, answer = self._answered(environ, language, start + self._budget)
        origin = self._allowed(environ.get("HTTP_ORIGIN", ""))
        body = b"" if answer.status == 204 else orjson.dumps(answer.body)
        headers = [
            (
                "Content-Type",
                "application/fhir+json" if "resourceType" in answer.body else "application/json",
            ),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Language", language),
            ("Vary", "Origin, Accept-Language"),
        ]
        if origin:
            headers += [
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
                ("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept-Language"),
            ]
        if answer.status == 503:
            headers.append(("Retry-After", "2"))
        if answer.status == 401:
            headers.append(("WWW-Authenticate", "Bearer"))
        start_response(f"{answer.status} {_STATUS[answer.status]}", headers)
        if self._log is not None:
            spent = (time.perf_counter() - start) * 1000
            self._log(f"{route} {answer.status} {spent:.0f} ms, cards: {answer.cards}")
        return [body]

    def _answered(self, environ: Environ, language: str, until: float) -> tuple[str, HookAnswer]:
        """The route as the log names it, and the answer."""
        method, path = environ.get("REQUEST_METHOD", ""), str(environ.get("PATH_INFO", "")).rstrip("/")
        parts = path.split("/")[1:]
        is_plan = (
            len(parts) == 3 and parts[0] == "PlanDefinition" and parts[2] == "$apply" and is_shipped(parts[1])
        )
        form = _form_called(parts)
        is_ours = is_plan or form is not None or (parts[:1] == ["cds-services"] and len(parts) <= 3)
        if method == "OPTIONS" and is_ours:
            return "options", HookAnswer(204)
        if parts == ["cds-services"]:
            if method != "GET":
                return "discovery", self._no(405, message("hooks.http-method", method="GET"), language)
            return "discovery", HookAnswer(200, discovery(language, self.services.site.edition))
        if is_plan:
            if method != "POST":
                return "apply", self._no(405, message("hooks.http-method", method="POST"), language)
            return "apply", self._posted(
                environ, "/".join(parts), _Call(partial(self._applied, parts[1])), language, until
            )
        if form is not None:
            if method != "POST":
                return "form", self._no(405, message("hooks.http-method", method="POST"), language)
            call = _Call(partial(self._form, form))
            return "form", self._posted(environ, "/".join(parts), call, language, until)
        service = SERVICES.get(parts[1]) if is_ours and len(parts) > 1 else None
        if service is None or parts[2:] not in ([], ["feedback"]):
            return "-", self._no(404, message("hooks.http-unknown", services=tuple(SERVICES)), language)
        route = "/".join((service.id, *parts[2:]))
        if method != "POST":
            return route, self._no(405, message("hooks.http-method", method="POST"), language)
        call = _Call(partial(self.services.answered, service), service)
        if parts[2:] == ["feedback"]:
            call = _Call(self.services.told)
        return route, self._posted(environ, f"cds-services/{service.id}", call, language, until)

    def _applied(self, pathway: str, body: bytes, caller: Caller) -> HookAnswer:
        return applied_to_sent(self.services, pathway, body, caller)

    def _form(self, name: str, body: bytes, caller: Caller) -> HookAnswer:
        if name == EXTRACT:
            return extracted_of_sent(self.services, body, caller)
        return populated_for_sent(self.services, name, body, caller)

    def _posted(self, environ: Environ, path: str, call: _Call, language: str, until: float) -> HookAnswer:
        try:
            caller = self._caller(environ, path, language)
        except Untrusted as fault:
            return self._no(401, message(f"hooks.untrusted-{fault.fault}"), language)
        body = self._body(environ, language)
        if isinstance(body, HookAnswer):
            return body
        if not self._room.acquire(blocking=False):
            return self._no(503, message("hooks.busy"), language)
        task: Future[HookAnswer] = self._workers.submit(call.answered, body, caller)
        task.add_done_callback(lambda _: self._room.release())
        try:
            return task.result(timeout=max(until - time.perf_counter(), 0))
        except TookTooLong:
            why = message("hooks.why-too-long", seconds=self._budget)
        except SurroundingsError:
            why = message("hooks.why-surroundings")
        except Exception as error:
            # The type only: the message of an unforeseen error could carry a patient's value.
            why = message("hooks.why-error", error=type(error).__name__)
        if call.service is None:
            return self._no(503, why, language)
        return self.services.without_check(call.service, why, language)

    def _caller(self, environ: Environ, path: str, language: str) -> Caller:
        if self._clients is None:
            return Caller(language)
        now = self.services.now()
        header = environ.get("HTTP_AUTHORIZATION")
        client = self._clients.caller(header, path, self.services.store, now)
        return Caller(language, client.fhir_servers)

    def _body(self, environ: Environ, language: str) -> bytes | HookAnswer:
        kind = str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
        if kind not in ("application/json", "application/fhir+json"):
            return self._no(415, message("hooks.http-json"), language)
        announced = str(environ.get("CONTENT_LENGTH", ""))
        if not announced.isascii() or not announced.isdigit() or len(announced) > 12:
            return self._no(411, message("hooks.http-length"), language)
        length = int(announced)
        if length > MOST_BODY:
            return self._no(413, message("hooks.http-large", megabytes=MOST_BODY // (1024 * 1024)), language)
        try:
            body: bytes = environ["wsgi.input"].read(length)
        except OSError:
            body = b""
        if len(body) < length:
            return self._no(400, message("hooks.http-cut"), language)
        return body

    @staticmethod
    def _no(status: int, what: Message, language: str) -> HookAnswer:
        return refusal(status, [Issue("error", "not-supported", WHOLE, what)], catalogue(language))

    def _allowed(self, origin: str) -> str:
        """The page that may read the answer in a browser: one of a client; without clients one of this machine."""
        if not origin:
            return ""
        if self._clients is not None:
            return origin if origin in self._clients.origins else ""
        host = origin.partition("://")[2].rpartition(":")[0] or origin.partition("://")[2]
        return origin if is_loopback(host) else ""


def _form_called(parts: list[str]) -> str | None:
    """The form that is to be filled in, or that answers are to be read; None for another address."""
    if parts == ["QuestionnaireResponse", EXTRACT]:
        return EXTRACT
    is_form = len(parts) == 3 and parts[0] == "Questionnaire" and parts[2] == "$populate"
    return parts[1] if is_form and parts[1] in form_names() else None


def language_liked(accepted: str, default: str) -> str:
    """The language of an answer: the one we speak that the caller likes best, else the site's."""
    liked: list[tuple[float, int, str]] = []
    for at, part in enumerate(accepted[:500].split(",")[:20]):
        tag, _, rest = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        try:
            weight = float(rest.partition("q=")[2] or 1)
        except ValueError:
            continue
        if language in LANGUAGES and weight > 0:
            liked.append((-weight, at, language))
    return min(liked)[2] if liked else default


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own."""
    bare = host.strip("[]")
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


class _Handler(WSGIRequestHandler):
    """One connection: it may not dawdle, and its path, which may hold a patient, is in no log."""

    timeout = SLOW_CALLER
    server_version = "Assuage"
    sys_version = ""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is of the standard library
        return


class HooksServer(ThreadingMixIn, WSGIServer):
    """A connection a thread; what ends in one is told to nobody."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no error of ours, and a trace could hold what it sent."""


def bound_server(app: HooksApp, host: str, port: int, *, has_clients: bool) -> WSGIServer:
    """A server at an address. Raises InputError for any but this machine's own where nobody says who may call."""
    if not has_clients and not is_loopback(host):
        raise InputError(message("hooks.host-needs-clients", host=host))
    return bound_wsgi(app, host, port)


def bound_wsgi(app: Callable[[Environ, StartResponse], Iterable[bytes]], host: str, port: int) -> WSGIServer:
    """A server of an application at an address. Raises InputError where nothing can listen there."""
    try:
        server = HooksServer((host, port), _Handler)
    except (OSError, OverflowError) as error:
        raise InputError(message("hooks.not-listening", host=host, port=port, why=reason_of(error))) from None
    server.set_app(app)  # pyright: ignore[reportArgumentType] - the same application, typed by the standard
    return server


def to_standard_error(line: str) -> None:
    """Write a line of the log."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
