"""Every page in a real Chromium: from 320 to 1280 px, light, dark and in forced colours, by eye and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.browser.measured import Measured
from tests.browser.page_kinds import CASE, KINDS

NAMES = [kind.name for kind in KINDS]
EVERY_PAGE = pytest.mark.parametrize("name", NAMES)
Every = Mapping[str, Measured]

ENGLISH_WORDS = re.compile(r"\b(the|of|and|with|for|from|was|were|is|are|not|after)\b", re.I)
WORD = re.compile(r"[^\W\d_]+")
RECORDED = " ".join(WORD.findall(CASE.read_text(encoding="utf-8").lower()))
LITHUANIAN_LETTERS = re.compile(r"[ąčęėįšųūž]", re.I)


def faults(every: Every, name: str, check: str) -> list[str]:
    return every[name].faults.get(check, [])


def speaks_english(text: str) -> bool:
    """Whether an English word stands in it that nobody wrote down: what was recorded is shown as it was typed."""
    words = WORD.findall(text.lower())
    return any(
        ENGLISH_WORDS.fullmatch(word) and " ".join(words[max(at - 1, 0) : at + 2]) not in RECORDED
        for at, word in enumerate(words)
    )


@EVERY_PAGE
def test_axe_finds_nothing_against_wcag_2_2_aa_or_its_best_practice(every: Every, name: str):
    assert faults(every, name, "axe") == []


@EVERY_PAGE
def test_a_page_asks_the_network_for_nothing_and_complains_of_nothing(every: Every, name: str):
    assert faults(every, name, "requests") == []
    assert faults(every, name, "complaints") == []


@EVERY_PAGE
def test_a_page_does_not_scroll_sideways_on_a_phone(every: Every, name: str):
    assert faults(every, name, "width") == []


@EVERY_PAGE
def test_what_rolls_within_a_page_is_a_table_or_a_figure_with_a_name_that_the_keyboard_reaches(
    every: Every, name: str
):
    assert faults(every, name, "rolling") == []


@EVERY_PAGE
def test_a_page_holds_together_when_a_reader_spaces_its_text(every: Every, name: str):
    assert faults(every, name, "spaced") == []


@EVERY_PAGE
def test_no_text_is_smaller_than_14_px_and_none_in_a_figure_than_11(every: Every, name: str):
    assert faults(every, name, "text") == []


@EVERY_PAGE
def test_every_text_stands_out_from_what_is_behind_it_in_both_themes(every: Every, name: str):
    assert faults(every, name, "contrast") == []


@EVERY_PAGE
def test_forced_colours_keep_every_word_and_every_mark(every: Every, name: str):
    assert faults(every, name, "forced") == []


@EVERY_PAGE
def test_nothing_moves_where_a_reader_asked_for_stillness(every: Every, name: str):
    assert faults(every, name, "moving") == []


@EVERY_PAGE
def test_what_can_be_pressed_is_24_px_tall_and_wide(every: Every, name: str):
    assert faults(every, name, "targets") == []


@EVERY_PAGE
def test_the_keyboard_goes_through_a_page_in_the_order_of_reading_with_a_ring_in_view(
    every: Every, name: str
):
    assert faults(every, name, "focus") == []


@EVERY_PAGE
def test_a_page_has_one_title_landmarks_and_no_skipped_level(every: Every, name: str):
    outline = every[name].outline
    levels = outline["levels"]
    assert outline["h1"] == 1
    assert outline["title"]
    assert outline["landmarks"] == [1, 1]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert outline["skip"] == f"#{outline['main']}"
    assert outline["unnamed"] == 0, "pictures without a name"
    assert outline["bare"] == 0, "tables without a caption or headings"


@EVERY_PAGE
def test_every_stretch_of_text_is_marked_with_its_language(every: Every, name: str):
    page = every[name]
    english = [text for lang, text in page.marked if lang == "lt" and speaks_english(text)]
    lithuanian = [text for lang, text in page.marked if lang == "en" and LITHUANIAN_LETTERS.search(text)]
    assert (english, lithuanian) == ([], [])
    assert all(lang for lang, _ in page.marked)
