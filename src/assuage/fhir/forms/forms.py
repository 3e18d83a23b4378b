"""Which forms there are: of each instrument that may be shipped, a diary, a pathway, the questions of a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.walk import walk
from assuage.errors import InputError, unknown_word
from assuage.fhir.forms.items import FormItem, asked_item, each_once, flag_item, score_item
from assuage.fhir.write.answered import QUESTIONNAIRE
from assuage.instruments import INSTRUMENTS
from assuage.instruments.model import Instrument
from assuage.measures.criteria import within
from assuage.measures.nodes import FlagsClear, Node, Scores
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.record.entries import Patient, Record
from assuage.record.timeline import Timeline
from assuage.review.baseline import baseline, named_in
from assuage.review.first_questions import FirstQuestion, first_questions
from assuage.review.model import Review
from assuage.safety.questions import TOPICS
from assuage.terms.conditions import CONDITIONS
from assuage.terms.scales import SCALES

DIARY, PATHWAY, TODAY = "diary", "pathway", "today"
_CONDITIONS_OF = {topic: conditions for topic, _, conditions in TOPICS}


class Form(Struct, frozen=True):
    """A form: its name, what it is called, its questions, and what only a person's judgement answers."""

    name: str
    title: Message | Wording
    items: tuple[FormItem, ...]
    judged: tuple[Message | Wording | str, ...] = ()

    @property
    def url(self) -> str:
        """Its canonical address."""
        return f"{QUESTIONNAIRE}{self.name}"


def is_entry_form(name: str) -> bool:
    """Whether a name is that of a form whose answers are entries of their own, and no answers of an instrument."""
    return name in (DIARY, TODAY) or name.startswith((f"{DIARY}-", f"{PATHWAY}-"))


def form_instruments() -> tuple[Instrument, ...]:
    """The instruments whose form may be shipped: their licence is read and free, and they have items of their own."""
    return tuple(
        each
        for each in INSTRUMENTS.values()
        if each.licence.free and each.items and each.reader in ("plain", "sites")
    )


def form_names() -> tuple[str, ...]:
    """The names of all forms that need no record."""
    pathways = registry.PATHWAY_IDS
    return (
        *(each.id for each in form_instruments()),
        DIARY,
        *(f"{DIARY}-{each}" for each in pathways),
        *(f"{PATHWAY}-{each}" for each in pathways),
    )


def form_named(name: str) -> Form | Instrument:
    """The form of that name, or the instrument it is of. InputError for any other, and one that may not be shipped."""
    if name == DIARY:
        return diary_form()
    for start, make in ((f"{DIARY}-", diary_form), (f"{PATHWAY}-", pathway_form)):
        if name.startswith(start):
            return make(registry.pathway(name.removeprefix(start)))
    shipped = {each.id: each for each in form_instruments()}
    if name in shipped:
        return shipped[name]
    if name in INSTRUMENTS:
        raise InputError(
            message(
                "form.not-shipped", instrument=INSTRUMENTS[name].scale, licence=INSTRUMENTS[name].licence.text
            )
        )
    raise InputError(unknown_word(name, form_names(), message("word.form")))


def diary_form(pathway: Pathway | None = None) -> Form:
    """The numbers of a day: those that a pathway looks at, at the places at which it does; else all plain scales."""
    if pathway is None:
        return Form(DIARY, message("form.diary"), tuple(score_item(each) for each in SCALES.values()))
    asked: dict[tuple[str, str | None], None] = {}
    for follow in (each for phase in pathway.phases for each in pathway.followed_in(phase)):
        for site in (None, *(site.id for site in follow.sites)):
            asked[follow.scales[0].code, site] = None
    for scores in _scores_of(pathway):
        for site in [site.id for site in scores.sites] or [None]:
            asked[scores.scale.code, site] = None
    items = [score_item(SCALES[scale], site) for scale, site in asked if scale in SCALES]
    order = list(SCALES)
    items.sort(key=lambda each: (order.index(each.what), each.site is not None))
    return Form(f"{DIARY}-{pathway.id}", message("form.diary-of", pathway=pathway), tuple(items))


def pathway_form(pathway: Pathway) -> Form:
    """All that a pathway asks before anything is begun, and what its gates ask, where nothing is known."""
    nobody = Timeline(Record(Patient("nobody"), ()))
    walked = walk(pathway, nobody, 0)
    items = [asked_item(each.kind, each.what, each.title) for each in baseline(walked, 0)]
    symptoms, conditions = named_in(walked.view(0), pathway.criteria())
    items += [asked_item("symptom", each.id, each.wording) for each in symptoms]
    items += [asked_item("finding", each.id, each.wording) for each in conditions]
    items += [flag_item(flag) for flag in _flags_of(pathway)]
    return Form(f"{PATHWAY}-{pathway.id}", message("form.pathway", pathway=pathway), each_once(items))


def form_of_the_day(review: Review) -> Form:
    """What is to be asked of the patient today: the questions of the review, in whatever order a form has them."""
    questions = first_questions(review)
    judged = tuple(each.title for each in questions if each.kind == "judgement")
    items = [item for each in questions for item in _items_of(each)]
    return Form(TODAY, message("form.today"), each_once(items), judged)


def instruments_of(pathway: Pathway) -> tuple[Instrument, ...]:
    """The instruments that a pathway looks at and whose form may be shipped."""
    shipped = {each.id: each for each in form_instruments()}
    named = [scale.code for phase in pathway.phases for follow in phase.follow for scale in follow.scales]
    named += [scores.scale.code for scores in _scores_of(pathway)]
    if pathway.diagnosis is not None and pathway.diagnosis.show:
        named += ["wpi", "sss"]
    return tuple(shipped[each] for each in dict.fromkeys(named) if each in shipped)


def _items_of(question: FirstQuestion) -> Iterator[FormItem]:
    match question.kind:
        case "judgement":
            return
        case "check":
            yield from (flag_item(flag) for flag in question.what.split())
        case "finding" if question.what in _CONDITIONS_OF:
            # A joint question is settled condition by condition: that there is one does not say which.
            for each in _CONDITIONS_OF[question.what]:
                yield asked_item("finding", each, CONDITIONS[each].wording)
        case kind:
            yield asked_item(kind, question.what, question.title)


def _flags_of(pathway: Pathway) -> Iterator[str]:
    for criterion in pathway.criteria():
        for test in within(criterion.test):
            if isinstance(test, FlagsClear):
                yield from (flag.id for flag in test.flags)


def _scores_of(pathway: Pathway) -> Iterator[Scores]:
    for criterion in pathway.criteria():
        yield from _scores_in(criterion.test)


def _scores_in(value: object) -> Iterator[Scores]:
    match value:
        case Scores():
            yield value
        case tuple():
            for each in cast("tuple[object, ...]", value):
                yield from _scores_in(each)
        case Node():
            for name in value.__struct_fields__:
                yield from _scores_in(getattr(value, name))
        case _:
            return
