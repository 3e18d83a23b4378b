"""The plan as a file holds it: format 2 is written, formats 1 and 2 are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TypeVar, cast

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems, unknown_word
from assuage.nof1.plan import (
    CONTROL_KINDS,
    QUESTIONS,
    SCHEDULES,
    ControlKind,
    PainProcess,
    Stopping,
    TrialPlan,
    TrialQuestion,
    TrialSchedule,
    own_scale,
)
from assuage.terms.scales import SCALES, Scale

FORMAT, FORMAT_1 = "assuage-nof1/2", "assuage-nof1/1"
_KEYS = (
    *("exposure", "control", "control_is", "outcomes", "effect", "schedule", "gap", "washout", "response"),
    *("run_in", "starts_on", "stopping", "assumed", "seal"),
)
_KEYS_1 = (
    "exposure",
    "control",
    "outcome",
    "effect",
    "gap",
    "run_in",
    "starts_on",
    "stopping",
    "assumed",
    "seal",
)
_CONTROLS_1: dict[str, ControlKind] = {"rest": "nothing", "light touch": "sham"}


def to_json(plan: TrialPlan) -> dict[str, Any]:
    """The plan as JSON holds it."""
    return {
        "format": FORMAT,
        "exposure": plan.exposure,
        "control": plan.control,
        "control_is": plan.kind_of_control,
        "outcomes": [_outcome_to_json(scale) for scale in plan.outcomes],
        "effect": plan.effect,
        "schedule": plan.schedule,
        "gap": plan.gap,
        "washout": plan.settling,
        "response": plan.response,
        "run_in": plan.run_in,
        "starts_on": None if plan.starts_on is None else plan.starts_on.isoformat(),
        "stopping": _stopping_to_json(plan.stopping),
        "assumed": asdict(plan.assumed),
        "seal": plan.seal,
    }


def _stopping_to_json(stop: Stopping) -> dict[str, Any]:
    """A bound that is the same at every look is written once, as it was before there were two: a digest stays."""
    written = asdict(stop)
    if stop.sure_last == stop.sure:
        del written["sure_last"]
    return written


def _outcome_to_json(scale: Scale) -> object:
    if SCALES.get(scale.code) == scale:
        return scale.code
    return {"code": scale.code, "low": scale.low, "high": scale.high, "higher_is": scale.higher_is}


def plan_of(value: object, document: str) -> TrialPlan:
    """The plan out of JSON. Problems with everything that is wrong in it."""
    if not isinstance(value, Mapping):
        raise Problems(document, [Problem("", message("trial.no-plan"))])
    given = cast("Mapping[str, Any]", value)
    written = given.get("format")
    if written not in (FORMAT, FORMAT_1):
        raise Problems(document, [Problem("format", message("trial.not-the-format", format=FORMAT))])
    problems: list[Problem] = []
    known = {"format", "power", *(_KEYS if written == FORMAT else _KEYS_1)}
    problems += [
        Problem(str(key), unknown_word(str(key), known, message("word.key")))
        for key in given
        if key not in known
    ]
    older = given if written == FORMAT else _as_format_2(given, problems)
    numbers = {name: _integer(older, name, problems) for name in ("gap", "run_in", "response", "washout")}
    effect = _number(older, "effect", problems)
    stopping = _part(older, "stopping", Stopping(), problems)
    assumed = _part(older, "assumed", PainProcess(), problems)
    exposure, control, seal = (_text(older, name, problems) for name in ("exposure", "control", "seal"))
    control_is = _word(older, "control_is", CONTROL_KINDS, problems)
    schedule = _word(older, "schedule", SCHEDULES, problems)
    outcomes = _outcomes(older.get("outcomes"), problems)
    starts = _date(older.get("starts_on"), problems)
    if problems or not outcomes:
        raise Problems(document, problems)
    try:
        return TrialPlan(
            exposure,
            outcomes[0],
            control,
            effect,
            numbers["gap"],
            numbers["run_in"],
            stopping,
            assumed,
            starts,
            seal,
            control_is,
            schedule,
            numbers["response"],
            numbers["washout"],
            tuple(outcomes[1:]),
        )
    except InputError as error:
        raise Problems(document, [Problem("", error.what)]) from None


def _as_format_2(given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """A plan of format 1 in the keys of format 2: it asked for harm, on three days after a session."""
    control = given.get("control")
    if isinstance(control, str) and control not in _CONTROLS_1:
        problems.append(Problem("control", unknown_word(control, _CONTROLS_1, message("word.control"))))
    stopping = given.get("stopping")
    if isinstance(stopping, Mapping):
        old = dict(cast("Mapping[str, Any]", stopping))
        stopping = {"sure" if key == "harm" else key: number for key, number in old.items()} | {
            "asks": "harm"
        }
    return {
        **{key: given[key] for key in _KEYS_1 if key in given},
        "control_is": _CONTROLS_1.get(str(control), "nothing"),
        "outcomes": [given.get("outcome")],
        "schedule": "sessions",
        "response": 3,
        "washout": 0,
        "stopping": stopping,
    }


def _outcomes(value: object, problems: list[Problem]) -> list[Scale]:
    if not isinstance(value, list) or not value:
        problems.append(Problem("outcomes", message("field.missing")))
        return []
    scales: list[Scale] = []
    for at, each in enumerate(cast("list[object]", value)):
        if isinstance(each, Mapping):
            outcome = cast("Mapping[str, Any]", each)
            where = f"outcomes[{at}]."
            low, high = (_number(outcome, name, problems, where) for name in ("low", "high"))
            try:
                code, higher = str(outcome.get("code", "")), str(outcome.get("higher_is", "worse"))
                scales.append(own_scale(code, low, high, higher))
            except InputError as error:
                problems.append(Problem(f"outcomes[{at}]", error.what))
            continue
        scale = SCALES.get(str(each))
        if scale is None:
            problems.append(Problem("outcome", unknown_word(str(each), SCALES, message("word.outcome"))))
        else:
            scales.append(scale)
    return scales


_Word = TypeVar("_Word", ControlKind, TrialSchedule, TrialQuestion)


def _word(given: Mapping[str, Any], name: str, known: tuple[_Word, ...], problems: list[Problem]) -> _Word:
    value = given.get(name)
    for word in known:
        if value == word:
            return word
    problems.append(Problem(name, unknown_word(str(value), known, message("word.value"))))
    return known[0]


def _text(given: Mapping[str, Any], name: str, problems: list[Problem]) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        problems.append(Problem(name, message("trial.not-text")))
        return ""
    return value


def _number(given: Mapping[str, Any], name: str, problems: list[Problem], where: str = "") -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e6:
        problems.append(Problem(f"{where}{name}", message("trial.not-a-number")))
        return 0.0
    return float(value)


def _integer(given: Mapping[str, Any], name: str, problems: list[Problem], where: str = "") -> int:
    value = _number(given, name, problems, where)
    if value != int(value):
        problems.append(Problem(f"{where}{name}", message("trial.not-whole")))
    return int(value)


def _date(value: object, problems: list[Problem]) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem("starts_on", message("trial.not-a-date")))
        return None


_Part = TypeVar("_Part", Stopping, PainProcess)


def _part(given: Mapping[str, Any], name: str, default: _Part, problems: list[Problem]) -> _Part:
    value = given.get(name)
    if not isinstance(value, Mapping):
        problems.append(Problem(name, message("field.missing")))
        return default
    part = cast("Mapping[str, Any]", value)
    values: dict[str, Any] = {}
    for item in fields(default):
        usual = getattr(default, item.name)
        if item.name == "sure_last" and item.name not in part:
            values["sure_last"] = values["sure"]
            continue
        if item.name == "asks":
            values["asks"] = _word(part, "asks", QUESTIONS, problems)
            continue
        if isinstance(usual, str):
            values[item.name] = _text({item.name: usual, **part}, item.name, problems)
            continue
        read = _integer if isinstance(usual, int) else _number
        values[item.name] = read(part, item.name, problems, f"{name}.")
    return type(default)(**values)
