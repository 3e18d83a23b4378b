"""Symptoms by id, with the words people write for them, and the states a symptom can be in.

A symptom that is not here is kept in a record and marked "not checked".
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.names import folded

State = Literal["present", "absent", "new", "worse", "better", "resolved"]
STATES: tuple[State, ...] = ("present", "absent", "new", "worse", "better", "resolved")

# What a state says about today. "Better" is still there.
PRESENT_STATES = frozenset({"present", "new", "worse", "better"})
GONE_STATES = frozenset({"absent", "resolved"})
WORSE_STATES = frozenset({"new", "worse"})


class Symptom(Struct, frozen=True):
    """Something a patient feels or shows."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"symptom.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


SYMPTOMS: dict[str, Symptom] = {
    symptom.id: symptom
    for symptom in (
        Symptom("pain", "pain", ("local pain", "ache", "pain relapse", "flare", "pain flare")),
        Symptom("widespread_pain", "widespread pain", ("generalised pain", "generalized pain", "body pain")),
        Symptom("spasmodic_pain", "spasmodic pain", ("spasm", "muscle spasm", "cramp")),
        Symptom("pain_after_massage", "pain after massage", ("massage intolerance",)),
        Symptom("stiffness", "stiffness", ("neck stiffness", "morning stiffness")),
        Symptom("tenderness", "tenderness", ("allodynia",)),
        Symptom(
            "sleep_problem",
            "sleep problem",
            (
                "sleep fragmentation",
                "sleep disturbance",
                "poor sleep",
                "insomnia",
                "waking unrefreshed",
                "non-restorative sleep",
                "unrefreshing sleep",
                "sleep",
            ),
        ),
        Symptom("fatigue", "fatigue", ("tiredness", "exhaustion", "daytime fatigue")),
        Symptom(
            "cognitive_problem",
            "cognitive dysfunction",
            (
                "cognitive problem",
                "cognitive problems",
                "fibro-fog",
                "fibro fog",
                "brain fog",
                "trouble thinking",
            ),
        ),
        Symptom("anxiety", "anxiety", ("mild anxiety", "worry")),
        Symptom("depression", "depression", ("low mood", "depressed mood")),
        Symptom("headache", "headache", ("headaches",)),
        Symptom("abdominal_pain", "lower abdominal pain or cramps", ("abdominal pain", "abdominal cramps")),
        Symptom("tingling", "tingling", ("paraesthesia", "paresthesia", "pins and needles")),
        Symptom("numbness", "numbness", ("sensory loss", "loss of feeling")),
        Symptom("weakness", "weakness", ("muscle weakness",)),
        Symptom("dizziness", "dizziness", ("vertigo", "light-headedness")),
        Symptom("all_symptoms", "all symptoms", ("everything", "all")),
    )
}

SYMPTOM_NAMED: dict[str, Symptom] = {
    folded(name): symptom
    for symptom in SYMPTOMS.values()
    for name in (symptom.id, symptom.title, *symptom.aliases)
}


def find_symptom(name: str) -> Symptom | None:
    """The symptom of that id or name, whatever its case; None if there is none."""
    return SYMPTOM_NAMED.get(folded(name))


PAIN_FELT = SYMPTOMS["pain"]
WIDESPREAD_PAIN = SYMPTOMS["widespread_pain"]
PAIN_AFTER_MASSAGE = SYMPTOMS["pain_after_massage"]
SPASMODIC_PAIN = SYMPTOMS["spasmodic_pain"]
STIFFNESS_FELT = SYMPTOMS["stiffness"]
SLEEP_PROBLEM = SYMPTOMS["sleep_problem"]
FATIGUE_FELT = SYMPTOMS["fatigue"]
ANXIETY_FELT = SYMPTOMS["anxiety"]
NUMBNESS_FELT = SYMPTOMS["numbness"]
ALL_SYMPTOMS = SYMPTOMS["all_symptoms"]
