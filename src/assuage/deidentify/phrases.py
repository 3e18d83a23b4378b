"""What tells who somebody is in common words: a trade, a firm, a place, an event, put to a person as one phrase.

A phrase begins at a noun that notes seldom have, at a verb of events, at what is the only one of its kind, at what
something stands beside, or at a numbered thing; and takes with it the verb that says whose it is and the places that
follow: `runs the only ferry across the lake`, `plays the organ at the parish`, `bus 7`. `works at reception` is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assuage.deidentify import words
from assuage.deidentify.by_place import has_no_capitals, is_caseless, is_eponym, opens_sentence
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.lexicon import WORD, Tongue, first_words, in_lexicon, is_clinical
from assuage.deidentify.seldom import is_german_noun, is_noun, is_of_notes, is_ordinary, is_seldom, is_verb
from assuage.deidentify.together import after_calling, joined_spans

Span = tuple[int, int]
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE = re.compile(r"[^,.;:()\n!?\"“”„]+")
# How many words of its clause before and after its noun a phrase may take (ours).
_LEFT, _RIGHT = 6, 6


@dataclass(frozen=True)
class _Part:
    """A word or number of a clause, in small letters, and what it is."""

    span: Span
    lower: str
    seldom: bool
    small: bool
    ordinary: bool
    noun: bool
    verb: bool


def telling_phrases(plain: str, spoken: frozenset[Tongue]) -> Iterator[Span]:
    """Where the phrases stand that may tell who somebody is, overlapping, in a text of plain letters."""
    parts = list(WORD.finditer(plain))
    eponyms = {word.start() for at, word in enumerate(parts) if is_eponym(plain, parts, at)}
    reader = _Reader(plain, spoken, frozenset(eponyms), is_caseless(plain), has_no_capitals(plain))
    for clause in _CLAUSE.finditer(plain):
        tokens = [reader.part(token) for token in _TOKEN.finditer(plain, clause.start(), clause.end())]
        for first, last in (*_together(plain, clause.span(), tokens), *_seeds(tokens, spoken)):
            begins = _grown_left(tokens, first, spoken)
            ends = _without_time(tokens, last, _grown_right(tokens, last, spoken))
            yield tokens[begins].span[0], tokens[ends].span[1]


@dataclass(frozen=True)
class _Reader:
    """Reads the words of one text."""

    plain: str
    spoken: frozenset[Tongue]
    eponyms: frozenset[int]
    caseless: bool
    small: bool

    def part(self, token: re.Match[str]) -> _Part:
        text, lower = token[0], token[0].lower()
        number, eponym = lower[0].isdigit(), token.start() in self.eponyms
        passed = lower in _passed(self.spoken)
        capital = text[0].isupper() and not self.caseless and not text.isupper()
        opens = capital and opens_sentence(self.plain, token.start())
        others = self.spoken - {Tongue.GERMAN}
        noun = (
            capital
            or others == self.spoken
            or bool(others and in_lexicon(lower, others))
            or self._is_after_article(token)
        )
        seldom = not (number or eponym or passed) and (
            (noun and is_seldom(lower, self.spoken, capital=capital and not opens))
            or _is_rare(lower, self.spoken)
        )
        ordinary = number or eponym or not noun or is_ordinary(lower, self.spoken)
        return _Part(
            token.span(),
            lower,
            seldom,
            passed,
            ordinary,
            noun=noun and (capital or is_noun(lower, self.spoken)),
            verb=not capital and is_verb(lower, self.spoken),
        )

    def _is_after_article(self, token: re.Match[str]) -> bool:
        """Whether a German word in small letters may be a noun: nobody writes capitals, and an article is before it."""
        if not (self.small or self.caseless or self._is_in_small_letters(token.start())):
            return False
        if not self.caseless and is_german_noun(token[0].lower()):
            return True
        before = self.plain[max(0, token.start() - 40) : token.start()].lower().split()[-2:]
        return any(word in words.plain_list("of_places_german") for word in before)

    def _is_in_small_letters(self, start: int) -> bool:
        """Whether the sentence around a place has no capital."""
        first = max(self.plain.rfind(sign, 0, start) for sign in ".!?\n") + 1
        last = min(
            (at for sign in ".!?\n" if (at := self.plain.find(sign, start)) >= 0), default=len(self.plain)
        )
        return self.plain[first:last] == self.plain[first:last].lower()


@cache
def _is_rare(lower: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word is a rare occupation or event of the lists, or a German one put together with such a one."""
    rare = words.plain_list("occupations_rare") | words.plain_list("events")
    return lower in rare or (
        Tongue.GERMAN in spoken
        and any(len(each) > 4 and len(lower) > len(each) + 2 and lower.endswith(each) for each in rare)
    )


@cache
def _passed(spoken: frozenset[Tongue]) -> frozenset[str]:
    """Small words, and those of a clause that stand between a verb and its noun."""
    return _of("between", spoken) | _of("function", spoken)


@cache
def _of(name: str, spoken: frozenset[Tongue]) -> frozenset[str]:
    """The words of the lists of a name, for the languages that are spoken."""
    return frozenset[str]().union(*(words.plain_list(f"{name}_{tongue.value}") for tongue in spoken))


def is_passed(word: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word tells nothing within a phrase: a small word, or one that stands between a verb and its noun."""
    return plain_letters(word).lower() in _passed(spoken)


def _seeds(tokens: Sequence[_Part], spoken: frozenset[Tongue]) -> Iterator[tuple[int, int]]:
    """The first and last word of whatever a phrase begins with."""
    for at, token in enumerate(tokens):
        if token.lower in words.plain_list("event_verbs") or (
            token.seldom and token.lower in words.plain_list("belonging")
        ):
            yield at, _object(tokens, at)
        elif token.lower in words.plain_list("work_verbs") and (end := _work(tokens, at, spoken)) > at:
            yield at, end
        elif token.seldom:
            yield at, at
        elif token.lower in words.plain_list("unique"):
            yield from _only_one(tokens, at)
        elif token.lower in _of("near", spoken):
            yield from _beside(tokens, at)
        elif token.lower in words.plain_list("numbered"):
            yield from _numbered(tokens, at)


def _together(plain: str, clause: Span, tokens: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """The first and last word of what only two words together name: `care home`, `senelių namai`."""
    starts = [token.span[0] for token in tokens]
    for begins in after_calling(plain, *clause):
        first = bisect_left(starts, begins)
        if first < len(tokens):
            yield first, min(first + 3, len(tokens) - 1)
    for begins, ends in joined_spans(plain, *clause):
        yield bisect_left(starts, begins), bisect_left(starts, ends) - 1


def _object(tokens: Sequence[_Part], at: int) -> int:
    """The end of a verb of events, what it is done to and where: `rescued a child from the canal`."""
    end = at + 1
    while end < len(tokens) and (tokens[end].small or tokens[end].lower in words.plain_list("how_many")):
        end += 1
    if end >= len(tokens) or _is_of_clinic(tokens[end].lower):
        return at
    if end + 1 < len(tokens) and tokens[end + 1].small:
        after = next((other for other in range(end + 1, len(tokens)) if not tokens[other].small), end)
        return end if _is_of_clinic(tokens[after].lower) else after
    return end


def _work(tokens: Sequence[_Part], at: int, spoken: frozenset[Tongue]) -> int:
    """The end of what somebody drives, runs or teaches: `drives the school bus`; `at` where every home has it."""
    after = [other for other in range(at + 1, min(at + 6, len(tokens))) if not tokens[other].small][:2]
    for other in after:
        if _is_of_clinic(tokens[other].lower) or tokens[other].lower[0].isdigit():
            break
        if tokens[other].lower not in words.plain_list("every_home") and not is_of_notes(
            tokens[other].lower, spoken
        ):
            return other
    return at


def _only_one(tokens: Sequence[_Part], at: int) -> Iterator[tuple[int, int]]:
    """`the only deaf shepherd`, `the last miner to come out`: what is the only one, unless it is ordinary."""
    for end in range(at + 1, min(at + 4, len(tokens))):
        token = tokens[end]
        if token.small or token.ordinary:
            return
        if token.seldom or token.lower not in first_words():
            yield at, end
            return


def _beside(tokens: Sequence[_Part], at: int) -> Iterator[tuple[int, int]]:
    """`lives above the shop`: what a home stands beside, be it ever so common."""
    lives = any(token.lower in words.plain_list("lives") for token in tokens[max(0, at - 4) : at])
    end = at + 1
    while end < len(tokens) and tokens[end].small:
        end += 1
    ordinary = words.plain_list("every_home") | words.plain_list("when")
    if (
        lives
        and end < len(tokens)
        and not is_clinical(tokens[end].lower)
        and tokens[end].lower not in ordinary
    ):
        yield at, end


def _numbered(tokens: Sequence[_Part], at: int) -> Iterator[tuple[int, int]]:
    """`bus 7`, `the 7 bus`, `bed 4`: a thing that is known by its number."""
    for first, last, number in ((at, at + 1, at + 1), (at - 1, at, at - 1)):
        if 0 <= number < len(tokens) and _NUMBER.fullmatch(tokens[number].lower):
            follows = tokens[last + 1].lower if last + 1 < len(tokens) else ""
            if number < at or follows not in words.plain_list("measured"):
                while first and tokens[first - 1].lower in ("number", "no", "nr"):
                    first -= 1
                yield first, last
                return


_NUMBER = re.compile(r"[a-z]?\d{1,4}[a-z]?(?:os|uoju|as)?")


def _grown_left(tokens: Sequence[_Part], first: int, spoken: frozenset[Tongue]) -> int:
    """Where a phrase begins: at what is joined to it directly, by what says where, or as its verb."""
    if Tongue.GERMAN not in spoken and tokens[first].lower in words.plain_list("belonging"):
        return first
    between: list[str] = []
    for at in range(first - 1, max(-1, first - 1 - _LEFT), -1):
        before = tokens[at]
        if before.lower in words.plain_list("unique") | words.plain_list("modifiers"):
            first, between = at, []
            continue
        if before.lower in _of("conjunctions", spoken) | _barriers(spoken):
            break
        if before.lower in words.plain_list("relations") and not (
            between and _is_told(before, between, spoken)
        ):
            break
        if before.lower in words.plain_list("belonging"):
            # `swims` governs; `first woman to swim` and `delivers milk` go on.
            earlier = tokens[at - 1]
            goes_on = at > 1 and (
                earlier.lower == "to" or (before.noun and earlier.verb and not earlier.small)
            )
            if not goes_on:
                return at
            first, between = at, []
            continue
        if before.small:
            between.append(before.lower)
            continue
        told = before.lower in words.plain_list("relations") | words.plain_list("saying")
        if (_ends_phrase(before, spoken) and not told) or not _reaches_left(before, between, spoken):
            break
        # Right before a noun stands what it is like, unless it is a verb by its ending: `stained glass`, `mends sails`.
        like = Tongue.ENGLISH in spoken and not between and not before.lower.endswith("s")
        governs = before.verb and not like
        first, between = at, []
        if governs:
            break
    return first


def _is_told(kin: _Part, between: Sequence[str], spoken: frozenset[Tongue]) -> bool:
    """Whether a word of kin or of who looks after somebody belongs to what follows: `the only nurse on the island`."""
    return kin.verb or any(word in _of("attaching", spoken) for word in between)


def _reaches_left(before: _Part, between: Sequence[str], spoken: frozenset[Tongue]) -> bool:
    """Whether what stands before small words belongs to what follows: `opening of the`, `rowed for the`."""
    if not any(word in _of("attaching", spoken) for word in between):
        return True
    if before.lower[0].isdigit() or (before.lower in words.plain_list("when") and "of" not in between):
        return False
    return before.seldom or before.lower not in words.plain_list("saying")


def _grown_right(tokens: Sequence[_Part], last: int, spoken: frozenset[Tongue]) -> int:
    """Where a phrase ends: at the last noun that is joined to it, directly or by what says where."""
    between: list[str] = []
    for at in range(last + 1, min(len(tokens), last + 1 + _RIGHT)):
        after = tokens[at]
        if after.lower in _of("conjunctions", spoken) or _ends_phrase(after, spoken):
            break
        if after.small:
            between.append(after.lower)
            continue
        if not _reaches_right(after, between, spoken):
            break
        last, between = at, []
    return last


def _reaches_right(after: _Part, between: Sequence[str], spoken: frozenset[Tongue]) -> bool:
    """Whether a word belongs to what stands before it: a noun, a place, what befell it."""
    if after.seldom or after.lower in words.plain_list("of_places") | words.plain_list("modifiers"):
        return True
    if not between:
        return (
            after.noun
            or after.lower in words.plain_list("befell")
            or (after.verb and Tongue.GERMAN in spoken)
        )
    if not after.ordinary:
        return True
    where = [word for word in between if word in _of("attaching", spoken)]
    return after.noun and bool(where) and after.lower not in _everywhere()


@cache
def _everywhere() -> frozenset[str]:
    """What follows everybody's trade or place and tells no more of it: a time, a number, home, kin."""
    names = ("when", "how_many", "every_home", "relations", "measured", "persons")
    return frozenset[str]().union(*(words.plain_list(name) for name in names))


def _without_time(tokens: Sequence[_Part], last: int, ends: int) -> int:
    """Where a phrase ends before what only says when: `in the summer`, `after nineteen years`."""
    while ends > last and tokens[ends].lower in words.plain_list("when"):
        ends -= 1
        while ends > last and (tokens[ends].small or tokens[ends].lower in words.plain_list("how_many")):
            ends -= 1
    return ends


@cache
def _barriers(spoken: frozenset[Tongue]) -> frozenset[str]:
    """Words that begin another clause; none where the language is not known, for they are other words in another."""
    return frozenset() if spoken == frozenset(Tongue) else _of("barriers", spoken)


def _ends_phrase(part: _Part, spoken: frozenset[Tongue]) -> bool:
    """Whether a phrase cannot go on: a word of the clinic, somebody who does something, a word that joins clauses."""
    lower = part.lower
    if lower in words.plain_list("belonging") | words.plain_list("persons"):
        return False
    return (
        lower in _barriers(spoken)
        or lower in words.plain_list("saying")
        or (not part.small and len(lower) > 2 and _is_of_clinic(lower))
    )


def _is_of_clinic(lower: str) -> bool:
    """Whether a word is clinical, and not only part of the name of something that is: `child`, `above`, `local`."""
    return (
        is_clinical(lower)
        and lower not in words.plain_list("occupations_common")
        and (lower not in first_words() or lower in words.plain_list("ordinary_english"))
    )


def asked_stretches(
    plain: str, spans: Iterable[Span], taken: Sequence[Span], spoken: frozenset[Tongue]
) -> Iterator[Span]:
    """The stretches to ask, from first to last: what belongs together as one, without what is hidden already."""
    taken = sorted(taken)
    firsts = [first for first, _ in taken]
    whole: list[Span] = []
    pieces = (
        piece
        for span in spans
        for piece in without_taken(span, _meeting(span, taken, firsts))
        if piece == span or not tells_nothing(plain, piece, spoken)
    )
    for start, end in sorted(pieces):
        if whole and (
            start <= whole[-1][1]
            or (_joins(plain[whole[-1][1] : start], spoken) and not _crosses(whole[-1][1], start, firsts))
        ):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    for start, end in whole:
        telling = [
            token
            for token in _TOKEN.finditer(plain, start, end)
            if token[0].lower() not in _passed(spoken) - words.plain_list("unique")
        ]
        if telling:
            yield telling[0].start(), telling[-1].end()


def tells_nothing(plain: str, piece: Span, spoken: frozenset[Tongue]) -> bool:
    """Whether what is left of a phrase beside a name is only ordinary words: `son`, `wohnt jetzt`."""
    return not any(joined_spans(plain, *piece)) and all(
        token[0].lower() in _passed(spoken) | words.plain_list("belonging") | words.plain_list("modifiers")
        or is_ordinary(token[0], spoken)
        for token in _TOKEN.finditer(plain, *piece)
    )


def without_taken(span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a stretch beside what is taken, from first to last."""
    start, end = span
    for first, after in sorted(taken):
        if first >= end:
            break
        if after > start:
            if first > start:
                yield start, first
            start = after
    if start < end:
        yield start, end


def _joins(gap: str, spoken: frozenset[Tongue]) -> bool:
    """Whether only blanks and up to two small words lie between, so that both sides are one phrase."""
    between = gap.lower().split()
    return (
        len(between) <= 2
        and all(word in _passed(spoken) - _barriers(spoken) for word in between)
        and (gap.isspace() or gap != gap.strip())
    )


def _crosses(start: int, end: int, firsts: Sequence[int]) -> bool:
    at = bisect_left(firsts, start)
    return at < len(firsts) and firsts[at] < end


def _meeting(span: Span, taken: Sequence[Span], firsts: Sequence[int]) -> Sequence[Span]:
    """The taken stretches that may meet one, of those sorted by where they begin; they do not overlap."""
    return taken[max(0, bisect_left(firsts, span[0]) - 1) : bisect_left(firsts, span[1])]
