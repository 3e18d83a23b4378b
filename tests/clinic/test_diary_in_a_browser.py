"""The diary in a real Chromium: taps, the body map, days without a network, and a server that was killed meanwhile."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import launched, required

PATIENT = 120_000  # milliseconds: of a machine with much else to do, never of the page


class ServedDemo:
    """`assuage serve` in a process of its own, that can be killed and started again on the same folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "assuage",
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
        ]
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("ASSUAGE_", "DJANGO_"))
        }
        self.process = subprocess.Popen(
            command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.address}/look.css")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.25)
        pytest.fail("the clinic did not open")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def passphrase(self) -> str:
        return (self.data / "passphrase").read_text(encoding="utf-8")

    def entries(self) -> int:
        """How many entries people wrote in the application."""
        with sqlite3.connect(self.data / "clinic.sqlite3") as database:
            return database.execute(
                "SELECT count(*) FROM store_storedentry WHERE source IN ('web', 'offline')"
            ).fetchone()[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDemo]:
    required()
    served = ServedDemo(tmp_path_factory.mktemp("clinic"))
    yield served
    served.kill()


@pytest.fixture(scope="module")
def browser(demo: ServedDemo):
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def logged_in_once(browser, demo: ServedDemo):
    """What a browser keeps of a log-in: it is tried as seldom as people do it."""
    phone = browser.new_context()
    phone.set_default_timeout(PATIENT)
    tab = phone.new_page()
    tab.goto(f"{demo.address}/account/login/")
    tab.fill("input[name=login]", "ida")
    tab.fill("input[name=password]", demo.passphrase)
    tab.click("main button[type=submit]")
    tab.wait_for_url("**/diary")
    state = phone.storage_state()
    phone.close()
    return state


# A worker that never gets ready is told, and not waited for without end.
READY = """Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((resolve) => setTimeout(() => resolve(false), 30000)),
])"""


@pytest.fixture
def context(browser, demo: ServedDemo, logged_in_once):
    """A phone on which Ida is logged in and the diary was seen once."""
    phone = browser.new_context(viewport={"width": 360, "height": 740}, storage_state=logged_in_once)
    phone.set_default_timeout(PATIENT)
    tab = phone.new_page()
    tab.goto(f"{demo.address}/diary")
    ready = tab.evaluate(READY)
    for _ in range(2):  # on a machine with much else to do the first start of a worker can be given up
        tab.reload()
        ready = ready or tab.evaluate(READY)
    assert ready, "the worker of the page did not get ready"
    tab.close()
    yield phone
    phone.close()


@pytest.fixture
def tab(context, demo: ServedDemo):
    page = context.new_page()
    page.goto(f"{demo.address}/diary")
    page.wait_for_selector("#body:not([hidden])")
    return page


@pytest.fixture
def drawing(browser, demo: ServedDemo, logged_in_once):
    """The page alone, without the worker behind it."""
    phone = browser.new_context(storage_state=logged_in_once, service_workers="block")
    phone.set_default_timeout(PATIENT)
    page = phone.new_page()
    page.goto(f"{demo.address}/diary")
    page.wait_for_selector("#body:not([hidden])")
    yield page
    phone.close()


def choose(tab, name: str, number: int) -> None:
    tab.click(f"label:has(> input[name={name}][value='{number}'])")


def test_a_whole_entry_takes_at_most_ten_taps(tab):
    taps = 0
    for act in (
        lambda: choose(tab, "pain", 4),
        lambda: choose(tab, "sleep", 6),
        lambda: choose(tab, "fatigue", 5),
        lambda: tab.click("#fig-front [data-site=abdomen]"),
        lambda: tab.click("label:has(> input[name=exposure][value=massage])"),
        lambda: tab.click("#save"),
    ):
        act()
        taps += 1
    tab.wait_for_selector("#diary-saved")
    assert taps <= 10


def test_a_tap_on_the_drawing_ticks_the_box_and_says_so(tab):
    tab.click("[data-view=back]")
    tab.click("#fig-back [data-site=occiput_left]")
    ticked = tab.is_checked("input[name=site][value=occiput_left]")
    assert (ticked, "left" in tab.inner_text("#told")) == (True, True)


def test_one_side_of_the_body_is_shown_at_a_time(tab):
    before = (tab.is_visible("#fig-front"), tab.is_visible("#fig-back"))
    tab.click("[data-view=back]")
    assert (before, tab.is_visible("#fig-front"), tab.is_visible("#fig-back")) == ((True, False), False, True)


HIT = """(view) => [...document.querySelectorAll(`#fig-${view} [data-site]`)].filter((shape) => {
  shape.scrollIntoView({ block: "center" });
  const box = shape.getBoundingClientRect();
  for (let across = 1; across < 20; across++) for (let down = 1; down < 20; down++) {
    const hit = document.elementFromPoint(box.left + box.width * across / 20, box.top + box.height * down / 20);
    if (hit === shape) return false;
  }
  return true;
}).map((shape) => shape.dataset.site)"""


@pytest.mark.parametrize("view", ["front", "back"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_place_of_the_drawing_can_be_hit(drawing, view, width):
    drawing.set_viewport_size({"width": width, "height": 800})
    drawing.click(f"[data-view={view}]")
    assert drawing.evaluate(HIT, view) == []


def test_a_whole_entry_is_made_with_the_keyboard_alone(tab, demo):
    before = demo.entries()
    tab.focus("input[name=pain][value='0']")
    for key in ("ArrowRight", "ArrowRight"):
        tab.keyboard.press(key)
    tab.focus("#save")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#diary-saved")
    assert demo.entries() == before + 1


def test_without_a_script_the_page_saves_through_the_list(browser, demo, context):
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    tab = plain.new_page()
    tab.goto(f"{demo.address}/diary")
    choose(tab, "pain", 3)
    tab.check("input[name=site][value=neck_left]")
    tab.click("#save")
    saved = tab.inner_text("#diary-saved")
    plain.close()
    assert "neck" in saved


def test_without_a_pain_score_the_page_says_so_and_keeps_the_rest(tab):
    choose(tab, "sleep", 6)
    tab.click("#save")
    tab.wait_for_selector("#wrong-pain")
    assert tab.is_checked("input[name=sleep][value='6']")


def test_what_is_saved_without_a_network_waits_and_is_stored_once(tab, context, demo):
    before = demo.entries()
    context.set_offline(True)
    choose(tab, "pain", 7)
    tab.click("#save")
    tab.wait_for_selector("#outbox-list li")
    waiting = tab.inner_text("#outbox-list")
    demo.kill()
    demo.start()
    context.set_offline(False)
    tab.wait_for_selector("#outbox-list li", state="detached")
    assert ("not sent" in waiting, demo.entries(), tab.is_visible("text=Last sent")) == (
        True,
        before + 1,
        True,
    )


def test_the_page_opens_without_a_network(tab, context):
    context.set_offline(True)
    tab.reload()
    shown = tab.is_visible("#save")
    context.set_offline(False)
    assert shown


def test_two_tabs_that_send_at_once_store_one_entry(tab, context, demo):
    before = demo.entries()
    other = context.new_page()
    other.goto(f"{demo.address}/diary")
    context.set_offline(True)
    choose(tab, "pain", 2)
    tab.click("#save")
    tab.wait_for_selector("#outbox-list li")
    context.set_offline(False)
    for each in (tab, other):
        each.evaluate("dispatchEvent(new Event('online'))")
    tab.wait_for_selector("#outbox-list li", state="detached")
    other.reload()
    assert demo.entries() == before + 1


def test_a_closed_tab_loses_nothing_that_was_begun(tab, context, demo):
    choose(tab, "pain", 8)
    tab.wait_for_timeout(500)
    tab.close()
    again = context.new_page()
    again.goto(f"{demo.address}/diary")
    again.wait_for_selector("input[name=pain][value='8']:checked", state="attached")
    assert again.is_checked("input[name=pain][value='8']")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_has_nothing_to_say(drawing, width):
    from axe_playwright_python.sync_playwright import Axe

    drawing.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(drawing).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_the_page_is_light(tab, demo):
    import gzip

    files = ("look.css", "static/clinic/diary.js", "static/clinic/outbox.js", "diary-worker.js")
    read = [urllib.request.urlopen(f"{demo.address}/{each}").read() for each in files]
    assert sum(len(gzip.compress(each)) for each in read) <= 60 * 1024


# The last: what logs out here logs out everybody who shares the log-in above.
def test_log_out_erases_the_draft_and_the_page(tab, context, demo):
    choose(tab, "pain", 8)
    tab.wait_for_timeout(500)
    tab.click("form[action='/account/logout/'] button")
    tab.wait_for_url("**/account/login/**")
    left = tab.evaluate(
        """async () => [await caches.keys(), await new Promise((resolve) => {
          const asked = indexedDB.open("diary", 1);
          asked.onsuccess = () => {
            const all = asked.result.transaction("drafts").objectStore("drafts").count();
            all.onsuccess = () => { resolve(all.result); asked.result.close(); };
          };
        })]"""
    )
    assert left == [[], 0]
