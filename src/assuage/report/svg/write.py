"""A picture as SVG text: the same text for the same picture, every number rounded, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import assert_never

from assuage.catalogue.sentence import Sentence
from assuage.report.look.css import font_faces
from assuage.report.look.tokens import GROUND, SANS_STACK, Token
from assuage.report.svg.shapes import (
    Hatch,
    Paint,
    Shape,
    SvgCircle,
    SvgGroup,
    SvgLine,
    SvgPath,
    SvgPicture,
    SvgRect,
    SvgText,
)


def svg_text(picture: SvgPicture, *, on_a_page: bool = False) -> str:
    """The picture as one SVG element.

    `on_a_page` paints with the page's CSS variables, so that it follows the page into the dark and onto paper;
    otherwise colours are literal, because programs that place a picture in a document know no variables, and it brings
    its fonts.
    """
    return _Writing(picture, on_a_page).text()


def number(value: float) -> str:
    """A length with one digit behind the point at most, and none for whole numbers."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _hatches(shapes: Iterable[Shape]) -> Iterator[Hatch]:
    """Every hatch that the shapes are filled with."""
    for shape in shapes:
        if isinstance(shape, SvgGroup):
            yield from _hatches(shape.shapes)
        elif not isinstance(shape, SvgText) and isinstance(shape.paint.fill, Hatch):
            yield shape.paint.fill


class _Writing:
    """One writing of a picture."""

    def __init__(self, picture: SvgPicture, on_a_page: bool) -> None:
        self.picture, self.on_a_page = picture, on_a_page
        self.hatches = tuple(dict.fromkeys(_hatches(picture.shapes)))

    def text(self) -> str:
        picture = self.picture
        drawn = [part for shape in picture.shapes for part in self.shape(shape)]
        width, height = number(picture.width), number(picture.height)
        # A page needs no name space, and an address in it would look like something to fetch.
        name_space = "" if self.on_a_page else ' xmlns="http://www.w3.org/2000/svg"'
        head = (
            f'<svg{name_space} role="graphics-document" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="{SANS_STACK}" lang="{escape(picture.language)}" '
            f'aria-label="{escape(picture.title)}. {escape(picture.description)}">'
        )
        words = f"<title>{escape(picture.title)}</title><desc>{escape(picture.description)}</desc>"
        ground = "" if self.on_a_page else f'<rect width="{width}" height="{height}" fill="{GROUND.light}"/>'
        fonts = "" if self.on_a_page else f"<style>{font_faces()}</style>"
        defs = "".join(self.pattern(hatch) for hatch in self.hatches)
        parts = (head, words, fonts, f"<defs>{defs}</defs>" if defs else "", ground, *drawn, "</svg>")
        return "\n".join(part for part in parts if part)

    def colour(self, tone: Token) -> str:
        return f"var(--{tone.name},{tone.light})" if self.on_a_page else tone.light

    def pattern_id(self, hatch: Hatch) -> str:
        return f"{self.picture.name}-hatch-{self.hatches.index(hatch)}"

    def pattern(self, hatch: Hatch) -> str:
        ground, ink = self.colour(hatch.ground), self.colour(hatch.ink)
        return (
            f'<pattern id="{self.pattern_id(hatch)}" width="5" height="5" '
            'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="5" height="5" fill="{ground}"/><rect width="1.4" height="5" fill="{ink}"/></pattern>'
        )

    def paint(self, paint: Paint) -> str:
        match paint.fill:
            case None:
                fill = "none"
            case Hatch():
                fill = f"url(#{self.pattern_id(paint.fill)})"
            case Token():
                fill = self.colour(paint.fill)
            case _:
                assert_never(paint.fill)
        parts = [f'fill="{fill}"']
        if paint.stroke is not None:
            parts.append(f'stroke="{self.colour(paint.stroke)}"')
            if paint.width != 1:
                parts.append(f'stroke-width="{number(paint.width)}"')
            if paint.dash:
                parts.append(f'stroke-dasharray="{" ".join(number(length) for length in paint.dash)}"')
        return " ".join(parts)

    def shape(self, shape: Shape) -> Iterator[str]:
        match shape:
            case SvgLine(x1, y1, x2, y2, paint, says):
                place = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
                yield _mark("line", f"{place} {self.paint(paint)}", says)
            case SvgRect(x, y, width, height, paint, says, corner):
                place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
                rounded = f' rx="{number(corner)}"' if corner else ""
                yield _mark("rect", f"{place}{rounded} {self.paint(paint)}", says)
            case SvgCircle(x, y, radius, paint, says):
                place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
                yield _mark("circle", f"{place} {self.paint(paint)}", says)
            case SvgPath(points, paint, says, closed):
                line = "L".join(f"{number(x)},{number(y)}" for x, y in points)
                yield _mark("path", f'd="M{line}{"Z" if closed else ""}" {self.paint(paint)}', says)
            case SvgText():
                yield self.lettering(shape)
            case SvgGroup(shapes, says, shift):
                moved = f' transform="translate({number(shift[0])},{number(shift[1])})"' if any(shift) else ""
                role = ' role="img"' if says else ""
                yield f"<g{role}{moved}>{_title(says)}"
                for inner in shapes:
                    yield from self.shape(inner)
                yield "</g>"
            case _:
                assert_never(shape)

    def lettering(self, text: SvgText) -> str:
        """One text; it repeats what marks say, so it is not read out a second time."""
        language, words = self.worded(text.text)
        anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
        bold = ' font-weight="700"' if text.bold else ""
        return (
            f'<text{language} aria-hidden="true" x="{number(text.x)}" y="{number(text.y)}" '
            f'font-size="{number(text.size)}"{anchor}{bold} fill="{self.colour(text.tone)}">{words}</text>'
        )

    def worded(self, text: str) -> tuple[str, str]:
        """The language of a text where all of it is in another one, and the text with each stretch of one marked."""
        here = self.picture.language
        if not isinstance(text, Sentence) or not text.foreign_to(here):
            return "", escape(text, quote=False)
        if len(text.spans) == 1:
            return f' lang="{escape(text.spans[0].language)}"', escape(text, quote=False)
        spans = (
            escape(span.text, quote=False)
            if span.language == here
            else f'<tspan lang="{escape(span.language)}">{escape(span.text, quote=False)}</tspan>'
            for span in text.spans
        )
        return "", "".join(spans)


def _title(says: str) -> str:
    return f"<title>{escape(says, quote=False)}</title>" if says else ""


def _mark(tag: str, attributes: str, says: str) -> str:
    return f'<{tag} role="img" {attributes}>{_title(says)}</{tag}>' if says else f"<{tag} {attributes}/>"
