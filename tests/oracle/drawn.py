"""Random records that go through `neck-first`: from a seed, so that a record of hundreds of entries is quick to draw.

A record is a diary in stretches (a flare, calm days, days on which only the neck hurts), what the clinic wrote down,
and now and then something of every other kind. A record on which somebody disagrees is cut down before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from assuage.errors import Problems
from assuage.record.read import parse_record

Plain = dict[str, Any]
CONDITIONS = (
    "on_anticoagulant",
    "bleeding_disorder",
    "skin_infection_site",
    "fever_systemic",
    "la_allergy",
    "nsaid_hypersensitivity",
)
GOING = ("resolved", "resolved", "absent", "better", "worse")
FLAGGED = ("vascular_red_flag", "cervical_myelopathy_suspected", "neuro_deficit_new", "lft_raised_gt3uln")
FLAGS = ("dissection", "myelopathy", "progressive", "new_numbness", "inflam", "RF_LIVER", "RF_DISSECTION")
SIGNS = (
    *(
        "numbness",
        "weakness",
        "leg weakness",
        "muscle weakness",
        "saddle anaesthesia",
        "urinary retention",
        "anuria",
    ),
    *(
        "RF_CAUDA",
        "New weakness",
        "gi bleeding",
        "Meningitis",
        "hives",
        "metallic taste",
        "Atemnot",
        "spreading redness",
        "black stool",
        "Melena",
        "fever",
        "Fieber",
        "jaundice",
        "ALT",
        "tremor",
        "hyperreflexia",
        "clonus",
        "sweating",
    ),
    *(
        "hypertonia",
        "ocular clonus",
        "abscess",
        "palpitations",
        "suicidal thoughts",
        "all symptoms",
        "weight loss",
    ),
)
LEVELS = ("pain", "neck", "sleep", "anxiety")
# The level of each on an ordinary day of a stretch.
STRETCHES = {
    "flare": (7, 6, 7, 6),
    "middling": (5, 5, 5, 4),
    "settled": (1, 5, 2, 2),
    "quiet": (1, 0, 2, 1),
    "neck": (2, 6, 3, 2),
    "body": (7, 1, 6, 5),
}
NECK = ("neck", "neck_left", "shoulder_girdle", "trapezius_right")
PLACES = (
    None,
    None,
    "neck",
    "occiput",
    "occiput_left",
    "occiput_right",
    "head",
    "widespread",
    "shoulder_girdle",
)
TIMES = (None, None, None, "morning", "noon", "evening", "night", "07:30", "08:00", "19:00", "23:59")


def record(seed: int, name: str = "Ana") -> Plain:
    """A record that can be read, of one patient."""
    draw = Random(seed)
    drawn = smooth(draw) if draw.random() < 0.25 else (*diary(draw), *clinic(draw), *incidents(draw))
    entries = [*drawn, *noise(draw)]
    draw.shuffle(entries)
    if draw.random() < 0.5:
        entries.sort(key=lambda entry: entry["day"])
    correct(draw, entries)
    plain: Plain = {"format": "assuage-record/2", "patient": {"id": name}, "entries": entries}
    if draw.random() < 0.2:
        plain["pathway"] = draw.choice(("neck-first", "neck-first@1", "eular-2017"))
    if draw.random() < 0.2:
        date_some(draw, plain)
    return readable(plain)


def date_some(draw: Random, plain: Plain) -> None:
    """Give the record its date of day 0, and some entries their date in place of their day."""
    starts_on = date(2024, 2, 1)
    plain["starts_on"] = starts_on.isoformat()
    for entry in plain["entries"]:
        if draw.random() < 0.3:
            entry["date"] = (starts_on + timedelta(days=entry.pop("day"))).isoformat()


def readable(plain: Plain) -> Plain:
    """The record without the entries that make it one with problems."""
    try:
        parse_record(plain)
    except Problems as refused:
        bad = {int(one.place.partition("[")[2].partition("]")[0]) for one in refused.problems}
        return readable(without(plain, bad))
    return plain


def without(plain: Plain, places: set[int]) -> Plain:
    kept = [entry for place, entry in enumerate(plain["entries"]) if place not in places]
    named = {entry.get("id") for entry in kept}
    kept = [
        {name: value for name, value in entry.items() if name != "replaces" or value in named}
        for entry in kept
    ]
    return {**plain, "entries": kept}


def smallest(plain: Plain, bad: Callable[[Plain], bool]) -> Plain:
    """The record without the entries that it can do without and still be bad."""
    size = max(1, len(plain["entries"]) // 2)
    while size:
        at = 0
        while at < len(plain["entries"]):
            fewer = readable(without(plain, set(range(at, at + size))))
            if fewer["entries"] and bad(fewer):
                plain = fewer
            else:
                at += size
        size //= 2
    return plain


# --- the diary --------------------------------------------------------------------------------------


def diary(draw: Random) -> Iterator[Plain]:
    """A diary in stretches; how many days are missing, and what is told on a day, differs from diary to diary."""
    day = draw.choice((0, 0, 0, -9, 3))
    told = [scale for scale in LEVELS if draw.random() < 0.85]
    gaps = draw.choice((0, 0, 0, 0.1, 0.4, 0.9))
    by = draw.choice(("patient", "patient", "patient", "clinician"))
    uneven = draw.choice((0, 0, 0.05, 0.3))
    for stretch, length in course(draw):
        levels: dict[str, int] = dict(zip(LEVELS, STRETCHES[stretch], strict=True))
        for _ in range(length):
            day += 1
            for scale in told:
                if draw.random() >= gaps:
                    yield scored(draw, day, scale, levels[scale], uneven) | {"by": by}


def course(draw: Random) -> Iterator[tuple[str, int]]:
    """The stretches of a diary and their days: often those that lead through the phases."""
    if draw.random() < 0.6:
        yield "middling", draw.randint(0, 7)
        yield "settled", draw.randint(6, 12)
        yield "quiet", draw.randint(7, 16)
        if draw.random() < 0.7:
            yield "quiet", draw.randint(35, 50)
    for _ in range(draw.randint(0, 4)):
        yield draw.choice(tuple(STRETCHES)), draw.randint(1, 14)


def scored(draw: Random, day: int, scale: str, level: int, uneven: float) -> Plain:
    """A score of a day, at about a level; now and then a range, a fraction, several places."""
    odd = draw.random() < uneven
    value = min(10, max(0, level + draw.choice((-1, 1, 2)) if odd else level))
    entry: Plain = {"day": day, "kind": "score", "scale": scale, "value": value}
    if scale == "neck":
        entry |= {"scale": "pain", "site": draw.choice(NECK)}
        if odd:
            del entry["site"]
            entry["scale"] = draw.choice(("pain", "stiffness"))
            entry["sites"] = ["neck", draw.choice(("occiput", "shoulder_girdle"))]
    if odd and draw.random() < 0.3:
        del entry["value"]
        entry |= {"low": value, "high": min(10, value + draw.randint(0, 3))}
    elif odd and draw.random() < 0.3:
        entry["value"] = min(10, value + draw.choice((0.3, 0.5, 0.9)))
    return entry | timed(draw, uneven)


def timed(draw: Random, often: float) -> Plain:
    time = draw.choice(TIMES) if draw.random() < often else None
    return {} if time is None else {"time": time}


def smooth(draw: Random) -> Iterator[Plain]:
    """A diary without gaps that leads through every phase, and what the clinic adds to it."""
    start, end, last = draw.randint(-2, 2), draw.choice(tuple(STRETCHES)), draw.randint(1, 5)
    put = draw.random() < 0.4
    if put:
        end, last = draw.choice(("flare", "body", "neck")), 12
    days = ["middling"] * 4 + ["settled"] * 9 + ["quiet"] * draw.randint(50, 56) + [end] * last
    for day, stretch in enumerate(days, start):
        for scale, level in zip(LEVELS, STRETCHES[stretch], strict=True):
            yield scored(draw, day, scale, level, 0) | {"by": "patient"}
    for condition in CONDITIONS:
        yield {"day": 0, "kind": "finding", "what": condition, "state": "absent"}
    yield from asked_again(1, 75, 1)
    yield {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"}
    if draw.random() < 0.3:
        yield {**decision(draw), "day": draw.randint(0, 70)}
    if put:
        yield put_into(draw, start + len(days) - last - draw.randint(0, 3))
    yield {"day": start + 4, "kind": "symptom", "what": "anxiety", "state": "present"}
    yield {"day": start + 4, "kind": "score", "scale": "gad7", "value": draw.randint(3, 12)}
    for day in range(20, 70, draw.randint(3, 5)):
        yield {"day": day, "kind": "therapy", "what": draw.choice(("kinesiotherapy", "exercise"))}


# --- the clinic -------------------------------------------------------------------------------------


def clinic(draw: Random) -> Iterator[Plain]:
    """What was asked and given: findings, drugs, sessions, what was said at visits, decisions."""
    if draw.random() < 0.8:
        for condition in CONDITIONS:
            if draw.random() < 0.95:
                yield {
                    "day": draw.choice((0, -30, 5)),
                    "kind": "finding",
                    "what": condition,
                    "state": "absent",
                }
    if draw.random() < 0.7:
        yield from asked_again(draw.randint(0, 10), draw.randint(20, 75), draw.choice((1, 1, 2, 7)))
    if draw.random() < 0.8:
        for drug in ("amitriptyline", "tizanidine"):
            day = draw.randint(-5, 10)
            yield {"day": day, "kind": "medication", "drug": drug, "do": "start"}
            if draw.random() < 0.5:
                yield {"day": day + draw.randint(0, 40), "kind": "medication", "drug": drug, "do": "stop"}
    if draw.random() < 0.7:
        first = draw.randint(10, 40)
        for day in range(first, first + draw.randint(0, 50), draw.randint(2, 6)):
            what = draw.choice(("kinesiotherapy", "graded exercise", "kinesiotherapy", "yoga"))
            do = draw.choice(({}, {}, {}, {"do": "start"}, {"do": "stop"}))
            yield {"day": day, "kind": "therapy", "what": what} | do
    if draw.random() < 0.5:
        day = draw.randint(10, 40)
        for symptom in (
            "widespread pain",
            "sleep problem",
            "anxiety",
            "fatigue",
            "stiffness",
            "spasmodic pain",
        ):
            yield {"day": 0, "kind": "symptom", "what": symptom, "state": draw.choice(("present", "new"))}
            yield {"day": day, "kind": "symptom", "what": symptom, "state": draw.choice(GOING)}
    if draw.random() < 0.4:
        for day in range(0, 60, draw.randint(7, 20)):
            yield {**an_anxiety_form(draw), "day": day}
    if draw.random() < 0.3:
        state = draw.choice(("present", "absent"))
        yield {"day": draw.randint(0, 20), "kind": "finding", "what": "vitd_unknown", "state": state}
    if draw.random() < 0.35:
        for _ in range(draw.randint(1, 4)):
            yield decision(draw)


def asked_again(first: int, last: int, every: int) -> Iterator[Plain]:
    """What holds for the day or for days only: fever and the skin, asked every so many days."""
    for day in range(first, last, every):
        for condition in ("fever_systemic", "skin_infection_site"):
            yield {"day": day, "kind": "finding", "what": condition, "state": "absent"}


def decision(draw: Random) -> Plain:
    do = draw.choice(("enter", "advance", "advance", "hold", "return", "override", "leave"))
    entry: Plain = {"day": draw.choice((-3, 0, 0, draw.randint(-5, 70))), "kind": "decision", "do": do}
    if do in ("enter", "return") or (do in ("advance", "override") and draw.random() < 0.5):
        entry["to"] = draw.choice(("settle", "settle", "quieten", "quieten", "move", "keep"))
    entry["because"] = draw.choice(
        (
            "an example",
            "RF_NEW_NUMBNESS was looked at",
            "cervical artery dissection ruled out",
            "rf new numbness",
            "start-silexan: asked for again",
        )
    )
    by = draw.choice((None, None, None, None, "clinician", "patient", "import"))
    return entry | timed(draw, 0.3) | ({} if by is None else {"by": by})


def put_into(draw: Random, day: int) -> Plain:
    """A person's word that puts the patient into a late phase, from which a bad stretch leads back."""
    to = draw.choice(("move", "keep"))
    return {"day": day, "kind": "decision", "do": "enter", "to": to, "because": "an example"}


def incidents(draw: Random) -> Iterator[Plain]:
    """A massage and what it was followed by, at the neck or the back of the head, and who looked."""
    for _ in range(draw.choice((0, 0, 1, 2))):
        day = draw.randint(2, 60)
        pressure = draw.choice(({"pressure": "deep"}, {"pressure": "deep"}, {"pressure": "light"}, {}))
        yield (
            {"day": day, "kind": "therapy", "what": "massage", "by": "patient"} | pressure | timed(draw, 0.3)
        )
        what, site = (
            draw.choice(("pain", "pain", "numbness")),
            draw.choice(("neck", "occiput", "occiput_left")),
        )
        for state in draw.choice((("new",), ("better",), ("present",), ("new", "resolved"), ())):
            after = day + draw.randint(0, 4)
            yield {"day": after, "kind": "symptom", "what": what, "site": site, "state": state}
        if draw.random() < 0.6:
            flags = dict.fromkeys(FLAGS[:3], "absent") | draw.choice(({}, {}, {"dissection": "unknown"}))
            yield {"day": day + draw.randint(-1, 6), "kind": "red_flag_check", "flags": flags}


# --- everything else --------------------------------------------------------------------------------


def noise(draw: Random) -> Iterator[Plain]:
    """A few entries of any kind on any day, at any place, at any time."""
    for _ in range(draw.choice((0, 1, 2, 4, 10))):
        yield draw.choice(KINDS)(draw)


def anywhere(draw: Random, kind: str, **fields: Any) -> Plain:
    given = {name: value for name, value in fields.items() if value is not None}
    day = draw.choice((draw.randint(-20, 70), draw.randint(0, 30)))
    by = draw.choice(({}, {"by": "patient"}, {"by": "device"}))
    return {"day": day, "kind": kind, **given} | by | timed(draw, 0.5)


def a_symptom(draw: Random) -> Plain:
    what = draw.choice(
        (
            "pain",
            "numbness",
            "numbness",
            "pain",
            "widespread pain",
            "all symptoms",
            "sleep",
            "anxiety",
            "flare",
        )
    )
    state = draw.choice(("present", "absent", "new", "worse", "better", "resolved"))
    return anywhere(draw, "symptom", what=what, state=state, site=draw.choice(PLACES))


def a_massage(draw: Random) -> Plain:
    what = draw.choice(
        (
            "massage",
            "massage",
            "massage",
            "deep_tissue_massage",
            "Chiropractic",
            "mechanical therapy",
            "light massage",
        )
    )
    pressure = draw.choice((None, "deep", "deep", "medium", "light")) if "massage" in what else None
    return anywhere(
        draw, "therapy", what=what, pressure=pressure, do=draw.choice((None, None, "start", "stop"))
    )


def a_finding(draw: Random) -> Plain:
    state = draw.choice(("present", "absent", "normal", "abnormal", "unknown"))
    return anywhere(draw, "finding", what=draw.choice(CONDITIONS + FLAGGED), state=state)


def a_check(draw: Random) -> Plain:
    states = ("present", "absent", "absent", "absent", "unknown")
    if draw.random() < 0.5:
        return anywhere(draw, "red_flag_check", flags={flag: draw.choice(states) for flag in FLAGS[:3]})
    return anywhere(
        draw, "red_flag_check", flags={flag: draw.choice(states) for flag in draw.sample(FLAGS[:6], 2)}
    )


def a_sign(draw: Random) -> Plain:
    """A sign of a red flag, as a symptom or as a finding, or what counts beside one."""
    what = draw.choice(SIGNS)
    if draw.random() < 0.3:
        state = draw.choice(("present", "absent", "normal", "abnormal", "unknown"))
        return anywhere(draw, "finding", what=what, state=state)
    state = draw.choice(("present", "absent", "new", "worse", "better", "resolved"))
    site = draw.choice((None, None, "lower_leg_left", "hand_left", "widespread"))
    return anywhere(draw, "symptom", what=what, state=state, site=site)


def a_depression_form(draw: Random) -> Plain:
    return anywhere(draw, "answers", instrument="phq9", items={_item(draw): draw.choice((0, 0, 1, 3, None))})


def _item(draw: Random) -> str:
    return draw.choice(("self_harm", "9", "q9", "item9", "item_9", "09", "Question_9"))


def an_injection(draw: Random) -> Plain:
    what = draw.choice(("mesotherapy", "acupuncture", "dry needling"))
    return anywhere(draw, "therapy", what=what, do=draw.choice((None, "session", "stop")))


def of_flags(seed: int) -> Plain:
    """A record of little else than what tells of red flags and what clears them."""
    draw = Random(seed)
    kinds = (a_sign, a_sign, a_sign, a_finding, a_check, a_check, a_drug, a_depression_form, an_injection,
             a_symptom, an_override)  # fmt: skip
    entries = [draw.choice(kinds)(draw) for _ in range(draw.randint(1, 14))]
    for entry in entries:
        entry["day"] = draw.randint(0, 12)
        if draw.random() < 0.1:
            entry["approximate"] = True
    return {"format": "assuage-record/1", "patient": {"id": "Ana"}, "entries": entries}


def an_override(draw: Random) -> Plain:
    named = draw.choice(
        ("RF_NEW_NUMBNESS", "new weakness", "RF_INFECTION: seen", "serotonin toxicity", "asked to")
    )
    return anywhere(draw, "decision", do="override", to="quieten", because=named)


def a_drug(draw: Random) -> Plain:
    drug = draw.choice(
        ("Tizanidinum", "N06AA09", "warfarin", "apixaban", "ibuprofen", "a herb", "amitriptyline")
    )
    return anywhere(draw, "medication", drug=drug, do=draw.choice(("start", "start", "change", "stop")))


def an_anxiety_form(draw: Random) -> Plain:
    if draw.random() < 0.4:
        return anywhere(draw, "score", scale="gad7", value=draw.randint(0, 14))
    items = ("nervous", "control", "worry", "relax", "restless", "irritable", "afraid")
    answers = {item: draw.choice((0, 0, 1, 2, None)) for item in items if draw.random() < 0.9}
    return anywhere(draw, "answers", instrument="gad7", items=answers or {"nervous": None})


def a_score(draw: Random) -> Plain:
    scale = draw.choice(("pain", "sleep", "numbness", "anxiety", "stiffness", "pain_nrs"))
    return anywhere(draw, "score", scale=scale, value=draw.randint(0, 10), site=draw.choice(PLACES))


def a_note(draw: Random) -> Plain:
    return anywhere(draw, "note", text="slept badly")


KINDS: tuple[Callable[[Random], Plain], ...] = (
    a_symptom,
    a_symptom,
    a_massage,
    a_massage,
    a_finding,
    a_check,
    a_drug,
    a_sign,
    an_anxiety_form,
    a_score,
    a_note,
    decision,
)


def correct(draw: Random, entries: list[Plain]) -> None:
    """Now and then an entry replaces another."""
    if len(entries) > 1 and draw.random() < 0.15:
        first, second = sorted(draw.sample(range(len(entries)), 2))
        old, new = entries[first], entries[second]
        new.pop("by", None)
        old["id"], new["replaces"] = "old", "old"
