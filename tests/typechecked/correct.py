"""What is written right must pass the type checker: the twin of `mistakes.py`. Never run."""

import assuage
from assuage.measures.criteria import Criterion
from assuage.measures.notation import PHASE_ENTRY, all_of, medication, percent, records, score
from assuage.pathways.model import Gate, Phase, Restriction, gate
from assuage.terms.drugs import TIZANIDINE
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK
from assuage.terms.sources import OURS
from assuage.terms.therapies import MECHANICAL
from assuage.terms.times import days, weeks

neck = score(PAIN).at(NECK)
quiet = Criterion(
    "quiet",
    "Quiet",
    all_of(
        neck.past(days(7)).mean.fall_from(PHASE_ENTRY) >= percent(50),
        medication(TIZANIDINE).time_on >= weeks(4),
        records(MECHANICAL).past(days(7)).count >= 1,
        neck.past(days(7)).worst.between(1, 2),
    ),
    because="An example.",
    source=CASE,
    numbers=OURS,
)
opens: Gate = gate("opens", "Opens", quiet)
phase = Phase("one", "One", "An aim.", leave=opens)
restriction = Restriction("none", MECHANICAL, until=quiet, because="An example.", source=CASE)
seen: assuage.Review = assuage.review(assuage.read_record("case.yaml"), assuage.pathway("neck-first"), on=48)
entered: int | None = None if seen.current is None else seen.current.entered
checked: int = len(assuage.check_regimen("amitriptyline 5 mg", age=48).alerts)
patients: int = assuage.cohort("table.parquet", assuage.pathway("neck-first"), "reviewed").patients
