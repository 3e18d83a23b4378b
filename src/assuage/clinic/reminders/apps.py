"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RemindersApp(AppConfig):
    """Its tables begin with `reminders_`."""

    name = "assuage.clinic.reminders"
    label = "reminders"
