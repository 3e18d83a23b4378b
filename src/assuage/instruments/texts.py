"""The texts of questionnaires and of results that stand beside a total, with the keys of their translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.catalogue.message import Wording
from assuage.instruments.model import Criteria, Instrument, Item
from assuage.terms.sites import SITES

# Words a value can be that stand in no band of a questionnaire.
_WORDS = (
    *("none", "worse", "minimal", "moderate", "substantial"),
    *("in scope", "out of scope", "unknown", "possible", "probable"),
    *("guy farrar", "hurst bolton"),
)
_ITEM = "instrument.item"
ALWAYS_YES = "The answer is yes for possible or probable."
AN_ADULT = "Age not given: an adult is assumed."
ANOTHER_DIAGNOSIS = "Another diagnosis neither excludes fibromyalgia nor is needed."
SECTIONS = "which sections were left out, and their answers"


def note_wording(text: str) -> Wording:
    """A remark that stands beside a result."""
    return Wording("instrument.note", text)


def part_wording(text: str) -> Wording:
    """What a part of a result asks: a cut-off, or one of the criteria of a set."""
    return Wording("instrument.part", text)


def word_wording(name: str) -> Wording:
    """A word that a result can be: the band of a total, a grade, the size of a response."""
    return Wording("instrument.word", name.replace("_", " "))


def domain_wording(name: str) -> Wording:
    """A domain of a questionnaire."""
    return Wording("instrument.domain", name.replace("_", " "))


def rule_wording(text: str) -> Wording:
    """A rule for unanswered items, or what must be said of a scheme of bands."""
    return Wording("instrument.rule", text)


def item_wording(item: Item) -> Wording | str:
    """What an item asks, in its wording where that may be shipped; an item by its number is its id."""
    return _worded(item, item.wording or item.name)


def name_wording(item: Item) -> Wording | str:
    """How a sentence names an item that it is about; an item by its number is its id."""
    return _worded(item, item.name)


def _worded(item: Item, text: str) -> Wording | str:
    site = SITES.get(item.id)
    if site is not None and site.title == item.title:
        return site.wording  # the items of a body map have their names from the table of sites
    return text if text[-1:].isdigit() else Wording(_ITEM, text)


def score_texts(
    instruments: Iterable[Instrument], sets: Iterable[Criteria], others: Iterable[Item]
) -> Iterator[Wording]:
    """Every text once; `others` are what is asked beside the items of questionnaires."""
    every: dict[Wording, None] = {}
    every |= dict.fromkeys(name for name in map(name_wording, others) if isinstance(name, Wording))
    for instrument in instruments:
        every |= dict.fromkeys(_texts_of(instrument))
    for criteria in sets:
        every |= dict.fromkeys(map(part_wording, criteria.parts.values()))
        every |= dict.fromkeys(
            map(note_wording, filter(None, (criteria.naming, criteria.scope, criteria.assessor)))
        )
        every |= dict.fromkeys(map(note_wording, criteria.notes))
    every |= dict.fromkeys(map(word_wording, _WORDS))
    every |= dict.fromkeys(map(note_wording, (ALWAYS_YES, AN_ADULT, ANOTHER_DIAGNOSIS)))
    every[part_wording(SECTIONS)] = None
    yield from every


def _texts_of(instrument: Instrument) -> Iterator[Wording]:
    for item in instrument.items:
        for text in (item_wording(item), name_wording(item)):
            if isinstance(text, Wording) and text.key == _ITEM:
                yield text
    yield from (domain_wording(domain.id) for domain in instrument.domains)
    for scheme in instrument.bands:
        yield from (word_wording(name) for _, _, name in scheme.bands)
        if scheme.warning:
            yield rule_wording(scheme.warning)
    for cut in instrument.cuts:
        yield part_wording(cut.asks)
        if cut.note:
            yield note_wording(cut.note)
    if instrument.prorating is not None:
        yield rule_wording(instrument.prorating.text)
    yield from map(note_wording, instrument.notes)
