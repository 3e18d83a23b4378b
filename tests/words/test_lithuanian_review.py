"""The path of a review in Lithuanian: everything that our own words say of the shared patients is Lithuanian."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import Message, Wording
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.pathways import registry
from assuage.record.read import read_record
from assuage.report.pathway_text import markdown
from assuage.report.text import ReviewText
from assuage.review.make import review
from assuage.words.speak import catalogue

ROOT = Path(__file__).parents[2]
RECORDS = sorted([ROOT / "examples/case.yaml", *(ROOT / "examples/patients").glob("*.yaml")])
TRANSLATIONS = sorted(set(LANGUAGES) - {ORIGINAL})


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What a catalogue of another language had to say in English, as it is said."""
    seen: set[str] = set()
    say, word = Catalogue.say, Catalogue.word

    def saying(self: Catalogue, message: Message) -> Sentence:
        sentence = say(self, message)
        if (
            self.language != ORIGINAL
            and sentence.spans
            and all(span.language == ORIGINAL for span in sentence.spans)
        ):
            seen.add(message.id)
        return sentence

    def wording(self: Catalogue, text: Wording, case: str | None = None) -> Sentence:
        sentence = word(self, text, case)
        if self.language != ORIGINAL and sentence.foreign_to(self.language):
            seen.add(f"{text.key}: {text.english}")
        return sentence

    monkeypatch.setattr(Catalogue, "say", saying)
    monkeypatch.setattr(Catalogue, "word", wording)
    return seen


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_review_needs_no_english(english: set[str], record: Path, name: str, reader: str, language: str):
    text = ReviewText(review(read_record(record), registry.pathway(name)), catalogue(language, reader))
    text.first_screen()
    text.details(everything=True)
    assert english == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
def test_a_pathway_needs_no_english(english: set[str], name: str, language: str):
    markdown(registry.pathway(name), catalogue(language))
    assert english == set()
