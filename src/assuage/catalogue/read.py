"""A catalogue as it is used: messages in, sentences out.

A sentence of a catalogue has places in braces, with a word for how the value stands there:

    {day}               the value; a list is joined by commas
    {drugs:or}          a list: its last joined by a word (and, or), each by it (all, any, plus, slash, semicolon,
                        lines)
    {drug:genitive}     a word of ours in that case, where the language has one; {drugs:or.genitive} for a list
    {therapy:direction} where somebody is sent, with its preposition
    {days:days}         a count with its noun in the right plural form: the entry `count.days`; {days:days.genitive}
    {scale:bracketed}   what a title has behind its first comma in brackets: `PHQ-9 (depression)`
    {text:upper}        with a capital first letter; {flags:and.lower} each with a small one
    {because:ended}     with a full stop at its end, if it ends no sentence yet
    {kind:article}      with its indefinite article, in a language that has one: an exposure, a score
    {amount:exact}      a number as it was written, with all its decimals: a dose is never rounded
    {share:hundredths}  a number to so many decimals (tenths, hundredths); {rise:signed.tenths} with + or −
    {{items}}           braces as they are
    {why?: because {why}}   what follows the question mark only where the message has that value

A value that a domain layer understands better than this package (a window, a criterion) is handed to `render`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol, TypeGuard, cast

from msgspec import Struct

from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.catalogue.message import Message, Wording
from assuage.catalogue.sentence import Sentence, Span
from assuage.catalogue.signature import Signature, digest
from assuage.patterns import kept_pattern

CASES = frozenset({"genitive", "dative", "accusative", "instrumental", "locative"})
DIRECTION = "direction"  # where somebody is sent: therapies have it
MINUS = "−"
_FORMS = CASES | {DIRECTION}
_BETWEEN = {
    "all": "list.and",
    "any": "list.or",
    "plus": "list.plus",
    "semicolon": "list.semicolon",
    "lines": "list.line",
    "slash": "list.slash",
}
_JOINED_BY = frozenset({"and", "or", *_BETWEEN})
_DECIMALS = {"tenths": 1, "hundredths": 2}
_SHAPES = frozenset({"upper", "lower", "ended", "article", "bracketed", "exact", "signed", *_DECIMALS})
SUBSTANCE = "drug."  # how the key of a substance begins
_MISSING = "\0missing"
_BRACE = kept_pattern("[{}]")
CHECKED = "checked"  # the context under which compile.py keeps who signed an entry


class UnknownMessage(LookupError):
    """A message that no catalogue has: a fault of the program."""


class Term(Protocol):
    """A word of the product, such as a drug or a site: the key of its translation and its English."""

    @property
    def wording(self) -> Wording:
        """The word as its table has it."""
        ...


def is_term(value: object) -> TypeGuard[Term]:
    """Whether a value is a term. A run-time check of the protocol would take a tenth of a whole review."""
    return isinstance(getattr(value, "wording", None), Wording)


class _SaysItself(Protocol):
    """A refusal of ours: it knows its own words, as the errors of others do not."""

    def in_words(self, speaking: Catalogue) -> str: ...


Render = Callable[["Catalogue", object], "Sentence | Message | Wording | str | None"]


class _NothingBehind(gettext.NullTranslations):
    """The end of the chain: says that an entry is missing, where gettext would give the key back as if it were text."""

    def gettext(self, message: str) -> str:
        return _MISSING

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _MISSING

    def pgettext(self, context: str, message: str) -> str:
        return _MISSING

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return _MISSING


@cache
def _entries(language: str, reader: str) -> gettext.NullTranslations:
    file = Path(__file__).parent / language / f"{reader}.mo"
    try:
        with file.open("rb") as stream:
            entries: gettext.NullTranslations = gettext.GNUTranslations(stream)
    except FileNotFoundError:
        raise UnknownMessage(
            f"the catalogue {language}/{reader} was not compiled; write: make catalogues"
        ) from None
    entries.add_fallback(_NothingBehind())
    return entries


class Catalogue(Struct, frozen=True):
    """Sentences of a language for a reader. `render` turns values of the domain into what can be said.

    With `marked` what has no translation begins with its language, `(en) `: for plain text, which has no other mark.
    """

    language: str
    reader: str
    render: Render | None = None
    marked: bool = False

    # --- whole sentences ---

    def say(self, message: Message) -> Sentence:
        """The sentence; in English, and marked so, where this language has none for any reader.

        Raises UnknownMessage where no catalogue has it.
        """
        values = dict(message.values)
        for language, reader in self._chain():
            template = self._template(language, reader, message.id, values.get("n"))
            if template is not None:
                if language == self.language:
                    return Sentence(self._filled(_parts(template), values, message.id))
                foreign = Catalogue(language, reader, self.render)
                return Sentence((*self._mark(), *foreign._filled(_parts(template), values, message.id)))
        raise UnknownMessage(message.id)

    def knows(self, id: str) -> bool:  # noqa: A002 - the id of the sentence
        """Whether this very catalogue (language and reader, nothing behind it) has the message."""
        return self._template(self.language, self.reader, id, 1) is not None

    def checked(self, what: str | Wording) -> bool:
        """Whether a named person has checked this entry (the id of a sentence, or a text of a table) as it stands.

        English is the original; an entry that this language lacks is shown in English, and needs no check.
        """
        return self._holder(what) is None or self.signature(what) is not None

    def signature(self, what: str | Wording) -> Signature | None:
        """Who checked this translation as it stands, and when; None while nobody has."""
        holder = self._holder(what)
        if holder is None:
            return None
        kept = _entries(self.language, holder).pgettext(CHECKED, what if isinstance(what, str) else what.key)
        return None if kept is _MISSING else Signature(*kept.split("\n"))

    def _holder(self, what: str | Wording) -> str | None:
        """The reader whose catalogue has the translation that is shown; None where the English is."""
        if self.language == ORIGINAL:
            return None
        for reader in dict.fromkeys((self.reader, "clinician")):
            if isinstance(what, str):
                text = self._template(self.language, reader, what, 1)
            else:
                text = self._translated(self.language, reader, what.key, what.english)
            if text is not None:
                return reader
        return None

    def word(self, wording: Wording, case: str | None = None) -> Sentence:
        """A text of a table in this language, in a case where the language has it; else its English, marked so."""
        keys = (f"{wording.key}/{case}", wording.key) if case else (wording.key,)
        for language, reader in self._chain():
            for key in keys:
                text = self._translated(language, reader, key, wording.english)
                if text is not None and language == self.language:
                    return Sentence.of(text, language)
                if text is not None:
                    return Sentence((*self._mark(), Span(text, language)))
        if self.language == ORIGINAL:
            return Sentence.of(wording.english, ORIGINAL)
        spelt = self._spelt(wording, case) if wording.key.startswith(SUBSTANCE) else None
        if spelt is not None:
            return spelt
        return Sentence((*self._mark(), Span(wording.english, ORIGINAL)))

    def _spelt(self, wording: Wording, case: str | None) -> Sentence | None:
        """A substance by the spelling of this language, with its international name; one of many part by part."""
        codes, names = wording.key.removeprefix(SUBSTANCE).split("+"), wording.english.split("/")
        if len(codes) > 1:
            if len(codes) != len(names):
                return None
            parts = [
                self.word(Wording(SUBSTANCE + code, name), case)
                for code, name in zip(codes, names, strict=True)
            ]
            return self.joined(parts, "slash")
        spells = LANGUAGES[self.language].spells
        text = None if spells is None else spells(wording.english, case)
        if text is None:
            return None
        return Sentence(
            (Span(f"{text} (", self.language), Span(wording.english, ORIGINAL), Span(")", self.language))
        )

    def _mark(self) -> tuple[Span, ...]:
        """What stands before a text in English within another language, where it is to be seen."""
        return (Span(f"({ORIGINAL}) ", self.language),) if self.marked else ()

    def translated(self, context: str, english: str, plural: str | None = None, n: int = 1) -> str:
        """A sentence whose id is its English, with its plural; the English where this language has none."""
        entries = _entries(self.language, "clinician")
        if plural is None:
            text = entries.pgettext(context, english)
            return english if text is _MISSING else text
        text = entries.npgettext(context, english, plural, n)
        if text is _MISSING:
            return english if n == 1 else plural
        return text

    def number(self, value: float, *, exact: bool = False) -> str:
        """A number as this language writes it, to two decimals; `exact` for what a person wrote, with all of them."""
        text = str(value) if isinstance(value, int) else f"{value if exact else round(value, 2):.10g}"
        return self._signs(text)

    def _signs(self, text: str) -> str:
        """A number with the minus sign and the decimal sign of this language."""
        minus = MINUS + text[1:] if text.startswith("-") else text
        return minus.replace(".", LANGUAGES[self.language].decimal_sign)

    def decimals(self, value: float, places: int, *, signed: bool = False) -> str:
        """A number to exactly so many decimals, as this language writes it; `signed` with its + where it has one."""
        value = round(value, places) + 0.0  # what rounds to nothing has no sign: 0.0, never -0.0
        text = f"{value:+.{places}f}" if signed else f"{value:.{places}f}"
        return self._signs(text)

    def joined(self, parts: list[Sentence], by: str | None = None) -> Sentence:
        """The parts as a list, joined as `by` says (see the places of a sentence); by commas without it."""
        word = {"and": "list.and", "all": "list.and", "or": "list.or", "any": "list.or"}.get(by or "")
        between = _BETWEEN.get(by or "", "list.comma")
        spans: list[Span] = []
        for number, part in enumerate(parts):
            if number:
                last = number == len(parts) - 1
                spans.append(Span(self._text(word if last and word else between), self.language))
            spans.extend(part.spans)
        return Sentence(spans)

    # --- the places of a sentence ---

    def value(self, value: object, how: str = "") -> Sentence:
        """A value as it stands in a sentence; `how` is what follows the colon of its place."""
        manner = _manner(how)
        if manner.noun is not None and not self._counts(manner.noun):
            raise UnknownMessage(f"no way to write a value is called {manner.noun}")
        if isinstance(value, tuple | list):
            parts = [self._single(each, manner) for each in cast("tuple[object, ...]", value)]
            if manner.lower:
                parts = [part.uncapitalised() for part in parts]
            sentence = self.joined(parts, manner.joined_by)
        else:
            sentence = self._single(value, manner)
            sentence = sentence.uncapitalised() if manner.lower else sentence
        sentence = sentence.bracketed() if manner.bracketed else sentence
        if manner.article and self.language == ORIGINAL:
            sentence = Sentence((Span(_article(sentence), self.language), *sentence.spans))
        if manner.ended:
            sentence = sentence.ended(self.language)
        return sentence.capitalised() if manner.upper else sentence

    def _single(self, value: object, manner: _Manner) -> Sentence:
        match value:
            case Sentence():
                return value
            case Message():
                return self.say(value)
            case Wording():
                return self.word(value, manner.case)
            case bool():
                return self.say(Message("answer.yes" if value else "answer.no"))
            case int() if manner.noun is not None:
                return self._count(value, manner.noun, manner.case)
            case int() | float() if manner.decimals is not None:
                text = self.decimals(value, manner.decimals, signed=manner.signed)
                return Sentence.of(text, self.language)
            case int() | float():
                text = self.number(value, exact=manner.exact)
                return Sentence.of(f"+{text}" if manner.signed and value > 0 else text, self.language)
            case str():
                return Sentence.of(value, self.language)
            case date():
                return Sentence.of(value.isoformat(), self.language)
            case PurePath():
                return Sentence.of(str(value), self.language)
            case _ if is_term(value):
                return self.word(value.wording, manner.case)
            case _:
                rendered = None if self.render is None else self.render(self, value)
                if rendered is None and isinstance(value, Exception):
                    says = hasattr(value, "in_words")
                    rendered = cast("_SaysItself", value).in_words(self) if says else str(value)
                if rendered is None:
                    raise UnknownMessage(f"nobody says how to write a {type(value).__name__}")
                return self._single(rendered, manner)

    def _count(self, n: int, noun: str, case: str | None) -> Sentence:
        entries = _entries(self.language, "clinician")
        key = f"count.{noun}"
        text = _MISSING if case is None else entries.npgettext(case, key, key, n)
        if text is _MISSING:
            text = entries.ngettext(key, key, n)
        return Sentence.of(text.replace("{n}", self.number(n)), self.language)

    def _counts(self, noun: str) -> bool:
        key = f"count.{noun}"
        return _entries(self.language, "clinician").ngettext(key, key, 1) is not _MISSING

    def _filled(self, parts: tuple[_Piece, ...], values: dict[str, object], id: str) -> list[Span]:  # noqa: A002
        """The spans of a template. Most of a review's time to speak goes here, so plain texts take a short way."""
        spans: list[Span] = []
        for piece in parts:
            match piece:
                case str():
                    spans.append(Span(piece, self.language))
                case _Place(name, how):
                    if name not in values:
                        raise UnknownMessage(f"{id} has a place {{{name}}}, and nothing was given for it")
                    value = values[name]
                    if not how and type(value) is str:
                        spans.append(Span(value, self.language))
                    else:
                        spans += self.value(value, how).spans
                case _Maybe(name, inner):
                    if values.get(name) not in (None, (), ""):
                        spans += self._filled(inner, values, id)
        return spans

    # --- entries ---

    def _chain(self) -> Iterator[tuple[str, str]]:
        yield self.language, self.reader
        if self.reader != "clinician":
            yield self.language, "clinician"
        if self.language != ORIGINAL:
            yield ORIGINAL, self.reader
            if self.reader != "clinician":
                yield ORIGINAL, "clinician"

    @staticmethod
    def _translated(language: str, reader: str, context: str, english: str) -> str | None:
        text = _entries(language, reader).pgettext(context, english)
        return None if text is _MISSING else text

    @staticmethod
    def _template(language: str, reader: str, id: str, n: object) -> str | None:  # noqa: A002
        entries = _entries(language, reader)
        text = entries.ngettext(id, id, n) if isinstance(n, int) else _MISSING
        if text is _MISSING:
            text = entries.gettext(id)
        return None if text is _MISSING else text

    def _text(self, id: str) -> str:  # noqa: A002
        text = self._template(self.language, "clinician", id, None)
        if text is None:
            raise UnknownMessage(id)
        return text


def _article(words: str) -> str:
    """`a ` or `an `, by the letter that what follows begins with: what we count so begins as it is spelt."""
    return "an " if words[:1].casefold() in frozenset("aeiou") else "a "


def fact_signature(key: str, texts: Iterable[str]) -> Signature | None:
    """Who checked a fact of our tables as it stands, and when; None while nobody has.

    `key` names its row, `texts` are all the texts and values of the row that the check is about.
    """
    kept = _entries(ORIGINAL, "clinician").pgettext(CHECKED, key)
    if kept is _MISSING:
        return None
    by, on, checked = kept.split("\n")
    return Signature(by, on) if checked == digest(texts) else None


# --- templates ----------------------------------------------------------------------------------


class _Manner(NamedTuple):
    """How a value is written at a place: what follows its colon, word by word."""

    case: str | None
    noun: str | None
    joined_by: str | None
    exact: bool
    lower: bool
    upper: bool
    ended: bool
    article: bool
    bracketed: bool
    signed: bool
    decimals: int | None


@cache
def _manner(how: str) -> _Manner:
    words = [word for word in how.split(".") if word]
    nouns = [word for word in words if word not in _FORMS | _JOINED_BY | _SHAPES]
    if len(nouns) > 1:
        raise UnknownMessage(f"a value is counted in one noun, not in {' and '.join(nouns)}")
    return _Manner(
        case=next((word for word in words if word in _FORMS), None),
        noun=nouns[0] if nouns else None,
        joined_by=next((word for word in words if word in _JOINED_BY), None),
        exact="exact" in words,
        lower="lower" in words,
        upper="upper" in words,
        ended="ended" in words,
        article="article" in words,
        bracketed="bracketed" in words,
        signed="signed" in words,
        decimals=next((_DECIMALS[word] for word in words if word in _DECIMALS), None),
    )


class _Place(NamedTuple):
    name: str
    how: str


class _Maybe(NamedTuple):
    name: str
    inner: tuple[_Piece, ...]


_Piece = str | _Place | _Maybe


@cache
def _parts(template: str) -> tuple[_Piece, ...]:
    """The pieces of a template. Raises ValueError for a brace that is never closed."""
    pieces: list[_Piece] = []
    at = 0
    while at < len(template):
        opening = template.find("{", at)
        before = (template[at:] if opening < 0 else template[at:opening]).replace("}}", "}")
        if before:
            pieces.append(before)
        if opening < 0:
            break
        if template.startswith("{{", opening):
            pieces.append("{")
            at = opening + 2
            continue
        closing = _closing(template, opening)
        inside = template[opening + 1 : closing]
        name, asks, rest = inside.partition("?:")
        if asks and name.isidentifier():
            pieces.append(_Maybe(name, _parts(rest)))
        else:
            name, _, how = inside.partition(":")
            pieces.append(_Place(name, how))
        at = closing + 1
    return tuple(pieces)


def _closing(template: str, opening: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(template, opening):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    raise ValueError(f"a brace is opened and not closed: {template}")


def places_in_template(template: str) -> frozenset[str]:
    """The names of the values that a template asks for."""

    def names(pieces: tuple[_Piece, ...]) -> Iterator[str]:
        for piece in pieces:
            match piece:
                case _Place(name):
                    yield name
                case _Maybe(name, inner):
                    yield name
                    yield from names(inner)
                case str():
                    pass

    return frozenset(names(_parts(template)))
