"""Pages stand alone, read well without a picture, and treat the words of a record as words."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.report import timeline
from assuage.report.look import css, tokens
from assuage.report.page import pages as pages_module
from assuage.report.page.pages import bodymap_page, review_page, timeline_page
from assuage.report.visit_text import VisitText
from assuage.review.visit import visit_page
from assuage.words.speak import catalogue, describe
from tests.report.records import EXAMPLES, example, reviewed, written
from tests.universe import emil, gus

PAGE_CSS = (Path(pages_module.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")
CASE = str(EXAMPLES / "case.yaml")


class Outline(HTMLParser):
    """The tags of a page, its attributes, its ids, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def every(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture(scope="module")
def pages():
    case, diary = example("case"), example("diary")
    return {
        "review": review_page(visit_page(reviewed(case))),
        "diary": review_page(visit_page(reviewed(diary))),
        "override": review_page(visit_page(reviewed(emil()))),
        "left": review_page(visit_page(reviewed(gus()))),
        "timeline": timeline_page(case, reviewed(case)),
        "bodymap": bodymap_page(case),
    }


@pytest.mark.parametrize("name", ["review", "diary", "override", "left", "timeline", "bodymap"])
def test_a_page_needs_no_script_and_fetches_nothing(pages, name):
    outline = Outline(pages[name])
    assert not {"script", "link", "img", "iframe", "object"} & set(outline.tags)
    assert not outline.every("src")
    assert all(address.startswith("#") for address in outline.every("href"))
    assert "default-src 'none'" in pages[name]


@pytest.mark.parametrize("name", ["review", "diary", "override", "left", "timeline", "bodymap"])
def test_a_page_has_landmarks_one_title_a_language_and_ids_used_once(pages, name):
    outline = Outline(pages[name])
    assert [outline.tags.count(tag) for tag in ("main", "header", "h1")] == [1, 1, 1]
    assert set(outline.every("lang")) <= {"en", "und"}  # what a person wrote is of no stated language
    assert outline.every("lang")[0] == "en"
    ids = outline.every("id")
    assert len(ids) == len(set(ids))
    assert set(outline.every("aria-labelledby")) <= set(ids)
    assert {address.removeprefix("#") for address in outline.every("href")} <= set(ids)


@pytest.mark.parametrize("name", ["review", "diary", "override", "left", "timeline", "bodymap"])
def test_no_heading_skips_a_level(pages, name):
    levels = [int(tag[1]) for tag in Outline(pages[name]).tags if tag in ("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


def test_the_page_has_as_many_table_rows_as_the_figure_has_marks(pages):
    case = example("case")
    assert pages["timeline"].count("<tr><td>") == len(timeline.rows(case, reviewed(case)))


def test_the_first_page_stops_before_the_reasons_and_says_what_stops(pages):
    first, _, below = pages["review"].partition('<h2 id="why-gates-heading">')
    assert "new numbness at the occiput on day 48: stop manual therapy" in first
    assert "recorded course" in first
    assert "EULAR 2017" in below
    assert "[ask-contraindications" in below


@pytest.mark.parametrize("name", ["review", "diary", "override", "left", "timeline", "bodymap"])
def test_that_it_is_no_device_is_said_once_at_the_head(pages, name):
    assert pages[name].count("Not a medical device. It proposes") == 1
    assert "Not a medical device. It proposes" in pages[name].partition("<main")[0]


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", ["case", "diary"])
def test_the_answer_comes_before_what_the_pathway_rests_on_and_before_what_nobody_chose(name, language):
    review = reviewed(example(name))
    page = review_page(visit_page(review), catalogue(language))
    head = re.sub("<[^>]+>", " ", page.partition("<header>")[2].partition("</header>")[0]).split()
    # A name, a day, a pathway, and that it is no medical device; in Lithuanian also who has not yet checked it.
    assert len(head) <= {"en": 20, "lt": 30}[language]
    answers, _, below = page.partition('<div class="rests">')
    assert '<section class="stop"' in answers
    for each in (*review.notes, *([review.pathway.first_words] if review.pathway else [])):
        words = str(catalogue(language).value(each))[:40]
        assert escape(words) not in answers
        assert escape(words) in below


def test_a_question_is_cut_to_a_terminal_s_line_and_whole_on_a_page():
    page = visit_page(reviewed(example("patients/emil")))
    written, printed = (dict(VisitText(page, whole=whole).answers())["ask"] for whole in (True, False))
    assert any(line.says.endswith("…") for line in printed)
    assert not any(line.says.endswith("…") for line in written)
    ask = review_page(page).partition('<section class="ask"')[2].partition("</section>")[0]
    assert "…" not in ask


def test_a_figure_on_a_page_leaves_to_the_page_what_its_head_says(pages):
    assert pages["review"].count("a person decides") == pages["timeline"].count("a person decides") == 1
    assert "a person decides" in timeline.svg(example("case"))


def test_all_below_the_first_page_is_folded_and_each_part_is_in_the_contents(pages):
    for name in ("review", "diary", "override", "left"):
        below = pages[name].partition('<nav class="contents"')[2]
        linked = re.findall(r'<li><a href="#([a-z-]+)">', below.partition("</nav>")[0])
        parts = re.findall(
            r'<details>\n<summary><h2 id="([a-z-]+)-heading">[^<]+</h2></summary>\n<div class="inside" id="\1">',
            below,
        )
        assert linked == parts
        assert not re.search(
            r"<(p|ul|table|figure)\b", re.sub(r"(?s)<details>.*?</details>", "", below.partition("</nav>")[2])
        )


@pytest.mark.parametrize("name", ["review", "diary", "override", "left", "timeline", "bodymap"])
def test_a_wide_table_scrolls_in_a_region_that_can_be_reached_and_has_a_name(pages, name):
    assert pages[name].count("<table>") == len(
        re.findall(
            r'<div class="scroll" role="region" tabindex="0" aria-labelledby="([a-z]+-caption)">\n<table>\n'
            r'<caption id="\1">',
            pages[name],
        )
    )


def test_nothing_on_a_page_is_set_smaller_than_fourteen_pixels():
    screen = re.sub(r"(?s)@media print \{.*?\n\}", "", css.style_sheet() + PAGE_CSS)
    sizes = re.findall(r"font(?:-size)?:\s*([^;}]+)", screen)
    at_least = (
        "1em",
        "1.1em",
        "max(.88em, var(--small))",
        "var(--heading-1)",
        "var(--heading-2)",
        "var(--heading-3)",
    )
    assert [
        size for size in sizes if size not in (*at_least, "var(--size)/var(--line-height) var(--sans)")
    ] == []
    assert min(tokens.TEXT_SIZE, *tokens.HEADING_SIZES) >= 18
    assert tokens.LEAST_SIZE == 14


def test_a_print_shows_what_is_folded_on_the_screen():
    assert (
        "details::details-content { content-visibility: visible"
        in css.style_sheet().partition("@media print {")[2]
    )


def test_every_alert_every_missing_answer_and_every_doubt_is_on_the_page(pages):
    from markupsafe import escape

    review = reviewed(example("case"))
    for said in (
        *(describe(alert.text) for alert in review.alerts),
        *(describe(one.what) for one in review.missing),
        *(str(fact) for fact in review.pathway.doubts),
    ):
        assert str(escape(said)) in pages["review"]


def test_words_of_a_record_are_never_markup(tmp_path):
    wicked = "<img src=x onerror=alert(1)>"
    record = written(
        tmp_path,
        {"day": 0, "kind": "symptom", "what": wicked, "state": "new", "site": "neck"},
        {"day": 0, "kind": "medication", "drug": wicked, "do": "start", "because": wicked},
    )
    assert "<img" not in review_page(visit_page(reviewed(record)))


# --- the commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")]
)
@pytest.mark.parametrize("command", ["timeline", "bodymap"])
def test_the_name_of_the_file_says_what_is_drawn(tmp_path, capsys, command, suffix, begins):
    out = tmp_path / f"out.{suffix}"
    assert main([command, CASE, "-o", str(out)]) == 0
    assert out.read_bytes().startswith(begins)
    assert capsys.readouterr().out == ""


def test_another_ending_is_refused_with_the_ones_there_are(tmp_path, capsys):
    assert main(["timeline", CASE, "-o", str(tmp_path / "course.gif")]) == 2
    assert "must end in .svg, .png, .pdf or .html" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline", CASE, "-o", "nowhere/made.svg"),
        ("bodymap", CASE, "-o", "nowhere/made.svg"),
        ("review", CASE, "-o", "nowhere/made.html"),
        ("triggers", CASE, "-o", "nowhere/made.html"),
    ],
)
def test_a_folder_that_does_not_exist_is_told_in_the_same_words_by_every_command(
    tmp_path, monkeypatch, capsys, arguments
):
    monkeypatch.chdir(tmp_path)
    assert main(list(arguments)) == 2
    assert "no folder nowhere to write made." in capsys.readouterr().err


def test_json_has_the_rows_of_the_table(capsys):
    assert main(["timeline", CASE, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    case = example("case")
    assert found["rows"] == json.loads(
        json.dumps([row.to_json() for row in timeline.rows(case, reviewed(case))])
    )


def test_the_table_is_printed_where_no_file_is_asked_for(capsys):
    assert main(["bodymap", CASE]) == 0
    assert "right costal arch" in capsys.readouterr().out


def test_review_writes_its_page_and_prints_nothing(tmp_path, capsys):
    out = tmp_path / "review.html"
    assert main(["review", CASE, "-o", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert "case-2026: review, day 79" in out.read_text(encoding="utf-8")
