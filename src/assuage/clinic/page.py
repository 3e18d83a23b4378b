"""A page of the clinic: one frame around every template, with `say` and `value` of the report's pages in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import MAY_ON_SITE, SiteAct
from assuage.clinic.speaking import speaking_to
from assuage.report.page.pages import environment, given_to_pages

APPS = (
    "people",
    "store",
    "audit",
    "diary",
    "course",
    "plan",
    "sessions",
    "inbox",
    "privacy",
    "reminders",
    "outcomes",
)


@cache
def templates() -> Environment:
    """Those of the clinic by their app (`diary/today.html`), and those of the report's pages."""
    pages = environment()
    loaders = [PackageLoader("assuage.clinic", "templates")]
    here = Path(__file__).parent
    with_pages = [app for app in APPS if (here / app / "templates").is_dir()]
    loaders += [PackageLoader(f"assuage.clinic.{app}", "templates") for app in with_pages]
    return pages.overlay(loader=ChoiceLoader([*loaders, *([pages.loader] if pages.loader else [])]))


def answer_with(
    request: HttpRequest,
    template: str,
    title: Message | str,
    *,
    status: int = 200,
    reader: str | None = None,
    **given: Any,
) -> HttpResponse:
    """The page as an answer, in the language of who asks."""
    speaking = speaking_to(request, reader)
    return HttpResponse(rendered_for(request, template, title, speaking, **given), status=status)


def rendered_for(
    request: HttpRequest, template: str, title: Message | str, speaking: Catalogue, **given: Any
) -> str:
    """The page as text."""
    values = given_to_pages(speaking, title) | _of_the_frame(request, speaking) | given
    return templates().get_template(template).render(values)


def _of_the_frame(request: HttpRequest, speaking: Catalogue) -> dict[str, Any]:
    person = request.user if isinstance(request.user, Person) else None
    return {
        "layout": "clinic.html",
        "person": person,
        "places": [(name, reverse(name)) for name in _places(person)],
        "here": request.path,
        "told": [str(each) for each in get_messages(request)],
        "languages": LANGUAGES,
        "demo": settings.DEMO,
        "csrf": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
            get_token(request)
        ),
        "url": reverse,
        "static": static,
        "message": message,
    }


# Where each can go from every page, by the name of the address and the act that it takes.
OF_STAFF = (
    ("inbox", SiteAct.SEE_INBOX),
    ("people", SiteAct.MANAGE_PEOPLE),
    ("log", SiteAct.SEE_LOG),
    ("outcomes", SiteAct.SEE_OUTCOMES),
)
OF_PATIENTS = ("diary", "my-plan", "privacy")


def _places(person: Person | None) -> list[str]:
    if person is None:
        return []
    if person.is_patient:
        return [each for each in OF_PATIENTS if _exists(each)]
    return [name for name, act in OF_STAFF if person.role in MAY_ON_SITE[act] and _exists(name)]


def first_place(person: Person) -> str:
    """Where somebody's work is."""
    return next(iter(_places(person)), "account")


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


LET_IN = ("title", "lead", "what", "yes", "no")  # what the page says that lets a program in


def around_account_pages(request: HttpRequest) -> dict[str, Any]:
    """What the frame needs around the forms of allauth, which are Django's templates."""
    speaking = speaking_to(request, "clinician")

    def say(id: str) -> str:  # noqa: A002 - the id of the sentence
        return str(speaking.say(message(id)))

    around: dict[str, Any] = {
        "language": speaking.language,
        "skip": say("page.skip"),
        "notice": say("page.not-a-device"),
        "demo": say("clinic.demo") if settings.DEMO else "",
        "languages": LANGUAGES,
        "back": say("clinic.account-back"),
        "lost": say("clinic.account-lost"),
    }
    if request.resolver_match is not None and request.resolver_match.url_name == "let-in":
        around["let_in"] = {each: say(f"clinic.let-in-{each}") for each in LET_IN}
    if settings.DEMO and not request.user.is_authenticated:
        from assuage.clinic.demo.people import PEOPLE

        kept = settings.DATA / "passphrase"
        around["demo_title"] = say("clinic.demo-people")
        around["demo_people"] = [(username, say(f"clinic.role-{role}")) for username, role, *_ in PEOPLE]
        around["demo_passphrase_title"] = say("clinic.demo-passphrase")
        around["demo_passphrase"] = kept.read_text(encoding="utf-8") if kept.is_file() else ""
    return around
