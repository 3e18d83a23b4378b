"""How names are compared: `deep_massage`, `Deep massage` and `deep-massage` are one name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from assuage.patterns import kept_pattern


def spaced(words: str) -> str:
    """The words in lower case with one blank between them, and their hyphens and underscores as they are."""
    plain = words if words.isascii() else _in_one_script(words)
    if _apart(plain):
        plain = _LETTERS_APART.sub(lambda word: _BETWEEN.sub("", word[0]), plain)
    return " ".join(plain.lower().split())


# A word written letter by letter, as for emphasis or to get past a reader: `f e v e r`, `f.e.v.e.r`.
_LETTERS_APART = kept_pattern(
    r"(?<![\w.-])[^\W\d_](?P<sign>[ ._-])(?:[^\W\d_](?P=sign)){2,}[^\W\d_](?![\w-])"
)
_BETWEEN = kept_pattern(r"[ ._-]")
_apart = _LETTERS_APART.search


# Letters of other scripts that are drawn like ours (after the confusables of Unicode TS 39; ours, from memory), as a
# copied or a hostile text has them within a word; and wide letters.
LOOK_ALIKE = dict(
    zip(
        "аеорсхуіјѕԁһӏкмтвнАЕОРСХУІЈЅКМТВНαονρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcxyijsdhlkmtbhAEOPCXYIJSKMTBHaovpikuABEZHIKMNOPTYX",
        strict=True,
    )
)
_LOOK_ALIKE = str.maketrans(LOOK_ALIKE)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x200B, 0x200C, 0x200D, 0x2060, 0xAD, 0xFEFF)
)
_MIXED = kept_pattern(r"\w*(?:[a-zA-Z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][a-zA-Z])\w*")


def _in_one_script(words: str) -> str:
    """The words without letters of another script inside a word of ours, wide letters and signs that nobody sees."""
    return _MIXED.sub(lambda word: word[0].translate(_LOOK_ALIKE), words.translate(_WIDE))


_CHECKED = kept_pattern(r"checked\s*:?\s+(?P<after>\S.*)|(?P<before>\S.*?)\s*:?\s+(?:was\s+|is\s+)?checked")


def checked_name(words: str) -> str | None:
    """The name, folded, that a person says was looked up: `checked: Xyz`, `Xyz checked`; None in other words."""
    plain = folded(words)
    match = _CHECKED.fullmatch(plain) if "checked" in plain else None
    return None if match is None else match["after"] or match["before"]


def folded(name: str) -> str:
    """The name in lower case, with spaces for underscores and hyphens, and none twice."""
    return _remembered(name) if len(name) <= _REMEMBERED else _fold(name)


_REMEMBERED = 200  # letters; longer than any name, and what nobody asks for twice


def _fold(name: str) -> str:
    return spaced(name.replace("_", " ").replace("-", " "))


_remembered = lru_cache(maxsize=20_000)(_fold)  # the same names are looked up in one table after another


def unaccented(name: str) -> str:
    """The folded name without accents, as people type it who have no key for them: `karsciavimas`."""
    plain = folded(name)
    if plain.isascii():
        return plain
    plain = plain.replace("ß", "ss")
    return "".join(
        letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter)
    )


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def without_umlauts(name: str) -> str:
    """The name as German writes it where a keyboard has no umlauts: `Blutverduenner`."""
    return name.translate(_UMLAUTS)


def edit_distance(word: str, other: str) -> int:
    """How many letters are added, left out, changed or swapped with their neighbour between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        before, above, row = row, before, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == wanted:
                cost = min(cost, above[to - 2] + 1)
            row.append(cost)
    return row[-1]
