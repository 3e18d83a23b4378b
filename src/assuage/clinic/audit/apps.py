"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditApp(AppConfig):
    """Its tables begin with `audit_`."""

    name = "assuage.clinic.audit"
    label = "audit"
