"""Which stretches of words of every day are hidden at once, and which are put to a person.

One rule alone may be wrong: a person judges. Where two agree (a trade and the place it is done at, an event and a
capital of no lexicon), or a phrase tells three things and none of them is of the clinic, it is hidden as a whole and
stands in the diff, where a person may keep it. What belongs to such a phrase goes with it, to the end of its clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assuage.deidentify import words
from assuage.deidentify.by_place import has_no_capitals, is_caseless, names_instrument, opens_sentence
from assuage.deidentify.identifiers import Rule
from assuage.deidentify.lexicon import WORD, Tongue, first_words, in_lexicon, is_clinical, is_misspelt
from assuage.deidentify.phrases import asked_stretches, telling_phrases, tells_nothing, without_taken
from assuage.deidentify.rare import rare_phrases
from assuage.deidentify.seldom import is_noun, is_ordinary, is_verb
from assuage.deidentify.unknown import unknown_words

DETAIL = Rule("telling-phrase", "R", "what tells who it is in words of every day", "[detail]")
SOMEWHERE = Rule("unknown-place", "B", "a word of no lexicon where a place stands", "[place]")

Span = tuple[int, int]
# How many words of its clause a phrase may take with it on either side, and how many may lie between two (ours).
_REACH, _BETWEEN = 5, 4
# From how many telling words on a phrase is hidden without a second rule (ours).
_TELLING = 3
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SIGN = re.compile(r"[,.;:()\[\]\n!?\"“”„]")
# No clause is looked at farther than that, so that a text without signs takes no square of its length (ours).
_FAR = 240
# What is dictated ends a clause in words.
_SPOKEN_SIGN = re.compile(
    r"\b(?:full stop|comma|new line|new paragraph|semicolon|punkt|komma|absatz|neue zeile|"
    r"taskas|kablelis|nauja pastraipa|nauja eilute)\b",
    re.IGNORECASE,
)
# Right before a place: a capital or a small letter of no lexicon after it is where somebody lives or goes.
_WHERE = re.compile(
    r"\b(?:in|at|near|from|aus|nach|bei|is|prie|netoli)\s$|"
    r"\b(?:moved|went|go(?:es|ing)?|back|came|house|flew|drove|drives|return(?:s|ed)?) to\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stretch:
    """A stretch that tells who somebody may be: hidden by a rule, or put to a person where there is none."""

    start: int
    end: int
    rule: Rule | None


def judged_stretches(plain: str, spoken: frozenset[Tongue], taken: Sequence[Span]) -> Iterator[Stretch]:
    """The stretches of a text of plain letters, from first to last, beside what is taken, which they never meet."""
    read = without_spoken_signs(plain)
    unknown, rare, phrases = (
        tuple(spans)
        for spans in (unknown_words(read, spoken), rare_phrases(read), telling_phrases(read, spoken))
    )
    by_unknown, by_rare, by_phrase = _Spans.of(unknown), _Spans.of(rare), _Spans.of(phrases)
    reader = _Clauses(
        read, spoken, _Spans.of(taken), _clause_ends(read), has_no_capitals(read), is_caseless(read)
    )
    asked = list(asked_stretches(read, (*unknown, *rare, *phrases), taken, spoken))
    whole: list[tuple[int, int, bool]] = []
    for start, end in asked:
        span = (start, end)
        rules = by_phrase.meet(span) + by_rare.meet(span) + reader.is_done_there(span)
        agreed = rules + (by_unknown.meet(span) and rules > 0)
        if rules:
            start, end = reader.reach(span)
        sure = agreed > 1 or (rules > 0 and reader.telling(span) >= _TELLING)
        if whole and reader.are_near(whole[-1][1], start) and (rules or whole[-1][2]):
            before = whole.pop()
            start, end, sure = before[0], max(end, before[1]), sure or before[2]
        whole.append((start, end, sure))
    stretches = [
        Stretch(*trimmed, _rule(reader, trimmed, spoken, sure=sure))
        for start, end, sure in whole
        for piece in reader.taken.beside((start, end))
        if piece == (start, end) or not tells_nothing(read, piece, spoken)
        if (trimmed := reader.trimmed(piece)) is not None
    ]
    met = _Spans.of([*taken, *((each.start, each.end) for each in stretches)])
    told = (
        span for each in stretches if by_phrase.meet(span := (each.start, each.end)) or by_rare.meet(span)
    )
    rest = {Stretch(*span, None) for each in told for span in reader.rest(each, met)}
    alone = {Stretch(*span, None) for span in _only_ones(read, taken) if not met.meet(span)}
    told_of = {*stretches, *rest, *alone}
    between = {Stretch(*span, None) for span in reader.between(taken, told_of)}
    yield from sorted({*told_of, *between}, key=lambda each: each.start)


def _only_ones(plain: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Where the only one of its kind stands before what is hidden, or a word earlier: `the last [place] farrier`."""
    for start, _ in taken:
        before = list(_TOKEN.finditer(plain, max(0, start - 60), start))[-2:]
        for token in before:
            if token[0].lower() in words.plain_list("unique") and not _SIGN.search(plain, token.end(), start):
                yield token.start(), before[-1].end()
                break


def without_spoken_signs(plain: str) -> str:
    """A text in which the signs that somebody dictated are signs; every other letter stays in its place."""
    return _SPOKEN_SIGN.sub(lambda match: "." + " " * (len(match[0]) - 1), plain)


@dataclass(frozen=True)
class _Spans:
    """Stretches that do not overlap, from first to last, as lists of where they begin and end."""

    firsts: tuple[int, ...]
    ends: tuple[int, ...]

    @staticmethod
    def of(spans: Iterable[Span]) -> _Spans:
        """The stretches, those that overlap as one."""
        firsts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if ends and start < ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                firsts.append(start)
                ends.append(end)
        return _Spans(tuple(firsts), tuple(ends))

    def meet(self, span: Span) -> bool:
        """Whether one of them meets a stretch."""
        at = bisect_right(self.ends, span[0])
        return at < len(self.ends) and self.firsts[at] < span[1]

    def beside(self, span: Span) -> Iterator[Span]:
        """What of a stretch lies beside them."""
        at = bisect_right(self.ends, span[0])
        near: list[Span] = []
        while at < len(self.ends) and self.firsts[at] < span[1]:
            near.append((self.firsts[at], self.ends[at]))
            at += 1
        return without_taken(span, near)

    def around(self, span: Span) -> Span:
        """The end of the last one before a stretch (0 without) and the beginning of the next one, if any."""
        before = bisect_right(self.ends, span[0]) - 1
        after = bisect_left(self.firsts, span[1])
        return (
            self.ends[before] if before >= 0 else 0,
            self.firsts[after] if after < len(self.firsts) else -1,
        )


def _clause_ends(plain: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _SIGN.finditer(plain))


def _rule(reader: _Clauses, span: Span, spoken: frozenset[Tongue], *, sure: bool) -> Rule | None:
    if reader.is_of_clinic(span):
        return None
    if sure:
        return DETAIL
    text = reader.plain[slice(*span)]
    if WORD.fullmatch(text) is None or in_lexicon(text, spoken) or is_misspelt(text) or not text.isalpha():
        return None
    if names_instrument(reader.plain, span[1]):  # `Epsom salts`
        return None
    named = reader.small or (text[0].isupper() and not reader.caseless)
    before = reader.plain[max(0, span[0] - 20) : span[0]]
    return SOMEWHERE if named and len(text) > 3 and _WHERE.search(before) else None


@dataclass(frozen=True)
class _Clauses:
    """Reads the clauses of one text around a stretch."""

    plain: str
    spoken: frozenset[Tongue]
    taken: _Spans
    signs: tuple[int, ...]
    small: bool  # nobody writes capitals here
    caseless: bool  # capitals tell nothing here

    def reach(self, span: Span) -> Span:
        """A stretch with what belongs to it, to the end of its clause or to a word that begins another thing."""
        clause, (before_it, after_it) = self._clause(span), self.taken.around(span)
        first = max(clause[0], before_it)
        last = min(clause[1], after_it) if after_it >= 0 else clause[1]
        start, end = span
        before = list(_TOKEN.finditer(self.plain, first, span[0]))[::-1][:_REACH]
        for at, token in enumerate(before):
            if self._ends(token):
                if self._is_told_later(before, at):
                    start = before[at + 1].start()
                break
            start = token.start()
        small, last_word = end, ""
        for token in list(_TOKEN.finditer(self.plain, span[1], last))[:_REACH]:
            if self._ends(token):
                # What a word of the clinic is like stays with it: `signwriter | with widespread pain`.
                if self._is_clinical(token[0].lower()) and not is_noun(last_word, self.spoken):
                    end = small
                break
            if token[0].lower() in _small(self.spoken):
                small = end
            else:
                end, last_word = token.end(), token[0].lower()
        return start, end

    def is_done_there(self, span: Span) -> bool:
        """Whether a capital within a sentence is what somebody runs, wins or belongs to: `rowed the Atlantic`."""
        if (
            self.small
            or self.caseless
            or not self.plain[span[0]].isupper()
            or opens_sentence(self.plain, span[0])
        ):
            return False
        before = [token[0].lower() for token in _TOKEN.finditer(self.plain, self._clause(span)[0], span[0])]
        while before and before[-1] in _small(self.spoken):
            before.pop()
        return bool(before) and before[-1] in words.plain_list("belonging") | words.plain_list("event_verbs")

    def up_to(self, span: Span, phrase: Span) -> Span:
        """A stretch with the small words between it and the phrase it belongs to, if no others are between."""
        between = (span[1], phrase[0]) if span[1] <= phrase[0] else (phrase[1], span[0])
        tokens = list(_TOKEN.finditer(self.plain, *between))
        if not tokens or len(tokens) > _BETWEEN or self.taken.meet(between) or self.telling(between):
            return span
        return min(span[0], tokens[0].start()), max(span[1], tokens[-1].end())

    def rest(self, span: Span, met: _Spans) -> Iterator[Span]:
        """What else stands in the clause of a phrase and is neither small nor of the clinic: it may belong to it."""
        every_day = first_words() | words.plain_list("when") | words.plain_list("how_many")
        for piece in met.beside(self._clause(span)):
            runs: list[tuple[int, int, bool]] = []
            run: tuple[int, int, bool] | None = None
            for token in _TOKEN.finditer(self.plain, *piece):
                lower = token[0].lower()
                if lower in _told_nothing(self.spoken) or lower[0].isdigit() or self._is_clinical(lower):
                    if run is not None and lower not in _small(self.spoken):
                        runs.append(run)
                        run = None
                    continue
                tells = not (lower in every_day or is_ordinary(lower, self.spoken))
                run = (run[0], token.end(), run[2] or tells) if run else (token.start(), token.end(), tells)
            if run is not None:
                runs.append(run)
            yield from (
                (start, end) for start, end, tells in runs if tells or self._is_joined(span, (start, end))
            )

    def between(self, taken: Sequence[Span], stretches: Iterable[Stretch]) -> Iterator[Span]:
        """Where one word stands alone between what is hidden and what is told of it: `[town] tinklų mezgėja`."""
        told = sorted((each.start, each.end) for each in stretches)
        everything = sorted((*taken, *told))
        for (_, end), (start, last) in pairwise(everything):
            if (
                (start, last) not in told
                or not 0 < start - end <= _FAR
                or _SIGN.search(self.plain, end, start)
            ):
                continue
            words_between = list(_TOKEN.finditer(self.plain, end, start))
            if len(words_between) != 1:
                continue
            word = words_between[0]
            lower = word[0].lower()
            if lower.isalpha() and lower not in _told_nothing(self.spoken) and not self._is_clinical(lower):
                yield word.span()

    def _is_joined(self, phrase: Span, run: Span) -> bool:
        """Whether only small words stand between a phrase and a run of words of every day: it belongs to it."""
        between = (run[1], phrase[0]) if run[1] <= phrase[0] else (phrase[1], run[0])
        return between[0] <= between[1] and not self.telling(between)

    def _is_told_later(self, before: Sequence[re.Match[str]], at: int) -> bool:
        """Whether who does it stands between a verb or a day and the rest: `the day she launched`, `da eröffne ich`."""
        if at + 1 >= len(before) or before[at][0].lower() not in words.plain_list("pronouns"):
            return False
        earlier = before[at + 1][0].lower()
        return earlier in words.plain_list("when") or (
            Tongue.GERMAN in self.spoken and is_verb(earlier, frozenset((Tongue.GERMAN,)))
        )

    def trimmed(self, span: Span) -> Span | None:
        """A stretch without small words at its ends; nothing where it has no others."""
        telling = [
            token
            for token in _TOKEN.finditer(self.plain, *span)
            if token[0].lower() not in _small(self.spoken) - words.plain_list("unique")
        ]
        return (telling[0].start(), telling[-1].end()) if telling else None

    def telling(self, span: Span) -> int:
        """How many words of a stretch are no small ones."""
        return sum(
            token[0].lower() not in _small(self.spoken) for token in _TOKEN.finditer(self.plain, *span)
        )

    def is_of_clinic(self, span: Span) -> bool:
        """Whether a word of the clinic stands in a stretch, so that nothing of it is hidden unasked."""
        return any(
            (not self.caseless and token[0].isupper() and 2 <= len(token[0]) <= 5)
            or (
                len(lower := token[0].lower()) > 2
                and (
                    self._is_clinical(lower)
                    or lower in words.plain_list("instruments")
                    or _is_made_of_clinic(lower)
                )
            )
            for token in _TOKEN.finditer(self.plain, *span)
        )

    def are_near(self, end: int, start: int) -> bool:
        """Whether only a few words lie between two stretches, and none that begins another thing."""
        if start <= end:
            return True
        gap = self.plain[end:start]
        if len(gap) > _FAR or _SIGN.search(gap) is not None or self.taken.meet((end, start)):
            return False
        between = [token[0].lower() for token in _TOKEN.finditer(self.plain, end, start)]
        other = words.plain_list("pronouns") | words.plain_list("relations")
        return len(between) <= _BETWEEN and not any(
            each[0].isdigit() or each in other or self._is_clinical(each) for each in between
        )

    def _ends(self, token: re.Match[str]) -> bool:
        lower = token[0].lower()
        return lower[0].isdigit() or lower in _other(self.spoken) or self._is_clinical(lower)

    def _is_clinical(self, lower: str) -> bool:
        return (
            (is_clinical(lower) or is_misspelt(lower) or lower in words.plain_list("clinical"))
            and lower not in words.plain_list("occupations_common") | words.plain_list("events")
            and (lower not in first_words() or lower in words.plain_list("ordinary_english"))
        )

    def _clause(self, span: Span) -> Span:
        """The clause around a stretch, no farther than a few words: from sign to sign, whole words alone."""
        before = bisect_left(self.signs, span[0]) - 1
        after = bisect_left(self.signs, span[1])
        first = self.signs[before] + 1 if before >= 0 else 0
        last = self.signs[after] if after < len(self.signs) else len(self.plain)
        if span[0] - first > _FAR:
            first = max(self.plain.find(" ", span[0] - _FAR, span[0]), span[0] - _FAR)
        if last - span[1] > _FAR:
            cut = self.plain.rfind(" ", span[1], span[1] + _FAR)
            last = cut if cut >= 0 else span[1]
        return first, last


@cache
def _is_made_of_clinic(lower: str) -> bool:
    """Whether a word is put together with one of the clinic: `duokopfprothese`, `cauda-symptomatik`."""
    if any(
        len(part) > 3 and (is_clinical(part) or part in words.plain_list("instruments"))
        for part in lower.split("-")[1:] + lower.split("-")[:-1]
    ):
        return True
    return any(
        len(lower) > len(end) + 3 and lower.endswith(end) for end in words.plain_list("clinical_endings")
    )


@cache
def _small(spoken: frozenset[Tongue]) -> frozenset[str]:
    lists = (f"{name}_{tongue.value}" for name in ("function", "between") for tongue in spoken)
    return frozenset[str](("a", "i")).union(*(words.plain_list(name) for name in lists))


@cache
def _told_nothing(spoken: frozenset[Tongue]) -> frozenset[str]:
    """Words that tell nothing beside a phrase: small ones, who it is about, what people say and do."""
    return _small(spoken).union(
        *(words.plain_list(name) for name in ("relations", "titles", "saying", "pronouns"))
    )


@cache
def _other(spoken: frozenset[Tongue]) -> frozenset[str]:
    """Words that begin another thing: what joins clauses, who does it, when."""
    lists = (
        *(f"barriers_{tongue.value}" for tongue in spoken),
        *(f"conjunctions_{tongue.value}" for tongue in spoken),
        *("relations", "titles", "when", "saying"),
    )
    return frozenset[str]().union(*(words.plain_list(name) for name in lists))
