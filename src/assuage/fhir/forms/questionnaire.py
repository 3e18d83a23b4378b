"""A form as a Questionnaire of FHIR R4: the questions, what may be answered, on what terms it may be used."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.fhir.codes import LOINC, json_number, own_system
from assuage.fhir.forms.forms import Form
from assuage.fhir.forms.items import STATES_IN, FormItem, Title
from assuage.fhir.write.answered import ABOUT_ITEM, QUESTIONNAIRE, SITES_ITEM
from assuage.instruments.model import Instrument, Item
from assuage.terms.sites import SITES
from assuage.words.speak import ENGLISH, translation_note

Plain = dict[str, Any]

VERSION = "1"
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and "
    "the LOINC Committee and is available at no cost under the license at http://loinc.org/license."
)
_LEAST, _MOST = (f"http://hl7.org/fhir/StructureDefinition/{each}Value" for each in ("min", "max"))


def questionnaire_of(form: Form | Instrument, speaking: Catalogue = ENGLISH) -> Plain:
    """The Questionnaire of a form or an instrument, in the language of a catalogue."""
    return _of_instrument(form, speaking) if isinstance(form, Instrument) else _of_form(form, speaking)


def canonical_of(form: Form | Instrument) -> str:
    """The canonical address of a form, with its version."""
    name = form.id if isinstance(form, Instrument) else form.name
    return f"{QUESTIONNAIRE}{name}|{VERSION}"


def title_in_words(title: Title, speaking: Catalogue) -> str:
    """A title in words, begun with a capital letter."""
    return str(speaking.say(message("form.asked", title=title)))


def _head(name: str, title: str, speaking: Catalogue, about: Iterable[Message]) -> Plain:
    told = [str(speaking.say(each)) for each in about]
    if unchecked := translation_note(speaking):
        told.append(str(unchecked))
    return {
        "resourceType": "Questionnaire",
        "id": f"assuage-{name.replace('_', '-')}",
        "language": speaking.language,
        "url": f"{QUESTIONNAIRE}{name}",
        "version": VERSION,
        "name": "Assuage" + "".join(part.capitalize() for part in name.replace("-", "_").split("_")),
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": " ".join(told),
    }


# --- entries ----------------------------------------------------------------------------------------


def _of_form(form: Form, speaking: Catalogue) -> Plain:
    about = [message("form.unanswered")]
    items: list[Plain] = []
    for kind, asked in groupby(form.items, key=lambda each: each.kind):
        items.append(
            {
                "linkId": kind,
                "text": str(speaking.say(message(f"form.group-{kind}"))),
                "type": "group",
                "item": [_item(each, speaking) for each in asked],
            }
        )
    if form.judged:
        judged = [
            {"linkId": f"judgement:{at}", "text": title_in_words(each, speaking), "type": "display"}
            for at, each in enumerate(form.judged, 1)
        ]
        heading = str(speaking.say(message("form.group-judgement")))
        items.append({"linkId": "judgement", "text": heading, "type": "group", "item": judged})
    if not items:
        nothing = str(speaking.say(message("form.nothing")))
        items.append({"linkId": ABOUT_ITEM, "text": nothing, "type": "display"})
    title = title_in_words(form.title, speaking)
    return {**_head(form.name, title, speaking, about), "item": items}


def _item(asked: FormItem, speaking: Catalogue) -> Plain:
    text = title_in_words(asked.title, speaking)
    scale = asked.scale
    if scale is not None:
        ends = speaking.value(scale.meaning)
        return _number(asked.link, f"{text} ({ends})", scale.low, scale.high, is_whole=asked.is_whole)
    system = own_system(STATES_IN[asked.kind])
    options = [
        {
            "valueCoding": {
                "system": system,
                "code": state,
                "display": str(speaking.say(message(f"form.state-{state}"))),
            }
        }
        for state in asked.states
    ]
    return {"linkId": asked.link, "text": text, "type": "choice", "answerOption": options}


def _number(link: str, text: str, low: float, high: float, *, is_whole: bool) -> Plain:
    key = "valueInteger" if is_whole else "valueDecimal"
    return {
        "extension": [
            {"url": _LEAST, key: json_number(low)},
            {"url": _MOST, key: json_number(high)},
        ],
        "linkId": link,
        "text": text,
        "type": "integer" if is_whole else "decimal",
    }


# --- instruments ------------------------------------------------------------------------------------


def _of_instrument(instrument: Instrument, speaking: Catalogue) -> Plain:
    title = str(speaking.say(message("form.asked", title=instrument.scale)))
    about = [message("form.unanswered"), message("form.scored-by-us")]
    if instrument.recall and instrument.reader != "sites":
        about.append(message("form.recall", recall=instrument.recall))
    if speaking.language != "en" and instrument.reader != "sites":
        about.append(message("form.in-english"))
    panels = [
        {"system": LOINC, "code": code.code}
        for code in instrument.codes
        if code.system == "LOINC" and code.status == "verified" and code.code and "panel" in code.what
    ]
    terms = [instrument.licence.text, *(source.citation for source in instrument.sources)]
    terms += [LOINC_NOTICE] if panels else []
    stem = " ".join(part for part in (instrument.stem, instrument.anchors) if part)
    items = [{"linkId": ABOUT_ITEM, "text": stem, "type": "display"}] if stem else []
    if instrument.reader == "sites":
        items.append(_sites(instrument, speaking))
    else:
        items += [_of_item(each) for each in instrument.items]
    return {
        **_head(instrument.id, title, speaking, about),
        "copyright": ". ".join(terms),
        **({"code": panels} if panels else {}),
        "item": items,
    }


def _of_item(item: Item) -> Plain:
    text = item.wording or f"{item.name[0].upper()}{item.name[1:]}"
    if item.values:
        options = [{"valueInteger": value} for value in item.values]
        return {"linkId": item.id, "text": text, "type": "choice", "answerOption": options}
    return _number(item.id, text, item.low, item.high, is_whole=item.whole)


def _sites(instrument: Instrument, speaking: Catalogue) -> Plain:
    """The sites of a body map: each that hurts is an answer, and so is that none does."""
    named: list[tuple[str, Message | Wording]] = [(each, SITES[each].wording) for each in instrument.item]
    named.append(("none", message("form.no-site")))
    options = [
        {
            "valueCoding": {
                "system": own_system("site"),
                "code": site,
                "display": title_in_words(title, speaking),
            }
        }
        for site, title in named
    ]
    return {
        "linkId": SITES_ITEM,
        "text": str(speaking.say(message("form.sites"))),
        "type": "choice",
        "repeats": True,
        "answerOption": options,
    }
