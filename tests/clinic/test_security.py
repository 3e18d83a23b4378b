"""What every answer says to a browser, what a request may hold, and what a page that says no may tell."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client

from assuage.clinic.security import DEEPEST, log_fault, nesting

ANSWERS = ("/account/login/", "/patients", "/patients/case-2026", "/patients/nobody", "/nothing", "/look.css")
HEADERS = {
    "Content-Security-Policy": r"default-src 'self';.*frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": r"camera=\(\)",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize("header", HEADERS)
def test_every_answer_says_what_others_may_do_with_it(as_person, address, header):
    assert re.search(HEADERS[header], as_person("jonas").get(address).headers[header])


@pytest.mark.parametrize("address", [each for each in ANSWERS if each != "/look.css"])
def test_no_page_is_kept_by_a_cache(as_person, address):
    assert "no-store" in as_person("jonas").get(address).headers["Cache-Control"]


def test_the_policy_allows_no_inline_script_style_or_eval(client, db):
    assert "unsafe" not in client.get("/account/login/").headers["Content-Security-Policy"]


def test_cookies_of_a_clinic_over_tls_are_bound_to_its_host():
    """Read from the settings as they are made behind a proxy, in a process of its own."""
    import os
    import subprocess
    import sys

    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from assuage.clinic import settings as s;"
            "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
            "s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000)",
        ],
        env={**os.environ, "ASSUAGE_CLINIC_TLS": "proxy", "ASSUAGE_CLINIC_DEMO": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.split() == ["__Host-session", "__Host-csrf", "__Host-language"] + ["True"] * 4


@pytest.fixture
def told(as_person):
    """Ask for something that is refused, and give the page back."""

    def asked(status: int) -> str:
        client = as_person("jonas")
        client.raise_request_exception = False
        if status == 400:
            answer = client.post("/language", {f"f{n}": n for n in range(600)})
        elif status == 403:
            client = Client(enforce_csrf_checks=True)
            answer = client.post("/language", {"language": "lt"})
        elif status == 405:
            answer = client.post("/patients")
        elif status == 413:
            answer = client.post("/language", {"language": "x" * 10_000_000})
        else:
            answer = client.get("/patients/SECRETVALUE")
        assert answer.status_code == status
        return answer.content.decode()

    return asked


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413])
def test_a_refusal_is_a_page_of_ours_with_a_way_back(told, status):
    assert 'class="button main" href="/"' in told(status)


@pytest.mark.parametrize("status", [400, 404, 405])
def test_a_refusal_says_it_in_the_language_of_who_asks(told, status):
    assert 'lang="lt"' in told(status)


@pytest.mark.parametrize("status", [403, 413])
def test_a_refusal_of_nobody_in_particular_speaks_as_the_browser_asks(told, status):
    assert 'lang="en"' in told(status)


def test_a_refusal_repeats_nothing_of_what_was_asked_for(told):
    assert "SECRETVALUE" not in told(404)


def test_a_fault_of_ours_is_a_page_without_a_word_of_the_fault(as_person, monkeypatch, caplog):
    from assuage.clinic.people import gate

    def fails(*_given, **_named):
        raise RuntimeError("CANARY pain 7")

    monkeypatch.setattr(gate, "log_access", fails)
    client = as_person("jonas")
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/patients/case-2026")
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("assuage")]
    assert (answer.status_code, "CANARY" in answer.content.decode(), "CANARY" in "".join(ours)) == (
        500,
        False,
        False,
    )


def test_a_fault_is_logged_by_its_kind_and_its_place(caplog):
    try:
        raise KeyError("CANARY")
    except KeyError as fault:
        log_fault(fault)
    assert re.search(r"KeyError at test_security\.py:\d+ test_a_fault", caplog.text)


@pytest.mark.parametrize(
    ("body", "depth"),
    [
        (b"{}", 1),
        (b"3", 0),
        (b'{"a": [[1], [2]]}', 3),
        (b'{"[[[[": "\\"[[["}', 1),
        (b"[" * 100_000, DEEPEST + 1),
    ],
)
def test_the_depth_of_a_text_is_counted_outside_its_strings(body, depth):
    assert nesting(body, DEEPEST) == depth


@pytest.mark.parametrize(("depth", "status"), [(DEEPEST, 302), (DEEPEST + 1, 400)])
def test_json_that_is_too_deep_is_refused_before_it_is_read(client, db, depth, status):
    body = "[" * depth + "]" * depth
    assert client.post("/language", body, content_type="application/json").status_code == status
