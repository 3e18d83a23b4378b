"""Random pathways out of random questions, and random records with decisions, corrections and notes."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AnyTest
from assuage.measures.notation import PATHWAY_START, PHASE_ENTRY, onset, records, score, symptom
from assuage.pathways.model import FallBack, Gate, Pathway, Phase, Restriction, Watch
from assuage.terms.conditions import SENSITISED
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN, SLEEP
from assuage.terms.sources import OURS
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import KINESIOTHERAPY, MASSAGE, MECHANICAL
from tests.care_examples import CARE_ENTRIES
from tests.property.strategies import LAST, PLACES, SYMPTOM_IDS, records_plain, tests

_TAKEN = {"kind": "medication", "drug": "tizanidine", "do": "start", "time": "07:07"}
_FOUND = {"kind": "finding", "what": "bleeding_disorder", "state": "present", "time": "07:07"}
_DECIDED = {"kind": "decision", "do": "advance", "because": "an example"}
_HURTS = {"kind": "score", "scale": "pain", "value": 2, "time": "07:07", "by": "patient"}
DISPUTES: tuple[tuple[dict[str, object], dict[str, object]], ...] = (
    (_TAKEN, _TAKEN | {"do": "stop"}),
    (_FOUND, _FOUND | {"state": "absent"}),
    (_DECIDED, _DECIDED | {"do": "leave"}),
    (_HURTS, _HURTS | {"value": 9}),
)
DECISIONS = ("enter", "advance", "hold", "return", "override", "leave")


@st.composite
def rarer(draw: st.DrawFn) -> AnyTest:
    """Questions that the shared strategy does not ask: unknown read as something, onsets, counts since entry."""
    what = SYMPTOMS[draw(st.sampled_from(SYMPTOM_IDS[:-1]))]
    source = score(draw(st.sampled_from([PAIN, SLEEP])))
    places = tuple(draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True)))
    since = source.since(onset(what, at=places))
    counted = records(draw(st.sampled_from([MASSAGE, MECHANICAL, KINESIOTHERAPY])))
    bound = draw(st.integers(1, 9))
    return draw(
        st.sampled_from(
            [
                source.since(PHASE_ENTRY, needing=2).worst <= bound,
                source.since(PATHWAY_START).mean.between(min(2, bound), max(2, bound)),
                since.best > bound,
                since.mean.known,
                counted.since(PHASE_ENTRY).count >= max(1, min(bound, 4)),
                counted.since(onset(what)).absent,
                (symptom(what).at(*places) if places else symptom(what)).appeared,
                draw(tests).assumed(draw(st.booleans()), because="an example"),
            ]
        )
    )


@st.composite
def criteria(draw: st.DrawFn, name: str) -> Criterion:
    test = draw(st.one_of(tests, rarer()))
    if draw(st.integers(0, 2)):
        test = test.assumed(True, because="so that patients move")
    return Criterion(name, "An example", test, because="An example.", source=CASE, numbers=OURS)


@st.composite
def gates(draw: st.DrawFn, name: str) -> Gate:
    count = draw(st.integers(1, 2))
    return Gate(name, "An example", tuple(draw(criteria(f"{name}-{at}")) for at in range(count)))


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Two to four phases; the questions of its gates lean towards being answered, so that patients move."""
    phases: list[Phase] = []
    last = draw(st.integers(1, 3))
    for at in range(last + 1):
        backs = draw(st.lists(st.sampled_from(range(at)), max_size=2, unique=True)) if at else []
        phases.append(
            Phase(
                f"p{at}",
                f"Phase {at}",
                "An example.",
                enter=draw(st.one_of(st.none(), gates(f"enter-{at}"))),
                leave=None if at == last else draw(gates(f"leave-{at}")),
                fall_back=tuple(FallBack(phases[to], draw(gates(f"back-{at}-{to}"))) for to in backs),
            )
        )
    until = draw(st.one_of(st.none(), criteria("until")))
    restriction = Restriction(
        "no-force",
        MECHANICAL,
        until=until,
        because="An example.",
        source=CASE,
        protects=None if until is None else SENSITISED,
    )
    watch = Watch(draw(criteria("watched")), "An example.")
    return Pathway("random", 1, "A random pathway", "An example.", tuple(phases), (restriction,), (watch,))


@st.composite
def decided(draw: st.DrawFn) -> dict[str, object]:
    do = draw(st.sampled_from(DECISIONS))
    entry: dict[str, object] = {"kind": "decision", "do": do, "because": "an example"}
    entry["day"] = draw(st.integers(-2, LAST))
    if do in ("enter", "return") or (do in ("advance", "override") and draw(st.booleans())):
        entry["to"] = draw(st.sampled_from(["p0", "p1", "p0", "p1", "p2", "nowhere"]))
    return entry


@st.composite
def labelled(draw: st.DrawFn, entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """The entries as a clinic's store has them: each with an id, an author and when it was written down.

    Some are corrected, withdrawn or answered; so are some of the corrections and withdrawals.
    """
    who = {"author": draw(st.sampled_from(["dr-a", "p 7"])), "entered": draw(st.sampled_from(MOMENTS))}
    for at, entry in enumerate(entries):
        entry.setdefault("id", f"e{at}")
        entry |= who if draw(st.integers(0, 5)) else {}
    for number in range(draw(st.integers(0, 3)) if entries else 0):
        name = f"later {number}"
        old = draw(st.sampled_from(entries))
        what = draw(st.sampled_from(["replaces", "replaces", "void", "about"]))
        if what == "void":
            withdrawal = {"day": LAST, "kind": "void", "of": old["id"], "because": "an example", "id": name}
            entries.append(withdrawal | draw(WRITERS))
            continue
        like = old if what == "replaces" else draw(st.sampled_from(entries))
        new = {key: value for key, value in like.items() if key not in LABELS}
        if "value" in new and draw(st.booleans()):
            new["value"] = draw(st.sampled_from([0, 3, 9]))
        new["day"] = draw(st.sampled_from([like["day"], LAST]))
        if new["kind"] == "void":
            continue
        entries.append({**new, what: old["id"], "id": name} | draw(WRITERS))
    return entries


# Who corrects or withdraws: mostly whoever wrote the other entry; else somebody who may not.
WRITERS: st.SearchStrategy[dict[str, object]] = st.sampled_from(
    [
        {},
        {},
        {},
        {"by": "clinician"},
        {"by": "import"},
        {"by": "patient", "role": "relative"},
        {"by": "patient", "author": "p 7"},
        {"author": "dr-a"},
    ]
)
LABELS = ("id", "replaces", "about", "disputed_with")
MOMENTS = ("2199-12-31", "2199-12-31T10:00", "2199-12-31T10:00:01Z", "2199-02-28T10:00:01.123456+02:00")


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, object]]:
    """Entries of a record: what the shared strategy draws, decisions, answers, notes, and now and then a correction."""
    entries = list(draw(records_plain))
    for scale in draw(st.sampled_from([(), ("pain",), ("pain", "sleep")])):
        diary = draw(st.lists(st.none() | st.integers(0, 10), max_size=LAST + 4))
        where = draw(st.sampled_from([{}, {"site": "neck"}, {"site": "widespread"}]))
        told: dict[str, object] = {"kind": "score", "scale": scale, "by": "patient", **where}
        entries += [
            {**told, "day": at - 3, "value": value} for at, value in enumerate(diary) if value is not None
        ]
    decisions = draw(st.lists(decided(), max_size=3, unique_by=lambda entry: str(entry["day"])))
    if draw(st.booleans()):
        decisions = []
    more: list[dict[str, object]] = list(decisions)
    for entry in entries:
        if "time" in entry and draw(st.integers(0, 5)) == 0:
            entry.pop("time")
    if draw(st.booleans()):
        day = draw(st.integers(-3, LAST))
        more.append({"day": day, "kind": "note", "text": "slept badly", "by": "patient"})
    for care in draw(
        st.lists(st.sampled_from(CARE_ENTRIES), max_size=8, unique_by=lambda entry: str(entry["kind"]))
    ):
        more.append({"day": draw(st.integers(-3, LAST)), **care})
    if draw(st.booleans()):
        for day in draw(st.lists(st.integers(-40, LAST), max_size=6)):
            more.append({"day": day, "kind": "score", "scale": "pain", "value": 4.3, "time": "morning"})
    if entries and draw(st.integers(0, 9)) == 0:
        entries[0]["id"] = "old"
        more.append({**entries[0], "id": "new", "replaces": "old"})
        if draw(st.booleans()):
            of = draw(st.sampled_from(["old", "new"]))
            more.append({"day": LAST, "kind": "void", "of": of, "because": "an example"})
    if draw(st.integers(0, 4)) == 0:
        day = draw(st.integers(-3, LAST))
        first, second = draw(st.sampled_from(DISPUTES))
        more += [
            {**first, "day": day, "id": "hers"},
            {**second, "day": day, "id": "his", "disputed_with": "hers"},
        ]
    if draw(st.integers(0, 2)) == 0:
        return draw(labelled([*entries, *more]))
    return [*entries, *more]


def quicker(pathway: Pathway) -> Pathway:
    """The same pathway without the gate into its second phase: a change whose effect is plain to see."""
    phases = list(pathway.phases)
    phases[1] = replace(phases[1], enter=None)
    later = [
        replace(
            phase,
            fall_back=tuple(
                replace(back, to=phases[1]) if back.to.id == phases[1].id else back
                for back in phase.fall_back
            ),
        )
        for phase in phases[2:]
    ]
    return replace(pathway, version=pathway.version + 1, phases=(*phases[:2], *later))
