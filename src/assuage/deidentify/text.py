"""A text without what could tell who somebody is. Rules look at the text as it stands; whatever two of them
recognise together goes out together, so that no half of an identifier is left. What is left is looked up in a closed
lexicon, and every word that is not in it is hidden or put to a person."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assuage.deidentify import words
from assuage.deidentify.ages import ages
from assuage.deidentify.by_place import (
    LISTED,
    PLACED,
    hinted_names,
    hinted_words,
    is_caseless,
    is_eponym,
    is_eponym_alone,
    is_instrument_itself,
    names_by_place,
    names_instrument,
)
from assuage.deidentify.dates import dates, with_hour
from assuage.deidentify.dictated import dictated
from assuage.deidentify.identifiers import HIDDEN_WORDS, Change, Policy, Recognised, Unjudged
from assuage.deidentify.judged import judged_stretches
from assuage.deidentify.letters import Clean, cleaned, plain_letters
from assuage.deidentify.lexicon import WORD, tongues
from assuage.deidentify.lithuanian import cases
from assuage.deidentify.names import ASKED, LIKE, NAME, again, initials_of_somebody, names
from assuage.deidentify.patterns import CODE, NUMBER, forms
from assuage.deidentify.phrases import is_passed
from assuage.deidentify.places import TOWN, places
from assuage.deidentify.small_letters import names_in_small_letters

_PLACEHOLDER = re.compile(rf"{HIDDEN_WORDS}|\bDay -?\d+|aged \d\d-\d\d|aged 90 or more")
# Where findings overlap the lowest gives its name: a town by list before a name by form, a guess by form last.
_LAST = {TOWN.id: -1, LISTED.id: 1, LIKE.id: 2, NUMBER.id: 3, CODE.id: 3}
_MAY_NAME_IT = frozenset(rule.id for rule in (TOWN, LISTED, PLACED, NAME, LIKE))
_AROUND = 30
# What is taken and bears a saint's name.
_REMEDY = re.compile(r"\b(?:st\.?|saint)\s?john'?s?'?[\s-]?wort\b", re.IGNORECASE)


@dataclass
class Hiding:
    """Hides identifiers in the texts of one document: a name recognised in one is looked for in all."""

    policy: Policy
    day_zero: date | None = None
    changes: list[Change] = field(default_factory=list[Change])
    unjudged: list[Unjudged] = field(default_factory=list[Unjudged])
    others: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    texts: int = 0

    def learn(self, texts: Iterable[str], hints: Iterable[str] = ()) -> None:
        """Look through all texts first, so that a name is known everywhere, before and after it is told.

        `hints` are ids: whatever in them is no common word may be the patient's name, and is hidden; of what is a word
        as well, a person is asked.
        """
        self.hinted = frozenset(form for hint in (*hints, *self.policy.hints) for form in hinted_words(hint))
        elsewhere = {form for hint in (*hints, *self.policy.hints) for form in hinted_names(hint)}
        for text in texts:
            clean = cleaned(text).text
            plain = plain_letters(clean)
            for name in names(clean, frozenset(), self._hide):
                elsewhere |= again(clean[name.start : name.end])
            for name in names_by_place(plain, tongues(plain)):
                elsewhere |= again(clean[name.start : name.end])
        kept = {form for word in self.policy.keep for form in cases(word)}
        self.others = frozenset(elsewhere - kept)

    def hide(self, text: str, place: str, *, first_line: int = 1) -> str:
        """The text with every finding replaced; what changed and what is unjudged is added, with line and column."""
        if not any(map(str.isalnum, text)):
            return text
        clean = cleaned(text)
        self.texts += len(text.split()) > 1
        where = _Where(text, clean, place, first_line)
        out: list[str] = []
        done = shift = 0
        shifts: list[tuple[int, int, int]] = []
        hidden, asked = self._judged(clean.text)
        for span in hidden:
            before = clean.text[span.start : span.end]
            out += [clean.text[done : span.start], span.becomes]
            self.changes.append(Change(where.at(span.start), before, span.becomes, span.rule))
            shift += len(span.becomes) - (span.end - span.start)
            shifts.append((span.start, span.end, shift))
            done = span.end
        left = "".join([*out, clean.text[done:]])
        for start, end in asked:
            moved = start + _shift_at(shifts, start)
            around = left[max(0, moved - _AROUND) : moved + (end - start) + _AROUND]
            self.unjudged.append(Unjudged(where.at(start), clean.text[start:end], around))
        return left

    def _judged(self, text: str) -> tuple[list[Recognised], list[tuple[int, int]]]:
        """What is hidden and what a person must judge, each from first to last, without what is kept."""
        plain = plain_letters(text)
        settled = list(self._settled(text))
        # `Berlin questionnaire` is no town, `Reed scale` perhaps somebody's: a person judges, and nothing is eaten.
        named = [span for span in settled if _may_name_it(plain, span)]
        hidden = [span for span in settled if span not in named]
        taken = [
            *((span.start, span.end) for span in settled),
            *(match.span() for match in _PLACEHOLDER.finditer(text)),
        ]
        spoken = tongues(plain)
        # Who bears the name of a technique and is told of here as well is asked about where the technique may be meant.
        asked = [(span.start, span.end) for span in named if span.rule is LIKE or not _is_eponym(plain, span)]
        for each in judged_stretches(plain, spoken, taken):
            stretch = text[each.start : each.end]
            if self._kept(stretch) or all(
                self._kept(word) or is_passed(word, spoken) for word in stretch.split()
            ):
                continue
            if each.rule is None:
                asked.append((each.start, each.end))
            else:
                hidden.append(Recognised(each.start, each.end, each.rule, each.rule.becomes))
        met = [*taken, *((span.start, span.end) for span in hidden), *asked]
        asked += [
            (start, end)
            for start, end in dict.fromkeys(
                (*names_in_small_letters(plain), *initials_of_somebody(plain), *self._hinted_at(plain))
            )
            if not any(start < last and first < end for first, last in met)
            and not self._kept(text[start:end])
        ]
        return sorted(hidden, key=lambda span: span.start), sorted(asked)

    def _hinted_at(self, plain: str) -> Iterator[tuple[int, int]]:
        """The words that the document is called by, which are names too."""
        for match in WORD.finditer(plain) if self.hinted else ():
            if match[0].lower().removesuffix("'s") in self.hinted:
                yield match.span()

    def _chosen(self, plain: str) -> Iterator[Recognised]:
        """The phrases of several words that a person chose to hide, in any case and with any blanks between."""
        for phrase in self.policy.hide:
            parts = plain_letters(phrase).split()
            if len(parts) > 1:
                written = re.compile(
                    r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)", re.IGNORECASE
                )
                for match in written.finditer(plain):
                    yield Recognised(match.start(), match.end(), ASKED, ASKED.becomes)

    @property
    def _hide(self) -> frozenset[str]:
        return frozenset(
            form for word in self.policy.hide for form in (*cases(word), plain_letters(word).lower())
        )

    def _settled(self, text: str) -> Iterator[Recognised]:
        """The findings without overlaps, from first to last."""
        plain = plain_letters(text)
        taken = [match.span() for match in _PLACEHOLDER.finditer(text)]
        remedies = [match.span() for match in _REMEDY.finditer(plain)]
        recognised = [
            with_hour(plain, span)
            for span in (
                *forms(text),
                *ages(text, bands=self.policy.age_bands),
                *dates(text, self.day_zero),
                *dictated(text),
                *names(text, self.others, self._hide),
                *self._chosen(plain),
                *names_by_place(plain, tongues(plain)),
                *places(text),
            )
            if span.start < span.end
            and not self._kept(text[span.start : span.end])
            and not any(first <= span.start and span.end <= last for first, last in remedies)
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
        return plain_letters(word).lower() in {plain_letters(kept).lower() for kept in self.policy.keep}


@dataclass(frozen=True)
class _Where:
    """Where a stretch of a clean text stood in the text as it was given."""

    given: str
    clean: Clean
    place: str
    first_line: int

    @cached_property
    def lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.given))]

    def at(self, start: int) -> str:
        """The place in the document, with line and column, both from 1."""
        origin = self.clean.origins[start]
        passed = bisect_right(self.lines, origin)
        line, column = passed - 1 + self.first_line, origin - self.lines[passed - 1] + 1
        here = f"line {line}, column {column}"
        return f"{self.place}, {here}" if self.place else here


def _may_name_it(plain: str, span: Recognised) -> bool:
    """Whether a name or town may be that of a sign or scale, by what follows it or because our list has it."""
    if span.rule.id not in _MAY_NAME_IT:
        return False
    text = plain[span.start : span.end]
    # `PNP`, `ANA`: an abbreviation, for all we know.
    if text.isupper() and len(text) <= 4 and not is_caseless(plain):
        return True
    if (
        text.rpartition(" ")[2].lower() in words.plain_list("instruments")
        or is_instrument_itself(text)
        or names_instrument(plain, span.end)
        or _is_eponym(plain, span)
    ):
        return True
    if span.rule is TOWN:  # one unless its noun follows: `seen in London` is no classification
        return False
    parts, at = _around(plain, span)
    return at is not None and is_eponym_alone(plain, parts, at)


def _is_eponym(plain: str, span: Recognised) -> bool:
    """Whether a stretch of one word is the name of a sign or scale that our list has."""
    parts, at = _around(plain, span)
    return at is not None and is_eponym(plain, parts, at)


def _around(plain: str, span: Recognised) -> tuple[list[re.Match[str]], int | None]:
    """The words around a stretch, and which of them it is; none where it is several."""
    parts = list(WORD.finditer(plain, max(0, span.start - 60), min(len(plain), span.end + 60)))
    return parts, next((at for at, part in enumerate(parts) if part.span() == (span.start, span.end)), None)


def _shift_at(shifts: list[tuple[int, int, int]], start: int) -> int:
    """By how much what stood at `start` has moved, after every change before it."""
    at = bisect_left(shifts, (start,))
    return shifts[at - 1][2] if at else 0


def _joined(group: list[Recognised], end: int) -> Recognised:
    """One finding for all that overlap: the longest of the surest kind gives its rule."""
    best = min(group, key=lambda span: (_LAST.get(span.rule.id, 0), span.start - span.end))
    start = min(span.start for span in group)
    whole = best.start == start and best.end == end
    return Recognised(
        start, end, best.rule, best.becomes if whole or not best.becomes.startswith("Day") else "[date]"
    )
