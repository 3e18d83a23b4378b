"""A text without what could tell who somebody is. Rules look at the text as it stands; whatever two of them
find together goes out together, so that no half of an identifier is left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from assuage.deidentify.dates import dates
from assuage.deidentify.identifiers import Change, Policy, Recognised, Unjudged
from assuage.deidentify.lithuanian import cases, without_marks
from assuage.deidentify.names import LIKE, again, names, unknown_capitals
from assuage.deidentify.patterns import CODE, NUMBER, forms
from assuage.deidentify.places import TOWN, places

# Signs that print as nothing and would cut a name in two for every rule.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_PLACEHOLDER = re.compile(r"\[[a-zA-Z -]{3,24}\]|\bDay -?\d+|aged \d\d-\d\d|aged 90 or more")
# Where findings overlap the lowest gives its name: a town by list before a name by form, a guess by form last.
_LAST = {TOWN.id: -1, LIKE.id: 2, NUMBER.id: 3, CODE.id: 3}


@dataclass
class Hiding:
    """Hides identifiers in the texts of one document: a name found in one is looked for in all."""

    policy: Policy
    day_zero: date | None = None
    changes: list[Change] = field(default_factory=list[Change])
    unjudged: list[Unjudged] = field(default_factory=list[Unjudged])
    others: frozenset[str] = frozenset()

    def learn(self, texts: Iterable[str]) -> None:
        """Look through all texts first, so that a name is known everywhere, before and after it is told."""
        elsewhere: set[str] = set()
        for text in texts:
            for name in names(cleaned(text), frozenset(), self._hide):
                elsewhere |= again(cleaned(text)[name.start : name.end])
        kept = {form for word in self.policy.keep for form in cases(word)}
        self.others = frozenset(elsewhere - kept)

    def hide(self, text: str, place: str) -> str:
        """The text with every finding replaced; what changed and what is unjudged is added to the lists."""
        clean = cleaned(text)
        out: list[str] = []
        done = 0
        for span in self._settled(clean):
            before = clean[span.start : span.end]
            out += [clean[done : span.start], span.becomes]
            self.changes.append(Change(place, before, span.becomes, span.rule))
            done = span.end
        hidden = "".join([*out, clean[done:]])
        keep = {without_marks(word).lower() for word in self.policy.keep}
        for start, end in unknown_capitals(_PLACEHOLDER.sub(lambda match: " " * len(match[0]), hidden)):
            word = hidden[start:end]
            if without_marks(word).lower() not in keep:
                self.unjudged.append(Unjudged(place, word, hidden[max(0, start - 30) : end + 30]))
        return hidden if out or hidden != unicodedata.normalize("NFC", text) else text

    @property
    def _hide(self) -> frozenset[str]:
        return frozenset(
            form for word in self.policy.hide for form in (*cases(word), without_marks(word).lower())
        )

    def _settled(self, text: str) -> Iterator[Recognised]:
        """The findings without overlaps, from first to last."""
        taken = [match.span() for match in _PLACEHOLDER.finditer(text)]
        recognised = [
            span
            for span in (
                *forms(text, age_bands=self.policy.age_bands),
                *dates(text, self.day_zero),
                *names(text, self.others, self._hide),
                *places(text),
            )
            if span.start < span.end
            and not self._kept(text[span.start : span.end])
            and not any(span.start < end and start < span.end for start, end in taken)
        ]
        recognised.sort(key=lambda span: (span.start, -span.end))
        group: list[Recognised] = []
        end = -1
        for span in recognised:
            if group and span.start >= end:
                yield _joined(group, end)
                group = []
                end = -1
            group.append(span)
            end = max(end, span.end)
        if group:
            yield _joined(group, end)

    def _kept(self, word: str) -> bool:
        return without_marks(word).lower() in {without_marks(kept).lower() for kept in self.policy.keep}


def cleaned(text: str) -> str:
    """The text with composed letters and without signs that print as nothing."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _joined(group: list[Recognised], end: int) -> Recognised:
    """One finding for all that overlap: the longest of the surest kind gives its rule."""
    best = min(group, key=lambda span: (_LAST.get(span.rule.id, 0), span.start - span.end))
    start = min(span.start for span in group)
    whole = best.start == start and best.end == end
    return Recognised(
        start, end, best.rule, best.becomes if whole or not best.becomes.startswith("Day") else "[date]"
    )
