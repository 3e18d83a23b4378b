"""The language of a case report: its sentences, counts and numbers, and the words of our tables, by one catalogue.

The English of these sentences stands in the code that makes them and is their id (context `care`); the words of
tables (a drug, a site, a symptom) are translated once, with the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import Wording, message
from assuage.catalogue.read import Catalogue
from assuage.errors import InputError, unknown_word
from assuage.record.kinds import scales
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import DRUGS
from assuage.terms.names import folded
from assuage.terms.sites import SITES
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import THERAPIES
from assuage.words.speak import catalogue

CONTEXT = "care"
# Headings that name the patient, in languages where the word agrees with the sex.
OF_A_WOMAN = "care/female"


class ReportLanguage(Struct, frozen=True):
    """A language to write in: `t` for sentences, `n` for counts, `num` for numbers, `word` for terms."""

    code: str
    catalogue: Catalogue

    def t(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with its values put in."""
        text = self.catalogue.translated(CONTEXT, sentence)
        return text.format(**values) if values else text

    def heading(self, title: str, sex: str | None) -> str:
        """A heading, in the form that agrees with the patient's sex where the language has one."""
        text = self.catalogue.translated(OF_A_WOMAN, title) if sex == "female" else title
        return self.t(title) if text == title else text

    def n(self, singular: str, plural: str, count: int) -> str:
        """The sentence in the plural form that belongs to the count, which stands in it as {n}."""
        return self.catalogue.translated(CONTEXT, singular, plural, count).format(n=self.num(count))

    def num(self, number: float) -> str:
        """The number as it was written, with this language's decimal sign."""
        return self.catalogue.number(number, exact=True)

    def word(self, term: str) -> str:
        """A term of the product (a symptom, a site, a drug) in this language; other words as they were written."""
        if not term:
            return ""
        wording = _titles().get(folded(term))
        if wording is not None:
            text = self.catalogue.word(wording)
            return term if text == wording.english else text
        for written in (term, term.lower()):
            text = self.catalogue.translated(CONTEXT, written)
            if text != written:
                return text
        return term

    def text(self, wording: Wording) -> str:
        """A text of a table in this language."""
        return self.catalogue.word(wording)

    def list(self, terms: list[str]) -> str:
        """The terms, joined by commas."""
        return ", ".join(terms)


@cache
def _titles() -> Mapping[str, Wording]:
    """The titles of our terms, whatever their case; of two terms of one title either, for it is the same word."""
    tables = (CONDITIONS, scales(), SITES, SYMPTOMS, THERAPIES, DRUGS)
    return MappingProxyType({folded(term.title): term.wording for table in tables for term in table.values()})


@cache
def language(code: str) -> ReportLanguage:
    """The language of that code; InputError for one there is no catalogue of."""
    if code not in LANGUAGES:
        raise InputError(unknown_word(code, LANGUAGES, message("word.language")))
    return ReportLanguage(code, catalogue(code))
