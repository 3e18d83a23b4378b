"""What a clinic refuses to start with, in words that say which setting to mend."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.read import Catalogue
from assuage.clinic.checks import AtStart, refusals

SECRET = "k8Zr-a secret of this test that nobody else has, 2026 or later"
SOUND = AtStart(secret=SECRET, hosts=("clinic.example",))
HERE = AtStart(
    secret=SECRET,
    hosts=("localhost", "127.0.0.1"),
    demo=True,
    transport="none",
    cookies_over_tls=False,
    redirects_to_tls=False,
    strict_transport=False,
)


def codes(start: AtStart) -> list[str]:
    return [each.code.removeprefix("clinic.start-") for each in refusals(start)]


@pytest.mark.parametrize("start", [SOUND, HERE, replace(HERE, debug=True), replace(HERE, demo=False)])
def test_what_is_sound_may_start(start):
    assert codes(start) == []


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (replace(SOUND, secret=""), "no-secret"),
        (replace(SOUND, secret="short"), "short-secret"),
        (replace(SOUND, secret=SECRET[:49]), "short-secret"),
        (replace(SOUND, secret="django-insecure-" + SECRET), "known-secret"),
        (replace(SOUND, secret="a" * 80), "known-secret"),
        (replace(SOUND, hosts=()), "no-hosts"),
        (replace(SOUND, hosts=("*",)), "no-hosts"),
        (replace(SOUND, debug=True), "debug"),
        (replace(SOUND, transport="none"), "no-tls"),
        (replace(SOUND, transport="later"), "unknown-tls"),
        (replace(SOUND, cookies_over_tls=False), "no-tls"),
        (replace(SOUND, redirects_to_tls=False), "no-tls"),
        (replace(SOUND, strict_transport=False), "no-tls"),
        (replace(HERE, hosts=("localhost", "192.168.1.7")), "demo-host"),
        (replace(HERE, other_database=True), "demo-database"),
    ],
)
def test_what_is_not_keeps_it_from_starting(start, code):
    assert code in codes(start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_wrong_is_told_at_once_and_in_words(language):
    told = refusals(replace(HERE, secret="", hosts=("*",), transport="later", other_database=True))
    speaking = Catalogue(language, "clinician")
    assert len({str(speaking.say(each.message)) for each in told}) == 5


def test_django_asks_the_same_with_its_own_checks(settings):
    from assuage.clinic.checks import refused_settings

    settings.SECRET_KEY = "short"
    assert "assuage.clinic.start-short-secret" in [each.id for each in refused_settings()]
