"""CDS Hooks in the clinic: the same application as `assuage hooks serve`, for callers that a file of the site names.

It reads nothing of the clinic's own records: what it answers by is what a hospital system sends along. Without the file
there is nothing here.
"""

from __future__ import annotations

import io
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.people.gate import open_to_all
from assuage.fhir.hooks.feedback import FeedbackStore, RuleFeedback
from assuage.fhir.hooks.services import HookServices, HooksSite
from assuage.fhir.hooks.trust import read_clients
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.serve import HooksApp
from assuage.fhir.site_codes import NO_CODES
from assuage.safety.situation import Settings

_lock = Lock()
_HANDED_ON = ("HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE", "HTTP_ORIGIN", "CONTENT_TYPE")


class _Mounted:
    """The application of this process: made at the first call, since a server may part into several before."""

    app: HooksApp | None = None


def hooks_app() -> HooksApp | None:
    """The application; None where the site names nobody who may call."""
    named = settings.CLINIC_HOOKS_FILE
    if not named:
        return None
    with _lock:
        if _Mounted.app is None:
            site = HooksSite(
                settings=Settings(settings.CLINIC_COUNTRY),
                zone=settings.CLINIC_ZONE,
                language=ORIGINAL,
                page=settings.CLINIC_HOOKS_PAGE,
            )
            store = FeedbackStore(str(Path(settings.DATA) / "hooks-feedback.sqlite"))
            services = HookServices(store, fhir_reader(NO_CODES), site)
            _Mounted.app = HooksApp(services, read_clients(named))
        return _Mounted.app


def feedback_by_rule() -> tuple[RuleFeedback, ...] | None:
    """What became of the cards of each rule that hospital systems were given; None where nobody may call."""
    app = hooks_app()
    return None if app is None else app.services.store.statistics()


@open_to_all
def call_hooks(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer of the application. Whoever calls proves it by a token of their own, and by no session."""
    app = hooks_app()
    if app is None:
        raise Http404
    body = request.body
    environ: dict[str, Any] = {name: request.META.get(name, "") for name in _HANDED_ON}
    environ = {name: value for name, value in environ.items() if value}
    environ |= {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": f"/{rest}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    told: list[Any] = []
    content = b"".join(app(environ, lambda status, headers: told.extend((status, headers))))
    answer = HttpResponse(content, status=int(told[0][:3]))
    for name, value in told[1]:
        answer[name] = value
    return answer


vars(call_hooks).update(csrf_exempt=True)
