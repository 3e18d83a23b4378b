"""A session's document becomes a plan: the fields of a mesotherapy entry, and what a plan needs beside them.

A therapy entry of a record can be used as it is. All problems are collected and reported with their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, unknown_word
from assuage.record import fields as f
from assuage.record.entries import Needle
from assuage.record.fields import BAD, Field, Say
from assuage.safety.data.mesotherapy import RECORD_FIELDS
from assuage.safety.mixing import MIXED_ONLY, mixing_id
from assuage.safety.planned_session import Ampoule, Planned, session_problems
from assuage.safety.regimen import unknown_condition
from assuage.safety.regimen_text import read_regimen
from assuage.safety.situation import substance_id
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS, conditions_ruled_out, find_conditions, near_conditions
from assuage.terms.drug_names import read_drug, suggested
from assuage.terms.sites import SITES

_SAID: dict[str, Answer] = {"present": YES, "absent": NO, "unknown": UNKNOWN}
_CONSENT: dict[str, Answer] = {"given": YES, "refused": NO, "withdrawn": NO, "unknown": UNKNOWN}
# Fields of a record's entry that say nothing to a plan.
IGNORED = ("kind", "what", "do", "day", "date", "time", "by", "approximate", "entered", "copied", "id", "note",
           "replaces", "because", "minutes", "pressure")  # fmt: skip


def _ampoule(**fields: Any) -> Ampoule:
    name = str(fields.pop("drug"))
    return Ampoule(substance=substance_id(name), name=name, **fields)


def _drug(value: object, place: str, say: Say) -> Any:
    """The name of a part. A slip is refused with what may be meant; a name that nothing reads is kept, and asked."""
    name = f.free_text(value, place, say)
    if name is BAD:
        return BAD
    if substance_id(name) is None and mixing_id(None, name) not in MIXED_ONLY and read_drug(name) is None:
        near = suggested(name)
        if near is not None:
            kind = message("word.substance")
            say(place, message("unknown-word.near", kind=kind, word=name, near=near.title))
            return BAD
    return name


def _conditions(value: object, place: str, say: Say) -> Any:
    given: dict[str, object]
    if isinstance(value, list):
        given = dict.fromkeys(map(str, cast("list[object]", value)), "present")
    elif isinstance(value, Mapping):
        given = {str(key): state for key, state in cast("Mapping[object, object]", value).items()}
    else:
        say(place, message("session.conditions"))
        return BAD
    known: dict[str, Answer] = {}  # by id; a word that no rule reads and that is no slip of one by itself
    for word, state in given.items():
        if not isinstance(state, str) or state not in _SAID:
            say(f"{place}.{word}", message("session.no-state", is_=f.shown(state)))
            continue
        named = conditions_ruled_out(word) if state == "absent" else find_conditions(word)
        if not named and (near_conditions(word) or state == "absent"):
            say(f"{place}.{word}", unknown_condition(word))
        elif not named:
            known[word] = _SAID[state]
        known |= {condition.id: _SAID[state] for condition in named}
    return known


def _regimen(value: object, place: str, say: Say) -> Any:
    """The lines of a regimen: a text as `check-regimen` reads it, or a list with one substance a part."""
    if isinstance(value, list):
        parts = [
            f.free_text(part, f"{place}[{i}]", say) for i, part in enumerate(cast("list[object]", value))
        ]
        text: Any = BAD if BAD in parts else "; ".join(parts)
    else:
        text = f.free_text(value, place, say)
    if text is BAD:
        return BAD
    lines, wrong = read_regimen(text)
    for problem in wrong:
        say(f"{place} ({problem.place})", problem.message)
    return lines


def _written(value: object, place: str, say: Say) -> Any:
    if not isinstance(value, Mapping):
        say(place, message("session.written"))
        return BAD
    fields = cast("Mapping[object, object]", value)
    for key in fields:
        if key not in RECORD_FIELDS:
            say(
                f"{place}.{key}",
                unknown_word(str(key), RECORD_FIELDS, message("word.field-of-a-session-record")),
            )
    return frozenset(str(key) for key, content in fields.items() if content not in (None, ""))


_FIELDS: tuple[Field, ...] = (
    Field(
        "mixture",
        f.list_of(
            f.mapping(
                (
                    Field("drug", _drug, required=True, example="drug: lidocaine"),
                    Field("volume_ml", f.number_within(low=0.01, high=100, unit=" ml")),
                    Field("amount_mg", f.number_within(above=0, high=100_000, unit=" mg")),
                    Field("strength", f.free_text),
                    Field("lot", f.free_text),
                    Field("brand", f.free_text),
                    Field("expiry", f.free_text),
                ),
                _ampoule,
                message("what.part-of-the-mixture"),
            ),
            message("words.parts-of-the-mixture"),
            twice=True,
        ),
        required=True,
        example="mixture: [{drug: ketoprofen, volume_ml: 2, amount_mg: 100}]",
    ),
    Field("sites", f.list_of(f.choice(SITES, message("word.site")), message("words.sites"))),
    Field(
        "needle",
        f.mapping(
            (Field("gauge", f.number_within(above=0)), Field("length_mm", f.number_within(above=0))),
            Needle,
            message("what.needle"),
        ),
    ),
    Field("volume_per_point_ml", f.number_within(low=0.001, high=5, unit=" ml")),
    Field("points", f.integer(1, 2000)),
    Field("spacing_cm", f.number_within(above=0, high=50, unit=" cm")),
    Field("depth_mm", f.number_within(above=0, high=50, unit=" mm")),
    Field("number", f.integer(1, 500)),
    Field("days_since_last", f.integer(0, 36_525)),
    Field("response_percent", f.response),
    Field("weight_kg", f.number_within(low=1, high=400, unit=" kg")),
    Field("age", f.integer(0, 120)),
    Field("conditions", _conditions),
    Field("regimen", _regimen),
    Field("consent", f.choice(_CONSENT, message("word.state-of-a-consent"))),
    Field("record", _written, attribute="written"),
    Field("country", f.free_text),
)


def read_plan(value: object) -> tuple[Planned | None, tuple[Problem, ...]]:
    """The plan of a document, or its problems. `session:` may stand around the fields."""
    plan: object = value
    if isinstance(value, Mapping):
        whole = cast("Mapping[str, object]", value)
        plan = whole["session"] if list(whole) == ["session"] else whole
    problems: list[Problem] = []

    def say(place: str, what: Message) -> None:
        problems.append(Problem(place, what))

    fields = f.read_fields(plan, _FIELDS, "", say, message("what.session"), IGNORED)
    if problems:
        return None, tuple(problems)
    response = fields.pop("response_percent", None)
    stated: dict[str, Answer] = fields.pop("conditions", {})
    planned = Planned(
        conditions={key: answer for key, answer in stated.items() if key in CONDITIONS},
        unread=tuple(word for word, answer in stated.items() if word not in CONDITIONS and answer is YES),
        consent=_CONSENT[fields.pop("consent", "unknown")],
        response_percent=None if response is None else max(response),
        **fields,
    )
    wrong = session_problems(planned)
    return (None, wrong) if wrong else (planned, ())
