"""A hint: words that may mean a condition, a red flag or a drug without naming it, as patterns of words."""

from __future__ import annotations

from msgspec import Struct

from assuage.patterns import kept_pattern


class Hint(Struct, frozen=True):
    """What words may mean: any of these conditions or red flags, or that these drugs are taken.

    Each of `groups`, patterns of words, must be there, and not `unless` beside them. `passes` is whether nothing of it
    is left once it is past, `newly` whether only what is new or worse means it. Of who is known to be younger than
    `from_age` they mean nothing. They are asked about before what is in `before`, whatever they mean: a needle, work
    with the body, a substance or a class.
    """

    id: str
    groups: tuple[str, ...]
    conditions: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    passes: bool = False
    drugs: frozenset[str] = frozenset()
    from_age: int = 0
    unless: str = ""
    before: frozenset[str] = frozenset()
    newly: bool = False


_TYPED = str.maketrans({
    "ä": "(?:ä|ae|a)", "ö": "(?:ö|oe|o)", "ü": "(?:ü|ue|u)", "ß": "(?:ß|ss)", "ą": "[ąa]", "č": "[čc]", "ę": "[ęe]",
    "ė": "[ėe]", "į": "[įi]", "š": "[šs]", "ų": "[ųu]", "ū": "[ūu]", "ž": "[žz]",
})  # fmt: skip


def hint(
    name: str,
    *groups: str,
    conditions: str = "",
    flags: str = "",
    codes: str = "",
    passes: bool = False,
    drugs: str = "",
    from_age: int = 0,
    unless: str = "",
    before: str = "",
    newly: bool = False,
) -> Hint:
    """A hint whose groups of words are patterns between word boundaries; accents may be left out."""
    return Hint(
        name,
        tuple(_typed(group) for group in groups),
        frozenset(conditions.split()),
        frozenset(f"RF_{flag}" for flag in flags.split()),
        frozenset(codes.lower().split()),
        passes,
        frozenset(drugs.split()),
        from_age,
        _typed(unless) if unless else "",
        frozenset(before.split()),
        newly,
    )


def near(words: str, beside: str, most: int = 4) -> str:
    """A line of a group: these words beside those, in either order, up to `most` words apart that deny nothing."""
    between = rf"(?:(?!{_DENIES} )[\w'-]+ ){{0,{most}}}"
    return f"{words} {between}{beside}|{beside} {between}{words}"


_DENIES = r"(?:no|not|never|without|kein\w{0,2}|nicht|nie|ohne|nėra|nebuvo)"


# Up to so many words may stand between two that belong together.
_BETWEEN = kept_pattern(r"~(\d) ")


def _typed(group: str) -> str:
    """A group of words between word boundaries, in every way to type its letters.

    Each line of it is one or more alternatives; `~3 ` is up to three words.
    """
    alternatives = "|".join(line.strip() for line in group.strip().splitlines())
    pattern = _BETWEEN.sub(r"(?:[\\w'-]+ ){0,\1}", alternatives)
    return rf"\b(?:{pattern.translate(_TYPED)})(?!\w)"
