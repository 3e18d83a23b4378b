"""A case report as values: the manuscript in sections and paragraphs, the judged checklist, and what each rests on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from assuage.report.care.checklist import State

# Where a sentence comes from: entries, the authors, a count over entries; `open` is a bracket the authors must fill.
By = Literal["record", "authors", "computed", "open"]


class ReportSentence(Struct, frozen=True):
    """A sentence, the entries it rests on by their numbers, the rule that made it, and what it cites.

    `rule` is the id of the sentence in the catalogue, or the item of the authors' text. `opens` begins a paragraph.
    """

    text: str
    entries: tuple[int, ...] = ()
    by: By = "record"
    rule: str = ""
    cites: tuple[str, ...] = ()
    item: str = ""
    opens: bool = False


class ReportItem(Struct, frozen=True):
    """An item of the checklist as it stands: `given` without what this report computes, `state` with it.

    `place` says where in the manuscript it stands, `who` could give what is missing.
    """

    id: str
    title: str
    state: State
    given: State
    sentences: tuple[ReportSentence, ...]
    gaps: tuple[str, ...]
    who: str = ""
    reason: str = ""
    place: str = ""


class Paragraph(Struct, frozen=True):
    """Sentences that stand together."""

    sentences: tuple[ReportSentence, ...]

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return " ".join(sentence.text for sentence in self.sentences)


class Section(Struct, frozen=True):
    """One of the thirteen sections of the manuscript."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]


class PlacedFigure(Struct, frozen=True):
    """A figure of the manuscript: its number, its section, its caption, and its words for those who cannot see it."""

    name: str
    number: int
    section: int
    alt: str
    caption: str


class ProvenanceRow(Struct, frozen=True):
    """What one sentence of the manuscript rests on: its place, its entries with their days and speakers, its rule."""

    place: str
    text: str
    entries: str
    speakers: str
    rule: str
    sources: str


class CaseReport(Struct, frozen=True):
    """A manuscript and its companion, ready to be written in any form; every text is in the language of the report."""

    language: str
    title: str
    draft: bool
    sections: tuple[Section, ...]
    figures: tuple[PlacedFigure, ...]
    references: tuple[str, ...]
    items: tuple[ReportItem, ...]
    claims: tuple[str, ...]
    doubts: tuple[str, ...]
    provenance: tuple[ProvenanceRow, ...]
    notices: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def sentences(self) -> tuple[ReportSentence, ...]:
        """Every sentence of the manuscript in the order in which it is read."""
        return tuple(
            sentence
            for section in self.sections
            for paragraph in section.paragraphs
            for sentence in paragraph.sentences
        )


def joined_numbers(numbers: tuple[int, ...]) -> str:
    """Numbers in order, runs of three and more joined: `5, 7–9`."""
    joined: list[list[int]] = []
    for number in sorted(set(numbers)):
        if joined and number == joined[-1][1] + 1:
            joined[-1][1] = number
        else:
            joined.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in joined)
