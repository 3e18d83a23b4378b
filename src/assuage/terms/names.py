"""How names are compared: `deep_massage`, `Deep massage` and `deep-massage` are one name."""

from __future__ import annotations

import re


def spaced(words: str) -> str:
    """The words in lower case with one blank between them, and their hyphens and underscores as they are."""
    return " ".join(words.lower().split())


_CHECKED = re.compile(r"checked\s*:?\s+(?P<after>\S.*)|(?P<before>\S.*?)\s*:?\s+(?:was\s+|is\s+)?checked")


def checked_name(words: str) -> str | None:
    """The name, folded, that a person says was looked up: `checked: Xyz`, `Xyz checked`; None in other words."""
    match = _CHECKED.fullmatch(folded(words))
    return None if match is None else match["after"] or match["before"]


def folded(name: str) -> str:
    """The name in lower case, with spaces for underscores and hyphens, and none twice."""
    return spaced(name.replace("_", " ").replace("-", " "))
