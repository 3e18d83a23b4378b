"""Conditions that who takes a drug has, or may have: what a person who prescribes reads from a list of medication.

A row counts as known only where its source was read and names the substance or, of a class, where it was read that the
substance belongs to it. All other rows leave the condition open, so that somebody is asked: what a drug is mostly given
for (`levetiracetam`: epilepsy) speaks for a disease and proves none. A drug of many uses (topiramate, pregabalin) is
not here. A cream, an inhaler or eye drops do not count (seen for corticosteroids, ours for the others), but for the
eye and the breath.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.drug_index import indexed_substance
from assuage.terms.drug_names import find_drug
from assuage.terms.drugs import Drug
from assuage.terms.local_forms import is_local
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.sources import Status


class DrugCondition(Struct, frozen=True):
    """A condition of who takes one of these substances, or a member of one of these classes of the index.

    `certain` is whether the condition is there; else it hangs on the dose, the time or the person, and is asked.
    `anywhere` is whether a form that does not reach the whole body counts as well, `purpose` whether the condition is
    what the drug is given for, so that another dose says nothing new of it.
    """

    condition: str
    substances: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    certain: bool = False
    sources: tuple[str, ...] = ("MEM",)
    status: Status = Status.MEMORY
    anywhere: bool = False
    purpose: bool = False


def _speaks_for(
    condition: str, names: str = "", classes: str = "", *, anywhere: bool = False
) -> DrugCondition:
    """What a drug is mostly given for, from memory: it is asked for, and never decided."""
    return DrugCondition(
        condition, frozenset(names.split()), frozenset(classes.split()), anywhere=anywhere, purpose=True
    )


def _row(
    names: str = "",
    classes: str = "",
    *,
    certain: bool = False,
    sources: tuple[str, ...] = ("MEM",),
    status: Status = Status.MEMORY,
) -> DrugCondition:
    return DrugCondition(
        "immunosuppressed", frozenset(names.split()), frozenset(classes.split()), certain, sources, status
    )


DRUG_CONDITIONS: tuple[DrugCondition, ...] = (
    # Drugs of a transplant, and TNF inhibitors, by name.
    _row(
        "ciclosporin tacrolimus sirolimus everolimus mycophenolic_acid adalimumab certolizumab_pegol etanercept "
        "golimumab infliximab cyclophosphamide",
        "tnf_inhibitor mtor_inhibitor cytotoxic",
        certain=True,
        sources=("CDC_IMM",),
        status=Status.SEEN,
    ),
    _row("rituximab leflunomide", certain=True, sources=("TX_DRUGS",), status=Status.SEEN),
    _row(
        "abatacept alemtuzumab antithymocyte_globulin basiliximab belatacept",
        certain=True,
        sources=("TX_TARGETS",),
        status=Status.SEEN,
    ),
    # By dose, and of corticosteroids by time: 20 mg of prednisone a day for two weeks.
    _row("azathioprine mercaptopurine methotrexate_low_dose", sources=("CDC_IMM",), status=Status.SEEN),
    _row(classes="systemic_corticosteroid", sources=("CDC_IMM", "ZOSTER_CA"), status=Status.SEEN),
    # What is only remembered, and so asked.
    _row(
        "methotrexate_high_dose teriflunomide obinutuzumab ocrelizumab ofatumumab daratumumab natalizumab belimumab "
        "anifrolumab eculizumab ibrutinib acalabrutinib dasatinib bortezomib carfilzomib lenalidomide pomalidomide "
        "thalidomide venetoclax fingolimod siponimod ozanimod ponesimod dimethyl_fumarate cladribine mitoxantrone",
        "jak_inhibitor interleukin_antibody tnf_inhibitor mtor_inhibitor cytotoxic",
    ),
    _row("vedolizumab"),
    _speaks_for("myasthenia", "pyridostigmine ambenonium neostigmine"),
    _speaks_for(
        "epilepsy",
        "brivaracetam carbamazepine cenobamate eslicarbazepine ethosuximide felbamate fosphenytoin lacosamide "
        "lamotrigine levetiracetam methylphenobarbital oxcarbazepine perampanel phenobarbital phenytoin anticonvulsant "
        "primidone retigabine rufinamide stiripentol sultiame tiagabine valproic_acid vigabatrin zonisamide",
    ),
    _speaks_for("bipolar", "lithium lamotrigine"),
    _speaks_for("dementia", "donepezil galantamine memantine rivastigmine"),
    _speaks_for(
        "glaucoma_narrow",
        "apraclonidine bimatoprost brimonidine brinzolamide carteolol dorzolamide latanoprost "
        "levobunolol metipranolol pilocarpine tafluprost timolol travoprost",
        anywhere=True,
    ),
    _speaks_for("urinary_retention", "alfuzosin dutasteride silodosin tamsulosin distigmine"),
    _speaks_for(
        "asthma",
        "montelukast zafirlukast omalizumab mepolizumab benralizumab",
        "beta2_agonist",
        anywhere=True,
    ),
    _speaks_for("sleep_apnoea", "roflumilast", "inhaled_anticholinergic", anywhere=True),
    _speaks_for("hyperthyroidism", "carbimazole propylthiouracil thiamazole"),
    _speaks_for("heart_failure", "digitoxin digoxin ivabradine sacubitril"),
    _speaks_for(
        "arrhythmia",
        "amiodarone digitoxin digoxin disopyramide dofetilide dronedarone flecainide propafenone quinidine sotalol",
    ),
    _speaks_for(
        "ischaemic_heart_disease",
        "isosorbide_dinitrate isosorbide_mononitrate ivabradine molsidomine nicorandil nitrate nitroglycerin prasugrel "
        "ranolazine ticagrelor trimetazidine vericiguat",
    ),
    _speaks_for("hypotension", "droxidopa midodrine"),
    _speaks_for("substance_use", "acamprosate disulfiram nalmefene"),
    _speaks_for("ckd_lt30", "darbepoetin_alfa epoetin_alfa sevelamer"),
    _speaks_for("hepatic_impairment_modsev", "rifaximin"),
    _speaks_for("hypercalcaemia", "cinacalcet etelcalcetide"),
    _speaks_for("bleeding_disorder", " eltrombopag romiplostim"),
)


def conditions_of_drug(
    name: str, route: str | None = None, *, again: bool = False
) -> tuple[tuple[str, Answer], ...]:
    """What taking a drug of this name says of conditions: present, or unknown where it only may be; else nothing.

    Where it was taken already (`again`), only what hangs on its dose.
    """
    return tuple(
        (condition, answer)
        for condition, answer, purpose in _conditions_of(name, route)
        if not (again and purpose)
    )


@lru_cache(maxsize=4096)
def _conditions_of(name: str, route: str | None) -> tuple[tuple[str, Answer, bool], ...]:
    """The same with whether the condition is what the drug is given for."""
    known = find_drug(name)
    if known is None:
        return ()
    local = is_local(name, route)
    answers: dict[str, tuple[Answer, bool]] = {}
    for row in DRUG_CONDITIONS:
        if local and not row.anywhere:
            continue
        for substance in known.substances:
            answer = _answer(row, substance)
            if answer is YES or (answer is UNKNOWN and row.condition not in answers):
                answers[row.condition] = answer, row.purpose
    return tuple((condition, *told) for condition, told in answers.items())


def _answer(row: DrugCondition, substance: Drug) -> Answer:
    """Whether who takes a substance has the condition of a row; no where the row says nothing of it."""
    if substance.kind == "class_item" and substance.id not in row.substances:
        members = substance.may_be_of
        if members.isdisjoint(row.classes):
            return NO
        return YES if row.certain and members <= row.classes else UNKNOWN
    if substance.id in row.substances:
        return YES if row.certain else UNKNOWN
    if row.classes.isdisjoint(substance.classes):
        return NO
    index_row = indexed_substance(substance.id)
    assert index_row is not None
    return YES if row.certain and index_row.classes_checked == "seen" else UNKNOWN


assert {source for row in DRUG_CONDITIONS for source in row.sources} <= PUBLICATIONS.keys()
