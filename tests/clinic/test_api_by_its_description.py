"""Every call, made by Schemathesis from the description of the API: what is answered is what is described."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assuage.clinic.api import callers
from assuage.clinic.api.openapi import openapi
from assuage.clinic.api.operations import OPERATIONS
from assuage.clinic.api.shapes import NoParameters

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429"]
# Who calls is said by the test: a made-up cookie would be nobody's, and every answer would say so.
DESCRIBED = schemathesis.openapi.from_dict(
    openapi(OPERATIONS),
    config=schemathesis.Config.from_dict(
        {
            "generation": {"with-security-parameters": False},
            # A head that is not the last one is told before anything else is looked at.
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        }
    ),
)
BY_ID = {each.ok().definition.raw["operationId"]: each.ok() for each in DESCRIBED.get_all_operations()}


@pytest.fixture
def site_of(as_person, monkeypatch):
    """The site as the browser of somebody who is logged in sees it."""
    monkeypatch.setattr(callers, "CALLS", {"api": "100000/m/key"})
    site = get_wsgi_application()

    def logged_in(username: str):
        token, session = "x" * 32, as_person(username).cookies["session"].value
        shown = {"HTTP_COOKIE": f"session={session}; csrf={token}", "HTTP_X_CSRFTOKEN": token}
        return lambda environ, start_response: site(environ | shown, start_response)

    return logged_in


# Where nothing is sent, nothing wrong can be.
SENT = [
    (each.id, mode)
    for each in OPERATIONS
    for mode in GenerationMode
    if mode != GenerationMode.NEGATIVE or each.of_a_record or each.query is not NoParameters
]


@pytest.mark.parametrize("who", ["anna", "jon"])
@pytest.mark.parametrize(("id", "mode"), SENT)
def test_a_call_answers_what_is_described_whatever_is_sent(site_of, id, who, mode):  # noqa: A002
    operation, site = BY_ID[id], site_of(who)
    named = {"anna": "case-2026", "jon": "jon"}[who]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=12,
        derandomize=True,  # the same calls on every machine
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case):
        if "pseudonym" in case.path_parameters:
            case.path_parameters["pseudonym"] = named
        case.call_and_validate(base_url="http://testserver/api/v1", app=site, checks=CHECKS)

    answers()
