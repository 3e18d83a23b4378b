"""Text by its real width: how long a line is, where it breaks, and what is kept where there is no more room."""

from __future__ import annotations

from assuage.catalogue.sentence import Sentence, Span
from assuage.report.look.figures import drawn_width


def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """The text in lines no wider than `width`, broken between words, and inside a word that is too long itself.

    `most` lines are kept at most (0: all). Where more are needed the last line ends what stands before it with "…"
    and keeps the end of the text, because long names that begin alike often end differently. A Sentence gives
    lines that keep their languages.
    """
    lines = [_cut(text, start, end) for start, end in _breaks(text, size, width, bold)]
    if not most or len(lines) <= most:
        return lines
    kept = lines[: most - 1]
    start = len(text)
    while start and drawn_width(f"…{text[start - 1 :]}", size, bold=bold) <= width:
        start -= 1
    tail = _cut(text, start, len(text))
    return [*kept, _joined("…", tail)]


def _breaks(text: str, size: float, width: float, bold: bool) -> list[tuple[int, int]]:
    """Where lines begin and end in the text."""
    lines: list[tuple[int, int]] = []
    start, end, place = 0, 0, 0
    for word in text.split(" "):
        begins, stops = place, place + len(word)
        place = stops + 1
        if end > start and drawn_width(text[start:stops], size, bold=bold) > width:
            lines.append((start, end))
            start = begins
        while stops - start > 1 and drawn_width(text[start:stops], size, bold=bold) > width:
            long, room = 1, width - drawn_width(text[start], size, bold=bold)
            while (room := room - drawn_width(text[start + long], size, bold=bold)) >= 0:
                long += 1
            lines.append((start, start + long))
            start += long
        end = stops
    if end > start:
        lines.append((start, end))
    return lines


def _cut(text: str, start: int, end: int) -> str:
    """A stretch of the text that keeps its languages."""
    if not isinstance(text, Sentence):
        return text[start:end]
    spans: list[Span] = []
    at = 0
    for span in text.spans:
        piece = span.text[max(start - at, 0) : max(end - at, 0)]
        spans.append(Span(piece, span.language))
        at += len(span.text)
    return Sentence(spans)


def _joined(before: str, text: str) -> str:
    if not isinstance(text, Sentence) or not text.spans:
        return before + text
    first = text.spans[0]
    return Sentence((Span(before + first.text, first.language), *text.spans[1:]))
