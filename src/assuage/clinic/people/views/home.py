"""The address without a name: each role begins where its work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assuage.clinic.page import first_place
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person


@on_site(None)
def home(_request: HttpRequest, person: Person) -> HttpResponse:
    """The first of the places that the person can go to."""
    return redirect(first_place(person))
