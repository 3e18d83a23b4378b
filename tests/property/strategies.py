"""Random records and random questions, for every property and, later, for every engine."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from assuage.measures.nodes import AnyTest, Scores
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    any_of,
    finding,
    medication,
    none_of,
    onset,
    percent,
    records,
    red_flags,
    score,
    symptom,
    time_in_phase,
)
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import DRUGS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import PAIN, SLEEP
from assuage.terms.sites import SITES
from assuage.terms.symptoms import STATES, SYMPTOMS
from assuage.terms.therapies import DEEP_MASSAGE, KINESIOTHERAPY, MASSAGE, MECHANICAL, MESOTHERAPY
from assuage.terms.times import EVENING, MORNING, days

LAST = 24
SITE_IDS = ("neck", "neck_left", "shoulder_girdle", "occiput", "occiput_left", "occiput_right", "head")
PLACES = tuple(SITES[name] for name in ("neck", "shoulder_girdle", "occiput"))
SYMPTOM_IDS = ("pain", "numbness", "widespread_pain", "anxiety", "all_symptoms")
DRUG_IDS = ("amitriptyline", "tizanidine", "warfarin")
CONDITION_IDS = ("bleeding_disorder", "fever_systemic")
FLAG_IDS = ("RF_DISSECTION", "RF_MYELOPATHY")

day = st.integers(-3, LAST)
by = st.sampled_from(["patient", "clinician"])
maybe_site = st.one_of(st.just({}), st.sampled_from(SITE_IDS).map(lambda site: {"site": site}))
# Minutes apart, so that no two entries of a random record contradict each other by accident.
clock = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


def _entry(kind: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({"day": day, "kind": st.just(kind), "by": by, "time": clock, **fields})


@st.composite
def scores(draw: st.DrawFn) -> dict[str, object]:
    told = draw(_entry("score", scale=st.sampled_from(["pain", "sleep"])))
    low, high = sorted((draw(st.integers(0, 10)), draw(st.integers(0, 10))))
    value = {"low": low, "high": high} if draw(st.booleans()) else {"value": high}
    return {**told, **value, **draw(maybe_site)}


@st.composite
def symptoms(draw: st.DrawFn) -> dict[str, object]:
    told = draw(_entry("symptom", what=st.sampled_from(SYMPTOM_IDS), state=st.sampled_from(STATES)))
    return {**told, **draw(maybe_site)}


@st.composite
def therapies(draw: st.DrawFn) -> dict[str, object]:
    what = st.sampled_from(["massage", "mesotherapy", "kinesiotherapy", "spinal_manipulation"])
    told = draw(_entry("therapy", what=what, do=st.sampled_from(["session", "start", "stop"])))
    pressure = draw(st.sampled_from([None, "light", "medium", "deep"]))
    sites = draw(st.lists(st.sampled_from(SITE_IDS), max_size=2, unique=True))
    more: dict[str, object] = {"pressure": pressure} if pressure and told["what"] == "massage" else {}
    return {**told, **more, **({"sites": sites} if sites else {})}


medications = _entry(
    "medication", drug=st.sampled_from(DRUG_IDS), do=st.sampled_from(["start", "change", "stop"])
)
findings = _entry(
    "finding",
    what=st.sampled_from(CONDITION_IDS),
    state=st.sampled_from(["present", "absent", "normal", "abnormal", "unknown"]),
)
checks = _entry(
    "red_flag_check",
    flags=st.dictionaries(
        st.sampled_from(FLAG_IDS), st.sampled_from(["present", "absent", "unknown"]), min_size=1
    ),
)
entries = st.lists(
    st.one_of(scores(), scores(), scores(), symptoms(), therapies(), medications, findings, checks),
    max_size=40,
)


def entries_without_contradictions(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each entry at a minute of its own, so that order is all that decides between two."""
    spread = []
    for number, entry in enumerate(found):
        minute = number * 30 % 1440
        spread.append({**entry, "time": f"{minute // 60:02}:{minute % 60:02}"})
    return spread


records_plain = entries.map(entries_without_contradictions)

# --- questions ----------------------------------------------------------------------------------------

windows = st.sampled_from([(1, 1), (3, 1), (5, 2), (7, 4)])


@st.composite
def compared(draw: st.DrawFn) -> AnyTest:
    """A measure held against a number."""
    span, needing = draw(windows)
    source = score(draw(st.sampled_from([PAIN, SLEEP])))
    if draw(st.booleans()):
        source = source.at(*draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True)))
    if draw(st.integers(0, 3)) == 0:
        source = source.in_the(draw(st.sampled_from([MORNING, EVENING])))
    window = draw(
        st.sampled_from(
            [
                source.past(days(span), needing=needing),
                source.since(PHASE_ENTRY),
                source.since(PATHWAY_START, needing=2),
            ]
        )
    )
    kind = draw(
        st.sampled_from(["worst", "best", "mean", "last", "slope", "fall", "rise", "count", "on", "phase"])
    )
    bound = draw(st.integers(0, 10))
    therapy = draw(st.sampled_from([MASSAGE, DEEP_MASSAGE, MECHANICAL, MESOTHERAPY, KINESIOTHERAPY]))
    match kind:
        case "worst" | "best" | "mean" | "last" | "slope":
            if kind == "slope" and span == 1:
                window = source.past(days(2))
            measure = getattr(window, kind)
            limit = (
                min(bound, 9) if draw(st.booleans()) else min(bound, 9) + draw(st.sampled_from([0.5, 1 / 3]))
            )
            ops = [
                measure <= limit,
                measure > limit,
                measure <= limit,
                measure > limit,
                measure.equals(limit),
            ]
            more = [measure < max(limit, 1), measure >= max(limit, 1)]
            return draw(st.sampled_from([*ops, *more]))
        case "fall":
            anchor = draw(st.sampled_from([PATHWAY_START, PHASE_ENTRY]))
            return source.past(days(span), needing=needing).mean.fall_from(anchor) >= percent(bound * 10)
        case "rise":
            return source.rise_after(therapy, within=days(3)) >= min(bound, 9)
        case "count":
            counted = records(therapy)
            if draw(st.booleans()):
                counted = counted.at(draw(st.sampled_from(PLACES)))
            return counted.past(days(span), needing=needing).count >= max(1, min(bound, 3))
        case "on":
            return medication(DRUGS[draw(st.sampled_from(DRUG_IDS))]).time_on >= timedelta(days=bound + 1)
        case _:
            span = timedelta(days=bound + 1, hours=draw(st.sampled_from([0, 0, 12])))
            ops = [time_in_phase >= span, time_in_phase > span, time_in_phase <= span, time_in_phase < span]
            return draw(st.sampled_from([time_in_phase >= span, *ops]))


@st.composite
def asked(draw: st.DrawFn) -> AnyTest:
    """A test that is a question by itself."""
    what = SYMPTOMS[draw(st.sampled_from(SYMPTOM_IDS[:-1]))]
    source = symptom(what)
    if draw(st.booleans()):
        source = source.at(draw(st.sampled_from(PLACES)))
    if draw(st.booleans()):
        source = source.past(days(draw(st.integers(1, 9))))
    flags = red_flags(*(RED_FLAGS[name] for name in FLAG_IDS))
    return draw(
        st.sampled_from(
            [
                source.present,
                source.appeared,
                source.gone,
                symptom(what).worse_after(MASSAGE, within=days(3)),
                finding(CONDITIONS[draw(st.sampled_from(CONDITION_IDS))]).present,
                medication(*(DRUGS[name] for name in DRUG_IDS[:2])).taken,
                flags.past(days(7)).clear,
                flags.since(onset(what)).clear,
            ]
        )
    )


leaves = st.one_of(compared(), asked())
tests = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda found: all_of(*found)),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: any_of(*found)),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: none_of(*found)),
    ),
    max_leaves=6,
)
__all__ = ["LAST", "Scores", "entries", "leaves", "records_plain", "tests"]
