"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class InboxApp(AppConfig):
    """Its tables begin with `inbox_`."""

    name = "assuage.clinic.inbox"
    label = "inbox"
