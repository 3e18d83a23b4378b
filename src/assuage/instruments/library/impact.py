"""Disability, headache, sleep and health as a whole: ODI, HIT-6, PSQI, STOP-Bang, PROMIS-29, EQ-5D-5L.

Items go by number or by a short word of ours, without wording.
"""

from __future__ import annotations

from assuage.instruments.model import (
    Bands,
    CutOff,
    Instrument,
    Item,
    Licence,
    Mcid,
    Prorating,
    numbered_items,
)
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

ODI = Instrument(
    "odi",
    "Oswestry Disability Index",
    0,
    50,
    Licence("copyright J. Fairbank; permission route via MAPI", free=False, status=Status.MEMORY),
    items=numbered_items("section", 10, 0, 5),
    bands=(
        # Of the percentage, rounded half up: 20.5 percent is 10.25 of 50.
        Bands(
            "fairbank",
            (
                (0, 10, "minimal"),
                (10.25, 20, "moderate"),
                (20.25, 30, "severe"),
                (30.25, 40, "crippled"),
                (40.25, 50, "bed_bound"),
            ),
            sources=sources_named("odi_table"),
            warning="the words are those of 1980",
            rounded=False,
        ),
    ),
    prorating=Prorating(
        "each section left out takes 5 from the highest possible sum; more than two give no total",
        2,
        Status.MIXED,
    ),
    percent_of=50,
    mcids=(Mcid(10, "percent", "points of the percentage, as quoted", sources=sources_named("odi_key")),),
    sources=sources_named("odi_key", "odi_table"),
    notes=("The index is the percentage; sections are numbered as printed.",),
)

HIT6 = Instrument(
    "hit6",
    "HIT-6, headache impact",
    36,
    78,
    Licence("needs a licence (QualityMetric)", free=False, status=Status.MEMORY),
    items=tuple(Item(f"item_{n}", 6, 13, values=(6, 8, 10, 11, 13)) for n in range(1, 7)),
    recall="past 4 weeks",
    recall_days=28,
    bands=(
        Bands(
            "standard",
            ((36, 49, "little"), (50, 55, "some"), (56, 59, "substantial"), (60, 78, "severe")),
            sources=sources_named("hit6_tutors"),
        ),
    ),
    mcids=(Mcid(6, "points", "chronic migraine, as quoted", Status.MIXED),),
    sources=sources_named("hit6_tutors"),
    notes=("Answers weigh 6, 8, 10, 11 and 13.",),
)

PSQI = Instrument(
    "psqi",
    "Pittsburgh Sleep Quality Index",
    0,
    21,
    Licence(
        "copyright University of Pittsburgh; permission route not checked", free=False, status=Status.MEMORY
    ),
    items=(
        Item("quality", 0, 3, "subjective sleep quality"),
        Item("latency", 0, 3, "sleep latency"),
        Item("duration", 0, 3, "sleep duration"),
        Item("efficiency", 0, 3, "habitual sleep efficiency"),
        Item("disturbances", 0, 3, "sleep disturbances"),
        Item("medication", 0, 3, "sleeping medication"),
        Item("daytime", 0, 3, "daytime dysfunction"),
    ),
    reader="psqi",
    recall="past month",
    recall_days=30,
    cuts=(CutOff("poor", 6, "poor sleep", note="above 5; a paper of 2021 takes 5 and more"),),
    answering="poor",
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("psqi_sohn", "psqi_radc", "psqi_protocol"),
    notes=(
        "Seven components of 0 to 3, given as such or worked out of the 18 answers (q1 to q9).",
        "Seven hours of sleep score 0, as the developer's code has it; the article prints above 7.",
        "An unanswered q5j stays unknown; by the developer's instruction of 2005 it may be written as 0.",
    ),
)

STOP_BANG = Instrument(
    "stop_bang",
    "STOP-Bang, sleep apnoea",
    0,
    8,
    Licence("proprietary to University Health Network, Toronto", free=False, status=Status.MEMORY),
    items=tuple(
        Item(word, 0, 1, title)
        for word, title in (
            ("snoring", ""),
            ("tired", ""),
            ("observed", "observed apnoea"),
            ("pressure", "high blood pressure"),
            ("bmi", "body mass index above 35"),
            ("age", "age above 50"),
            ("neck", "neck circumference"),
            ("male", ""),
        )
    ),
    bands=(Bands("chung", ((0, 2, "low"), (3, 4, "intermediate"), (5, 8, "high"))),),
    cuts=(CutOff("screen", 3, "at least intermediate risk of obstructive sleep apnoea"),),
    answering="screen",
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("stop_bang_fp"),
    notes=("Forms differ on the neck: above 40 cm, or from 43 cm in men and 41 cm in women.",),
)


_PROMIS_LICENCE = Licence(
    "HealthMeasures; use of the English form is free by its terms, not checked",
    free=False,
    status=Status.MEMORY,
)
_PROMIS_NOTE = (
    "The raw sum of four answers as the form numbers them; T-scores need tables that are not shipped."
)
_NO_MCID = Mcid(None, "points", "none verified for the raw sum")


def _promis(key: str, title: str, *, better: bool = False) -> Instrument:
    return Instrument(
        f"promis29_{key}",
        title,
        4,
        20,
        _PROMIS_LICENCE,
        items=numbered_items("item", 4, 1, 5),
        higher_is="better" if better else "worse",
        mcids=(_NO_MCID,),
        sources=sources_named("promis_guide"),
        notes=(_PROMIS_NOTE,),
    )


PROMIS_29 = (
    _promis("physical_function", "PROMIS-29, physical function, raw", better=True),
    _promis("anxiety", "PROMIS-29, anxiety, raw"),
    _promis("depression", "PROMIS-29, depression, raw"),
    _promis("fatigue", "PROMIS-29, fatigue, raw"),
    _promis("sleep", "PROMIS-29, sleep disturbance, raw"),
    _promis("social", "PROMIS-29, social roles and activities, raw", better=True),
    _promis("pain_interference", "PROMIS-29, pain interference, raw"),
    Instrument(
        "promis29_pain_intensity",
        "PROMIS-29, pain intensity",
        0,
        10,
        Licence("as the other parts of the profile", free=False, status=Status.MEMORY),
        items=(Item("intensity", 0, 10),),
        recall="past 7 days",
        recall_days=7,
        mcids=(_NO_MCID,),
        sources=sources_named("promis_guide"),
    ),
)

EQ5D5L = Instrument(
    "eq5d5l",
    "EQ-5D-5L, sum of levels",
    5,
    25,
    Licence("needs registration (EuroQol)", free=False, status=Status.MEMORY),
    items=tuple(
        Item(word, 1, 5) for word in ("mobility", "self_care", "usual_activities", "pain", "anxiety")
    ),
    reader="profile",
    recall="today",
    recall_days=1,
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("eq5d_england", "eq5d_apersu"),
    notes=(
        "The result is the profile, such as 21232. The sum of its levels is no index: an index needs a national value "
        "set, which is licensed.",
    ),
)

EQ_VAS = Instrument(
    "eq_vas",
    "EQ VAS, health today",
    0,
    100,
    Licence("needs registration (EuroQol)", free=False, status=Status.MEMORY),
    items=(Item("health", 0, 100),),
    higher_is="better",
    recall="today",
    recall_days=1,
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("eq5d_apersu"),
    anchors="0 the worst health imaginable, 100 the best",
)

IMPACT = (ODI, HIT6, PSQI, STOP_BANG, *PROMIS_29, EQ5D5L, EQ_VAS)
