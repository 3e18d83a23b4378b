"""Outcomes: what may get worse after something was done, as symptoms told in words and as scales that measure it."""

from __future__ import annotations

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.conditions import Condition, find_condition
from assuage.terms.names import folded
from assuage.terms.red_flags import NEW_NUMBNESS, RedFlag
from assuage.terms.scales import ANXIETY, FATIGUE, NUMBNESS, PAIN, SLEEP, STIFFNESS, STRESS, Scale
from assuage.terms.symptoms import SYMPTOMS, Symptom, find_symptom


class Outcome(Struct, frozen=True):
    """What may get worse: the symptoms (their ids) that say so and the scales that measure it.

    While `examined_for` stands, nobody has looked yet at what may be behind it. What is `never_left_unsaid` would have
    been told, so that silence about it after an earlier exposure means that it was not there. `word` is set where no
    symptom is meant: the folded word under which symptoms or findings of a record speak of it, or its `condition`.
    """

    id: str
    symptoms: tuple[str, ...]
    scales: tuple[Scale, ...]
    examined_for: RedFlag | None = None
    never_left_unsaid: bool = False
    word: str = ""
    condition: Condition | None = None

    @property
    def term(self) -> Symptom | str:
        """What the outcome is called in a sentence: the symptom, or the word that the record has for it."""
        return SYMPTOMS.get(self.id) or self.word or self.id

    @property
    def wording(self) -> Wording:
        """How the outcome is called, with the key of its translations: that of the symptom or scale of its name."""
        symptom = SYMPTOMS.get(self.id)
        if symptom is not None:
            return symptom.wording
        return self.scales[0].wording if self.scales else Wording(f"outcome.{self.id}", self.word or self.id)

    def is_named(self, what: str) -> bool:
        """Whether a word of a record, of a symptom nobody knows or of a finding, speaks of this outcome."""
        if not self.word:
            return False
        return folded(what) == self.word or (
            self.condition is not None and find_condition(what) is self.condition
        )

    def __str__(self) -> str:
        return self.id


PAIN_OUTCOME = Outcome("pain", ("pain", "widespread_pain", "spasmodic_pain", "stiffness"), (PAIN, STIFFNESS))
NUMBNESS_OUTCOME = Outcome(
    "numbness", ("numbness",), (NUMBNESS,), examined_for=NEW_NUMBNESS, never_left_unsaid=True
)

OUTCOMES: dict[str, Outcome] = {outcome.id: outcome for outcome in (PAIN_OUTCOME, NUMBNESS_OUTCOME)}
_SCALE_OF: dict[str, Scale] = {
    "sleep_problem": SLEEP,
    "fatigue": FATIGUE,
    "anxiety": ANXIETY,
    "stress": STRESS,
}


def find_outcome(name: str) -> Outcome | None:
    """The outcome of that name: pain, numbness, or any symptom with the scale that measures it; None for none."""
    if name.lower() in OUTCOMES:
        return OUTCOMES[name.lower()]
    symptom = find_symptom(name)
    return None if symptom is None else _outcome_of(symptom)


def named_outcome(name: str) -> Outcome:
    """The outcome of a word that is no known symptom: a condition, or whatever a record calls by that word."""
    condition = find_condition(name)
    word = folded(name)
    return Outcome(word if condition is None else condition.id, (), (), word=word, condition=condition)


def _outcome_of(symptom: Symptom) -> Outcome:
    scale = _SCALE_OF.get(symptom.id)
    return Outcome(symptom.id, (symptom.id,), (scale,) if scale else ())
