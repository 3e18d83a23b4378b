"""Where labels beside marks stand: on the line of their mark, or below it, so that none lies on another.

All labels of a lane are of one length: what is the same is called the same, so either every mark has its full text or
every mark has a shorter one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from assuage.report.look.figures import drawn_width

BESIDE = 11  # from the middle of a mark to the text beside it
APART = 5


class LabelWish(Struct, frozen=True):
    """A mark at `x` and what may stand beside it, the fullest text first; all wishes of a lane have as many texts."""

    x: float
    texts: tuple[str, ...]


class PlacedLabel(Struct, frozen=True):
    """A label that has found its place: its left end, its line (0: that of the marks), its text."""

    wish: LabelWish
    x: float
    line: int
    text: str


def placed_labels(
    wishes: Sequence[LabelWish], size: float, left: float, right: float, lines: int
) -> list[PlacedLabel]:
    """The labels between `left` and `right` in at most so many lines; none where no length of text fits."""
    for length in range(min((len(wish.texts) for wish in wishes), default=0)):
        if (placed := _all_placed(wishes, length, size, left, right, lines)) is not None:
            return placed
    return []


def _all_placed(
    wishes: Sequence[LabelWish], length: int, size: float, left: float, right: float, lines: int
) -> list[PlacedLabel] | None:
    taken: list[list[tuple[float, float]]] = [[(wish.x - 9, wish.x + 9) for wish in wishes]]
    taken += [[] for _ in range(lines - 1)]
    placed: list[PlacedLabel] = []
    for wish in wishes:
        text = wish.texts[length]
        if not text:
            continue
        width = drawn_width(text, size)
        for line, begins in _places(wish.x, width, left, right, lines):
            if all(begins + width + APART <= low or high <= begins for low, high in taken[line]):
                taken[line].append((begins, begins + width + APART))
                placed.append(PlacedLabel(wish, begins, line, text))
                break
        else:
            return None
    return placed


def _places(x: float, width: float, left: float, right: float, lines: int) -> list[tuple[int, float]]:
    """Beside the mark at the right, then at the left, then below it."""
    places = [(0, x + BESIDE), (0, x - BESIDE - APART - width)]
    for line in range(1, lines):
        places += [(line, x - 4), (line, x + 4 - width)]
    return [(line, begins) for line, begins in places if left <= begins and begins + width <= right]
