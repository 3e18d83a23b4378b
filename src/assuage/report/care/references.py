"""References numbered in the order in which the manuscript cites them, and put into its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from assuage.report.care.authors_text import AuthorsText
from assuage.report.care.case_report import ReportSentence, joined_numbers

# `[6]`, `[1, 3]`, `[6-7]` as authors cite their list in a text.
_CITED = re.compile(r"\s?\[(\d+(?:\s*[-–,;]\s*\d+)*)\]")
_DOI = re.compile(r"10\.\d{4,9}/[^\s,;]+[^\s,;.]")
_ITEM = "items."


@dataclass
class References:
    """The references cited so far, in order; `number` gives a reference its number."""

    written: AuthorsText
    cited: list[str] = field(default_factory=list[str])

    def number(self, reference: str) -> int:
        """The number of a reference, the next one where it has none. Two with one DOI are one."""
        doi = _DOI.search(reference)
        for at, known in enumerate(self.cited, start=1):
            if known == reference or (doi is not None and doi[0] in known):
                return at
        same = [text for text in self.written.references if doi is not None and doi[0] in text]
        self.cited.append(same[0] if same else reference)
        return len(self.cited)

    def put_into(self, sentences: Iterable[ReportSentence]) -> list[ReportSentence]:
        """The sentences with the numbers of what they cite."""
        return [self._numbered(sentence) for sentence in sentences]

    def unused(self) -> tuple[int, ...]:
        """The numbers, in the authors' own list, of references that nothing cites."""
        cited = set(self.cited)
        return tuple(at for at, text in enumerate(self.written.references, start=1) if text not in cited)

    def _numbered(self, sentence: ReportSentence) -> ReportSentence:
        text, inline = sentence.text, set[int]()
        cites = list(sentence.cites)
        if sentence.by == "authors" and sentence.rule.startswith(_ITEM):

            def renumbered(match: re.Match[str]) -> str:
                numbers = _numbers(match[1])
                if not all(1 <= number <= len(self.written.references) for number in numbers):
                    return match[0]
                inline.update(numbers)
                named = (self.number(self.written.references[number - 1]) for number in numbers)
                return f" {_marks(named)}"

            text = _CITED.sub(renumbered, text)
            beside = self.written.of(sentence.rule.removeprefix(_ITEM)).references
            cites += [self.written.references[number - 1] for number in beside if number not in inline]
        if not cites:
            return replace(sentence, text=text) if inline else sentence
        marks = _marks(self.number(reference) for reference in cites)
        end = text[-1:] if text[-1:] in ".!?" else ""
        return replace(sentence, text=f"{text[: len(text) - len(end)]} {marks}{end}")


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"\s*[,;]\s*", text):
        first, _, last = part.replace("–", "-").partition("-")
        # A run of more than a list can hold is no citation.
        numbers += range(int(first), min(int(last or first), int(first) + 100) + 1)
    return numbers


def _marks(numbers: Iterable[int]) -> str:
    return f"[{joined_numbers(tuple(numbers))}]"
