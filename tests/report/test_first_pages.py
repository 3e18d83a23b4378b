"""The first page as text, as a page of the web and as JSON: the same facts in the same order, for many patients."""

from __future__ import annotations

import html
import re

import pytest

from assuage.report.page.pages import review_page
from assuage.report.review_json import page_to_json
from assuage.report.visit_text import QUESTIONS, VisitText
from assuage.review.make import review
from assuage.review.visit import VisitPage, visit_page
from assuage.words.speak import catalogue
from tests.report.many_patients import names, record_of

# What the issue allows of the published case; the text of a patient beside whom much stops may take this much more.
LINES, WORDS, MORE = 25, 150, 1.2
_SECTION = re.compile(
    r'<section class="(\w+)" aria-labelledby="\w+">\s*<h2[^>]*>.*?</h2>\s*<ul>(.*?)</ul>', re.DOTALL
)
_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)
_BARS = re.compile(r'<span class="weeks".*?</span>', re.DOTALL)


def page_of(name: str) -> VisitPage:
    return visit_page(review(record_of(name), None, None), None)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", names())
def test_the_page_of_the_web_says_what_the_text_says_in_its_order(name: str, language: str):
    speaking = catalogue(language)
    page = page_of(name)
    shown = review_page(page, speaking)
    on_page = [
        (section, [plain(_BARS.sub("", item)) for item in _ITEM.findall(items)])
        for section, items in _SECTION.findall(shown)
    ]
    in_text = [
        (section, [" ".join(str(line.says).split()) for line in lines])
        for section, lines in VisitText(page, speaking, whole=True).answers()
    ]
    # What is left out is below on a page, and only there.
    below = {"en": " below", "lt": " žemiau"}[language]
    assert [(section, [line.removesuffix(below) for line in lines]) for section, lines in on_page] == in_text


@pytest.mark.parametrize("name", names())
def test_a_question_that_the_text_cuts_says_so_and_stands_whole_on_the_page(name: str):
    page = page_of(name)
    cut, whole = (dict(VisitText(page, whole=each).answers()).get("ask", []) for each in (False, True))
    assert len(cut) == len(whole)
    for short, full in zip(cut, whole, strict=True):
        assert str(short.says) == str(full.says) or "…" in str(short.says)


@pytest.mark.parametrize("name", names())
def test_json_has_every_number_and_question_of_the_text_and_in_its_order(name: str):
    page = page_of(name)
    told = page_to_json(page)
    answers = dict(VisitText(page, whole=True).answers())
    scores = [each for each in told["scores"] if each["last"] is not None]  # pyright: ignore[reportIndexIssue, reportGeneralTypeIssues]
    shown = [line for line in answers.get("how", []) if line.kind == "score"]
    assert len(scores) == len(shown)
    for score, line in zip(scores, shown, strict=True):
        assert str(line.says).casefold().startswith(str(score["title"]).casefold())
        assert f"day {score['last']['day']}" in str(line.says)
    questions = [str(each["text"]) for each in told["questions"]]  # pyright: ignore[reportIndexIssue, reportGeneralTypeIssues]
    assert len(questions) == len(page.questions)
    asked = [line for line in answers.get("ask", []) if line.kind == "line"]
    for question, line in zip(questions, asked, strict=False):
        assert question.split()[0] == str(line.says).split()[0]
    stops = [each["id"] for each in told["alerts"] if each["tier"] == "stop"]  # pyright: ignore[reportIndexIssue, reportGeneralTypeIssues]
    assert stops == [alert.id for alert in page.stops]


@pytest.mark.parametrize("name", names())
def test_no_question_and_no_line_is_printed_twice_and_what_is_left_out_is_counted(name: str):
    page = page_of(name)
    lines = [line for _, of_it in VisitText(page).answers() for line in of_it]
    says = [str(line.says) for line in lines]
    assert len(set(says)) == len(says)
    left = sum(line.more for line in lines)
    assert left == max(0, len(page.questions) - QUESTIONS) or left >= len(page.questions) - QUESTIONS


@pytest.mark.parametrize("name", names())
def test_the_page_is_a_minutes_reading(name: str):
    lines = [str(line.text) for _, of_it in VisitText(page_of(name)).answers() for line in of_it]
    words = sum(len(line.split()) for line in lines)
    assert len(lines) <= LINES
    assert words <= WORDS * MORE


def test_a_drug_that_three_trimesters_speak_against_is_one_question():
    questions = [str(each["text"]) for each in page_to_json(page_of("pregnant"))["questions"]]  # pyright: ignore[reportIndexIssue, reportGeneralTypeIssues]
    assert sum(each.endswith("topiramate") for each in questions) == 1
