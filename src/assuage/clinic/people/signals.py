"""Logging in and out are events of the log too; a try that failed names no more than the account there is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from assuage.clinic.audit.actions import log_access
from assuage.clinic.people.models import Person


def _logged_in(user: object = None, **_given: Any) -> None:
    if isinstance(user, Person):
        log_access("log-in", actor=user.pseudonym, role=user.role)


def _logged_out(user: object = None, **_given: Any) -> None:
    if isinstance(user, Person):
        log_access("log-out", actor=user.pseudonym, role=user.role)


def _failed(credentials: dict[str, object] | None = None, **_given: Any) -> None:
    username = str((credentials or {}).get("username", ""))
    person = Person.objects.filter(username__iexact=username).first() if username else None
    log_access("log-in-failed", actor=person.pseudonym if person else "", role=person.role if person else "")


def connect() -> None:
    """From now on each is logged."""
    user_logged_in.connect(_logged_in, weak=False, dispatch_uid="clinic-log-in")
    user_logged_out.connect(_logged_out, weak=False, dispatch_uid="clinic-log-out")
    user_login_failed.connect(_failed, weak=False, dispatch_uid="clinic-log-in-failed")
