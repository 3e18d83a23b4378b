"""A pathway small enough to see through: three phases, one gate each, one way back, one restriction."""

from assuage.measures.criteria import Criterion
from assuage.measures.notation import PHASE_ENTRY, records, score, symptom
from assuage.pathways.actions import PlannedDose, extend, perform, refer, start, stop
from assuage.pathways.clinic import Injectate
from assuage.pathways.fibromyalgia import FIBROMYALGIA, MANUAL_WORK
from assuage.pathways.guideline import EULAR
from assuage.pathways.model import FallBack, Limit, Pathway, Phase, Recommendation, Restriction, Role, gate
from assuage.terms.conditions import SENSITISED
from assuage.terms.drugs import AMITRIPTYLINE, KETOPROFEN, LIDOCAINE, TIZANIDINE
from assuage.terms.outcomes import NUMBNESS_OUTCOME, PAIN_OUTCOME
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK, OCCIPUT
from assuage.terms.sources import OURS
from assuage.terms.symptoms import NUMBNESS_FELT
from assuage.terms.therapies import KINESIOTHERAPY, MECHANICAL, MESOTHERAPY, PAIN_CLINIC
from assuage.terms.times import days, weeks

INJECTED = Injectate((KETOPROFEN, LIDOCAINE), "intradermal")
body = score(PAIN).past(days(3), needing=2)
neck = score(PAIN).at(NECK).past(days(3))


def example(name, test):
    """A criterion for tests."""
    return Criterion(
        name, name.replace("-", " ").capitalize(), test, because="An example.", source=CASE, numbers=OURS
    )


def _do(name, action, when=None):
    return Recommendation(
        name,
        action,
        Role.PHYSICIAN,
        because="An example.",
        source=CASE,
        advice=EULAR["GR_MESO"],
        numbers=OURS,
        when=when,
    )


calm = example("calm", body.worst <= 2)
two_sessions = example("two-sessions", records(MESOTHERAPY).since(PHASE_ENTRY).count >= 2)
neck_hurts = example("neck-hurts", neck.worst >= 4)
flare = example("flare", body.worst >= 7)
touch = example("touch", score(PAIN).at(NECK).past(days(7), needing=3).worst <= 2)
numb = example("numb", symptom(NUMBNESS_FELT).at(OCCIPUT).past(weeks(1)).present)

REST = Phase(
    "rest",
    "Rest",
    "Calm.",
    leave=gate("rested", "Rested", calm),
    recommend=(
        _do("start-amitriptyline", start(AMITRIPTYLINE, PlannedDose(5, "mg", "at night"))),
        _do("stop-tizanidine", stop(TIZANIDINE)),
    ),
)
TREAT = Phase(
    "treat",
    "Treat",
    "Quiet neck.",
    enter=gate("may-treat", "May be treated", neck_hurts),
    leave=gate("treated", "Treated", two_sessions),
    recommend=(
        _do("weekly-sessions", perform(MESOTHERAPY, at=(NECK,), every=weeks(1), times=3, injects=INJECTED)),
        _do("extend", extend(MESOTHERAPY, to=OCCIPUT, injects=INJECTED), when=numb),
    ),
    fall_back=(FallBack(REST, gate("flared", "Flared", flare)),),
    limit=Limit("too-long", 2, _do("refer", refer(PAIN_CLINIC))),
)
GO = Phase("go", "Go", "Move.", recommend=(_do("exercise", perform(KINESIOTHERAPY, every=days(2))),))
RESTRICTION = Restriction(
    "no-force",
    MECHANICAL,
    until=touch,
    because="An example.",
    source=CASE,
    protects=SENSITISED,
    ask_after=(PAIN_OUTCOME, NUMBNESS_OUTCOME),
)
SMALL = Pathway(
    "small",
    1,
    "A small pathway",
    "An example.",
    (REST, TREAT, GO),
    (RESTRICTION,),
    diagnosis=FIBROMYALGIA,
    suspects=MANUAL_WORK,
)
