"""Programs that act for somebody: letting one in, and the list of those that were."""

from __future__ import annotations

from typing import Any, cast

from allauth.idp.oidc.views import (  # pyright: ignore[reportMissingTypeStubs]
    authorization,  # pyright: ignore[reportUnknownVariableType]
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person
from assuage.clinic.people.programs import origins_of_program, programs_let_in, shut_out
from assuage.clinic.security import POLICY
from assuage.clinic.speaking import speaking_to


@on_site(None)
def let_in(request: HttpRequest, _person: Person) -> HttpResponse:
    """The page that asks whether a program may act for somebody; its answer goes back to where the program waits."""
    answer = cast("Any", authorization)(request)
    back = origins_of_program(request.GET.get("client_id", ""))
    if back:  # the policy ends with where forms may lead, and this one leads on to the program
        answer["Content-Security-Policy"] = f"{POLICY} {back}"
    return answer


@on_site(None)
@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: HttpRequest, person: Person) -> HttpResponse:
    """Every program that was let in, and a way to shut it out."""
    if request.method == "POST":
        shut_out(person, request.POST.get("program", ""))
        messages.success(request, str(speaking_to(request).say(message("clinic.program-shut-out"))))
        return redirect(request.path)
    return answer_with(request, "programs.html", message("clinic.programs"), programs=programs_let_in(person))
