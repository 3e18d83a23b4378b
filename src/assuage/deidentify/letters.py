"""Letters as they are read: without marks, look-alikes of other scripts, wide forms and invisible signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from assuage.terms.names import LOOK_ALIKE

# Signs that print as nothing and would cut a name in two for every rule.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]"
)
# Letters that Unicode does not take apart, and quotes and dashes of every kind.
_ODD = dict(zip("łŁøØđĐßæÆœŒıħĦ’ʼ‘‛`´′＇‐‑‒–−", "lLoOdDsaAoOihH'''''''' -----".replace(" ", ""), strict=True))
# Also those that are only roughly alike: here a letter too many hides a name at worst.
_LOOK_ALIKE = {**LOOK_ALIKE, **dict(zip("Зԛԝьϲτε", "3qwbcte", strict=True))}


def plain_letters(text: str) -> str:
    """The text with one plain letter for each letter, character by character: `Žydrė` is `Zydre`, `Ｍ` is `M`."""
    return "".join(map(_plain, text))


@cache
def _plain(letter: str) -> str:
    return _ODD.get(letter) or _LOOK_ALIKE.get(letter) or _of_unicode(letter)


def _of_unicode(letter: str) -> str:
    first = unicodedata.normalize("NFKD", letter)[0]
    return _ODD.get(first) or _LOOK_ALIKE.get(first) or first


# Figures in groups, some of which a scanner read as letters: `O2.O6.25`, `l7/O9/2024`, `485 777 3O19`.
_FIGURES = re.compile(r"(?<![\w.,/-])[\dOoIl|]{1,10}(?:[./ -][\dOoIl|]{1,10}){1,4}(?![\w|])")
_AS_READ = str.maketrans("OoIl|", "00111")


def with_figures(plain: str) -> str:
    """A text of plain letters in which letters among figures are figures; every sign stays in its place.

    Each group has a figure at least, but for one of a date, or its letters may be letters: `O2`, `6.IV.2026`.
    """

    def read(match: re.Match[str]) -> str:
        groups = re.split("[./ -]", match[0])
        figures = [any(map(str.isdigit, group)) for group in groups]
        # A year behind two groups makes a date of them, but a capital I counts months: `l4.ll.1977`, `6.III.2026`.
        year = len(groups) == 3 and re.fullmatch(r"(?:19|20)\d\d", groups[2]) is not None
        sure = all(figures) or (year and sum(figures) == 2 and "I" not in match[0])
        return match[0].translate(_AS_READ) if sure else match[0]

    return _FIGURES.sub(read, plain)


def is_foreign(word: str) -> bool:
    """Whether a word has a letter of a script that is not Latin, beyond the one letter of a unit or a formula."""
    return len(word) > 1 and any(
        letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in word
    )


@dataclass(frozen=True)
class Clean:
    """A text with composed letters and without invisible signs, and where each character of it stood (`origins`)."""

    text: str
    origins: tuple[int, ...]


def cleaned(text: str) -> Clean:
    """The text as the rules look at it. Composing goes letter by letter, so that each keeps its place."""
    out: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", _INVISIBLE.sub("", text[at:end])):
            out.append(letter)
            origins.append(at)
        at = end
    return Clean("".join(out), tuple(origins))
