"""The kinds of entry as tables: which fields each has, and what its fields must say together.

To add a field, add a row here and an attribute in `assuage.record.entries`; reading, writing, the Parquet
table and the diary import follow from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, cast, get_args

from assuage.catalogue.message import message
from assuage.instruments import INSTRUMENTS
from assuage.instruments.given import answers_problems, items_by_id
from assuage.record import claims
from assuage.record import decided_entries as d
from assuage.record import entries as e
from assuage.record import fields as f
from assuage.record.care_kinds import CARE_KINDS
from assuage.record.fields import BAD, Field, Say
from assuage.record.kind import Kind
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import SCALES, Scale
from assuage.terms.sites import SITES
from assuage.terms.symptoms import STATES
from assuage.terms.therapies import Pressure

# Units a dose can have, as they are written. Case matters: an "MG" is not guessed to be a "mg".
_MEASURED = (
    *("ng", "ug", "µg", "μg", "mcg", "mg", "g", "kg", "ml", "mL", "l", "L"),
    *("mmol", "mEq", "IU", "mIU", "U", "%"),
)
_COUNTED = (
    *(
        "drop",
        "tablet",
        "capsule",
        "patch",
        "puff",
        "spray",
        "sachet",
        "ampoule",
        "suppository",
        "dose",
        "unit",
    ),
    *("teaspoon", "tablespoon", "application", "lozenge"),
)
_MANY = {"patch": "patches", "suppository": "suppositories"}
# What a patch gives off; written alike in every language.
RATES = frozenset({"mcg/h", "ug/h", "µg/h", "mg/h"})
UNITS = frozenset((*_MEASURED, *RATES, *_COUNTED, *(_MANY.get(unit, f"{unit}s") for unit in _COUNTED)))


@cache
def scales() -> Mapping[str, Scale]:
    """Every scale a score can name: the plain ones, and the total of each instrument."""
    return MappingProxyType(
        {**{instrument.scale.code: instrument.scale for instrument in INSTRUMENTS.values()}, **SCALES}
    )


def _scale(value: object, place: str, say: Say) -> Any:
    return f.choice(scales(), message("word.scale"))(value, place, say)


def _instrument(value: object, place: str, say: Say) -> Any:
    return f.choice(INSTRUMENTS, message("word.instrument"))(value, place, say)


def _one_or_many_sites(attributes: dict[str, Any], place: str, say: Say) -> None:
    site = attributes.pop("site", None)
    if site is not None and "sites" in attributes:
        say(f"{place}.sites", message("score.site-beside-sites"))
    elif site is not None:
        attributes["sites"] = (site,)


@cache
def whole_scales() -> frozenset[str]:
    """The instruments whose totals can only be whole numbers, by their items and their rule of scoring.

    A mean, a divided or a prorated total may have a fraction; so may one whose scoring key is not shipped. A scale
    with more than one coding is whole where every one of them is.
    """
    return frozenset(
        name
        for name, instrument in INSTRUMENTS.items()
        if instrument.totals_are_whole
        or (
            instrument.codings
            and all(INSTRUMENTS[f"{name}_{coding}"].totals_are_whole for coding in instrument.codings)
        )
    )


def _score(attributes: dict[str, Any], place: str, say: Say) -> None:
    """A value, or a low and a high end; within the scale."""
    _one_or_many_sites(attributes, place, say)
    scale = scales().get(attributes.get("scale", ""))
    if scale is not None:
        for name in ("value", "low", "high"):
            given = attributes.get(name)
            if given is not None and not scale.low <= given <= scale.high:
                say(
                    f"{place}.{name}",
                    message(
                        "score.off-the-scale",
                        scale=scale,
                        range=message("range.from-to", low=scale.low, high=scale.high),
                        value=f"{given:g}",
                    ),
                )
            elif given is not None and attributes["scale"] in whole_scales() and given != int(given):
                say(f"{place}.{name}", message("score.not-whole", scale=scale, value=f"{given:g}"))
    ends = [name for name in ("low", "high") if name in attributes]
    if "value" in attributes and ends:
        say(f"{place}.{ends[0]}", message("score.end-beside-value"))
    elif len(ends) == 1:
        other = "high" if ends == ["low"] else "low"
        say(f"{place}.{ends[0]}", message("score.one-end", other=other))
    else:
        f.in_order(attributes.get("low"), attributes.get("high"), f"{place}.low", say)


def _needs_value(given: Mapping[str, object], place: str, say: Say) -> None:
    if all(given.get(name) is None for name in ("value", "low", "high")):
        say(f"{place}.value", message("score.no-value"))


def _items(value: object, place: str, say: Say) -> Any:
    """Answers by item: a finite number, true or false, a word, or null."""
    if not isinstance(value, dict):
        say(place, message("answers.not-a-map", is_=f.kind_of_value(value)))
        return BAD
    items = cast("dict[str, object]", value)
    good = True
    for name, answer in items.items():
        if isinstance(answer, float) and not math.isfinite(answer):
            say(f"{place}.{name}", message("answers.not-finite"))
            good = False
        elif isinstance(answer, int) and abs(answer) > f.LARGEST_COUNT:
            say(f"{place}.{name}", message("field.too-large", value=f.shown(answer)))
            good = False
        elif answer is not None and not isinstance(answer, (bool, int, float, str)):
            say(f"{place}.{name}", message("answers.no-answer", is_=f.kind_of_value(answer)))
            good = False
    return items if good else BAD


def _answers(attributes: dict[str, Any], place: str, say: Say) -> None:
    """Items and sites as the instrument has them; items given by number are kept by their ids."""
    instrument, items, sites = (attributes.get(name) for name in ("instrument", "items", "sites"))
    if instrument is None or (items is None and sites is None):
        return
    problems = answers_problems(instrument, items or {}, sites, place)
    for problem in problems:
        say(problem.place, problem.message)
    if items is not None and not problems:
        attributes["items"] = items_by_id(instrument, items)


def _needs_answers(given: Mapping[str, object], place: str, say: Say) -> None:
    if not given.get("items") and given.get("sites") is None:
        wanted = "sites: [neck]" if given.get("instrument") == "wpi" else "items: {fatigue: 2}"
        say(f"{place}.items", message("field.missing", example=wanted))


def _decision(attributes: dict[str, Any], place: str, say: Say) -> None:
    """A decision says where to where that is its meaning, and an override says why."""
    match attributes.get("do"):
        case ("enter" | "return") as do if "to" not in attributes:
            say(f"{place}.to", message("decision.no-phase", do=do))
        case ("hold" | "leave") as do if "to" in attributes:
            say(f"{place}.to", message("decision.phase-too-many", do=do))
        case "override" if "because" not in attributes:
            say(f"{place}.because", message("decision.no-reason"))
        case _:
            pass


def _flags(value: object, place: str, say: Say) -> Any:
    """Red flags by id, whatever its case and with or without RF_ in front, each with its state."""
    if not isinstance(value, dict) or not value:
        say(place, message("flags.not-a-map"))
        return BAD
    state = f.choice(get_args(d.FlagState), message("word.state-of-a-red-flag"))
    flags: dict[str, Any] = {}
    good = True
    for name, given in cast("dict[str, object]", value).items():
        flag = _flag_named().get(name.lower())
        here = f"{place}.{name}"
        if flag is None:
            say(here, f.unknown(name, _flag_named(), message("word.red-flag")))
        elif flag in flags:
            say(here, message("flags.twice", flag=flag))
        else:
            flags[flag] = state(given, here, say)
            good &= flags[flag] is not BAD
            continue
        good = False
    return flags if good else BAD


@cache
def _flag_named() -> Mapping[str, str]:
    full = {flag.lower(): flag for flag in RED_FLAGS}
    return MappingProxyType({name.removeprefix("rf_"): flag for name, flag in full.items()} | full)


_DOSES = f.list_of(
    f.mapping(
        (
            Field("amount", f.number_within(above=0), required=True, example="amount: 5"),
            Field("unit", f.choice(UNITS, message("word.unit")), required=True, example="unit: mg"),
            Field("when", f.free_text),
            Field("low", f.number_within(above=0)),
        ),
        e.Dose,
        message("what.dose"),
    ),
    message("words.doses"),
    twice=True,
)
_MIXTURE = f.list_of(
    f.mapping(
        (
            Field("drug", f.free_text, required=True, example="drug: lidocaine"),
            Field("volume_ml", f.number_within(above=0, unit=" ml")),
            Field("amount_mg", f.number_within(above=0, unit=" mg")),
            Field("lot", f.free_text),
        ),
        e.Ingredient,
        message("what.ingredient"),
    ),
    message("words.ingredients"),
    twice=True,
)
_NEEDLE = f.mapping(
    (Field("gauge", f.number_within(above=0)), Field("length_mm", f.number_within(above=0, unit=" mm"))),
    e.Needle,
    message("what.needle"),
)
_SITES = f.list_of(f.site, message("words.sites"))

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "score",
            e.ScoreEntry,
            claims.claims_of_score,
            (
                Field("scale", _scale, required=True, example="scale: pain"),
                Field("value", f.number_within()),
                Field("low", f.number_within()),
                Field("high", f.number_within()),
                Field("site", f.site),
                Field("sites", _SITES),
            ),
            _score,
        ),
        Kind(
            "answers",
            e.AnswersEntry,
            claims.claims_of_answers,
            (
                Field("instrument", _instrument, required=True, example="instrument: sss"),
                Field("items", _items),
                Field("sites", f.list_of(f.site, message("words.sites"), empty=True)),
            ),
            _answers,
        ),
        Kind(
            "symptom",
            e.SymptomEntry,
            claims.claims_of_symptom,
            (
                Field("what", f.free_text, required=True, example="what: headache"),
                Field(
                    "state",
                    f.choice(STATES, message("word.state-of-a-symptom")),
                    required=True,
                    example="state: present",
                ),
                Field("site", f.choice(SITES, message("word.site"))),
                Field("severity", f.free_text),
            ),
        ),
        Kind(
            "finding",
            e.FindingEntry,
            claims.claims_of_finding,
            (
                Field("what", f.free_text, required=True, example="what: blood count"),
                Field(
                    "state",
                    f.choice(get_args(e.FindingState), message("word.state-of-a-finding")),
                    required=True,
                    example="state: normal",
                ),
                Field("method", f.choice(get_args(e.Method), message("word.method")), newer=e.HISTORIES),
                Field("result", f.free_text),
            ),
        ),
        Kind(
            "medication",
            e.MedicationEntry,
            claims.claims_of_medication,
            (
                Field("drug", f.free_text, required=True, example="drug: amitriptyline"),
                Field(
                    "do",
                    f.choice(get_args(e.MedicationAct), message("word.act-on-a-medication")),
                    required=True,
                    example="do: start",
                ),
                Field("doses", _DOSES),
                Field("route", f.free_text),
                Field("purpose", f.free_text),
                Field("because", f.free_text),
            ),
        ),
        Kind(
            "intake",
            e.IntakeEntry,
            claims.nothing_claimed,
            (
                Field("drug", f.free_text, required=True, example="drug: paracetamol"),
                Field("doses", _DOSES),
                Field("route", f.free_text),
            ),
            since=2,
        ),
        Kind(
            "therapy",
            e.TherapyEntry,
            claims.nothing_claimed,
            (
                Field("what", f.free_text, required=True, example="what: massage"),
                Field("do", f.choice(get_args(e.TherapyAct), message("word.act-of-a-therapy"))),
                Field("number", f.integer(1)),
                Field("site", f.site),
                Field("sites", _SITES),
                Field("minutes", f.number_within(above=0, high=1440, unit=" minutes")),
                Field("pressure", f.choice(get_args(Pressure), message("word.pressure"))),
                Field("because", f.free_text),
                Field("mixture", _MIXTURE),
                Field("needle", _NEEDLE),
                Field("points", f.integer(1)),
                Field("volume_per_point_ml", f.number_within(above=0, unit=" ml")),
                Field("response_percent", f.response),
            ),
            _one_or_many_sites,
        ),
        Kind(
            "decision",
            e.DecisionEntry,
            claims.claims_of_decision,
            (
                Field(
                    "do",
                    f.choice(get_args(d.DecisionAct), message("word.decision")),
                    required=True,
                    example="do: advance",
                ),
                Field("to", f.free_text),
                Field("pathway", f.free_text, since=2),
                Field("because", f.free_text),
            ),
            _decision,
        ),
        Kind(
            "consent",
            e.ConsentEntry,
            claims.claims_of_consent,
            (
                Field("for", f.free_text, required=True, example="for: care", attribute="purpose"),
                Field(
                    "state",
                    f.choice(get_args(d.ConsentState), message("word.state-of-a-consent")),
                    required=True,
                    example="state: given",
                ),
            ),
        ),
        Kind(
            "red_flag_check",
            e.RedFlagEntry,
            claims.claims_of_check,
            (Field("flags", _flags, required=True, example="flags: {new_numbness: absent}"),),
        ),
        Kind(
            "note",
            e.NoteEntry,
            claims.nothing_claimed,
            (Field("text", f.free_text, required=True, example="text: slept badly"),),
        ),
        *CARE_KINDS,
    )
}

# Looked for in the document itself, so that a value that was refused is not also called missing.
MISSING: dict[str, Callable[[Mapping[str, object], str, Say], None]] = {
    "score": _needs_value,
    "answers": _needs_answers,
    "measurement": _needs_value,
}
