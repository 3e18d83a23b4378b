"""Django's settings for the tests: those of a clinic on this machine, with a hasher that costs nothing."""

from __future__ import annotations

import os
from tempfile import gettempdir

# A browser that another test of the same process drives runs a loop of events, and nothing of Django runs in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault(
    "ASSUAGE_CLINIC_SECRET", "a secret of the tests alone, long enough for what is checked at start"
)
os.environ.setdefault("ASSUAGE_CLINIC_DATA", gettempdir())
os.environ.setdefault("ASSUAGE_CLINIC_TLS", "none")
os.environ.setdefault("ASSUAGE_CLINIC_HOSTS", "localhost,127.0.0.1,testserver")
os.environ.setdefault("ASSUAGE_CLINIC_DEMO", "1")

from assuage.clinic.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CLINIC_AT_ONCE = True  # what follows a save is done before the reply
CLINIC_BESIDE = False  # and no process is begun beside
