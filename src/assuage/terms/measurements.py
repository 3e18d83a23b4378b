"""Findings that say a measurement was made, whatever it showed, by the words people write for them."""

from __future__ import annotations

from msgspec import Struct

from assuage.terms.names import folded


class Measurement(Struct, frozen=True):
    """Something that is measured: the condition of its never having been, and what a normal one rules out (ours).

    `undoes` is whether a normal one takes back what was known to be there: a creatinine does, an ECG does not.
    """

    names: frozenset[str]
    gap: str | None
    ruled_out: tuple[str, ...] = ()
    undoes: bool = True


# Normal transaminases do not rule out impairment of the liver, so that stays unknown.
TRANSAMINASES = Measurement(
    frozenset(
        {
            "alt",
            "ast",
            "alt and ast",
            "transaminases",
            "lft",
            "lfts",
            "liver function tests",
            "liver tests",
            "liver enzymes",
            "liver function",
            "alat",
            "asat",
            "gpt",
            "got",
            "transaminasen",
            "leberwerte",
            "leberenzyme",
            "transaminazės",
            "kepenų fermentai",
            "kepenų rodikliai",
        }
    ),
    "lft_unknown",
    ("lft_raised_gt3uln",),
)
CREATININE = Measurement(
    frozenset(
        {
            "creatinine",
            "egfr",
            "gfr",
            "renal function",
            "kidney function",
            "renal tests",
            "kidney tests",
            "creatinine clearance",
            "kreatinin",
            "kreatininas",
            "nierenwerte",
            "nierenfunktion",
            "inkstų funkcija",
            "inkstų rodikliai",
        }
    ),
    "creatinine_unknown",
    ("ckd_30_59", "ckd_lt30"),
)
VITAMIN_D = Measurement(
    frozenset(
        {"25-oh-d", "25-oh vitamin d", "25-hydroxyvitamin d", "vitamin d", "vitamin d level"},
    ),
    "vitd_unknown",
)
ECG = Measurement(
    frozenset({"ecg", "ekg", "electrocardiogram", "elektrokardiogramm", "elektrokardiograma"}),
    None,
    ("heart_block", "long_qt", "arrhythmia"),
    undoes=False,
)
MEASUREMENTS = (TRANSAMINASES, CREATININE, VITAMIN_D, ECG)
_NAMED = {folded(name): measurement for measurement in MEASUREMENTS for name in measurement.names}


def find_measurement(name: str) -> Measurement | None:
    """The measurement of that name, whatever its case; None if there is none."""
    return _NAMED.get(folded(name))
