"""The look of pages as style sheets: the tokens as variables in every theme, the fonts inside the page."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from assuage.report.look.figures import fonts_folder
from assuage.report.look.tokens import (
    HEADING_SIZES,
    LEAST_SIZE,
    LEAST_TARGET,
    LINE_HEIGHT,
    MEASURE,
    SANS,
    SANS_STACK,
    SERIF,
    SERIF_STACK,
    SPACE,
    TEXT_SIZE,
    TOKENS,
    WIDEST_PAGE,
)

_LETTER: Final = (
    0.43  # the mean width of a letter of English and Lithuanian text in our font, spaces too, in em
)

# What a page may load: nothing from outside, no script; its own styles, pictures and fonts are inside it.
SECURITY_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


@cache
def variables() -> str:
    """`:root` with every token, then what differs in the dark, on paper and in forced colours.

    Paper is light whatever the screen is. In forced colours what is read takes the system's colours; marks that have
    a shape and a word of their own keep theirs.
    """
    light = "".join(f"--{token.name}:{token.light};" for token in TOKENS)
    dark = "".join(f"--{token.name}:{token.dark};" for token in TOKENS)
    forced = "".join(f"--{token.name}:{token.forced};" for token in TOKENS if token.forced)
    sizes = (
        f"--sans:{SANS_STACK};--serif:{SERIF_STACK};--size:{_rem(TEXT_SIZE)};"
        f"--line-height:{LINE_HEIGHT / TEXT_SIZE:g};--small:{_rem(LEAST_SIZE)};"
        + "".join(f"--heading-{n}:{_rem(size)};" for n, size in enumerate(HEADING_SIZES, start=1))
        + f"--space:{_rem(SPACE)};--measure:{MEASURE * _LETTER:.1f}em;--target:{LEAST_TARGET}px;"
        f"--widest:{WIDEST_PAGE}px;"
    )
    return (
        f":root{{color-scheme:light dark;{light}{sizes}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media print{{:root{{color-scheme:light}}}}\n"
        f"@media (forced-colors:active){{:root{{{forced}}}}}\n"
    )


@cache
def font_faces() -> str:
    """The two weights of our font, inside the style sheet."""
    return "".join(_face(SANS, *style) for style in (("Regular", 400, "normal"), ("Bold", 700, "normal")))


@cache
def serif_faces() -> str:
    """The serif of the manuscript, inside its style sheet alone: no other page carries it."""
    styles = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"))
    return "".join(_face(SERIF, *style) for style in styles)


def _face(family: str, name: str, weight: int, style: str) -> str:
    packed = b64encode((fonts_folder() / f"{family.replace(' ', '')}-{name}.woff2").read_bytes()).decode(
        "ascii"
    )
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url(data:font/woff2;base64,{packed}) format("woff2")}}\n'
    )


def _rem(pixels: float) -> str:
    """Pixels in units of the reader's own size of text, which is 16 where nothing was chosen."""
    return f"{pixels / 16:g}rem"


@cache
def style_sheet() -> str:
    """All that every page begins with: variables, fonts, and how text, tables, figures and folded parts are set."""
    return variables() + font_faces() + rules()


@cache
def rules() -> str:
    """How text, tables, figures and folded parts are set; where the fonts are is not in it."""
    return (Path(__file__).parent / "base.css").read_text(encoding="utf-8")
