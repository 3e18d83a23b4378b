"""Words that claim more than one case can show. A suggestion, never a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SUGGESTED: tuple[tuple[str, str], ...] = (
    (r"confirm(?:s|ed|ing)?|patvirtin\w*", "is consistent with"),
    (r"prov(?:es?|ed|en|ing)|įrod\w*", "suggests"),
    (r"validat(?:es?|ed|ing)|pagrindžia", "is compatible with"),
    (r"permanent(?:ly)?|visam laikui|visiškai išnyko", "until the last day recorded"),
    (r"never|niekada", "not in the time observed"),
    (r"cure[sd]?|curing|curative|išgyd\w*|pagyd\w*", "was followed by relief of"),
    (r"guarantee[sd]?|garantuoj\w*", "may"),
)
_CLAIMS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead) for words, instead in _SUGGESTED)


def claims(text: str) -> Iterator[tuple[str, str]]:
    """Every over-strong word of a text, with what one case allows to say instead."""
    for pattern, instead in _CLAIMS:
        for match in pattern.finditer(text):
            yield match[0], instead
