"""Every error the product raises on purpose.

    AssuageError
    ├── DefinitionError      a measure, test, pathway or instrument that can never mean anything
    ├── InputError           something asked for that does not exist or cannot be read as asked
    ├── Problems             a document that cannot be used: all its problems, each with place and remedy
    └── SurroundingsError    no room, no memory, a closed output: neither the command nor the document is wrong

A message says what is wrong, where, and what to write instead, in the reader's words. Values of a
patient appear only in `Problems`, which is shown to the person who holds the document and never logged.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence

# An exception has to say itself wherever it is caught. What stands in a problem is numbers and texts, so the bare
# catalogue does; whoever shows problems in another language asks for `in_words`.
_ENGLISH = Catalogue("en", "clinician")
# So often one slip is told by itself; made more often it is one cause, told with its count and so many places (ours).
MOST_APART, PLACES = 10, 3
_ROW = re.compile(r"row (?P<row>\d+)(?P<rest>(?: .*)?)")
_NUMBER = re.compile(r"\d+")


class AssuageError(Exception):
    """Anything the product refuses on purpose; the message is meant to be read by its user."""

    @property
    def what(self) -> Message | str:
        """What is wrong: a message, to be said in the reader's language; English where it is none."""
        what: object = self.args[0] if len(self.args) == 1 else None
        return what if isinstance(what, Message) else str(self)

    def in_words(self, speaking: Catalogue) -> str:
        """What is wrong, in a language; what only a programmer reads stands in English in all of them."""
        what: object = self.args[0] if len(self.args) == 1 else None
        return speaking.say(what) if isinstance(what, Message) else super().__str__()

    def __str__(self) -> str:
        return str(self.in_words(_ENGLISH))


class DefinitionError(AssuageError, ValueError):
    """A definition that can never mean anything. Raised when it is written, not when it is used."""


class InputError(AssuageError, ValueError):
    """Something asked for that does not exist, or a file that cannot be read as asked."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)


class SurroundingsError(AssuageError):
    """The machine could not do it: no room on the disk, no memory, an output that is closed."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)


class Problem(Struct, frozen=True):
    """One thing wrong in a document: the place, what is wrong and what to do about it, and the line if there is one.

    `what` is the message; its values are numbers, texts as they were written, messages, and tuples of these.
    """

    place: str
    what: Message | str
    line: int | None = None

    @property
    def code(self) -> str:
        """The id of what is wrong, for programs; empty where it has none."""
        return self.what.id if isinstance(self.what, Message) else ""

    @property
    def values(self) -> Mapping[str, object]:
        """What stands in the places of the message."""
        return dict(self.what.values) if isinstance(self.what, Message) else {}

    @property
    def message(self) -> Message:
        """What is wrong, as a message."""
        return self.what if isinstance(self.what, Message) else message("problem.as-told", text=self.what)

    @property
    def text(self) -> str:
        """What is wrong and what to do about it, in English, without its place."""
        return _said(_ENGLISH, self.what)

    @property
    def where(self) -> Message:
        """The place, with its line where it has one."""
        return message("problem.where", place=_placed(self.place), line=self.line)

    def in_words(self, speaking: Catalogue) -> Sentence:
        """The place and what is wrong there, in a language."""
        text = _said(speaking, self.what)
        if self.line is not None:
            return speaking.say(
                message("problem.at-line", place=_placed(self.place), line=self.line, text=text)
            )
        return (
            speaking.say(message("problem.at", place=_placed(self.place), text=text)) if self.place else text
        )

    def __str__(self) -> str:
        return str(self.in_words(_ENGLISH))


def _placed(place: str) -> Message | str:
    """A place in words, where it has any: the whole document, or a row of a table; a path stays as it is."""
    row = _ROW.fullmatch(place)
    if row is not None:
        return message("problem.row", row=row["row"], rest=row["rest"])
    return message("problem.whole") if place == "the document" else place


_NOT_USED = message("problems.not-used")


class Problems(AssuageError):
    """A document that cannot be used, with all its problems and what follows from them (`not used`)."""

    def __init__(
        self, document: str, problems: Sequence[Problem], consequence: Message | str = _NOT_USED
    ) -> None:
        self.document = document
        self.problems = tuple(problems)
        self.consequence = consequence
        super().__init__(document, self.problems, consequence)

    def in_words(self, speaking: Catalogue) -> str:
        """The document and its problems in a language, a line each; what is wrong in many places alike in one line."""
        head = message(
            "problems.head", document=self.document, count=len(self.problems), consequence=self.consequence
        )
        return "\n".join(
            [speaking.say(head), *(f"  {line}" for line in alike_together(self.problems, speaking))]
        )


def alike_together(problems: Iterable[Problem], speaking: Catalogue) -> Iterator[Sentence]:
    """A line for each problem; of one that was made in many places the first, the next places, and how many more."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kind = problem.code or problem.text
        alike.setdefault((kind, _NUMBER.sub("#", problem.place)), []).append(problem)
    for first, *again in alike.values():
        if len(again) < MOST_APART:
            yield from (each.in_words(speaking) for each in (first, *again))
            continue
        places = tuple(each.where for each in again[: PLACES - 1])
        more = len(again) > len(places) or None
        yield speaking.say(
            message("problem.alike", problem=first.in_words(speaking), n=len(again), places=places, more=more)
        )


def _said(speaking: Catalogue, what: Message | str) -> Sentence:
    return speaking.say(what) if isinstance(what, Message) else Sentence.of(what, speaking.language)


# Faults of the machine that have a sentence of ours; any other keeps the words of the machine.
REASONS = {
    errno.ENOENT: "not-there",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.EISDIR: "is-a-folder",
    errno.ENOTDIR: "is-no-folder",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ENOSPC: "no-room",
    errno.EDQUOT: "no-room",
    errno.ELOOP: "links-circle",
    errno.EROFS: "read-only",
    errno.EEXIST: "exists",
    errno.EMFILE: "too-many-files",
    errno.ENFILE: "too-many-files",
}


def reason_of(error: Exception) -> Message:
    """Why the machine could not read or write a file; in its own words where we have none."""
    if isinstance(error, OSError) and error.errno in REASONS:
        return message(f"machine.{REASONS[error.errno]}")
    return message("problem.as-told", text=getattr(error, "strerror", None) or str(error))


def unknown_word(word: str, known: Iterable[str], kind: Message | str) -> Message:
    """What is to be said of an unknown word of a kind: with the nearest known one, or all where they are few."""
    words = sorted(set(known))
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return message("unknown-word.near", kind=kind, word=word, near=close[0])
    if len(words) <= 12:
        return message("unknown-word.few", kind=kind, word=word, known=tuple(words))
    return message("unknown-word", kind=kind, word=word)
