"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleApp(AppConfig):
    """Its tables begin with `people_`."""

    name = "assuage.clinic.people"
    label = "people"
