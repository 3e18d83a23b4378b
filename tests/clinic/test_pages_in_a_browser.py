"""Every page of the clinic in Chromium, in each language, 320 px wide: nothing runs out of it, axe-core finds nothing.

The pages are answered in this process and handed to the browser, so that no server and no log-in takes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction

from assuage.catalogue.languages import LANGUAGES
from assuage.clinic.demo.people import make_demo
from assuage.clinic.people.models import Person
from tests.browser.chromium import launched, required
from tests.clinic.logged_in import PASSPHRASE, just_logged_in

pytestmark = pytest.mark.django_db  # else no database is set up; each test then begins beside a running loop
HERE = "http://localhost:1"
CASE = "/patients/case-2026"
WIDTH = 320
PAGES = {
    "jonas": (
        *("/patients", "/alert-rates", "/outcomes", "/emergency", "/account", "/account/programs"),
        *(CASE + each for each in ("", "/course", "/alerts", "/gate", "/medicines", "/sessions", "/assessment")),
        *(CASE + each for each in ("/cards", "/disputes", "/ledger", "/zone")),
    ),
    "ida": ("/diary", "/diary/reminders", "/my-plan", "/ledger", "/privacy", "/privacy/erase", "/account",
        "/diary/bring", "/zone"),
    "admin": ("/people", "/people/patients", "/log", "/outcomes"),
    "": ("/account/login/",),
}  # fmt: skip
EVERY = [(who, at, language) for who, all_at in PAGES.items() for at in all_at for language in LANGUAGES]
# What is wider than the window and cannot be rolled sideways by itself.
WIDE = """(width) => [...document.querySelectorAll("body *")].filter((each) => {
  for (let box = each; box; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (["auto", "scroll", "hidden", "clip"].includes(style.overflowX) || style.position === "absolute") return false;
  }
  return each.getBoundingClientRect().right > width + 1;
}).slice(0, 5).map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)"""
FULL = "() => document.documentElement.scrollWidth"


class Answered(NamedTuple):
    """What the clinic answered."""

    status: int
    kind: str
    body: bytes


@pytest.fixture(scope="module")
def answered(django_db_setup, django_db_blocker) -> dict[tuple[str, str, str], Answered]:
    """Every page, and what pages load, before the browser begins: the two would wait for each other.

    What this writes (languages of people, the log of what they looked at) is taken back: other tests come after it.
    """
    required()
    given: dict[tuple[str, str, str], Answered] = {}
    with django_db_blocker.unblock(), transaction.atomic():
        if not Person.objects.exists():
            make_demo(PASSPHRASE)
        for who, all_at in PAGES.items():
            for language in LANGUAGES:
                client = _client(who, language)
                for at in all_at:
                    given[who, at, language] = _get(client, at)
        client = _client("", "en")
        linked = re.compile(rb'(?:src|href)="(/[^"]+\.(?:js|css))')
        loaded = {part for each in given.values() for part in linked.findall(each.body)}
        for part in sorted(loaded):
            given["", part.decode(), ""] = _get(client, part.decode())
        transaction.set_rollback(True)
    return given


def _client(who: str, language: str):
    from django.test import Client

    if not who:
        return Client(headers={"accept-language": language})
    person = Person.objects.get(username=who)
    Person.objects.filter(pk=person.pk).update(language=language)
    return just_logged_in(Person.objects.get(pk=person.pk))


def _get(client, at: str) -> Answered:
    answer = client.get(at)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answered(answer.status_code, answer.headers.get("Content-Type", "text/html"), body)


@pytest.fixture(scope="module")
def tab(answered) -> Iterator:
    with pytest.MonkeyPatch.context() as patch, launched() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 740}, bypass_csp=True, service_workers="block"
        )
        asked = {"who": "", "language": ""}

        def answer(route) -> None:
            at = route.request.url.removeprefix(HERE).partition("?")[0]
            page = answered.get((asked["who"], at, asked["language"])) or answered.get(("", at, ""))
            if page is None:
                route.fulfill(status=404, body="")
            else:
                route.fulfill(status=page.status, content_type=page.kind, body=page.body)

        context.route("**/*", answer)
        opened = context.new_page()
        opened.asked = asked
        yield opened


@pytest.mark.parametrize(("who", "at", "language"), EVERY)
def test_a_page_fits_into_320_px_and_axe_finds_nothing(tab, answered, who, at, language):
    from axe_playwright_python.sync_playwright import Axe

    assert answered[who, at, language].status == 200
    tab.asked.update(who=who, language=language)
    tab.goto(HERE + at)
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    wrong = [(each["id"], each["nodes"][0]["html"][:120]) for each in found]
    assert (tab.evaluate(FULL), tab.evaluate(WIDE, WIDTH), wrong) == (WIDTH, [], [])


ON_PAPER = 703  # pixels between the margins of A4 at 96 to the inch
SHOWN = """(what) => [...document.querySelectorAll(what)]
  .filter((each) => each.checkVisibility()).map((each) => each.tagName)"""
PRINTED = [("jonas", CASE + "/course"), ("jonas", CASE), ("jonas", CASE + "/cards"), ("ida", "/my-plan")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("who", "at"), PRINTED)
def test_a_page_on_paper_has_its_content_and_nothing_to_press(tab, who, at, language):
    tab.asked.update(who=who, language=language)
    tab.goto(HERE + at)
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": ON_PAPER, "height": 1000})
    try:
        to_press = tab.evaluate(SHOWN, "nav, form, button, input, textarea")
        assert (tab.evaluate(FULL) <= ON_PAPER, to_press, tab.evaluate(SHOWN, "h1, footer p")) == (
            True,
            [],
            ["H1", "P"],
        )
        assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    finally:
        tab.emulate_media(media="screen")
        tab.set_viewport_size({"width": WIDTH, "height": 740})
