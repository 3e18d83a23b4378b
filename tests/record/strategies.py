"""Random records that are right: what reading, writing and the table must carry without loss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st
from msgspec.structs import replace

from assuage.instruments import INSTRUMENTS
from assuage.instruments.given import answers_problems
from assuage.record import entries as e
from assuage.record.care_entries import MeasurementEntry, ReferenceRange
from assuage.record.contradictions import contradictions
from assuage.record.entry import FORMAT, Role, VoidEntry, WrittenFrom
from assuage.record.fields import minute_of_time
from assuage.record.kinds import UNITS, scales, whole_scales
from assuage.record.read import parse_record
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import DRUG_NAMED
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sites import SITES, WPI_SITES
from assuage.terms.symptoms import STATES, SYMPTOM_NAMED
from assuage.terms.therapies import THERAPY_NAMED
from tests.care_examples import CARE_ENTRIES

# Any text a person or another program can write: quotes, colons, commas, line breaks, other alphabets.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda t: t.strip()
)
WORDS = st.sampled_from(
    ["yes", "null", "1e5", "12:30", "2026-01-05", "{", "a, b", "a: b", "- x", "#", "~", "0x1"]
)
TEXT = TEXTS | WORDS
TIMES = st.sampled_from(["morning", "noon", "evening", "night", "00:00", "07:05", "23:59"])
SITE_TUPLES = st.lists(st.sampled_from(sorted(SITES)), max_size=3, unique=True).map(tuple)
POSITIVE = st.floats(0, 1e6, exclude_min=True, allow_subnormal=False)


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def common(draw: st.DrawFn, has_start: bool) -> dict[str, Any]:
    time = draw(optional(TIMES))
    return {
        "place": 0,
        "day": draw(st.integers(-400, 800)),
        "time": time,
        "minute": None if time is None else minute_of_time(time),
        "by": draw(st.sampled_from(["patient", "clinician", "device", "import"])),
        "author": draw(optional(TEXT)),
        "role": draw(optional(st.sampled_from(get_args(Role)))),
        "source": draw(optional(st.sampled_from(get_args(WrittenFrom)))),
        "approximate": draw(st.booleans()),
        "copied": draw(st.booleans()),
        "note": draw(optional(TEXT)),
        "entered": draw(
            optional(st.sampled_from(["2199-12-31", "2199-12-31T10:00", "2199-12-31T10:00:01Z"]))
        ),
        "dated": has_start and draw(st.booleans()),
    }


@st.composite
def scores(draw: st.DrawFn, base: dict[str, Any]) -> e.ScoreEntry:
    scale = scales()[draw(st.sampled_from(sorted(scales())))]
    number = st.integers(int(scale.low), int(scale.high)).map(float)
    if scale.code not in whole_scales():
        number |= st.floats(scale.low, scale.high)
    ends = sorted([draw(number), draw(number)])
    if draw(st.booleans()):
        return e.ScoreEntry(**base, scale=scale.code, low=ends[0], high=ends[1], sites=draw(SITE_TUPLES))
    return e.ScoreEntry(**base, scale=scale.code, value=draw(number), sites=draw(SITE_TUPLES))


def _itemised() -> list[str]:
    return sorted(name for name, one in INSTRUMENTS.items() if one.items and one.reader == "plain")


@st.composite
def answers(draw: st.DrawFn, base: dict[str, Any]) -> e.AnswersEntry:
    if draw(st.integers(0, 4)) == 0:
        sites = tuple(draw(st.lists(st.sampled_from(sorted(WPI_SITES)), unique=True)))
        return e.AnswersEntry(**base, instrument="wpi", sites=sites)
    instrument = INSTRUMENTS[draw(st.sampled_from(_itemised()))]
    chosen = draw(st.lists(st.sampled_from(instrument.items), min_size=1, unique_by=lambda item: item.id))
    drawn: Mapping[str, e.ItemValue] = {
        item.id: draw(optional(st.integers(int(item.low), int(item.high)))) for item in chosen
    }
    # Some items have gaps in their range (0 or 2, never 1).
    given = {
        item: one for item, one in drawn.items() if not answers_problems(instrument.id, {item: one}, None, "")
    }
    if not given:
        given = {chosen[0].id: None}
    return e.AnswersEntry(**base, instrument=instrument.id, items=given)


@st.composite
def therapies(draw: st.DrawFn, base: dict[str, Any]) -> e.TherapyEntry:
    percent = st.floats(0, 100) | st.integers(0, 100).map(float)
    response = st.tuples(percent, percent).map(lambda ends: (min(ends), max(ends)))
    ingredient = st.builds(
        e.Ingredient, TEXT, volume_ml=optional(POSITIVE), amount_mg=optional(POSITIVE), lot=optional(TEXT)
    )
    needle = st.builds(e.Needle, gauge=POSITIVE, length_mm=optional(POSITIVE))
    return e.TherapyEntry(
        **base,
        what=draw(st.sampled_from(sorted(THERAPY_NAMED)) | TEXT),
        do=draw(st.sampled_from(["start", "session", "stop"])),
        number=draw(optional(st.integers(1, 99))),
        sites=draw(SITE_TUPLES),
        minutes=draw(optional(st.floats(0.5, 1440))),
        pressure=draw(optional(st.sampled_from(["light", "medium", "deep"]))),
        because=draw(optional(TEXT)),
        mixture=tuple(draw(st.lists(ingredient, max_size=2))),
        needle=draw(optional(needle)),
        points=draw(optional(st.integers(1, 99))),
        volume_per_point_ml=draw(optional(POSITIVE)),
        response_percent=draw(optional(response)),
    )


@st.composite
def others(draw: st.DrawFn, base: dict[str, Any]) -> e.AnyEntry:
    match draw(st.integers(0, 6)):
        case 0:
            return e.SymptomEntry(
                **base,
                what=draw(st.sampled_from(sorted(SYMPTOM_NAMED)) | TEXT),
                state=draw(st.sampled_from(STATES)),
                site=draw(optional(st.sampled_from(sorted(SITES)))),
                severity=draw(optional(TEXT)),
            )
        case 1:
            return e.FindingEntry(
                **base,
                what=draw(st.sampled_from(sorted(CONDITIONS)) | TEXT),
                state=draw(st.sampled_from(["present", "absent", "normal", "abnormal", "unknown"])),
                method=draw(optional(st.sampled_from(get_args(e.Method)))),
                result=draw(optional(TEXT)),
            )
        case 2:
            dose = st.builds(e.Dose, POSITIVE, st.sampled_from(sorted(UNITS)), optional(TEXT))
            return e.MedicationEntry(
                **base,
                drug=draw(st.sampled_from(sorted(DRUG_NAMED)) | TEXT),
                do=draw(st.sampled_from(["start", "change", "stop"])),
                doses=tuple(draw(st.lists(dose, max_size=2))),
                route=draw(optional(TEXT)),
                purpose=draw(optional(TEXT)),
                because=draw(optional(TEXT)),
            )
        case 3:
            do = draw(st.sampled_from(["enter", "advance", "hold", "return", "override", "leave"]))
            to = draw(TEXT) if do in ("enter", "return", "advance") else None
            return e.DecisionEntry(**base, do=do, to=to, because=draw(TEXT), pathway=draw(optional(TEXT)))
        case 4:
            state = draw(st.sampled_from(["given", "refused", "withdrawn"]))
            return e.ConsentEntry(**base, purpose=draw(TEXT), state=state)
        case 5:
            states = st.sampled_from(["present", "absent", "unknown"])
            flags = draw(st.dictionaries(st.sampled_from(sorted(RED_FLAGS)), states, min_size=1, max_size=4))
            return e.RedFlagEntry(**base, flags=flags)
        case _:
            return e.NoteEntry(**base, text=draw(TEXT))


NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def measurements(draw: st.DrawFn, base: dict[str, Any]) -> MeasurementEntry:
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    stated = draw(st.sampled_from([{"value": low}, {"low": low}, {"high": high}, {"low": low, "high": high}]))
    ends = sorted([draw(NUMBERS), draw(NUMBERS)])
    return MeasurementEntry(
        **base,
        what=draw(st.sampled_from(["creatinine", "weight", "qtc"]) | TEXT),
        **stated,
        unit=draw(optional(TEXT)),
        range=draw(optional(st.just(ReferenceRange(*ends)) | st.just(ReferenceRange(high=ends[1])))),
        method=draw(optional(TEXT)),
        loinc=draw(optional(st.just("2160-0"))),
    )


@st.composite
def care(draw: st.DrawFn, base: dict[str, Any]) -> e.AnyEntry:
    """One of the examples of the newer kinds, with some of its optional fields left out and words exchanged."""
    plain = {**draw(st.sampled_from(CARE_ENTRIES)), "day": 0}
    document = {"format": FORMAT, "patient": {"id": "x"}, "entries": [plain]}
    (entry,) = parse_record(document).entries
    worded = {
        name: draw(st.just(getattr(entry, name)) | TEXT)
        for name in entry.__struct_fields__
        if name
        in ("what", "substance", "drug", "name", "reaction", "target", "whom", "unit", "route", "because")
        and getattr(entry, name) is not None
    }
    return replace(entry, **(base | worded))


@st.composite
def entries(draw: st.DrawFn, has_start: bool) -> e.AnyEntry:
    base = draw(common(has_start))
    make = draw(st.sampled_from([scores, answers, therapies, others, measurements, care]))
    return draw(make(base))


def _contradicts_when_withdrawn(placed: list[e.AnyEntry]) -> bool:
    """Whether what stands again after a withdrawal contradicts what else stands."""
    standing = e.Record(e.Patient("x"), tuple(placed)).current
    return bool(list(contradictions(sorted(standing, key=lambda entry: entry.place))))


@st.composite
def records(draw: st.DrawFn, patient: str | None = None) -> e.Record:
    """A record without problems: ids are unique, corrections lead backwards, nothing contradicts."""
    starts_on = draw(optional(st.dates(date(1950, 1, 1), date(2100, 1, 1))))
    drawn = draw(st.lists(entries(starts_on is not None), max_size=8))
    placed: list[e.AnyEntry] = []
    for entry in drawn:
        placed.append(replace(entry, place=len(placed)))
        if list(contradictions(placed)):
            placed.pop()
    for at in range(1, len(placed), 2):
        if draw(st.booleans()):
            name = f"{draw(st.sampled_from(['e', 'no ', '1.']))}{at}"
            placed[at - 1] = replace(placed[at - 1], id=name)
            placed[at] = replace(placed[at], replaces=name)
    named = [entry.id for entry in placed if entry.id is not None]
    if named and draw(st.booleans()):
        base = draw(common(starts_on is not None))
        base |= {"place": len(placed), "about": draw(optional(st.sampled_from(named)))}
        voided = VoidEntry(**base, of=draw(st.sampled_from(named)), because=draw(TEXT))
        if not _contradicts_when_withdrawn([*placed, voided]):
            placed.append(voided)
    who = e.Patient(
        patient or draw(TEXT),
        draw(optional(st.sampled_from(["female", "male", "other", "unknown"]))),
        draw(optional(st.integers(0, 120))),
    )
    zone = draw(optional(st.sampled_from(["Europe/Vilnius", "UTC"])))
    return e.Record(who, tuple(placed), starts_on, draw(optional(TEXT)), zone)
