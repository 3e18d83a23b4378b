"""The words by which a sentence denies what it names, in English, Lithuanian and German (ours)."""

from __future__ import annotations

import re

# A part of a pattern between word boundaries. "be" is left out: it is Lithuanian for "without", and English.
DENIALS = (
    r"no|not|never|(?:has|have|is|does|did|was)n't|none|denie[sd]|without|excluded|ruled out|negative"
    r"|nėra|kein\w*|ohne"
)
_DENIED = re.compile(rf"\b(?:{DENIALS})\b")
# To say that something is not excluded denies nothing.
_LEFT_OPEN = re.compile(
    r"\b(?:not|never|cannot|can't)\s+(?:yet\s+|be\s+|been\s+|fully\s+)*(?:excluded|ruled out)\b"
    r"|\bnicht (?:sicher )?(?:ausgeschlossen|auszuschließen)\b|\bneatmest\w*"
)
# Who has it is somebody else, or nobody has it: it is feared, prevented, or only called so (ours).
_OF_NOBODY_HERE = re.compile(
    r"\b(?:family|mother|father|sister|brother|aunt|uncle|grand\w+|cousin|husband|wife|son|daughter|mutter|vater|"
    r"schwester|bruder|motina|tėvas|sesuo|brolis|šeimos|familien\w*|fear of|afraid of|phobia|worried about|risk of|"
    r"screen\w*|prophyla\w*|prevent\w*|vaccin\w*|ausgeschlossen|hay fever|(?:yellow|scarlet|glandular|dengue|rheumatic|"
    r"mediterranean) fever|intentional|deliberate|planned)\b"
)


def is_taken_back(clause: str) -> bool:
    """Whether a clause denies what it names, or says it of others."""
    left = _LEFT_OPEN.sub(" ", clause)
    return _DENIED.search(left) is not None or _OF_NOBODY_HERE.search(left) is not None
