"""Letters that a text must hold for a pattern to be found in it: so that a pattern is compiled only where it could be.

Read off the pattern as it is written. Where this finds no such letters, nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

Letters = frozenset[str]

_LEAST = 2  # letters: one alone is in nearly every text
_PART = re.compile(r"\{\d*,?\d*\}|[\w \-]+|\(\?:|\(|\)|\||\\.|\[(?:\\.|[^\]\\])*\]|.")
_MAY_BE_NONE = ("?", "*", "{")


def may_be_in(pattern: str, text: str) -> bool:
    """Whether the pattern could be found in the text, by the letters that it must hold."""
    letters = letters_held(pattern)
    return letters is None or any(each in text for each in letters)


@cache
def letters_held(pattern: str) -> Letters | None:
    """Runs of letters of which every match of the pattern holds one; None where none such is seen."""
    return _of_group(iter([*_PART.findall(pattern), ")", ""]))[0]


def _of_group(parts: Iterator[str]) -> tuple[Letters | None, str]:
    """What a match of the alternatives up to the end of their group holds, and the part behind it."""
    held, known = set[str](), True
    run, inner = "", list[Letters]()
    part = next(parts)
    while True:
        if part in ("|", ")"):
            best, ended = _best(run, inner), part == ")"
            known = known and best is not None
            held |= best or frozenset()
            part, run, inner = next(parts), "", []
            if ended:
                return (frozenset(held) if known else None), part
        elif part.startswith("("):
            looks = part != "(?:"  # ahead or behind, and holds nothing itself
            group, part = _of_group(parts)
            if group is not None and not looks and not part.startswith(_MAY_BE_NONE):
                inner.append(group)
        else:
            letters = part if part[0].isalnum() or part[0] in " -_" else ""
            part = next(parts)
            run = max(run, letters[:-1] if part.startswith(_MAY_BE_NONE) else letters, key=len)


def _best(run: str, groups: list[Letters]) -> Letters | None:
    """The longest run of an alternative, else what one of its groups holds that cannot be left out."""
    if len(run) >= _LEAST:
        return frozenset({run})
    return max(groups, key=lambda letters: min(map(len, letters)), default=None)
