"""The app for Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class StoreApp(AppConfig):
    """Its tables begin with `store_`."""

    name = "assuage.clinic.store"
    label = "store"

    def ready(self) -> None:
        """Let the database refuse what nobody may do, after each migration."""
        from assuage.clinic.store import guards

        pre_migrate.connect(guards.before_migration, sender=self, dispatch_uid="store-guards-off")
        post_migrate.connect(guards.after_migration, sender=self, dispatch_uid="store-guards-on")
