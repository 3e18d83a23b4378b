"""A planned session beside what is published on technique, and the words of the tables that it is told in."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from assuage.catalogue.message import Message, Wording
from assuage.safety.alerts import cautious
from assuage.safety.amounts import exact, over
from assuage.safety.data import mesotherapy as m
from assuage.safety.mixing import mixing_id
from assuage.safety.planned_session import Planned
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, all_yes
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.sources import Source, Status


class TechniqueCheck(Struct, frozen=True):
    """Something that was compared with what is published: fine (yes), off (no) or not said (unknown)."""

    what: Wording
    answer: Answer
    published: Message | Wording
    sources: tuple[Source, ...]
    status: Status


def technique(planned: Planned, total: Fraction) -> tuple[TechniqueCheck, ...]:
    """The plan compared with what is published; `total` is the volume of the syringe in millilitres."""
    needle = planned.needle
    actives = {mixing_id(part.substance, part.name) for part in planned.mixture if not part.is_diluent}
    answers: dict[str, Answer] = {
        "needle": all_yes(
            (
                _within(None if needle is None else needle.gauge, *m.NEEDLE_GAUGE),
                _within(None if needle is None else needle.length_mm, *m.NEEDLE_MM),
            )
        ),
        "depth": _within(planned.depth_mm, *m.DEPTH_MM),
        "volume per point": _within(planned.volume_per_point_ml, *m.ML_PER_POINT),
        "spacing": _within(planned.spacing_cm, *m.SPACING_CM),
        "volume per session": _within(float(total), 0, m.USUAL_SESSION_ML[1]),
        "interval": _within(planned.days_since_last, m.SESSION_INTERVAL_DAYS, None),
        "drugs in one syringe": _within(len(actives), 0, m.MOST_ACTIVES),
    }
    if planned.number == 1:
        answers["interval"] = YES
    texts = technique_texts()
    return tuple(
        TechniqueCheck(
            texts[what][0], answers[what], cautious(texts[what][1], status), published_in(keys), status
        )
        for what, _, keys, status in m.TECHNIQUE
        if what in answers
    )


def published_in(keys: tuple[str, ...]) -> tuple[Source, ...]:
    """The publications of these keys."""
    return tuple(PUBLICATIONS[key] for key in keys)


def technique_texts() -> dict[str, tuple[Wording, Wording]]:
    """What each statement on technique is about, and its words, by what it is about."""
    texts: dict[str, tuple[Wording, Wording]] = {}
    for what, text, _, _ in m.TECHNIQUE:
        key = f"technique.{what.replace(' ', '-')}"
        texts[what] = (Wording(key, what), Wording(f"{key}.published", text))
    return texts


def field_title(name: str) -> Wording:
    """A field of the session record as people read it: `next date`."""
    return Wording(f"session_field.{name}", name.replace("_", " "))


def excipient_title(name: str) -> Wording:
    """An excipient as people read it: `benzyl alcohol`."""
    return Wording(f"excipient.{name}", name.replace("_", " "))


def _within(value: float | None, low: float | Fraction, high: float | Fraction | None) -> Answer:
    """Whether a value lies within bounds, ends included; unknown where it is not given."""
    if value is None:
        return UNKNOWN
    given = exact(value)
    return YES if given >= low and (high is None or not over(given, Fraction(high))) else NO
