"""The look of figures: how wide a text is, and a figure drawn in light colours shown in both themes.

A figure is drawn in the light values of the tokens (`tokens.STOP.light`), so that it is right as a file of its own, on
paper and in a document. `themed` makes of them the variables of the page, each with its light value to fall back on.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Final

from assuage.report.look.tokens import GROUND, SANS_STACK, TOKENS
from assuage.report.look.widths import BOLD, REGULAR

_VARIABLES: Final = {token.light: f"var(--{token.name},{token.light})" for token in TOKENS}
_COLOUR: Final = re.compile(r'(?<=")#[0-9a-f]{6}(?=")|(?<=:)\s*#[0-9a-f]{6}(?=[;"])')
_WIDTHS: Final = tuple(
    {letter: width for width, letters in table.items() for letter in letters} for table in (REGULAR, BOLD)
)
_UNKNOWN_WIDTH: Final = 1000  # of a letter the font does not have: never less than another font gives it


def drawn_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is in our font at that size, in the unit of the size: the sum of its letters."""
    widths = _WIDTHS[bold]
    return sum(widths.get(letter, _UNKNOWN_WIDTH) for letter in text) * size / 1000


def themed(svg: str) -> str:
    """The figure for a page: each colour of a token becomes that token's variable; other colours stay.

    Colours are found where they are a whole attribute and after a colon in a style, never in texts.
    """
    return _COLOUR.sub(lambda colour: _VARIABLES.get(colour[0].strip(), colour[0]), svg)


def opening(width: float, height: float, *, language: str, title: str, description: str) -> str:
    """The beginning of a figure's SVG, up to its ground: its size, font, language, title and description (escaped)."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{SANS_STACK}" lang="{language}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="{GROUND.light}"/>'
    )


def fonts_folder() -> Path:
    """The folder of our fonts as TrueType files, for those who turn figures into pictures and documents."""
    return Path(__file__).parent / "fonts"
