"""`check_regimen(text)`: a regimen typed on one line, checked without a record. A line goes in, alerts come out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems, unknown_word
from assuage.record.entries import Sex
from assuage.safety.alerts import Alert, most_urgent_first
from assuage.safety.check import check, negatives, unread_dose_alert
from assuage.safety.regimen_text import read_regimen
from assuage.safety.rules import Negative
from assuage.safety.situation import Settings, Situation
from assuage.terms.answers import NO, YES, Answer
from assuage.terms.conditions import conditions_ruled_out, find_conditions, near_conditions

OLDEST, LIGHTEST, HEAVIEST = 120, 1, 400  # years and kilograms beyond which it is a slip (ours)


class RegimenCheck(Struct, frozen=True):
    """What the line was read as, every alert (the most urgent first), and the pairs known not to interact.

    `unread_doses` are the doses that nothing reads, each with its remedy: their substances were checked without a dose.
    """

    situation: Situation
    alerts: tuple[Alert, ...]
    negatives: tuple[Negative, ...]
    unread_doses: tuple[Problem, ...] = ()

    @property
    def not_checked(self) -> tuple[str, ...]:
        """The names that nothing reads: a hole in all that was checked."""
        return tuple(sorted({line.name for line in self.situation.lines if line.substance is None}))


def check_regimen(
    regimen: str,
    *,
    present: Iterable[str] = (),
    absent: Iterable[str] = (),
    route: str = "",
    age: int | None = None,
    sex: Sex | None = None,
    weight_kg: float | None = None,
    country: str | None = None,
) -> RegimenCheck:
    """Every alert that one day's substances and procedures give rise to.

    `regimen` is written as people write it: `amitriptyline 5 mg, tizanidine 2 mg + 4 mg`. `present` and `absent`
    are conditions by id or title; of every other condition nothing is known, and what would decide a grave rule
    is asked. `route` is that of the substances that name none, `age` is in whole years, `country` says whose
    labels count (two letters; None: the strictest). A name or a dose that nothing reads is no problem of the rest: it
    stands in `not_checked` or `unread_doses`, and in an alert. Raises Problems where the regimen is empty or too long,
    and with all that could not be read of the other arguments, each under its name; nothing is checked then.
    """
    lines, unread_doses = read_regimen(regimen, route)
    refused = [] if lines else list(unread_doses)
    conditions = _conditions(present, YES, "present", refused)
    for key, value in _conditions(absent, NO, "absent", refused).items():
        if key in conditions:
            refused.append(Problem("absent", message("regimen.present-and-absent", condition=key)))
        conditions[key] = value
    if age is not None and not 0 <= age <= OLDEST:
        refused.append(Problem("age", message("regimen.no-age", age=age)))
    if sex is not None and sex not in get_args(Sex):
        refused.append(Problem("sex", unknown_word(sex, get_args(Sex), message("word.sex"))))
    if weight_kg is not None and not LIGHTEST <= weight_kg <= HEAVIEST:
        refused.append(Problem("weight_kg", message("regimen.no-weight", weight=f"{weight_kg:g}")))
    settings = Settings(_country(country, refused))
    situation = Situation(
        regimen=tuple(line for line in lines if line.route != "procedure"),
        procedures=tuple(line for line in lines if line.route == "procedure"),
        conditions=conditions,
        age=age,
        sex=sex,
        weight_kg=weight_kg,
    )
    if refused:
        raise Problems("regimen", refused, message("regimen.nothing-checked"))
    alerts = check(situation, settings)
    if unread_doses:
        alerts = most_urgent_first((*alerts, unread_dose_alert(unread_doses)))
    return RegimenCheck(situation, alerts, negatives(situation), unread_doses)


def _conditions(words: Iterable[str], value: Answer, place: str, refused: list[Problem]) -> dict[str, Answer]:
    known: dict[str, Answer] = {}
    for word in (word.strip() for word in words):
        conditions = conditions_ruled_out(word) if value is NO else find_conditions(word)
        known |= {condition.id: value for condition in conditions}
        if word and not conditions:
            refused.append(Problem(place, unknown_condition(word)))
    return known


def unknown_condition(word: str) -> Message:
    """What is said of a word that names no condition: with the one that is probably meant, where there is one."""
    near = near_conditions(word)
    kind = message("word.condition")
    if not near:
        return message("unknown-word", kind=kind, word=word)
    return message("unknown-word.near", kind=kind, word=word, near=near[0])


def _country(word: str | None, refused: list[Problem]) -> str | None:
    if word is None:
        return None
    code = word.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        refused.append(Problem("country", message("regimen.no-country", text=word)))
    return code
