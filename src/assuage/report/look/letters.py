"""Letters that no font on paper has, written out (`[U+1F600]`): they stop no document, and nothing is lost.

A tagged PDF is refused where a letter has no shape. Which letters have one hangs on our fonts and on those that Typst
brings along, so three sets are tried: all but what no font for text has, the alphabets of Europe, and our own font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from assuage.report.look.widths import BOLD, REGULAR

_OURS: Final = frozenset(
    letter for table in (REGULAR, BOLD) for letters in table.values() for letter in letters
)
# What is no text (marks of order, of lines and of variants, private use), and the scripts and pictures of which Typst's
# fonts hold none: Chinese, Japanese, Korean, emoji.
_NO_TEXT: Final = re.compile(
    "[\u2028-\u202e\u2066-\u2069\u2600-\u27bf\u2e80-\ufaff\ufe00-\ufe0f\ufe30-\ufe4f\ufeff\uff00-\uffff"
    "\U00010000-\U0001d3ff\U0001d800-\U0010ffff]"
)
# Beside whole blocks that Typst's fonts hold: alphabets of Europe and Hebrew, punctuation, signs, arrows and shapes.
_NOT_OF_EUROPE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u04ff\u0590-\u05ff\u1e00-\u1fff\u2000-\u2027\u202f-\u2065\u2070-\u214f\u2190-\u23ff"
    "\u2500-\u25ff]"
)
_NOT_OURS: Final = re.compile("[^\t\n\r]")
_NOT_DRAWN: Final = "could not be displayed"


def written_out(text: str, pattern: re.Pattern[str] = _NO_TEXT) -> str:
    """The text with each letter of a pattern, and each that is no character, as its number; ours stand as they are."""
    if text.isascii():
        return text
    return text.translate(
        {ord(each): f"[U+{ord(each):04X}]" for each in set(text) if _has_no_shape(each, pattern)}
    )


def _has_no_shape(letter: str, pattern: re.Pattern[str]) -> bool:
    if letter in _OURS:
        return False
    return pattern.match(letter) is not None or unicodedata.category(letter) == "Cn"


def drawn(compiled: Callable[[Mapping[str, str]], bytes], texts: Mapping[str, str]) -> bytes:
    """What is compiled of these texts, with as few letters written out as it takes."""
    for pattern in (_NO_TEXT, _NOT_OF_EUROPE):
        try:
            return compiled({name: written_out(text, pattern) for name, text in texts.items()})
        except RuntimeError as error:  # Typst's own error is one
            if _NOT_DRAWN not in str(error):
                raise
    return compiled({name: written_out(text, _NOT_OURS) for name, text in texts.items()})
