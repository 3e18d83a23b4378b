"""Pictures drawn as SVG, for pages that need nothing from elsewhere: no script, no address, no library.

Every picture says in words what it shows (`title`), its parts differ in more than colour (hatching, outline,
order), and the numbers behind it belong in a table beside it. Colours follow the page: `s0` to `s5` are the phases in
their order, the other classes say what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, log10

from msgspec import Struct

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.sentence import Sentence
from assuage.report.look.figures import drawn_width
from assuage.report.svg.lettering import wrapped

BROAD, NARROW = 740, 300  # a desk's picture and a phone's, drawn so that its letters are not shrunk
SIZE = 15  # of the letters, in pixels: a page of 768 px shows a broad picture a little smaller, and never below 14
_LINE, _BAR = 18, 27  # the height of a line of a name, and of the bar below it


class Series(Struct, frozen=True):
    """A row of numbers with its name and the class that draws it."""

    name: str
    values: tuple[float, ...]
    style: str


class Frame(Struct, frozen=True):
    """How wide a picture is in pixels, and the language that its numbers are written in."""

    width: int = BROAD
    language: str = ORIGINAL

    def grouped(self, count: float) -> str:
        """A count with its thousands apart, as the language has it."""
        return grouped(count, self.language)


DESK = Frame()


def grouped(count: float, language: str) -> str:
    """A count with its thousands apart, as a language has it."""
    written = f"{count:,.0f}"
    return written if language == ORIGINAL else written.replace(",", "\N{NO-BREAK SPACE}")


def svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """A picture with a title for those who do not see it."""
    return (
        f'<svg role="img" aria-label="{escape(title, quote=True)}" viewBox="0 0 {width} {height}">'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, style: str = "") -> str:
    """Words with their middle at x."""
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def ticks(most: float, wanted: int = 4) -> list[int]:
    """Round numbers from 0 up to `most`, about as many as wanted; whole ones, as people are whole."""
    if most < 1:
        return [0, 1]
    rough = most / wanted
    power = 10 ** int(log10(rough)) if rough >= 1 else 1
    step = next((step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough), power)
    return list(range(0, ceil(most / step) * step + 1, step))


def stacked_bars(
    title: str, rows: Sequence[tuple[str, Sequence[float]]], styles: Sequence[str], frame: Frame = DESK
) -> str:
    """A lying bar under each name, its parts one behind the other, the sum beside it."""
    width, grouped = frame.width, frame.grouped
    most = max((sum(values) for _, values in rows), default=0) or 1
    beside = max((drawn_width(grouped(sum(values)), SIZE) for _, values in rows), default=0) + 12
    parts: list[str] = []
    y = 0.0
    for name, values in rows:
        for line in wrapped(name, SIZE, width):
            parts.append(f'<text x="0" y="{y + 14:.0f}"{_language(line, frame)}>{escape(line)}</text>')
            y += _LINE
        x = 0.0
        for value, style in zip(values, styles, strict=True):
            long = (width - beside) * value / most
            if value:
                parts.append(
                    f'<rect class="{style}" x="{x:.1f}" y="{y + 3:.0f}" width="{max(long, 1):.1f}" height="14"/>'
                )
            x += long
        parts.append(f'<text class="n" x="{x + 7:.1f}" y="{y + 15:.0f}">{grouped(sum(values))}</text>')
        y += _BAR
    return svg(width, round(y) + 4, title, parts)


def _language(text: str, frame: Frame) -> str:
    """The language of a text that is not the page's; a name of two languages is told apart in its table."""
    languages = {span.language for span in text.spans} if isinstance(text, Sentence) else set[str]()
    return f' lang="{languages.pop()}"' if len(languages) == 1 and frame.language not in languages else ""


def columns(
    title: str, names: Sequence[str], series: Sequence[Series], below: str, frame: Frame = DESK
) -> str:
    """A standing bar for each name, its parts one above the other, with the numbers at the side."""
    width, height, left, bottom = frame.width, 220, 56, 44
    sums = [sum(layer.values[at] for layer in series) for at in range(len(names))]
    scale = ticks(max(sums, default=0))
    step = (width - left - 10) / max(len(names), 1)
    parts = _rules(scale, frame, height, left, bottom)
    tall = height - bottom - 12
    every = max(1, ceil(len(names) * 30 / (width - left)))
    for at, name in enumerate(names):
        x, y = left + step * at + step * 0.12, float(height - bottom)
        for layer in series:
            up = tall * layer.values[at] / scale[-1]
            if layer.values[at]:
                y -= up
                parts.append(
                    f'<rect class="{layer.style}" x="{x:.1f}" y="{y:.1f}" width="{step * 0.76:.1f}" height="{up:.1f}"/>'
                )
        if at % every == 0:
            middle = left + step * (at + 0.5)
            parts.append(_text(middle, height - bottom + 17, name, "n"))
    parts.append(_below(below, width, height, left))
    return svg(width, height, title, parts)


def areas(title: str, at: Sequence[int], series: Sequence[Series], below: str, frame: Frame = DESK) -> str:
    """Areas one above the other over days, each with its name where it is tallest."""
    width, height, left, bottom = frame.width, 300, 56, 44
    sums = [sum(layer.values[n] for layer in series) for n in range(len(at))]
    scale = ticks(max(sums, default=0))
    tall, first, last = height - bottom - 12, at[0], at[-1]

    def x_of(day: float) -> float:
        return left + (width - left - 16) * (day - first) / max(last - first, 1)

    def y_of(value: float) -> float:
        return height - bottom - tall * value / scale[-1]

    parts: list[str] = []
    floor = [0.0] * len(at)
    names: list[str] = []
    for layer in series:
        roof = [low + value for low, value in zip(floor, layer.values, strict=True)]
        there = [f"{x_of(day):.1f},{y_of(value):.1f}" for day, value in zip(at, roof, strict=True)]
        back = [f"{x_of(day):.1f},{y_of(value):.1f}" for day, value in zip(at, floor, strict=True)]
        if len(at) == 1:
            there.append(f"{width - 16},{y_of(roof[0]):.1f}")
            back.append(f"{width - 16},{y_of(floor[0]):.1f}")
        parts.append(f'<polygon class="{layer.style}" points="{" ".join([*there, *reversed(back)])}"/>')
        tallest = max(range(len(at)), key=lambda n: layer.values[n])
        wide = drawn_width(layer.name, SIZE, bold=True) / 2
        x = min(max(x_of(at[tallest]), left + wide + 8), width - 24 - wide)
        under = [n for n, day in enumerate(at) if abs(x_of(day) - x) <= wide]
        low = max((floor[n] for n in under), default=0.0)
        high = min((roof[n] for n in under), default=0.0)
        if x - wide > left and (high - low) * tall / scale[-1] > 20:
            names.append(_text(x, y_of((low + high) / 2) + 5, layer.name, f"on on-{layer.style}"))
        floor = roof
    parts += [*_rules(scale, frame, height, left, bottom), *names]
    for day in _days(first, last, (width - left) // 50):
        parts.append(_text(x_of(day), height - bottom + 17, str(day), "n"))
    parts.append(_below(below, width, height, left))
    return svg(width, height, title, parts)


def _days(first: int, last: int, most: int) -> list[int]:
    """At most so many days to name below a picture: whole weeks where there is room."""
    step = next(
        (s for s in (1, 2, 7, 14, 28, 91, 182, 364, 1820, 3640, 18200) if (last - first) / s <= most), 36400
    )
    return list(range(-(-first // step) * step, last + 1, step))


def _rules(scale: Sequence[int], frame: Frame, height: int, left: int, bottom: int) -> list[str]:
    """Thin lines across, each with its number."""
    parts: list[str] = []
    for value in scale:
        y = height - bottom - (height - bottom - 12) * value / scale[-1]
        parts.append(f'<line class="rule" x1="{left}" x2="{frame.width - 10}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="n" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{frame.grouped(value)}</text>'
        )
    return parts


def _below(text: str, width: int, height: int, left: int) -> str:
    return f'<text x="{(left + width) / 2:.0f}" y="{height - 6}" text-anchor="middle">{escape(text)}</text>'


def legend(names: Sequence[tuple[str, str]]) -> str:
    """What each kind of mark stands for: names with their classes."""
    marks = [
        f'<li><svg aria-hidden="true" viewBox="0 0 18 14"><rect class="{style}" x="1" y="1" width="16" height="12"/>'
        f"</svg>{escape(name)}</li>"
        for name, style in names
    ]
    return f'<ul class="legend">{"".join(marks)}</ul>'
