"""The languages we write, one row each: what differs between them and stands in no catalogue.

A new language is a row here and a folder of .po files (docs/reference/translating.md); nothing else names one.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from assuage.catalogue.lithuanian import spelt_in_lithuanian

READERS = ("clinician", "patient")


class Language(Struct, frozen=True, kw_only=True):
    """A language: its name in itself and in English, whose spelling it is, and what it writes in its own way.

    `plural_forms` is the rule as gettext writes it; `spells` gives the international name of a substance as the
    language writes it, in a case, or None where no rule covers it.
    """

    title: str
    english: str
    tag: str
    plural_forms: str
    decimal_sign: str
    quotes: tuple[str, str]
    spells: Callable[[str, str | None], str | None] | None = None


LANGUAGES: dict[str, Language] = {
    "en": Language(
        title="English",
        english="English",
        tag="en-GB",
        plural_forms="nplurals=2; plural=(n != 1);",
        decimal_sign=".",
        quotes=("“", "”"),
    ),
    "lt": Language(
        title="lietuvių",
        english="Lithuanian",
        tag="lt-LT",
        plural_forms="nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
        decimal_sign=",",
        quotes=("„", "“"),
        spells=spelt_in_lithuanian,
    ),
}
ORIGINAL = "en"  # what the tables are written in, and what is shown where a translation is missing
