"""How names are compared: `deep_massage`, `Deep massage` and `deep-massage` are one name."""

from __future__ import annotations


def folded(name: str) -> str:
    """The name in lower case, with spaces for underscores and hyphens, and none twice."""
    return " ".join(name.lower().replace("_", " ").replace("-", " ").split())
