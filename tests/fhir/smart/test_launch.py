"""Launched by SMART against an authorisation server made here: what goes well, and every way in which it may not."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")
pytest.importorskip("jinja2", reason="needs the extra assuage[report]")

from assuage.cli.hooks_smart import shown_review
from assuage.errors import Problems
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.smart.app import SmartApp, SmartSite
from assuage.fhir.smart.launch import STATE_LIVES, Launches
from assuage.fhir.smart.servers import SmartServer, read_servers
from assuage.fhir.smart.web import CannotAsk, OuterWeb, is_outer
from assuage.safety.situation import Settings
from tests.fhir.smart.ehr import Ehr, open_ehr

APP = "http://127.0.0.1:9"
SCOPES = ("launch", "launch/patient", "patient/*.rs")


@pytest.fixture
def ehr():
    with open_ehr() as system:
        yield system


class Browser:
    """A browser that goes from the app to the system and back, with its cookie."""

    def __init__(
        self, ehr: Ehr, *, scopes: tuple[str, ...] = SCOPES, others: tuple[SmartServer, ...] = ()
    ) -> None:
        server = SmartServer("north", ehr.fhir, "assuage", scopes, loopback=True)
        servers = {each.name: each for each in (server, *others)}
        self.time = 1_000_000.0
        self.log: list[str] = []
        self.app = SmartApp(
            Launches(servers, dict.fromkeys(servers, OuterWeb(loopback=True)), APP),
            fhir_reader(NO_CODES),
            lambda record, pathway, lost, speaking: shown_review(record, pathway, lost, speaking, Settings()),
            SmartSite(APP),
            now=lambda: self.time,
            log=self.log.append,
        )
        self.cookie = ""
        self.headers: dict[str, str] = {}

    def get(self, address: str, method: str = "GET") -> tuple[int, str]:
        """The status of an address of the app, and its page or where it leads."""
        parts = urlsplit(address)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "HTTP_COOKIE": self.cookie,
        }
        told: list[Any] = []
        body = b"".join(self.app(environ, lambda status, headers: told.extend((status, headers))))
        self.headers = dict(told[1])
        self.cookie = self.headers["Set-Cookie"].partition(";")[0]
        return int(told[0][:3]), self.headers.get("Location") or body.decode()

    def launched(self, ehr: Ehr, how: str = "") -> str:
        """The address at which the system sends the browser back."""
        status, to = self.get(how or f"/launch?{urlencode({'iss': ehr.fhir, 'launch': 'xyz'})}")
        assert status == 302, to
        parts = urlsplit(to)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", f"{parts.path}?{parts.query}")
        back = connection.getresponse().headers["Location"]
        connection.close()
        return back

    def asked(self, ehr: Ehr) -> dict[str, str]:
        """What the system was asked for to let us in."""
        path = next(each for each in ehr.asked if each.startswith("/authorize"))
        return {name: each[0] for name, each in parse_qs(urlsplit(path).query).items()}


def with_(address: str, **changed: str | None) -> str:
    parts = urlsplit(address)
    sent = dict(parse_qsl(parts.query)) | changed
    return f"{parts.path}?{urlencode({name: value for name, value in sent.items() if value is not None})}"


# --- what goes well -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["", "/launch?server=north"])
def test_a_launch_from_a_chart_or_by_ourselves_ends_at_the_review_of_that_patient(ehr, how):
    browser = Browser(ehr)
    status, to = browser.get(browser.launched(ehr, how))
    assert (status, to) == (302, f"{APP}/review")
    status, page = browser.get("/review")
    assert status == 200
    assert "<main" in page
    assert "<form" not in page


def test_what_is_asked_for_has_a_proof_a_state_and_where_it_is_for(ehr):
    browser = Browser(ehr)
    browser.launched(ehr)
    asked = browser.asked(ehr)
    assert asked["code_challenge_method"] == "S256"
    assert asked["aud"] == ehr.fhir
    assert asked["launch"] == "xyz"
    assert asked["scope"] == "launch patient/*.rs"
    assert len(asked["state"]) >= 32


def test_by_ourselves_the_system_is_asked_to_have_a_patient_chosen(ehr):
    browser = Browser(ehr)
    browser.launched(ehr, "/launch?server=north")
    asked = browser.asked(ehr)
    assert (asked["scope"], "launch" in asked) == ("launch/patient patient/*.rs", False)


def test_every_page_of_a_search_is_read(ehr):
    ehr.page = 40
    whole, pages = Browser(ehr), Browser(ehr)
    pages.get(pages.launched(ehr))
    ehr.page = 1000
    whole.get(whole.launched(ehr))
    assert pages.get("/review") == whole.get("/review")


def test_a_pathway_in_context_is_the_one_that_is_reviewed_and_what_else_is_there_is_said(ehr):
    for each in ehr.resources:
        each.pop("extension", None)  # the record itself names none then
    ehr.answered = {
        "fhirContext": [
            {"canonical": "urn:assuage:plan-definition:eular-2017"},
            {"reference": "ImagingStudy/1"},
        ]
    }
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    assert "ImagingStudy is in context" in browser.get("/review")[1]


def test_the_token_is_in_no_page_and_in_no_log(ehr):
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    page = browser.get("/review")[1]
    (token,) = ehr.tokens
    assert token not in page + "".join(browser.log)
    assert ehr.patient not in "".join(browser.log)


# --- what does not --------------------------------------------------------------------------------------


def refusal(browser: Browser, address: str) -> str:
    """The word of the log for what was refused."""
    status, _ = browser.get(address)
    assert status in (403, 502)
    assert browser.get("/review")[0] == 403
    return next(line.split()[2] for line in browser.log[::-1] if line.startswith(("back", "launch")))


def test_a_server_that_is_not_in_the_file_is_not_asked(ehr):
    browser = Browser(ehr)
    assert refusal(browser, f"/launch?{urlencode({'iss': 'https://evil.example/fhir', 'launch': 'x'})}") == (
        "unknown-server"
    )
    assert ehr.asked == []


@pytest.mark.parametrize("changed", [{"state": "guessed"}, {"state": None}])
def test_another_state_ends_it(ehr, changed):
    browser = Browser(ehr)
    assert refusal(browser, with_(browser.launched(ehr), **changed)) == "state"


def test_a_launch_that_another_browser_began_ends_here(ehr):
    browser = Browser(ehr)
    back = browser.launched(ehr)
    browser.cookie = ""
    assert refusal(browser, back) == "state"


def test_a_launch_that_took_too_long_ends(ehr):
    browser = Browser(ehr)
    back = browser.launched(ehr)
    browser.time += STATE_LIVES + 1
    assert refusal(browser, back) == "state"


def test_what_came_back_once_does_not_come_back_again(ehr):
    browser = Browser(ehr)
    back = browser.launched(ehr)
    assert browser.get(back)[0] == 302
    assert browser.get(back)[0] == 403
    assert browser.log[-1] == "back 403 state"


def test_a_code_that_somebody_used_before_gives_no_token(ehr):
    browser = Browser(ehr)
    back = browser.launched(ehr)
    ehr.codes.clear()
    assert refusal(browser, back) == "token"


@pytest.mark.parametrize("issuer", ["https://other.example", None])
def test_an_answer_of_another_issuer_ends_it_before_the_code_is_sent(ehr, issuer):
    ehr.redirected = {"iss": issuer}
    browser = Browser(ehr)
    assert refusal(browser, browser.launched(ehr)) == "issuer"
    assert "/token" not in ehr.asked


def test_an_answer_at_the_address_of_another_server_ends_it_before_the_code_is_sent(ehr):
    with open_ehr() as other:
        south = SmartServer("south", other.fhir, "assuage", SCOPES, loopback=True)
        browser = Browser(ehr, others=(south,))
        back = browser.launched(ehr)
        assert refusal(browser, back.replace("/back/north", "/back/south")) == "state"
        assert "/token" not in ehr.asked + other.asked


def test_a_system_that_does_not_let_us_in_ends_it(ehr):
    ehr.redirected = {"error": "access_denied", "code": None}
    browser = Browser(ehr)
    assert refusal(browser, browser.launched(ehr)) == "denied"


@pytest.mark.parametrize(
    ("answered", "fault"),
    [
        ({"patient": None}, "no-patient"),
        ({"patient": "../x"}, "no-patient"),
        ({"token_type": "mac"}, "token"),
        ({"access_token": None}, "token"),
        ({"expires_in": None}, "token"),
        ({"expires_in": 0}, "token"),
        ({"expires_in": True}, "token"),
    ],
)
def test_a_token_that_is_not_good_for_this_ends_it(ehr, answered, fault):
    ehr.answered = answered
    browser = Browser(ehr)
    assert refusal(browser, browser.launched(ehr)) == fault


@pytest.mark.parametrize(
    ("configuration", "fault"),
    [
        ({"code_challenge_methods_supported": ["plain"]}, "no-pkce"),
        ({"code_challenge_methods_supported": None}, "no-pkce"),
        ({"token_endpoint": "http://evil.example/token"}, "configuration"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "configuration"),
        ({"token_endpoint": None}, "configuration"),
    ],
)
def test_a_system_that_does_not_say_how_it_safely_lets_in_is_left(ehr, configuration, fault):
    ehr.configuration = configuration
    browser = Browser(ehr)
    assert refusal(browser, f"/launch?{urlencode({'iss': ehr.fhir, 'launch': 'x'})}") == fault


def test_narrowed_scopes_leave_out_types_which_is_said_and_not_taken_for_none(ehr):
    ehr.scope = "launch patient/Patient.rs patient/Observation.rs"
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    assert "MedicationStatement was not looked at" in browser.get("/review")[1]
    assert not any("MedicationStatement" in each for each in ehr.asked)


def test_a_scope_that_is_narrowed_by_a_search_lets_in_for_nothing(ehr):
    ehr.scope = "launch patient/Observation.rs?category=laboratory"
    browser = Browser(ehr)
    assert refusal(browser, browser.launched(ehr)) == "no-scope"


def test_a_search_that_fails_is_said(ehr):
    ehr.fails = {"Condition"}
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    assert "Condition could not be read whole" in browser.get("/review")[1]


def test_a_token_does_not_follow_a_page_to_another_server(ehr):
    ehr.page = 1
    with open_ehr() as other:
        ehr.leads_to = other.fhir
        browser = Browser(ehr)
        browser.get(browser.launched(ehr))
        assert "Observation could not be read whole" in browser.get("/review")[1]
        assert other.asked == []


def test_of_another_patient_nothing_is_used(ehr):
    ehr.resources.append(
        {
            "resourceType": "Condition",
            "id": "x",
            "subject": {"reference": "Patient/other"},
            "code": {"text": "gout"},
        }
    )
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    page = browser.get("/review")[1]
    assert "Condition of another patient came along" in page
    assert "gout" not in page


def test_once_the_token_would_have_expired_the_page_is_gone(ehr):
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    browser.time += 301
    assert browser.get("/review")[0] == 403
    browser.time -= 301
    assert browser.get("/review")[0] == 403


def test_another_browser_sees_nothing(ehr):
    browser = Browser(ehr)
    browser.get(browser.launched(ehr))
    browser.cookie = ""
    assert browser.get("/review")[0] == 403


@pytest.mark.parametrize(("address", "method", "status"), [("/x", "GET", 404), ("/review", "POST", 405)])
def test_there_is_nothing_else_and_nothing_is_written(ehr, address, method, status):
    assert Browser(ehr).get(address, method)[0] == status


# --- what is asked of the network -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::", "nonsense",
    ],
)  # fmt: skip
def test_an_inner_address_is_none_to_ask(address):
    assert not is_outer(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_an_address_of_the_open_network_is(address):
    assert is_outer(address)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://127.0.0.1/x", "inner-address"),
        ("https://localhost/x", "inner-address"),
        ("https://[::1]/x", "inner-address"),
        ("http://127.0.0.1/x", "no-tls"),
        ("https://user@127.0.0.1/x", "address"),
        ("file:///etc/passwd", "address"),
        ("https://name.invalid/x", "unknown-name"),
    ],
)
def test_what_is_not_to_be_asked_is_not_asked(url, fault):
    with pytest.raises(CannotAsk, match=fault):
        OuterWeb().ask(url, {})


def test_where_a_server_leads_on_to_is_not_followed(ehr):
    with pytest.raises(CannotAsk, match="redirect"):
        OuterWeb(loopback=True).ask(f"{ehr.address}/elsewhere", {})


# --- the file ---------------------------------------------------------------------------------------------

GOOD = '[[server]]\nname = "north"\nfhir = "https://ehr.example.org/fhir"\nclient_id = "assuage"\n'


def test_a_file_of_servers_is_read(tmp_path):
    file = tmp_path / "servers.toml"
    (tmp_path / "s").write_text("a secret\n", "utf-8")
    file.write_text(GOOD + 'secret_file = "s"\n', "utf-8")
    (server,) = read_servers(file).values()
    assert (server.fhir, server.secret, server.scopes) == ("https://ehr.example.org/fhir", "a secret", SCOPES)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["server"]),
        ("x = 1\n" + GOOD, ["x"]),
        (GOOD + GOOD, ["server[1]"]),
        (GOOD.replace("https", "http"), ["server[0].fhir"]),
        (GOOD.replace("north", "../x"), ["server[0].name"]),
        (GOOD + 'scopes = "patient/*.cruds"\n', ["server[0].scopes"]),
        (GOOD + "other = 1\n", ["server[0].other"]),
        ('[[server]]\nname = "north"\n', ["server[0].fhir", "server[0].client_id"]),
    ],
)
def test_what_is_wrong_in_a_file_of_servers_is_said_all_at_once(tmp_path, text, places):
    file = tmp_path / "servers.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Problems) as told:
        read_servers(file)
    assert [each.place for each in told.value.problems] == places
