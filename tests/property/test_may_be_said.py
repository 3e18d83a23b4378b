"""What may be said, of every pathway shipped and of the example: nothing dangerous now, nothing freed by chance."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as some

from assuage.catalogue.message import Message
from assuage.cli.pathways import pathway_named
from assuage.errors import Problems
from assuage.pathways.model import Pathway
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.read import parse_record
from assuage.review.given import raised_by, raised_together
from assuage.review.make import review
from assuage.review.model import Review
from assuage.review.proposal import Proposal
from assuage.safety.formulary import CONDITION_RULES, SUBSTANCES
from assuage.terms.conditions import CONDITIONS, find_conditions
from assuage.terms.drug_names import find_drug
from assuage.terms.measured import decided_by
from assuage.terms.quantities import QUANTITIES, find_quantity
from assuage.terms.red_flags import RED_FLAGS
from assuage.words.speak import describe
from tests.documented import BASELINE, PROBLEMS, Plain

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "low_back_pain.py"
PATHWAYS: tuple[Pathway, ...] = (*map(pathway, PATHWAY_IDS), pathway_named(str(EXAMPLE)))
DRUGS = sorted(key for key, row in SUBSTANCES.items() if row.kind in ("drug", "herbal"))
# What is proposed, and what is known to stand against it, more often than anything else.
LIKELY = ("phenelzine", "linezolid", "warfarin", "apixaban", "fluvoxamine", "ciprofloxacin", "lithium", "ibuprofen",
          "clonidine", "tramadol", "fluoxetine", "Coumadin", "Marevan", "Nardil", "blorptan")  # fmt: skip
PROPOSED = ("amitriptyline", "tizanidine", "silexan", "creatine", "vitamin D3", "ketoprofen", "lidocaine")
SIGNS = (
    "fever",
    "numbness",
    "saddle anaesthesia",
    "chest pain",
    "black stool",
    "pregnant",
    "suicidal thoughts",
    "xyz",
)
DAYS = some.integers(0, 30)


def _told(kind: str, **fields: some.SearchStrategy[object]) -> some.SearchStrategy[Plain]:
    by = some.sampled_from(["clinician", "patient"])
    return some.fixed_dictionaries({"day": DAYS, "kind": some.just(kind), "by": by, **fields})


def _numbers() -> some.SearchStrategy[Plain]:
    named = some.sampled_from(sorted(QUANTITIES))
    drawn = named.flatmap(
        lambda name: some.tuples(
            some.just(QUANTITIES[name]), some.floats(*map(float, QUANTITIES[name].plausible), allow_nan=False)
        )
    )
    return _told("measurement", number=drawn).map(
        lambda entry: {
            **{name: value for name, value in entry.items() if name != "number"},
            "what": entry["number"][0].title,  # pyright: ignore[reportIndexIssue]
            "value": entry["number"][1],  # pyright: ignore[reportIndexIssue]
            "unit": entry["number"][0].unit or "1",  # pyright: ignore[reportIndexIssue]
        }
    )


STATES = some.sampled_from(["present", "absent", "unknown"])
ENTRIES = some.one_of(
    _told(
        "medication",
        drug=some.sampled_from(LIKELY) | some.sampled_from(DRUGS),
        do=some.sampled_from(["start", "stop"]),
    ),
    _told("finding", what=some.sampled_from(sorted(CONDITIONS)), state=STATES),
    _told("finding", what=some.sampled_from(sorted(CONDITIONS)), state=STATES),
    _told("symptom", what=some.sampled_from(SIGNS), state=some.sampled_from(["new", "present", "resolved"])),
    _told("allergy", substance=some.sampled_from(PROPOSED + LIKELY)),
    _told(
        "consent",
        **{"for": some.sampled_from(["treatment", "mesotherapy", "medicines"])},
        state=some.sampled_from(["given", "refused"]),
    ),
    _told(
        "red_flag_check", flags=some.dictionaries(some.sampled_from(sorted(RED_FLAGS)), STATES, min_size=1)
    ),
    _numbers(),
    _told("note", text=some.just("the weather")),
)


def _reviewed(follows: Pathway, phase: str, entries: list[Plain], on: int, **patient: object) -> Review:
    who = {"id": "p", "sex": "female", "age": 48, **patient}
    first: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": phase, "because": "an example"}
    timed = [{"time": f"{at // 60:02}:{at % 60:02}", **entry} for at, entry in enumerate([first, *entries])]
    try:
        record = parse_record({"format": "assuage-record/2", "patient": who, "entries": timed})
        return review(record, follows, on, effects=False)
    except Problems:
        reject()  # what contradicts another entry, or a decision that cannot be followed


FOLLOWED = some.sampled_from(PATHWAYS).flatmap(
    lambda each: some.tuples(some.just(each), some.sampled_from([phase.id for phase in each.phases]))
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    FOLLOWED, some.lists(ENTRIES, max_size=6), some.booleans(), some.integers(0, 40), some.integers(14, 90)
)
def test_nothing_that_is_now_raises_an_alert_alone_or_with_the_rest(
    followed: tuple[Pathway, str], entries: list[Plain], documented: bool, on: int, age: int
):
    known = [*BASELINE, *PROBLEMS] if documented else []
    shown = _reviewed(*followed, [*known, *entries], on, age=age)
    assert shown.walk is not None
    view = shown.walk.view(shown.on)
    now = [item for item in shown.plan if item.state == "now"]
    begun = [each.given for item in now if (each := Proposal(view, item)).begins]
    assert raised_together(view.timeline, view.day, begun) == ()
    for given_alone in begun:
        assert raised_by(view.timeline, view.day, given_alone) == ()


FORBIDDING = sorted({rule.condition for rule in CONDITION_RULES if rule.severity == "contraindicated"})
# What is now at the problems of the baseline holds for two weeks, so all of it lies within ten days.
SOON, LAST_DAY = some.integers(0, 8), 9
GRAVE = some.one_of(
    _told("medication", drug=some.sampled_from(LIKELY), do=some.just("start")),
    _told("finding", what=some.sampled_from(FORBIDDING), state=some.just("present")),
    _told("consent", **{"for": some.sampled_from(["treatment", "mesotherapy"])}, state=some.just("refused")),
    _told("allergy", substance=some.sampled_from(PROPOSED)),
).flatmap(lambda entry: SOON.map(lambda day: {**entry, "day": day, "by": "clinician"}))


def _undone(entry: Plain) -> Plain:
    """What a later entry says where the first is over, or never was."""
    otherwise = {"start": "stop", "present": "absent", "refused": "given"}
    changed = {name: otherwise.get(str(entry.get(name)), entry.get(name)) for name in ("do", "state")}
    undone = {**entry, **{name: value for name, value in changed.items() if name in entry}, "by": "clinician"}
    return {**undone, "certainty": "refuted"} if entry["kind"] == "allergy" else undone


@settings(max_examples=250, suppress_health_check=[HealthCheck.filter_too_much])
@given(FOLLOWED, some.lists(GRAVE, min_size=1, max_size=3), ENTRIES, some.booleans())
def test_what_is_withheld_becomes_now_only_by_an_entry_about_what_was_named_as_the_reason(
    followed: tuple[Pathway, str], entries: list[Plain], other: Plain, undoes: bool
):
    known = [*BASELINE, *PROBLEMS, *entries]
    last = {**(_undone(entries[0]) if undoes else other), "day": LAST_DAY, "time": "23:59"}
    before, after = _reviewed(*followed, known, LAST_DAY), _reviewed(*followed, [*known, last], LAST_DAY)
    now = {item.recommendation.id for item in after.plan if item.state == "now"}
    for item in before.withheld:
        if item.recommendation.id in now:
            assert _is_about(last, item.reasons), (last, [str(describe(each)) for each in item.reasons])


def _is_about(entry: Plain, reasons: tuple[Message, ...]) -> bool:
    """Whether an entry is about a thing that these reasons name, each by its own words."""
    named = _things(entry)
    return all(any(thing in str(describe(reason)).lower() for thing in named) for reason in reasons)


def _things(entry: Plain) -> set[str]:
    """What an entry is about, by the words that reasons have for it."""
    match entry["kind"]:
        case "medication":
            drug = find_drug(str(entry["drug"]))
            parts = () if drug is None else drug.substances
            return {str(entry["drug"]).lower(), *(part.title.lower() for part in parts), "stopped"}
        case "finding":
            return {condition.title.lower() for condition in find_conditions(str(entry["what"]))}
        case "measurement":
            quantity = find_quantity(str(entry["what"]))
            assert quantity is not None
            return {CONDITIONS[each].title.lower() for each in decided_by(quantity)} | {
                quantity.title.lower()
            }
        case "allergy":
            drug = find_drug(str(entry["substance"]))
            parts = () if drug is None else drug.substances
            return {
                str(entry["substance"]).lower(),
                *(part.title.lower() for part in parts),
                "hypersensitivity",
                "allergy",
            }
        case "consent":
            return {"consent"}
        case "red_flag_check":
            return {"suspected cervical artery dissection", "new numbness", "fever", "suicid", "3 x uln"}
        case "symptom":
            return {
                str(entry["what"]),
                "pregnan",
                "fever",
                "suicid",
                "new numbness",
                "no-problem",
                "to treat",
            }
        case _:
            return set()
