"""How well a de-identifier does on marked notes: what passed in silence, what was eaten, what a person must judge.

A note marks `[[KIND:what tells who it is]]` and `{{what is of the clinic and must stay}}`. An identifier passes in
silence when a word or number of it that tells something is neither hidden nor put to a person; small words and titles
within a mark tell nothing. A clinical mark is eaten when any of it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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
    leaked: list[str] = field(default_factory=list[str])
    lost: list[str] = field(default_factory=list[str])

    def line(self, title: str) -> str:
        """A row of the table."""
        return (
            f"  {title:28} {self.leaks:4}/{self.secrets:<4} {_share(self.leaks, self.secrets)} "
            f"{_share(self.whole, self.secrets)}  {self.eaten:4}/{self.clinical:<4} "
            f"{_share(self.eaten, self.clinical)}  {self.asked:4}/{self.words:<5} {_share(self.asked, self.words)}"
        )


HEAD = f"  {'':28} {'in silence':>10} share  whole  {'eaten':>9} share   {'asked':>9}  share"


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
    """The notes of a folder: `given`, `seen` or `held_out`."""
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
        total.asked += sum(_meets(span, judged.asked) for span in tokens)
    return total


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}%" if whole else "    - "
