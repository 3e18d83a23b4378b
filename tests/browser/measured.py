"""A page opened in a real browser at each width and theme, and what it measured there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WIDTHS = (320, 360, 768, 1280)
THEMES = ("light", "dark")
LEAST_TEXT, LEAST_IN_FIGURE, LEAST_TARGET = 14, 14, 24  # CSS pixels; WCAG 2.5.8 asks for the last
PHONES = 360  # up to this width a figure has the least text of the page
MOST_TABS = 40  # a person who presses Tab more often than this has found the pattern
ADDRESS = "http://page.test/"  # answered by the test itself; nothing else is
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOUR_ONLY = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
_SCRIPT = (Path(__file__).parent / "measured.js").read_text(encoding="utf-8")


@dataclass
class Measured:
    """Faults by check, each with the width or theme it was seen in; and what other tests ask of the page."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    outline: dict[str, Any] = field(default_factory=dict)
    marked: list[tuple[str, str]] = field(default_factory=list)
    above_the_fold: dict[int, str] = field(default_factory=dict)
    language: str = "en"

    def note(self, check: str, where: object, faults: list[str]) -> None:
        self.faults.setdefault(check, []).extend(f"{where}: {fault}" for fault in faults)


class Opened:
    """The tab, what it asked the network for, and what it complained of."""

    def __init__(self, context: Any) -> None:
        self.tab = context.new_page()
        self.html = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.route("**/*", self._answer)
        self.tab.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Any) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            self.requests.append(route.request.url)
            route.abort()

    def open(self, html: str) -> None:
        self.html = html
        self.requests.clear()
        self.complaints.clear()
        self.tab.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
        self.tab.set_viewport_size({"width": 1280, "height": 800})
        self.tab.goto(ADDRESS)

    def call(self, function: str, *arguments: object) -> Any:
        given = ", ".join(map(str, arguments))
        return self.tab.evaluate(f"measure.{function}({given})")

    def axe(self, options: dict[str, Any]) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        violations = Axe().run(self.tab, options=options).response["violations"]
        seen = [(each["id"], each["nodes"]) for each in violations]
        return [
            f"{rule} ({len(nodes)}): {nodes[0]['html'][:90]}: {nodes[0]['failureSummary']}"
            for rule, nodes in seen
        ]


def measured(opened: Opened, html: str, language: str) -> Measured:
    """Everything that is asked of a page, in as few steps of the browser as will do."""
    page, tab = Measured(language=language), opened.tab
    opened.open(html)
    tab.wait_for_load_state("load")
    page.note("requests", "asked for", list(opened.requests))
    page.note("complaints", "console", list(opened.complaints))
    tab.evaluate(_SCRIPT)
    page.outline, page.marked = opened.call("outline"), [(a, b) for a, b in opened.call("marked")]
    page.above_the_fold[1280] = opened.call("aboveTheFold")
    page.note("axe", "1280 light", opened.axe(AXE))
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        if width != 1280:
            page.above_the_fold[width] = opened.call("aboveTheFold")
        page.note("width", width, opened.call("sideways"))
        page.note("rolling", width, opened.call("rolling"))
        page.note(
            "text",
            width,
            opened.call("smallText", LEAST_TEXT, LEAST_TEXT if width <= PHONES else LEAST_IN_FIGURE),
        )
        page.note("targets", width, opened.call("smallTargets", LEAST_TARGET))
        if width != 320:
            page.note("spaced", width, opened.call("spaced"))
    _colours(page, opened)
    _keyboard(page, opened)
    return page


def _colours(page: Measured, opened: Opened) -> None:
    """Contrast in both themes, words and marks in forced colours, and nothing that moves where that is asked for."""
    tab = opened.tab
    words, marks = "", 0
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tall = min(int(tab.evaluate("document.scrollingElement.scrollHeight")), 30_000)
        tab.set_viewport_size({"width": width, "height": tall})
        for theme in THEMES:
            tab.emulate_media(color_scheme=theme)
            page.note("contrast", f"{width} {theme}", opened.call("faintText"))
        if width == 1280:
            page.note("axe", "1280 dark", opened.axe(COLOUR_ONLY))
        tab.emulate_media(color_scheme="light")
    words, marks = opened.call("words"), opened.call("marks")
    for theme in THEMES:
        tab.emulate_media(color_scheme=theme, forced_colors="active", reduced_motion="reduce")
        page.note("forced", theme, opened.call("faintText"))
        page.note("moving", theme, opened.call("moving"))
        if opened.call("words") != words:
            page.note("forced", theme, ["not the same words"])
        if (now := opened.call("marks")) < marks:
            page.note("forced", theme, [f"{now} of {marks} marks can be told from their ground"])
    tab.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")


def _keyboard(page: Measured, opened: Opened) -> None:
    """Tab through the page: each stop stands after the last one, has a ring that can be seen, and lies in view."""
    tab = opened.tab
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        opened.call("fromTheTop")
        for _ in range(MOST_TABS):
            tab.keyboard.press("Tab")
            stop = opened.call("focused")
            if stop is None or stop["again"]:
                break
            if stop["goesBack"]:
                page.note("focus", width, [f"goes back: {stop['name']}"])
                break
            if not stop["ring"]:
                page.note("focus", width, [f"no ring: {stop['name']}"])
            if not stop["shown"]:
                page.note("focus", width, [f"out of view: {stop['name']}"])
