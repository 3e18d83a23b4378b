"""What has to be known, as data requirements: which resources would say it, and of what they would have to speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from assuage.catalogue.message import Message
from assuage.fhir.codes import own_codes, own_coding
from assuage.measures.nodes import AnyTest, Node, Scores
from assuage.review.baseline import Asked
from assuage.terms.conditions import Condition
from assuage.terms.drugs import Drug
from assuage.terms.red_flags import RedFlag
from assuage.terms.symptoms import Symptom
from assuage.terms.therapies import Therapy

Plain = dict[str, Any]

# What somebody answers in a form, where nothing more is said of it.
ANSWERS: Plain = {"type": "QuestionnaireResponse"}


def data_requirements(
    needs: Iterable[Message], asked: Iterable[tuple[Asked, str, object]] = ()
) -> list[Plain]:
    """The requirements of needs and of questions, each once; never none: then an answer is required."""
    wanted = [*(each for need in needs for each in _of_value(need)), *map(_of_question, asked)]
    distinct = {str(each): each for each in wanted}
    return list(distinct.values()) or [ANSWERS]


def requirements_of_test(test: AnyTest) -> Iterator[Plain]:
    """What a test looks at."""
    yield from _of_value(test)


def _of_value(value: object) -> Iterator[Plain]:
    match value:
        case Message():
            for _, inner in value.values:
                yield from _of_value(inner)
        case tuple():
            for inner in cast("tuple[object, ...]", value):
                yield from _of_value(inner)
        case Scores():
            yield _coded("Observation", "scale", value.scale.code)
        case Node():
            for name in value.__struct_fields__:
                yield from _of_value(getattr(value, name))
        case Symptom():
            yield _coded("Observation", "symptom", value.id)
        case Condition():
            yield _coded("Condition", "condition", value.id)
        case RedFlag():
            yield _coded("Observation", "red-flag", value.id)
        case Drug():
            yield _coded("MedicationStatement", "drug", value.id)
        case Therapy():
            yield _coded("Procedure", "therapy", value.id)
        case _:
            return


def _of_question(question: tuple[Asked, str, object]) -> Plain:
    kind, what, _ = question
    match kind:
        case "symptom":
            return _coded("Observation", "symptom", what)
        case "finding":
            return _coded("Condition", "condition", what)
        case "measurement":
            return {"type": "Observation", "codeFilter": [{"path": "code", "code": [{"display": what}]}]}
        case "consent":
            return {"type": "Consent"}


def _coded(kind: str, system: str, code: str) -> Plain:
    if code not in own_codes()[system]:
        return {"type": kind}
    return {"type": kind, "codeFilter": [{"path": "code", "code": [own_coding(system, code)]}]}
