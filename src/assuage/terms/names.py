"""How names are compared: `deep_massage`, `Deep massage` and `deep-massage` are one name."""

from __future__ import annotations


def spaced(words: str) -> str:
    """The words in lower case with one blank between them, and their hyphens and underscores as they are."""
    return " ".join(words.lower().split())


def folded(name: str) -> str:
    """The name in lower case, with spaces for underscores and hyphens, and none twice."""
    return spaced(name.replace("_", " ").replace("-", " "))
