"""Words for patients, over the whole catalogue: short sentences, and nothing that has to be spelled out first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assuage.catalogue.compile import all_entries
from assuage.catalogue.languages import LANGUAGES

MEAN, LONGEST = 15, 25  # words a sentence: the mean that was asked for, and an end that is ours
PLACE = re.compile(r"\{[a-z_]+(?::[a-z.]+)?\}")
SENTENCE = re.compile(r"[.?!:;]+(?:\s|$)")
ABBREVIATION = re.compile(
    r"(?:\b|[a-z])(?:[A-ZĄČĘĖĮŠŲŪŽ]{2,}\w*|(?:e\.g|i\.e|incl|approx|max|min|pvz|t\.y|vad|maks)\.|[A-Z]\d+)"
)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Each text with its key; what stands only where a value is there stands too, and a place is one word."""
    for entry in all_entries(language, "patient"):
        for text in entry.texts:
            plain = text
            while (found := re.search(r"\{[a-z_]+\?:([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", plain)) is not None:
                plain = plain.replace(found[0], found[1])
            yield entry.key, PLACE.sub("word", plain)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return [words for part in SENTENCE.split(text) if (words := part.split())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_at_most_fifteen_words_on_average(language: str):
    lengths = [len(words) for _, text in texts(language) for words in sentences(text)]
    assert sum(lengths) / len(lengths) <= MEAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_long(language: str):
    assert [text for _, text in texts(language) for words in sentences(text) if len(words) > LONGEST] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_abbreviated(language: str):
    assert [(key, text) for key, text in texts(language) if ABBREVIATION.search(text)] == []


def test_an_abbreviation_would_be_found():
    for text in (
        "an MRI scan",
        "a TCA",
        "pain e.g. at night",
        "C2 nerve",
        "vaistai, pvz. šie",
        "eGFR is low",
    ):
        assert ABBREVIATION.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_for_patients_in_english_is_written_in_every_language(language: str):
    keys = {name: {entry.key for entry in all_entries(name, "patient")} for name in LANGUAGES}
    assert keys["en"] - keys[language] == set()
