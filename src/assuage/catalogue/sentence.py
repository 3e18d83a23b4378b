"""A sentence in a language, which knows what of it stands in another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A stretch of text and the language it is in."""

    text: str
    language: str


class Sentence(str):
    """Text for people. Joined or cut like any text it becomes one; `spans` say which part is in which language.

    Whoever writes markup goes through `spans`; whoever writes plain text uses the sentence as it is.
    """

    spans: tuple[Span, ...]

    def __new__(cls, spans: Iterable[Span]) -> Sentence:
        kept = tuple(_joined(spans))
        sentence = super().__new__(cls, "".join(span.text for span in kept))
        sentence.spans = kept
        return sentence

    @classmethod
    def of(cls, text: str, language: str) -> Sentence:
        """The text as one span."""
        return cls((Span(text, language),))

    def __getnewargs__(self) -> tuple[tuple[Span, ...]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (self.spans,)

    def foreign_to(self, language: str) -> bool:
        """Whether any of it stands in another language."""
        return any(span.language != language for span in self.spans)

    def capitalised(self) -> Sentence:
        """The sentence with its first letter as a capital."""
        if not self.spans:
            return self
        first = self.spans[0]
        return Sentence((Span(first.text[:1].upper() + first.text[1:], first.language), *self.spans[1:]))

    def uncapitalised(self) -> Sentence:
        """The sentence with its first letter small, unless it begins with an abbreviation (`EULAR`, `IV`)."""
        if not self.spans or (self[:2].isupper() and self[:2].isalpha()):
            return self
        first = self.spans[0]
        return Sentence((Span(first.text[:1].lower() + first.text[1:], first.language), *self.spans[1:]))


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """The spans without empty ones, neighbours of one language as one."""
    text, language = "", ""
    for span in spans:
        if not span.text:
            continue
        if span.language != language and text:
            yield Span(text, language)
            text = ""
        text, language = text + span.text, span.language
    if text:
        yield Span(text, language)
