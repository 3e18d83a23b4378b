"""Fifteen patients with names, so that a test and a page can say who they mean. All but Ana are invented.

Who shows what, at the end of each record; `tests/unit/test_universe.py` holds the drawing against the records:

                                      Ana  Ben  Cleo Dora Emil Fay  Gus  Hana Ida  Jon  Kira Leo  Mila Nora Omar
    follows neck-first                *    *    *    *    *    .    *    .    *    *    *    *    .    .    .
    follows eular-2017                .    .    .    .    .    *    .    *    .    .    .    .    *    *    *
    was in the first phase            *    *    *    .    .    *    *    *    *    .    .    .    *    .    .
    was in the second phase           *    .    *    *    *    *    .    .    .    *    .    .    .    *    .
    was in the third phase            *    .    *    *    *    *    .    .    .    .    *    .    .    .    *
    was in the fourth phase           .    .    *    .    .    .    .    .    .    .    .    *    .    .    .
    moved on by a gate                .    .    *    *    .    *    .    .    .    .    .    .    .    .    .
    moved on by a decision            *    .    .    .    *    .    .    .    .    .    .    .    .    .    .
    went back                         .    .    .    *    .    .    .    .    .    .    .    .    .    .    .
    override                          .    .    .    .    *    .    .    .    .    .    .    .    .    .    .
    hold                              .    .    .    .    .    .    *    .    .    .    .    .    .    .    .
    left                              .    .    .    .    .    .    *    .    .    .    .    .    .    .    .
    stayed beyond a limit             .    *    .    .    .    .    .    .    .    .    .    .    .    .    .
    a gate nobody can answer          *    *    *    *    *    .    .    .    *    *    *    *    .    .    .
    a diary on most days              .    .    *    *    .    .    .    .    .    *    .    .    .    *    .
    nothing for a year                .    .    .    .    .    .    *    .    .    .    .    .    .    .    .
    breach of a restriction           *    .    *    .    .    .    .    *    .    .    .    .    .    .    .
    perhaps a breach                  .    *    .    .    .    .    .    .    .    .    .    .    .    .    .
    red flag on some day              *    .    *    .    *    .    .    .    .    .    .    .    .    .    .
    advice withheld                   *    .    .    .    *    .    .    .    *    .    .    .    .    .    .
    two drugs that should not meet    .    .    .    .    *    .    .    *    .    .    .    .    .    .    .
    a value as a range                *    .    .    *    .    .    .    *    .    .    .    .    .    .    .
    an entry corrected                .    .    *    *    .    .    .    .    .    .    .    .    .    .    .
    words no rule reads               *    .    .    .    .    .    .    *    .    .    .    .    .    .    .
    all that is indicated is now      *    .    *    .    *    *    .    .    *    *    *    *    *    *    *
    calendar dates                    .    .    *    .    .    .    .    *    .    .    .    .    .    .    .
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from assuage.record.entries import Record
from assuage.record.read import read_record

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@cache
def ana() -> Record:
    """The patient of the published case report: 48, fibromyalgia, and a sore neck.

    Her doctors decide where she is; nobody wrote a diary. After each of two deep massages the pain came back, and
    new numbness at the back of the head was never examined in the report.
    """
    return _read("case.yaml")


@cache
def ben() -> Record:
    """Comes to three visits and keeps no diary.

    What he says at a visit is all there is, so the gate out of the first phase stays unknown, and after eight weeks
    there the pathway asks for somebody else's opinion. How hard his one massage was he does not remember.
    """
    return _read("patients/ben.yaml")


@cache
def cleo() -> Record:
    """Keeps a diary every day, and every gate opens by it: the whole of neck-first without one decision.

    Two deep massages before the neck is quiet are breaches, and are followed by worse pain. The new numbness after the
    second one is examined two days later, and only then do the gates decide again.
    """
    return _read("diary.yaml")


@cache
def dora() -> Record:
    """Begins where the neck still hurts, is let on to movement, and relapses after four weeks.

    Three evenings at 4 or more take her back. One of her entries is a slip of the finger that she corrected, and one
    value is a range.
    """
    return _read("patients/dora.yaml")


@cache
def emil() -> Record:
    """Takes an anticoagulant, so every needle is withheld.

    New numbness shuts the gates until a neurologist has looked. His doctor overrides the shut gate, names the flag and
    says why. The ibuprofen that he buys himself should not meet his apixaban.
    """
    return _read("patients/emil.yaml")


@cache
def fay() -> Record:
    """Follows the guideline's order: exercise for twelve weeks, then what is tailored to her, then the programme.

    Her pain is rated before each gate and does not fall by 30 %, so every gate opens.
    """
    return _read("patients/fay.yaml")


@cache
def gus() -> Record:
    """Is held for an operation, silent for more than a year, comes back for one visit and leaves."""
    return _read("patients/gus.yaml")


@cache
def hana() -> Record:
    """Writes in her own words: much of it no rule reads, and it stays as she wrote it.

    What is read is enough: a manipulation that the guideline is strongly against, and an opioid beside pregabalin.
    """
    return _read("patients/hana.yaml")


@cache
def ida() -> Record:
    """Everything of the baseline form is answered, so what is indicated may begin.

    She sleeps badly, is anxious and tired; her muscles are not in spasm, so the drug for that is withheld.
    """
    return _read("patients/ida.yaml")


@cache
def jon() -> Record:
    """Fully documented as well; sleeps again, and his neck and shoulders still hurt: the needle may begin."""
    return _read("patients/jon.yaml")


@cache
def kira() -> Record:
    """Fully documented as well; her neck has been quiet, so she begins to move."""
    return _read("patients/kira.yaml")


@cache
def leo() -> Record:
    """Fully documented as well; is well, and keeps moving."""
    return _read("patients/leo.yaml")


@cache
def mila() -> Record:
    """Fully documented as well; begins as the guideline does: she is told what she has, and exercises."""
    return _read("patients/mila.yaml")


@cache
def nora() -> Record:
    """Fully documented as well; sleeps badly and is low after weeks of exercise: what stands in the way is treated."""
    return _read("patients/nora.yaml")


@cache
def omar() -> Record:
    """Fully documented as well; is severely disabled, and goes into the multimodal programme."""
    return _read("patients/omar.yaml")


PATIENTS: dict[str, Callable[[], Record]] = {
    function.__name__: function
    for function in (ana, ben, cleo, dora, emil, fay, gus, hana, ida, jon, kira, leo, mila, nora, omar)
}
FILES = {
    "ana": "examples/case.yaml",
    "cleo": "examples/diary.yaml",
    **{name: f"examples/patients/{name}.yaml" for name in PATIENTS if name not in ("ana", "cleo")},
}


def everybody() -> list[Record]:
    """All of them, in the order of the alphabet."""
    return [read() for read in PATIENTS.values()]


def drawing() -> dict[str, dict[str, bool]]:
    """The drawing above: what is shown, and by whom."""
    head, *rows = [line.split() for line in (__doc__ or "").splitlines() if line.startswith("    ")]
    count = len(head)
    return {
        " ".join(row[:-count]): {
            name.lower(): mark == "*" for name, mark in zip(head, row[-count:], strict=True)
        }
        for row in rows
    }


def _read(file: str) -> Record:
    return read_record(EXAMPLES / file)
