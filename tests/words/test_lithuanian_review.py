"""The path of a review in Lithuanian: everything that our own words say of the shared patients is Lithuanian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from msgspec import Struct
from rich.console import Console

from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import Message, Wording
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence, Span
from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.record.read import read_record
from assuage.report.page.pages import review_page
from assuage.report.pathway_text import markdown
from assuage.report.text import ReviewText
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.words.speak import catalogue
from tests import universe

# Words that most English clauses need, and that Lithuanian does not have.
ENGLISH_WORDS = re.compile(r"(?:^|\s)(?:the|of|was|were|and|with|not|which|from|has|is)(?=[\s,.;:)])")
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
    page = visit_page(review(read_record(record), registry.pathway(name)))
    text = ReviewText(page, catalogue(language, reader))
    text.first_screen()
    text.details()
    assert english == set()


def visible(html: str) -> str:
    """What a page shows that is not marked as being in English."""
    html = re.sub(r"<style.*?</style>|<title.*?</title>", " ", html, flags=re.DOTALL)
    html = re.sub(
        r"</text>\s*<text(?![^>]*lang=)[^>]*>", " ", html
    )  # a label of a figure that goes on in the next line
    html = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", html))


def printed(text: ReviewText) -> str:
    """What a terminal shows of a review, each paragraph in one line, without the English beside a STOP."""
    screen = Console(file=StringIO(), width=100_000)
    with screen.capture() as shown:
        screen.print(text.first_screen())
        screen.print(text.details())
    return re.sub(r" \[[^\]]* [^\]]*\]", "", shown.get())


def written_by_people(value: object) -> Iterator[str]:
    """Every text of several words that stands in a record."""
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from written_by_people(inner)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from written_by_people(getattr(value, name))


@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
@pytest.mark.parametrize("patient", universe.PATIENTS.values(), ids=list(universe.PATIENTS))
def test_no_english_clause_is_left_in_a_lithuanian_review(patient: Callable[[], Record], name: str):
    record, speaking = patient(), catalogue("lt")
    page = visit_page(review(record, registry.pathway(name)))
    for shown in (printed(ReviewText(page, speaking)), visible(review_page(page, speaking=speaking))):
        ours = shown
        for text in sorted(written_by_people(record.entries), key=len, reverse=True):
            ours = ours.replace(text, "")
        assert [line for line in ours.splitlines() if ENGLISH_WORDS.search(line)] == []


@pytest.mark.parametrize(
    ("length", "texts"), [(0, []), (4, ["STOP"]), (6, ["STOP", "AB"]), (99, ["STOP", "ABC"])]
)
def test_a_sentence_cut_short_keeps_the_language_of_each_stretch(length: int, texts: list[str]):
    whole = Sentence((Span("STOP", "lt"), Span("ABC", "en")))
    assert [(span.text, span.language) for span in whole.first(length).spans] == list(
        zip(texts, ("lt", "en"), strict=False)
    )


@pytest.mark.parametrize("line", ["kodėl: because the neck is sore", "and of", "skauda, of note"])
def test_an_english_clause_would_be_found(line: str):
    assert ENGLISH_WORDS.search(line)


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
def test_a_pathway_needs_no_english(english: set[str], name: str, language: str):
    markdown(registry.pathway(name), catalogue(language))
    assert english == set()
