"""How well a de-identifier does on marked notes: what passed in silence, what was eaten, what a person must judge.

A note marks `[[KIND:what tells who it is]]` and `{{what is of the clinic and must stay}}`. An identifier passes in
silence when a word or number of it that tells something is neither hidden nor put to a person; small words and titles
within a mark tell nothing. A clinical mark is eaten when any of it is hidden.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

NOTES = Path("tests/deidentify/notes")
_MARK = re.compile(r"\[\[(?P<kind>[A-Z]+):(?P<secret>.*?)\]\]|\{\{(?P<clinical>.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
# Words within a mark that tell nobody who it is.
_TELL_NOTHING = frozenset((NOTES / "tells_nothing.txt").read_text(encoding="utf-8").split())
Span = tuple[int, int]


@dataclass(frozen=True)
class Note:
    """A note without its marks, the stretches that tell who it is (with their kind), and the clinical ones."""

    name: str
    text: str
    secrets: tuple[tuple[str, Span], ...]
    clinical: tuple[Span, ...]


@dataclass(frozen=True)
class Judged:
    """What a de-identifier did to a text: the stretches it hid, and those it puts to a person."""

    hidden: tuple[Span, ...]
    asked: tuple[Span, ...] = ()


Deidentifier = Callable[[str], Judged]


# In a note's name stands its language; a note without is of several or of English.
LANGUAGES = ("en", "de", "lt")


def in_language(notes: Iterable[Note], language: str) -> tuple[Note, ...]:
    """The notes whose name says that they are in a language."""
    return tuple(note for note in notes if f"_{language}_" in note.name)


@dataclass
class Score:
    """Counts over notes. `leaks` are marks of which something passed in silence, `whole` those that passed whole."""

    secrets: int = 0
    leaks: int = 0
    whole: int = 0
    clinical: int = 0
    eaten: int = 0
    words: int = 0
    asked: int = 0
    questions: int = 0
    leaked: list[str] = field(default_factory=list[str])
    lost: list[str] = field(default_factory=list[str])

    def line(self, title: str) -> str:
        """A row of the table: each share in per cent with its 95 % interval, and the questions in 100 words."""
        return (
            f"  {title:28} {_part(self.leaks, self.secrets)}  {_part(self.whole, self.secrets)}  "
            f"{_part(self.eaten, self.clinical)}  {_part(self.asked, self.words)}  "
            f"{100 * self.questions / max(1, self.words):5.1f}"
        )


HEAD = f"  {'':28} {'in silence':26}  {'whole':26}  {'eaten':26}  {'asked':26}  questions in 100 words"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score (1927), from 0 to 1."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.959964, part / whole
    middle = share + z * z / (2 * whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, (middle - half) / (1 + z * z / whole)), min(1.0, (middle + half) / (1 + z * z / whole))


def read_note(path: Path) -> Note:
    """A marked note from its file."""
    marked = path.read_text(encoding="utf-8")
    out: list[str] = []
    secrets: list[tuple[str, Span]] = []
    clinical: list[Span] = []
    done = length = 0
    for mark in _MARK.finditer(marked):
        before, inner = marked[done : mark.start()], mark["secret"] or mark["clinical"]
        span = (length + len(before), length + len(before) + len(inner))
        out += [before, inner]
        if mark["kind"]:
            secrets.append((mark["kind"], span))
        else:
            clinical.append(span)
        length, done = span[1], mark.end()
    return Note(path.stem, "".join([*out, marked[done:]]), tuple(secrets), tuple(clinical))


def read_notes(folder: str) -> tuple[Note, ...]:
    """The notes of a folder, such as `given`, `seen` or `held_out`."""
    return tuple(read_note(path) for path in sorted((NOTES / folder).glob("*.txt")))


def score(notes: Iterable[Note], deidentify: Deidentifier) -> Score:
    """The counts of a de-identifier over some notes."""
    total = Score()
    for note in notes:
        judged = deidentify(note.text)
        for _, (start, end) in note.secrets:
            telling = [
                token.span()
                for token in _TOKEN.finditer(note.text, start, end)
                if token[0].lower() not in _TELL_NOTHING
            ] or [(start, end)]
            passed = [span for span in telling if not _meets(span, (*judged.hidden, *judged.asked))]
            total.secrets += 1
            if passed:
                total.leaks += 1
                total.whole += len(passed) == len(telling)
                total.leaked.append(f"{note.name}: {note.text[start:end]}")
        for span in note.clinical:
            total.clinical += 1
            if _meets(span, judged.hidden):
                total.eaten += 1
                total.lost.append(f"{note.name}: {note.text[slice(*span)]}")
        tokens = [token.span() for token in _TOKEN.finditer(note.text)]
        total.words += len(tokens)
        total.questions += len(judged.asked)
        total.asked += sum(_meets(span, judged.asked) for span in tokens)
    return total


def print_row(title: str, notes: tuple[Note, ...], deidentify: Deidentifier) -> Score:
    """Print a row of the table with the CPU time of a note; the counts come back."""
    started = time.process_time()
    counted = score(notes, deidentify)
    print(
        f"{counted.line(title)}  {1e3 * (time.process_time() - started) / len(notes):6.0f} ms/note",
        flush=True,
    )
    return counted


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _part(part: int, whole: int) -> str:
    if not whole:
        return f"{'-':26}"
    low, high = wilson(part, whole)
    return f"{f'{part}/{whole} {100 * part / whole:.1f} % ({100 * low:.1f}-{100 * high:.1f})':26}"
