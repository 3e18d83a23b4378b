"""One mesotherapy session, worked out before the needle: doses, deposits, ceilings, what forbids it, what to record.

A pure function of what is planned. It decides nothing: it says what the mixture holds, how it compares with
the ceilings, what is unknown, and which rules fire. Numbers are exact fractions, shown as decimals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assuage.errors import Problem
from assuage.record.entries import Dose, Needle
from assuage.safety.alerts import Alert, caution, in_order
from assuage.safety.amounts import convert, exact, over
from assuage.safety.check import check
from assuage.safety.data import mesotherapy as m
from assuage.safety.fire import LIDOCAINE_MG_PER_KG, by_substance, ceiling, dose_readings
from assuage.safety.formulary import SUBSTANCES, is_a
from assuage.safety.mixing import MIXED_ONLY, mixing_id, mixing_verdicts
from assuage.safety.rules import MixingRule
from assuage.safety.situation import RegimenLine, Settings, Situation
from assuage.terms.answers import NO, NOT, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.sources import Source, Status

DILUENTS = frozenset({"sodium_chloride_09", "water"})
EXCIPIENT_CONDITIONS = ("benzyl_alcohol_allergy",)


@dataclass(frozen=True)
class Part:
    """One ampoule's worth in the syringe. `strength` is the unit of its label: `50 mg/ml`, `2 %`."""

    substance: str | None
    name: str
    volume_ml: float | None = None
    amount_mg: float | None = None
    strength: str = ""
    lot: str = ""
    brand: str = ""
    expiry: str = ""

    @property
    def is_diluent(self) -> bool:
        """Whether it only dilutes."""
        return self.substance in DILUENTS or self.name.lower() in ("water for injection", "sterile water")

    @property
    def milligrams(self) -> Fraction | None:
        """How much of the drug it holds; None where neither an amount nor a strength is given."""
        if self.amount_mg is not None:
            return exact(self.amount_mg)
        if self.strength and self.volume_ml is not None:
            return convert(self.volume_ml, f"ml {self.strength}", "mg", self.substance or "")
        return None


@dataclass(frozen=True)
class Planned:
    """What a person means to do. What is left out is unknown and is asked for or listed as missing."""

    mixture: tuple[Part, ...]
    sites: tuple[str, ...] = ()
    needle: Needle | None = None
    volume_per_point_ml: float | None = None
    points: int | None = None
    spacing_cm: float | None = None
    depth_mm: float | None = None
    number: int | None = None
    days_since_last: int | None = None
    response_percent: float | None = None
    weight_kg: float | None = None
    age: int | None = None
    conditions: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    regimen: tuple[RegimenLine, ...] = ()
    consent: Answer = UNKNOWN
    written: frozenset[str] = frozenset()
    country: str | None = None


@dataclass(frozen=True)
class DrugInSyringe:
    """One active drug: its amount, concentration, and the dose of one deposit at the least and largest volume.

    `share` is that of the day's ceiling with everything taken that day; `share_of_session` of this syringe alone.
    """

    substance: str
    name: str
    amount_mg: Fraction
    mg_per_ml: Fraction
    per_point_mg: tuple[Fraction, Fraction]
    day_mg: Fraction
    ceiling_mg: Fraction | None
    share_of_session: Fraction | None
    share: Fraction | None
    mg_per_kg: Fraction | None
    mg_per_kg_limit: Fraction | None


@dataclass(frozen=True)
class Deposits:
    """How many deposits the syringe gives, and the area of a square grid of them.

    `grid` holds number of points, centimetres between neighbours and area, for every end of what is left open.
    """

    fewest: int
    most: int
    grid: tuple[tuple[int, Fraction, Fraction], ...]

    @property
    def area_cm2(self) -> tuple[Fraction, Fraction]:
        """The smallest and the largest area the deposits can cover."""
        areas = [area for _, _, area in self.grid]
        return (min(areas), max(areas))


@dataclass(frozen=True)
class Check:
    """Something that was compared with what is published: fine (yes), off (no) or not said (unknown)."""

    what: str
    answer: Answer
    text: str
    sources: tuple[Source, ...]
    status: Status


@dataclass(frozen=True)
class SessionPlan:
    """The session as worked out."""

    total_ml: Fraction
    drugs: tuple[DrugInSyringe, ...]
    deposits: Deposits
    saline_mg_per_ml: Fraction
    excipients_mg_per_ml: Mapping[str, Fraction]
    excipients_note: str
    compatibility: tuple[MixingRule, ...]
    technique: tuple[Check, ...]
    contraindications: tuple[tuple[str, Answer], ...]
    alerts: tuple[Alert, ...]
    record_fields: tuple[tuple[str, bool], ...]

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """What must still be written down."""
        return tuple(name for name, given in self.record_fields if not given)


def session_problems(planned: Planned) -> tuple[Problem, ...]:
    """What makes a plan impossible to work out: no mixture, no volume, a drug without an amount."""
    found: list[Problem] = []
    if not planned.mixture:
        found.append(
            Problem("mixture", "is empty; write drug, volume_ml and amount_mg or strength of each part")
        )
    for index, part in enumerate(planned.mixture):
        place = f"mixture[{index}]"
        if part.volume_ml is None:
            found.append(Problem(f"{place}.volume_ml", f"is missing for {part.name}"))
        if not part.is_diluent and part.milligrams is None:
            told = f' (strength "{part.strength}" cannot be read)' if part.strength else ""
            remedy = "write amount_mg: 100, or strength: 50 mg/ml"
            found.append(Problem(f"{place}.amount_mg", f"is missing for {part.name}{told}; {remedy}"))
    return tuple(found)


def plan_session(planned: Planned) -> SessionPlan:
    """The session worked out. Check `session_problems` first: every part needs a volume and an amount."""
    total = sum((exact(part.volume_ml or 0) for part in planned.mixture), Fraction(0))
    situation = _situation(planned)
    deposits = _deposits(planned, total)
    parts = [mixing_id(part.substance, part.name) for part in planned.mixture]
    saline = sum(
        (exact(part.volume_ml or 0) for part in planned.mixture if part.substance == "sodium_chloride_09"),
        Fraction(0),
    )
    excipients, note = _excipients(planned, total)
    alerts = (*check(situation, Settings(planned.country)), *_own_alerts(planned, parts))
    return SessionPlan(
        total_ml=total,
        drugs=tuple(_drugs(planned, situation, total)),
        deposits=deposits,
        saline_mg_per_ml=m.SALINE_MG_PER_ML * saline / total,
        excipients_mg_per_ml=excipients,
        excipients_note=note,
        compatibility=mixing_verdicts(parts),
        technique=tuple(_technique(planned, total)),
        contraindications=tuple((key, _known(planned, key)) for key in m.CONTRAINDICATIONS),
        alerts=in_order(alerts),
        record_fields=tuple(
            (name, name in planned.written or _implied(planned, name)) for name in m.RECORD_FIELDS
        ),
    )


def _known(planned: Planned, key: str) -> Answer:
    """What is known of a contraindication; consent as it was said beside the mixture."""
    if key == "consent_missing":
        # A plan is the place where consent is documented: what is not said there is missing.
        said = planned.conditions.get(key, UNKNOWN)
        return NOT[planned.consent] if planned.consent is not UNKNOWN else YES if said is UNKNOWN else said
    return planned.conditions.get(key, UNKNOWN)


def _situation(planned: Planned) -> Situation:
    injected = tuple(
        RegimenLine(part.substance, part.name, _doses(part), "intradermal") for part in planned.mixture
    )
    conditions = {**planned.conditions, "consent_missing": _known(planned, "consent_missing")}
    return Situation(
        regimen=(*planned.regimen, *(line for line in injected if line.name not in _mixed_only())),
        procedures=(RegimenLine("mesotherapy", "mesotherapy", (), "procedure"),),
        conditions=conditions,
        age=planned.age,
        weight_kg=planned.weight_kg,
    )


def _mixed_only() -> frozenset[str]:
    return frozenset(name for key, names in MIXED_ONLY.items() for name in (key, *names))


def _doses(part: Part) -> tuple[Dose, ...]:
    amount = part.milligrams
    if amount is None:
        return ()
    return (Dose(float(amount), "mg"),)


def _drugs(planned: Planned, situation: Situation, total: Fraction) -> list[DrugInSyringe]:
    of_day = {
        reading.substance: reading for reading in dose_readings(situation, by_substance(situation.lines))
    }
    amounts: dict[str, tuple[str, Fraction]] = {}
    for part in planned.mixture:
        if not part.is_diluent:
            key = mixing_id(part.substance, part.name)
            name, before = amounts.get(key, (part.name, Fraction(0)))
            amounts[key] = (name, before + (part.milligrams or 0))
    found: list[DrugInSyringe] = []
    least, largest = _point_volumes(planned)
    for key, (name, amount) in amounts.items():
        in_mg = key in SUBSTANCES and SUBSTANCES[key].dosing.unit == "mg"
        most = ceiling(key) if in_mg else None
        limit = None
        per_kg = None
        if planned.weight_kg is not None:
            per_kg = amount / exact(planned.weight_kg)
            if key == "lidocaine":
                limit = LIDOCAINE_MG_PER_KG
        reading = of_day.get(key)
        if reading is not None and most is not None:
            most = reading.ceiling
        day = reading.total.known if reading is not None and in_mg else amount
        per_ml = amount / total
        found.append(
            DrugInSyringe(
                substance=key,
                name=name,
                amount_mg=amount,
                mg_per_ml=per_ml,
                per_point_mg=(per_ml * least, per_ml * largest),
                day_mg=day,
                ceiling_mg=most,
                share_of_session=None if most is None else amount / most,
                share=None if most is None else day / most,
                mg_per_kg=per_kg,
                mg_per_kg_limit=limit,
            )
        )
    return found


def _point_volumes(planned: Planned) -> tuple[Fraction, Fraction]:
    if planned.volume_per_point_ml is None:
        return m.ML_PER_POINT
    one = exact(planned.volume_per_point_ml)
    return (one, one)


def _deposits(planned: Planned, total: Fraction) -> Deposits:
    """Whole deposits only; the last, smaller one counts."""
    least, largest = _point_volumes(planned)
    most, fewest = math.ceil(total / least), math.ceil(total / largest)
    spacings = m.SPACING_CM if planned.spacing_cm is None else (planned.spacing_cm,)
    grid = {
        (points, exact(side)): points * exact(side) ** 2 for points in (most, fewest) for side in spacings
    }
    return Deposits(fewest, most, tuple((points, side, area) for (points, side), area in grid.items()))


def _excipients(planned: Planned, total: Fraction) -> tuple[dict[str, Fraction], str]:
    volume = sum(
        (exact(part.volume_ml or 0) for part in planned.mixture if part.substance == "ketoprofen"),
        Fraction(0),
    )
    if not volume:
        return {}, ""
    ampoules = volume / m.KETONAL_AMPOULE_ML
    brands = sorted({part.brand for part in planned.mixture if part.substance == "ketoprofen" and part.brand})
    note = (
        f"brand recorded: {', '.join(brands)}; compare with its own leaflet"
        if brands
        else "if the ampoule is of the Ketonal type; the brand is not recorded"
    )
    return {name: amount * ampoules / total for name, amount in m.KETONAL_EXCIPIENTS_MG}, note


# --- against what is published ------------------------------------------------------------------------


def _technique(planned: Planned, total: Fraction) -> list[Check]:
    said = {what: (text, keys, status) for what, text, keys, status in m.TECHNIQUE}
    needle = planned.needle
    actives = {mixing_id(part.substance, part.name) for part in planned.mixture if not part.is_diluent}
    answers: dict[str, Answer] = {
        "needle": _both(
            _within(None if needle is None else needle.gauge, *m.NEEDLE_GAUGE),
            _within(None if needle is None else needle.length_mm, *m.NEEDLE_MM),
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
    return [
        Check(what, given, f"{said[what][0]}{_told(said[what][2])}", _published(said[what][1]), said[what][2])
        for what, given in answers.items()
    ]


def _told(status: Status) -> str:
    return f" ({caution(status)})" if caution(status) else ""


def _published(keys: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(PUBLICATIONS[key] for key in keys)


def _within(value: float | None, low: float | Fraction, high: float | Fraction | None) -> Answer:
    """Whether a value lies within bounds, ends included; unknown where it is not given."""
    if value is None:
        return UNKNOWN
    given = exact(value)
    return YES if given >= low and (high is None or not over(given, Fraction(high))) else NO


def _both(one: Answer, other: Answer) -> Answer:
    if NO in (one, other):
        return NO
    return UNKNOWN if UNKNOWN in (one, other) else YES


def _own_alerts(planned: Planned, parts: list[str]) -> list[Alert]:
    """What only a plan can see: too many drugs, too soon, no response, volumes that do not agree."""
    found: list[Alert] = []
    memory = ("MEM",)
    actives = {part for part in parts if part not in DILUENTS}
    if len(actives) > m.MOST_ACTIVES:
        found.append(
            _note(
                "session-drugs", "ask", f"{len(actives)} active drugs in one syringe: {', '.join(sorted(actives))}",
                "2 actives plus diluent is a conservative default", "leave one out", memory, Status.MEMORY,
            )
        )  # fmt: skip
    if planned.days_since_last is not None and planned.days_since_last < m.SESSION_INTERVAL_DAYS:
        found.append(
            _note(
                "session-interval", "ask", f"{planned.days_since_last} days since the last session",
                "sessions are weekly in the reviews", "wait, or say why not", ("PAOLUCCI19", "RANIERI24"), Status.MIXED,
            )
        )  # fmt: skip
    late = planned.number is not None and planned.number > m.REVIEW_AFTER_SESSIONS
    if late and planned.response_percent is not None and planned.response_percent <= 0:
        found.append(
            _note(
                "session-response", "ask", f"session {planned.number} without any response so far",
                "stop if no change after 2-3 sessions (heuristic)", "stop the course", ("DERIVED",), Status.DERIVED,
            )
        )  # fmt: skip
    if "ketoprofen" in parts and any(is_a(part, "amide_la") for part in parts):
        found.append(
            _note(
                "session-dexketoprofen", "note", "Only dexketoprofen with lidocaine is label-backed",
                "no label or stability paper was found for racemic ketoprofen with lidocaine",
                "take dexketoprofen where it is available", ("DEXK_INC",), Status.SEEN,
            )
        )  # fmt: skip
    if planned.points is not None and planned.volume_per_point_ml is not None:
        total = sum((exact(part.volume_ml or 0) for part in planned.mixture), Fraction(0))
        used = planned.points * exact(planned.volume_per_point_ml)
        if over(used, total):
            found.append(
                _note(
                    "session-volume", "ask",
                    f"{planned.points} points of {planned.volume_per_point_ml:g} ml are {float(used):g} ml, "
                    f"and {float(total):g} ml are prepared",
                    "the volumes do not agree", "correct the points or the mixture", (), Status.DERIVED,
                )
            )  # fmt: skip
    return found


def _note(
    key: str, tier: str, text: str, because: str, action: str, sources: tuple[str, ...], status: Status
) -> Alert:
    said = f"{because} ({caution(status)})" if status is Status.MEMORY else because
    at = "ask" if tier == "ask" else "note"
    return Alert(key, at, "moderate", text, said, _published(sources), (), action, status)


def _implied(planned: Planned, name: str) -> bool:
    """Whether the plan itself already holds a field of the session record."""
    needle, mixture = planned.needle, planned.mixture
    match name:
        case "date_session_number":
            return planned.number is not None
        case "drugs_brand_batch_expiry":
            return all(part.lot and part.brand and part.expiry for part in mixture)
        case "concentration_and_volume_each" | "total_volume_prepared":
            return True
        case "points_number":
            return planned.points is not None
        case "volume_per_point":
            return planned.volume_per_point_ml is not None
        case "needle_gauge_length":
            return needle is not None and needle.gauge is not None and needle.length_mm is not None
        case "spacing":
            return planned.spacing_cm is not None
        case "total_volume_injected":
            return planned.points is not None and planned.volume_per_point_ml is not None
        case _:
            return False


assert set(m.CONTRAINDICATIONS) <= CONDITIONS.keys()
