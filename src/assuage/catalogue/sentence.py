"""A sentence in a language, which knows what of it stands in another one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

# The language of what a person wrote and nobody stated, as BCP 47 (undetermined) has it.
UNSTATED = "und"


class Span(NamedTuple):
    """A stretch of text and the language it is in."""

    text: str
    language: str


class Sentence(str):
    """Text for people. Joined or cut like any text it becomes one; `spans` say which part is in which language.

    Whoever writes markup goes through `spans`; whoever writes plain text uses the sentence as it is.
    """

    spans: tuple[Span, ...]

    def __new__(cls, spans: Iterable[Span]) -> Sentence:
        kept = _joined([span for span in spans if span.text])
        sentence = super().__new__(cls, "".join([span.text for span in kept]))
        sentence.spans = kept
        return sentence

    @classmethod
    def of(cls, text: str, language: str) -> Sentence:
        """The text as one span."""
        sentence = super().__new__(cls, text)
        sentence.spans = (Span(text, language),) if text else ()
        return sentence

    def __getnewargs__(self) -> tuple[tuple[Span, ...]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (self.spans,)

    def foreign_to(self, language: str) -> bool:
        """Whether any of it stands in another language."""
        return any(span.language != language for span in self.spans)

    def first(self, length: int) -> Sentence:
        """The first so many letters, each stretch in the language it is in."""
        kept: list[Span] = []
        for span in self.spans:
            kept.append(Span(span.text[:length], span.language))
            length -= len(kept[-1].text)
        return Sentence(kept)

    def last(self, length: int) -> Sentence:
        """The last so many letters, each stretch in the language it is in."""
        kept: list[Span] = []
        for span in reversed(self.spans):
            if length > 0:
                kept.append(Span(span.text[-length:], span.language))
                length -= len(kept[-1].text)
        return Sentence(kept[::-1])

    def bracketed(self) -> Sentence:
        """The sentence with what stands behind its first comma in brackets; itself where there is none."""
        at = self.find(", ")
        if at < 0:
            return self
        head, tail = self.first(at), self.last(len(self) - at - 2)
        opens, closes = (Span(sign, head.spans[0].language) for sign in (" (", ")"))
        return Sentence((*head.spans, opens, *tail.spans, closes))

    def capitalised(self) -> Sentence:
        """The sentence with its first letter as a capital, unless a capital stands behind it (`eGFR`)."""
        if not self.spans or self[1:2].isupper():
            return self
        first = self.spans[0]
        return Sentence((Span(first.text[:1].upper() + first.text[1:], first.language), *self.spans[1:]))

    def ended(self, language: str) -> Sentence:
        """The sentence with a full stop of that language at its end, unless it ends as a sentence does."""
        return self if self.endswith((".", "!", "?", "…")) else Sentence((*self.spans, Span(".", language)))

    def uncapitalised(self) -> Sentence:
        """The sentence with its first letter small, unless it begins with an abbreviation (`EULAR`, `IV`)."""
        if not self.spans or (self[:2].isupper() and self[:2].isalpha()):
            return self
        first = self.spans[0]
        return Sentence((Span(first.text[:1].lower() + first.text[1:], first.language), *self.spans[1:]))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours of one language as one; nearly always all of them are, since most sentences stand in one language."""
    if not spans:
        return ()
    language = spans[0].language
    if all(span.language == language for span in spans):
        return (Span("".join([span.text for span in spans]), language),)
    return tuple(
        Span("".join([span.text for span in same]), language)
        for language, same in groupby(spans, attrgetter("language"))
    )


def as_written(text: str) -> Sentence:
    """A text as a person wrote it: in a language that nobody stated, so that no voice reads it as ours."""
    return Sentence.of(text, UNSTATED)
