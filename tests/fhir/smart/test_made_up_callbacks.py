"""Whatever a browser brings to the app: a page that says why, or a way on; never an error of the program."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")
pytest.importorskip("jinja2", reason="needs the extra assuage[report]")

from tests.fhir.smart.ehr import Ehr, open_ehr
from tests.fhir.smart.test_launch import Browser

ODD = (
    "",
    "x",
    "\x00",
    "\ud800",
    "é" * 500,
    "http://[",
    "https://user@host",
    "//",
    "javascript:1",
    "%",
    "1" * 9_000,
)
QUERIES = some.lists(
    some.tuples(
        some.sampled_from(["iss", "launch", "code", "state", "error", "error_description", "lang", "x", ""]),
        some.sampled_from(ODD) | some.text(max_size=20),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def ehr():
    with open_ehr() as system:
        yield system


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.sampled_from(["/launch", "/callback", "/back", "/", "/review", "/nothing"]),
    QUERIES,
    some.sampled_from(["GET", "POST", "HEAD", "PUT", ""]),
    some.sampled_from(["", "=", "a=b; c", "session=x", "\x00", "x" * 5_000]),
)
def test_an_address_that_nobody_made_is_answered(
    ehr: Ehr, path: str, query: list[tuple[str, str]], method: str, cookie: str
):
    browser = Browser(ehr)
    browser.cookie = cookie
    address = f"{path}?{urlencode(query, errors='surrogatepass')}"
    status, shown = browser.get(address, method)
    assert status < 500
    assert shown or status in (204, 302) or method == "HEAD"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_a_way_back_with_something_else_in_it_lets_nobody_in(ehr: Ehr, query: list[tuple[str, str]]):
    browser = Browser(ehr)
    back = urlsplit(browser.launched(ehr))
    status, shown = browser.get(f"{back.path}?{urlencode(query, errors='surrogatepass')}")
    assert 400 <= status < 500
    assert shown
