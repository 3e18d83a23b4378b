"""The SMART app over HTTP: launched from a hospital system or from its own first page, it shows a review, read only.

What was read of the patient is held in memory for as long as the token would have been good; the token itself is let go
of once everything was read. The log holds no patient: a step, a status, the kind of a refusal.
"""

from __future__ import annotations

import html
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.errors import InputError, Problems
from assuage.fhir.hooks.understood import NotUnderstood, ReadsRecord
from assuage.fhir.pathway import PLAN
from assuage.fhir.serve import Environ, StartResponse, language_liked
from assuage.fhir.smart.gather import gathered_of
from assuage.fhir.smart.launch import Launched, Launches, LaunchRefused
from assuage.pathways.registry import PATHWAY_IDS
from assuage.record.entries import Record
from assuage.words.speak import catalogue

# What shows a record: the record, the pathway in context, what is not in it, and the language.
Shows = Callable[[Record, str | None, tuple[NotUnderstood, ...], Catalogue], str]

LONGEST = 15 * 60  # seconds for which a page can be looked at again, at most (ours)
MOST_SHOWN = 200  # pages that are held (ours)
COOKIE = "assuage-smart"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_STATUS = {
    200: "OK", 302: "Found", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    502: "Bad Gateway",
}  # fmt: skip


class SmartSite(Struct, frozen=True):
    """What a site has settled: its address, the language, the time zone."""

    address: str
    language: str = "en"
    zone: str | None = None


class _Shown(Struct, frozen=True):
    """What was read of one patient, and until when it may be looked at."""

    record: Record
    pathway: str | None
    lost: tuple[NotUnderstood, ...]
    until: float


class _Answer(Struct, frozen=True):
    status: int
    page: str = ""
    to: str = ""
    told: str = ""


class SmartApp:
    """The WSGI application: `/`, `/launch`, `/back/SERVER`, `/review`."""

    def __init__(
        self,
        launches: Launches,
        reads: ReadsRecord,
        shows: Shows,
        site: SmartSite,
        *,
        now: Callable[[], float] = time.time,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._launches, self._reads, self._shows, self._site = launches, reads, shows, site
        self._now, self._log = now, log
        self._held: dict[str, _Shown] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        language = language_liked(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self._site.language)
        speaking = catalogue(language)
        browser = _cookie(environ.get("HTTP_COOKIE", "")) or secrets.token_urlsafe(32)
        step, answer = self._answered(environ, browser, speaking)
        body = answer.page.encode()
        safe = self._site.address.startswith("https://")
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Language", language),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", _POLICY),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            # Lax: the way back from the server is a link from another site.
            ("Set-Cookie", f"{COOKIE}={browser}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if safe else ''}"),
        ]
        if answer.to:
            headers.append(("Location", answer.to))
        start_response(f"{answer.status} {_STATUS[answer.status]}", headers)
        if self._log is not None:
            self._log(f"{step} {answer.status} {answer.told}".rstrip())
        return [body]

    def _answered(self, environ: Environ, browser: str, speaking: Catalogue) -> tuple[str, _Answer]:
        path = str(environ.get("PATH_INFO", "")).rstrip("/")
        sent = dict(parse_qsl(str(environ.get("QUERY_STRING", "")), max_num_fields=20))
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return "-", self._says(405, message("smart.only-get"), speaking)
        try:
            if path == "":
                return "first", _Answer(200, self._first_page(speaking))
            if path == "/launch":
                return "launch", self._launch(sent, browser)
            if path.startswith("/back/"):
                return "back", self._back(path.removeprefix("/back/"), sent, browser)
            if path == "/review":
                return "review", self._review(browser, speaking)
        except LaunchRefused as refused:
            status = 502 if refused.fault in ("silent", "configuration", "token") else 403
            refusal = self._says(status, message(f"smart.refused-{refused.fault}"), speaking)
            return path.split("/")[1], _Answer(refusal.status, refusal.page, told=refused.fault)
        except (InputError, Problems) as error:
            return path.split("/")[1], self._says(
                400, message("smart.no-review"), speaking, type(error).__name__
            )
        return "-", self._says(404, message("smart.no-page"), speaking)

    def _launch(self, sent: Mapping[str, str], browser: str) -> _Answer:
        """To the page of the server: of `iss` with what it gave along, or of `server`, by ourselves."""
        if "server" in sent:
            server = self._launches.servers.get(sent["server"])
            if server is None:
                raise LaunchRefused("unknown-server")
            return _Answer(302, to=self._launches.begin(server, None, browser, self._now()))
        server = self._launches.server_of(sent.get("iss", ""))
        launch = sent.get("launch")
        return _Answer(302, to=self._launches.begin(server, launch, browser, self._now()))

    def _back(self, name: str, sent: Mapping[str, str], browser: str) -> _Answer:
        launched = self._launches.finish(name, sent, browser, self._now())
        until = self._now() + min(launched.lasts, LONGEST)
        shown = self._read(launched, until)
        if self._now() >= until:
            raise LaunchRefused("token")  # it ran out while the server was asked
        self._forget()
        self._held[browser] = shown
        return _Answer(302, to=f"{self._site.address}/review")

    def _read(self, launched: Launched, until: float) -> _Shown:
        gathered = gathered_of(launched, self._launches.web(launched.server))
        if not gathered.resources:
            raise LaunchRefused("no-scope")
        read = self._reads(gathered.resources, launched.patient, self._site.zone)
        pathway, beside = _in_context(launched.context)
        return _Shown(read.record, pathway, (*gathered.lost, *read.lost, *beside), until)

    def _review(self, browser: str, speaking: Catalogue) -> _Answer:
        shown = self._held.get(browser)
        if shown is None or self._now() >= shown.until:
            self._held.pop(browser, None)
            return self._says(403, message("smart.over"), speaking, "over")
        return _Answer(200, self._shows(shown.record, shown.pathway, shown.lost, speaking))

    def _forget(self) -> None:
        now = self._now()
        over = [browser for browser, each in self._held.items() if now >= each.until]
        for browser in [*over, *list(self._held)[: max(len(self._held) - MOST_SHOWN + 1, 0)]]:
            self._held.pop(browser, None)

    # --- pages ----------------------------------------------------------------------------------------

    def _first_page(self, speaking: Catalogue) -> str:
        links = "".join(
            f'<li><a href="/launch?server={html.escape(name)}">{html.escape(name)}</a></li>'
            for name in self._launches.servers
        )
        return _page(speaking, str(speaking.say(message("smart.choose"))), f"<ul>{links}</ul>")

    def _says(self, status: int, what: Message, speaking: Catalogue, told: str = "") -> _Answer:
        return _Answer(status, _page(speaking, str(speaking.say(what)), ""), told=told)


def _page(speaking: Catalogue, heading: str, rest: str) -> str:
    title = html.escape(heading)
    return (
        f'<!DOCTYPE html><html lang="{speaking.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{title}</h1>{rest}</main></body></html>"
    )


def _cookie(header: str) -> str | None:
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and 20 <= len(value) <= 100 and value.isascii():
            return value
    return None


def _in_context(context: Iterable[str]) -> tuple[str | None, tuple[NotUnderstood, ...]]:
    """The pathway that is in context, and what else is, which changes nothing here and is said."""
    pathway: str | None = None
    beside: list[NotUnderstood] = []
    for each in context:
        name = each.partition("|")[0].removeprefix(PLAN)
        if each.startswith(PLAN) and name in PATHWAY_IDS and pathway is None:
            pathway = name
        else:
            kind: Any = each.rpartition("/")[0].rpartition("/")[2] or "?"
            beside.append(NotUnderstood("fhirContext", message("smart.context", type=str(kind)[:64])))
    return pathway, tuple(beside)
