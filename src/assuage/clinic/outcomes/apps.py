"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class OutcomesApp(AppConfig):
    """Its tables begin with `outcomes_`."""

    name = "assuage.clinic.outcomes"
    label = "outcomes"
