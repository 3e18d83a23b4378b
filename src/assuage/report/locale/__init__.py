"""The languages of the reports: a catalogue of sentences, plural forms, numbers as each language writes them.

A sentence without a translation is shown in English; a test holds the catalogues complete.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assuage.errors import InputError, nearest

LANGUAGES = {"en": "English", "lt": "lietuvių"}


@dataclass(frozen=True)
class Language:
    """A language to write in: `t` for sentences, `n` for counts, `num` for numbers, `word` for terms."""

    code: str
    catalogue: gettext.NullTranslations

    def t(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with its values put in."""
        said = self.catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def n(self, one: str, many: str, count: int) -> str:
        """The sentence in the plural form that belongs to the count, which stands in it as {n}."""
        return self.catalogue.ngettext(one, many, count).format(n=self.num(count))

    def num(self, number: float) -> str:
        """The number with this language's decimal sign and thousands."""
        from babel.numbers import format_decimal

        return format_decimal(number, format="#,##0.###", locale=self.code)

    def word(self, term: str) -> str:
        """A term of the product (a symptom, a site, a drug) in this language; other words as they were written."""
        if not term:
            return ""
        said = self.catalogue.gettext(term)
        if said == term and (lower := self.catalogue.gettext(term.lower())) != term.lower():
            return lower
        return said

    def list(self, terms: list[str]) -> str:
        """The terms, joined by commas."""
        return ", ".join(terms)


@cache
def language(code: str) -> Language:
    """The language of that code; InputError for one there is no catalogue of."""
    if code not in LANGUAGES:
        raise InputError(nearest(code, LANGUAGES, "language"))
    if code == "en":
        return Language(code, gettext.NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # The catalogue is kept as people edit it and compiled when it is first needed: no build step to forget.
    with (files("assuage.report.locale") / f"{code}.po").open("rb") as stream:
        read = read_po(stream, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return Language(code, gettext.GNUTranslations(compiled))
