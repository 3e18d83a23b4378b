"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class StoreApp(AppConfig):
    """Its tables begin with `store_`."""

    name = "assuage.clinic.store"
    label = "store"
