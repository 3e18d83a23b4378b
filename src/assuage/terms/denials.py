"""The words by which a sentence denies what it names, in English, Lithuanian and German (ours)."""

from __future__ import annotations

# A part of a pattern between word boundaries. "be" is left out: it is Lithuanian for "without", and English.
DENIALS = r"no|not|never|none|denie[sd]|without|excluded|ruled out|negative|nėra|kein\w*|ohne"
