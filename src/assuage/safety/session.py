"""One mesotherapy session, worked out before the needle: doses, deposits, ceilings, what forbids it, what to record.

A pure function of what is planned. It decides nothing: it says what the mixture holds, how it compares with
the ceilings, what is unknown, and which rules fire. Numbers are exact fractions, shown as decimals.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.record.entries import Dose
from assuage.safety.alerts import Alert, Tier, cautious, most_urgent_first
from assuage.safety.amounts import exact, over
from assuage.safety.check import check
from assuage.safety.data import mesotherapy as m
from assuage.safety.fire import LIDOCAINE_MG_PER_KG, by_substance, ceiling, dose_readings
from assuage.safety.formulary import SUBSTANCES, is_a, wording_of
from assuage.safety.mixing import mixing_id, mixing_verdicts
from assuage.safety.planned_session import DILUENTS, Ampoule, Planned
from assuage.safety.rules import MixingRule
from assuage.safety.situation import RegimenLine, Settings, Situation, lines_named
from assuage.safety.technique import TechniqueCheck, published_in, technique
from assuage.terms.answers import UNKNOWN, YES, Answer, kleene_not
from assuage.terms.conditions import CONDITIONS
from assuage.terms.sources import Status

NOBODY_KNOWN = Situation()  # a plan without a record
EXCIPIENT_CONDITIONS = ("benzyl_alcohol_allergy",)


class DrugInSyringe(Struct, frozen=True):
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


class Deposits(Struct, frozen=True):
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


class SessionPlan(Struct, frozen=True):
    """The session as worked out."""

    total_ml: Fraction
    drugs: tuple[DrugInSyringe, ...]
    unmeasured: tuple[str, ...]  # the parts that nothing reads, and of which nobody says how much they hold
    deposits: Deposits
    saline_mg_per_ml: Fraction
    excipients_mg_per_ml: Mapping[str, Fraction]
    excipients_note: Message | None
    compatibility: tuple[MixingRule, ...]
    technique: tuple[TechniqueCheck, ...]
    contraindications: tuple[tuple[str, Answer], ...]
    alerts: tuple[Alert, ...]
    record_fields: tuple[tuple[str, bool], ...]

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """What must still be written down."""
        return tuple(name for name, given in self.record_fields if not given)


def plan_session(planned: Planned, here: Situation = NOBODY_KNOWN) -> SessionPlan:
    """The session worked out. Check `session_problems` first: every part needs a volume and an amount.

    `here` is what a record knows of the patient that day (allergies, red flags, what is taken); the plan adds to it,
    and of a condition that both speak of the plan is the later word.
    """
    total = sum((exact(part.volume_ml or 0) for part in planned.mixture), Fraction(0))
    situation = _situation(planned, here)
    deposits = _deposits(planned, total)
    parts = [mixing_id(part.substance, part.name) for part in planned.mixture]
    saline = sum(
        (exact(part.volume_ml or 0) for part in planned.mixture if part.substance == "sodium_chloride_09"),
        Fraction(0),
    )
    excipients, note = _excipients(planned, total)
    alerts = (*check(situation, Settings(planned.country)), *_plan_alerts(planned, parts))
    return SessionPlan(
        total_ml=total,
        drugs=tuple(_drugs(planned, situation, total)),
        unmeasured=tuple(
            part.name for part in planned.mixture if not part.is_diluent and part.milligrams is None
        ),
        deposits=deposits,
        saline_mg_per_ml=m.SALINE_MG_PER_ML * saline / total,
        excipients_mg_per_ml=excipients,
        excipients_note=note,
        compatibility=mixing_verdicts(parts),
        technique=technique(planned, total),
        contraindications=tuple((key, _known_of(planned, here, key)) for key in m.CONTRAINDICATIONS),
        alerts=most_urgent_first(alerts),
        record_fields=tuple(
            (name, name in planned.written or _implied(planned, name)) for name in m.RECORD_FIELDS
        ),
    )


def _known(planned: Planned, key: str) -> Answer:
    """What is known of a contraindication; consent as it was said beside the mixture."""
    if key == "consent_missing":
        # A plan is the place where consent is documented: what is not said there is missing.
        missing = planned.conditions.get(key, UNKNOWN)
        if planned.consent is not UNKNOWN:
            return kleene_not(planned.consent)
        return YES if missing is UNKNOWN else missing
    return planned.conditions.get(key, UNKNOWN)


def _known_of(planned: Planned, here: Situation, key: str) -> Answer:
    """The same, and what the record knows of what the plan does not speak of."""
    answer = _known(planned, key)
    return here.condition(key) if answer is UNKNOWN and key != "consent_missing" else answer


def _situation(planned: Planned, here: Situation) -> Situation:
    injected = tuple(
        each
        for part in planned.mixture
        for each in (
            lines_named(part.name, route="intradermal")
            if part.substance is None and not part.is_diluent
            else (RegimenLine(part.substance, part.name, _doses(part), "intradermal"),)
        )
    )
    consent = {"consent_missing": _known(planned, "consent_missing")}
    return replace(
        here,
        regimen=(*here.regimen, *(planned.regimen or ()), *injected),
        procedures=(*here.procedures, RegimenLine("mesotherapy", "mesotherapy", (), "procedure")),
        conditions={**here.conditions, **planned.conditions, **consent},
        age=here.age if planned.age is None else planned.age,
        weight_kg=here.weight_kg if planned.weight_kg is None else planned.weight_kg,
    )


def _doses(part: Ampoule) -> tuple[Dose, ...]:
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
        if not part.is_diluent and part.milligrams is not None:
            key = mixing_id(part.substance, part.name)
            name, before = amounts.get(key, (part.name, Fraction(0)))
            amounts[key] = (name, before + part.milligrams)
    drugs: list[DrugInSyringe] = []
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
        day = reading.total.most if reading is not None and in_mg else amount
        per_ml = amount / total
        drugs.append(
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
    return drugs


def _point_volumes(planned: Planned) -> tuple[Fraction, Fraction]:
    if planned.volume_per_point_ml is None:
        return m.ML_PER_POINT
    volume = exact(planned.volume_per_point_ml)
    return (volume, volume)


def _deposits(planned: Planned, total: Fraction) -> Deposits:
    """Whole deposits only; the last, smaller one counts."""
    least, largest = _point_volumes(planned)
    most, fewest = math.ceil(total / least), math.ceil(total / largest)
    spacings = m.SPACING_CM if planned.spacing_cm is None else (planned.spacing_cm,)
    grid = {
        (points, exact(side)): points * exact(side) ** 2 for points in (most, fewest) for side in spacings
    }
    return Deposits(fewest, most, tuple((points, side, area) for (points, side), area in grid.items()))


def _excipients(planned: Planned, total: Fraction) -> tuple[dict[str, Fraction], Message | None]:
    volume = sum(
        (exact(part.volume_ml or 0) for part in planned.mixture if part.substance == "ketoprofen"),
        Fraction(0),
    )
    if not volume:
        return {}, None
    ampoules = volume / m.KETONAL_AMPOULE_ML
    brands = {part.brand for part in planned.mixture if part.substance == "ketoprofen" and part.brand}
    if brands:
        note = message("session.excipients-of-brand", brands=tuple(sorted(brands)))
    else:
        note = message("session.excipients-of-unknown-brand")
    return {name: amount * ampoules / total for name, amount in m.KETONAL_EXCIPIENTS_MG}, note


def _plan_alerts(planned: Planned, parts: list[str]) -> Iterator[Alert]:
    """What only a plan can see: too many drugs, too soon, no response, volumes that do not agree, what nobody reads."""
    if planned.regimen is None:
        yield _plan_alert("session-regimen", "ask", message("alert.session-regimen"), (), Status.POLICY)
    if planned.unread:
        text = message("alert.session-unread", conditions=planned.unread)
        yield replace(_plan_alert("session-unread", "ask", text, (), Status.POLICY), severity="major")
    actives = {part for part in parts if part not in DILUENTS}
    if len(actives) > m.MOST_ACTIVES:
        drugs = tuple(wording_of(part) if part in SUBSTANCES else part for part in sorted(actives))
        text = message("alert.session-drugs", n=len(actives), drugs=drugs)
        yield _plan_alert("session-drugs", "ask", text, ("MEM",), Status.MEMORY)
    days = planned.days_since_last
    if days is not None and days < m.SESSION_INTERVAL_DAYS:
        text = message("alert.session-interval", n=days)
        yield _plan_alert("session-interval", "ask", text, ("PAOLUCCI19", "RANIERI24"), Status.MIXED)
    late = planned.number is not None and planned.number > m.REVIEW_AFTER_SESSIONS
    if late and planned.response_percent is not None and planned.response_percent <= 0:
        text = message("alert.session-response", number=planned.number)
        yield _plan_alert("session-response", "ask", text, ("DERIVED",), Status.DERIVED)
    if "ketoprofen" in parts and any(is_a(part, "amide_la") for part in parts):
        text = message("alert.session-dexketoprofen")
        yield _plan_alert("session-dexketoprofen", "note", text, ("DEXK_INC",), Status.SEEN)
    if planned.points is not None and planned.volume_per_point_ml is not None:
        total = sum((exact(part.volume_ml or 0) for part in planned.mixture), Fraction(0))
        used = planned.points * exact(planned.volume_per_point_ml)
        if over(used, total):
            text = message(
                "alert.session-volume",
                points=planned.points,
                volume=planned.volume_per_point_ml,
                used=float(used),
                prepared=float(total),
            )
            yield _plan_alert("session-volume", "ask", text, (), Status.DERIVED)


def _plan_alert(key: str, tier: Tier, text: Message, sources: tuple[str, ...], status: Status) -> Alert:
    """An alert of a plan: its reason and its action stand in the catalogues under its id."""
    because: Message | Wording = message(f"alert.{key}.because")
    if status is Status.MEMORY:
        because = cautious(because, status)
    action = message(f"alert.{key}.action")
    return Alert(key, tier, "moderate", text, because, published_in(sources), (), action, status)


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
