"""The WSGI application, for granian or any other server. It is not made with settings that are refused."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from assuage.clinic.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assuage.clinic.settings")
application = get_wsgi_application()
refuse_to_start()
