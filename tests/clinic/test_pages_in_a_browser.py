"""Every page of the clinic in a real Chromium, as the pages of the library are looked at: axe, reflow, colours, keys.

No server is needed: what the browser asks for is answered by the application in this process.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.browser.conftest import opened  # noqa: F401 - the one browser of all tests
from tests.browser.measured import Opened, measured
from tests.clinic.logged_in import just_logged_in

ADDRESS = "http://localhost:1"  # answered by the application; a browser trusts it as it trusts TLS
CASE = "/patients/case-2026"
PAGES = [
    *(
        ("anna", at)
        for at in (
            "/patients",
            CASE,
            *(
                f"{CASE}/{each}"
                for each in ("course", "gate", "medicines", "sessions", "assessment", "alerts")
            ),
            *(f"{CASE}/{each}" for each in ("cards", "disputes", "ledger")),
            "/alert-rates",
            "/account",
            "/account/programs",
            "/emergency",
            "/nothing-here",
        )
    ),
    *(("admin", at) for at in ("/people", "/people/patients", "/log")),
    *(("ida", at) for at in ("/diary", "/diary/reminders", "/my-plan", "/ledger", "/privacy")),
    ("", "/account/login/"),
]
# What a page of the clinic asks of itself; of the rest, a figure and a table say the same as in the library's pages.
CHECKS = (
    "axe",
    "width",
    "text",
    "targets",
    "contrast",
    "forced",
    "moving",
    "focus",
    "complaints",
    "requests",
)


# What a page asks for once more by its script, and what its files name.
_NAMED = re.compile(r"""["'(]((?:\./|/|fonts/)[\w./-]+\.(?:css|js|woff2))["')]""")
BY_SCRIPT = ("/diary/outbox", "/diary-worker.js", "/favicon.ico")


def answers_for(client: Client, at: str) -> dict[str, HttpResponse]:
    """The page with everything that it asks for, by path. Asked before: a browser of a test asks in another thread."""
    answers, waiting = {}, [at, *BY_SCRIPT]
    while waiting:
        path = waiting.pop()
        answer = answers[path] = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.body = body
        if not path.endswith(".woff2"):
            found = {urljoin(path, each) for each in _NAMED.findall(body.decode("utf-8", "replace"))}
            waiting += sorted(found - answers.keys() - set(waiting))
    return answers


class OpenedByTheClinic:
    """The tab, whose every request is answered by the application as somebody's browser sees it."""

    def __init__(self, shared: Opened, answers: dict[str, HttpResponse]) -> None:
        self._answers, self.tab, self.call, self.axe = answers, shared.tab, shared.call, shared.axe
        self.requests, self.complaints = shared.requests, shared.complaints

    def open(self, at: str) -> None:
        self.requests.clear()
        self.complaints.clear()
        self.tab.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
        self.tab.set_viewport_size({"width": 1280, "height": 800})
        self.tab.goto(ADDRESS + at)

    def answer(self, route) -> None:
        answer = self._answers.get(urlsplit(route.request.url).path)
        if answer is None or not route.request.url.startswith(ADDRESS):
            self.requests.append(route.request.url)
            route.abort()
        else:
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.body)


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize(("who", "at"), PAGES)
def test_a_page_can_be_read_and_used_by_everybody(opened, person, settings, who, at, language):  # noqa: F811
    """In both themes, in forced colours, at 320 px, by the keyboard: nothing that is measured is found wanting."""
    cache.clear()
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    client = Client(headers={"accept-language": language})
    if who:
        asks = person(who)
        asks.language = language
        asks.save()
        client = just_logged_in(asks)
    page_of, context = OpenedByTheClinic(opened, answers_for(client, at)), opened.tab.context
    context.unroute_all()
    context.route("**/*", page_of.answer)
    try:
        page = measured(page_of, at, language)
    finally:
        context.unroute_all()
        context.route("**/*", opened._answer)
    told = {check: faults for check in CHECKS if (faults := page.faults.get(check))}
    if at == "/nothing-here":
        told.pop("complaints", None)  # the browser says that it is not there
    assert told == {}
