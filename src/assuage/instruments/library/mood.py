"""Depression and anxiety: PHQ-9, GAD-7 and PHQ-4, whose wording is free.

The wording is from memory: check it against a current form before printing one.
"""

from __future__ import annotations

from assuage.instruments.model import Bands, Code, CutOff, Domain, Instrument, Item, Licence, Mcid, Prorating
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

_FREE = Licence("free, no permission required (Pfizer)", free=True)
_STEM = "Over the last 2 weeks, how often have you been bothered by the following problems?"
_ANCHORS = "0 not at all, 1 several days, 2 more than half the days, 3 nearly every day"


def _asked(id_: str, wording: str, title: str = "") -> Item:
    return Item(id_, 0, 3, title, wording)


_LITTLE_INTEREST = "Little interest or pleasure in doing things"
_FEELING_DOWN = "Feeling down, depressed, or hopeless"
_NERVOUS = "Feeling nervous, anxious, or on edge"
_WORRY = "Not being able to stop or control worrying"

PHQ9 = Instrument(
    "phq9",
    "PHQ-9, depression",
    0,
    27,
    _FREE,
    items=(
        _asked("interest", _LITTLE_INTEREST),
        _asked("down", _FEELING_DOWN, "feeling down"),
        _asked("sleep", "Trouble falling or staying asleep, or sleeping too much"),
        _asked("tired", "Feeling tired or having little energy"),
        _asked("appetite", "Poor appetite or overeating"),
        _asked(
            "failure",
            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        ),
        _asked(
            "concentration",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
        ),
        _asked(
            "movement",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so "
            "fidgety or restless that you have been moving around a lot more than usual",
        ),
        _asked(
            "self_harm",
            "Thoughts that you would be better off dead or of hurting yourself in some way",
            "thoughts of being better off dead or of self-harm",
        ),
    ),
    recall="past 2 weeks",
    recall_days=14,
    bands=(
        Bands(
            "standard",
            (
                (0, 4, "minimal"),
                (5, 9, "mild"),
                (10, 14, "moderate"),
                (15, 19, "moderately_severe"),
                (20, 27, "severe"),
            ),
        ),
    ),
    cuts=(CutOff("screen", 10, "screen positive for depression (sensitivity 88, specificity 88 percent)"),),
    answering="screen",
    prorating=Prorating("up to 2 unanswered items take the mean of the rest", 2, Status.MEMORY),
    safety_item="self_harm",
    mcids=(
        Mcid(5, "points", "", Status.MEMORY),
        Mcid(21, "percent", "moderate baseline", sources=sources_named("kounali2022")),
    ),
    codes=(
        Code("LOINC", "44249-1", "PHQ-9 panel", "verified"),
        Code("LOINC", "44261-6", "PHQ-9 total", "verified"),
    ),
    sources=sources_named("kounali2022", "ktc"),
    stem=_STEM,
    wording=Status.MEMORY,
    anchors=_ANCHORS,
)

GAD7 = Instrument(
    "gad7",
    "GAD-7, anxiety",
    0,
    21,
    _FREE,
    items=(
        _asked("nervous", _NERVOUS),
        _asked("control", _WORRY),
        _asked("worry", "Worrying too much about different things"),
        _asked("relax", "Trouble relaxing"),
        _asked("restless", "Being so restless that it is hard to sit still"),
        _asked("irritable", "Becoming easily annoyed or irritable"),
        _asked("afraid", "Feeling afraid as if something awful might happen"),
    ),
    recall="past 2 weeks",
    recall_days=14,
    bands=(Bands("standard", ((0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe"))),),
    cuts=(CutOff("screen", 10, "screen positive for anxiety"),),
    answering="screen",
    mcids=(
        Mcid(4, "points", "", sources=sources_named("toussaint2020")),
        Mcid(26.8, "percent", "moderate baseline", sources=sources_named("kounali2022")),
    ),
    codes=(
        Code("LOINC", "69737-5", "GAD-7 panel", "verified", "often misused as the total"),
        Code("LOINC", "70274-6", "GAD-7 total", "verified"),
    ),
    sources=sources_named("toussaint2020", "kounali2022", "ktc"),
    stem=_STEM,
    wording=Status.MEMORY,
    anchors=_ANCHORS,
)

_ANXIETY = (_asked("nervous", _NERVOUS), _asked("control", _WORRY))
_DEPRESSION = (_asked("interest", _LITTLE_INTEREST), _asked("down", _FEELING_DOWN))

PHQ4 = Instrument(
    "phq4",
    "PHQ-4, anxiety and depression",
    0,
    12,
    Licence("free", free=True),
    items=(*_ANXIETY, *_DEPRESSION),
    domains=(Domain("anxiety", _ANXIETY), Domain("depression", _DEPRESSION)),
    recall="past 2 weeks",
    recall_days=14,
    bands=(Bands("kroenke2009", ((0, 2, "normal"), (3, 5, "mild"), (6, 8, "moderate"), (9, 12, "severe"))),),
    cuts=(
        CutOff("anxiety", 3, "screen positive for anxiety", of="anxiety"),
        CutOff("depression", 3, "screen positive for depression", of="depression"),
    ),
    mcids=(Mcid(None, "points", "none verified"),),
    codes=(
        Code("LOINC", None, "total", "conflict", "two sources disagree on what the circulating code means"),
    ),
    stem=_STEM,
    wording=Status.MEMORY,
    anchors=_ANCHORS,
)

MOOD = (PHQ9, GAD7, PHQ4)
