"""The languages we write, one row each: what differs between them and stands in no catalogue.

A new language is a row here and a folder of .po files (docs/reference/translating.md); nothing else names one.
"""

from __future__ import annotations

from dataclasses import dataclass

READERS = ("clinician", "patient")


@dataclass(frozen=True)
class Language:
    """A language: its name in itself, its plural forms as gettext writes them, and how it writes a number."""

    title: str
    plural_forms: str
    decimal_sign: str


LANGUAGES: dict[str, Language] = {
    "en": Language("English", "nplurals=2; plural=(n != 1);", "."),
    "lt": Language(
        "lietuvių",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
        ",",
    ),
}
ORIGINAL = "en"  # what the tables are written in, and what is shown where a translation is missing
