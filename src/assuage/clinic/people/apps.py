"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleApp(AppConfig):
    """Its tables begin with `people_`."""

    name = "assuage.clinic.people"
    label = "people"

    def ready(self) -> None:
        """What is refused at start is asked with Django's own checks too; who logs in is logged."""
        from assuage.clinic import checks
        from assuage.clinic.people import signals

        assert checks.refused_settings
        signals.connect()
