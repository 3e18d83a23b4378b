"""Red flags by id: what to look for, how urgent it is, what to do. The formulary's 25 rows; new weakness and
withdrawal from a pump are ours.

`sources` are keys of the formulary's source list. What fires them is decided in `assuage.safety`.
`at` is at which complaint somebody looks for it (ours, by the words of its trigger): at the places named and at what
lies within them, `widespread` at any; nowhere for what follows a drug or a needle, and for what is no sign of pain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.sites import lies_within
from assuage.terms.sources import Status

Urgency = Literal["emergency", "urgent", "soon"]
# Who acts, and how soon (ours where the action does not say it).
Who = Literal["ambulance", "hospital", "present", "clinician", "specialist"]
Within = Literal["now", "today", "week", "two-weeks"]
DAYS_TO_ACT: dict[Within, int] = {"now": 0, "today": 0, "week": 7, "two-weeks": 14}


class RedFlag(Struct, frozen=True):
    """A sign that must be looked at before anything else goes on."""

    id: str
    title: str
    trigger: str
    urgency: Urgency
    action: str
    who: Who
    within: Within
    sources: tuple[str, ...]
    status: Status
    at: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"red_flag.{self.id}", self.title)

    @property
    def to_do(self) -> Wording:
        """The action, with the key of its translations."""
        return Wording(f"red_flag.{self.id}.action", self.action)

    def __str__(self) -> str:
        return self.title


RED_FLAGS: dict[str, RedFlag] = {
    flag.id: flag
    for flag in (
        RedFlag(
            "RF_DISSECTION",
            "Cervical artery dissection",
            trigger="new severe or unfamiliar one-sided neck or occipital pain, within weeks of neck massage, manipulation or minor trauma; Horner sign, diplopia, dysarthria, dysphagia, drop attack, dizziness, ataxia, nausea, facial or limb numbness",
            urgency="emergency",
            action="stop all manual and needle work; call ambulance; CT or MR angiography",
            who="ambulance",
            within="now",
            sources=("VAD_CASES", "IFOMPT23", "YIN14"),
            status=Status.SEEN,
            at=("neck", "head"),
        ),
        RedFlag(
            "RF_STROKE",
            "Stroke or TIA signs",
            trigger="face, arm, speech, vision, sudden balance loss",
            urgency="emergency",
            action="ambulance",
            who="ambulance",
            within="now",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("widespread",),
        ),
        RedFlag(
            "RF_THUNDERCLAP",
            "Thunderclap headache",
            trigger="peak within 1 minute",
            urgency="emergency",
            action="ambulance",
            who="ambulance",
            within="now",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("neck", "head"),
        ),
        RedFlag(
            "RF_MYELOPATHY",
            "Degenerative cervical myelopathy",
            trigger="gait unsteadiness, clumsy hands, Hoffmann or Babinski sign, hyperreflexia, clonus, Lhermitte sign, urgency or retention",
            urgency="urgent",
            action="no manual therapy; MRI and spinal surgery opinion within days to 2 weeks",
            who="specialist",
            within="two-weeks",
            sources=("MCCART18", "HILTON18"),
            status=Status.SEEN,
            at=("neck", "shoulder_girdle"),
        ),
        RedFlag(
            "RF_PROGRESSIVE",
            "Progressive neurological deficit",
            trigger="weakness over more than one myotome or sensory loss over more than one dermatome; worsening over days",
            urgency="urgent",
            action="same-week neurology or spine review; same day if motor loss",
            who="specialist",
            within="week",
            sources=("MCCART18",),
            status=Status.SEEN,
            at=("widespread",),
        ),
        RedFlag(
            "RF_CAUDA",
            "Cauda equina syndrome",
            trigger="saddle numbness, new retention or incontinence, both-leg sciatica, sexual dysfunction",
            urgency="emergency",
            action="same-day MRI and surgery",
            who="hospital",
            within="now",
            sources=("CAUDA_BMJ", "CASE"),
            status=Status.SEEN,
            at=("lower_back",),
        ),
        RedFlag(
            "RF_GCA",
            "Giant cell arteritis",
            trigger="age 50 or more with new headache, scalp tenderness, jaw claudication, visual change, shoulder-girdle stiffness, raised ESR or CRP",
            urgency="emergency",
            action="same-day specialist; high-dose steroid before biopsy if vision at risk",
            who="specialist",
            within="today",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("head", "neck", "shoulder_girdle"),
        ),
        RedFlag(
            "RF_MALIGNANCY",
            "Malignancy",
            trigger="past cancer, weight loss, night pain, age over 55 or under 20 with new pain",
            urgency="urgent",
            action="imaging and blood work within 2 weeks",
            who="clinician",
            within="two-weeks",
            sources=("MCCART18", "MEM"),
            status=Status.MIXED,
            at=("widespread",),
        ),
        RedFlag(
            "RF_INFECTION",
            "Spinal or systemic infection",
            trigger="fever, immunosuppression, injection drug use, recent infection, neck stiffness with headache",
            urgency="emergency",
            action="same-day assessment; no injections, NSAID can mask fever",
            who="clinician",
            within="today",
            sources=("MCCART18", "KET_PL"),
            status=Status.SEEN,
            at=("widespread",),
        ),
        RedFlag(
            "RF_FRACTURE",
            "Fracture",
            trigger="trauma, osteoporosis, steroid use, midline bone tenderness",
            urgency="urgent",
            action="imaging before any manual work",
            who="clinician",
            within="today",
            sources=("MCCART18",),
            status=Status.MIXED,
            at=("widespread",),
        ),
        RedFlag(
            "RF_INSTABILITY",
            "Upper cervical instability",
            trigger="rheumatoid arthritis, Down or Ehlers-Danlos syndrome, trauma; head feels heavy, facial or limb paraesthesia on movement",
            urgency="urgent",
            action="no manipulation; imaging",
            who="clinician",
            within="week",
            sources=("IFOMPT23", "MEM"),
            status=Status.MIXED,
            at=("neck", "head"),
        ),
        RedFlag(
            "RF_INFLAM",
            "Inflammatory rheumatic disease",
            trigger="joint swelling, stiffness over 1 hour, raised CRP or ESR",
            urgency="soon",
            action="rheumatology",
            who="specialist",
            within="two-weeks",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("widespread",),
        ),
        RedFlag(
            "RF_ICP",
            "Raised intracranial pressure",
            trigger="headache worse lying or with Valsalva, vomiting, papilloedema",
            urgency="emergency",
            action="same-day imaging",
            who="hospital",
            within="today",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("head", "neck"),
        ),
        RedFlag(
            "RF_CARDIAC",
            "Cardiac pain",
            trigger="neck, jaw, arm or chest pain on exertion",
            urgency="emergency",
            action="ECG",
            who="ambulance",
            within="now",
            sources=("MEM",),
            status=Status.MEMORY,
            at=("widespread",),
        ),
        RedFlag(
            "RF_BILIARY",
            "Biliary or pancreatic pain",
            trigger="right upper or costal-arch colic after cholecystectomy, jaundice, after opioid dose",
            urgency="urgent",
            action="LFT, lipase, ultrasound or MRCP",
            who="clinician",
            within="today",
            sources=("KIM20", "CASE"),
            status=Status.MIXED,
        ),
        RedFlag(
            "RF_LAST",
            "Local anaesthetic toxicity",
            trigger="minutes after injection: perioral numbness, metallic taste, tinnitus, agitation, seizure, arrhythmia",
            urgency="emergency",
            action="stop, airway, lipid emulsion",
            who="present",
            within="now",
            sources=("MEM",),
            status=Status.MEMORY,
        ),
        RedFlag(
            "RF_ANAPHYLAXIS",
            "Anaphylaxis or NSAID bronchospasm",
            trigger="urticaria, wheeze, hypotension after injection",
            urgency="emergency",
            action="adrenaline IM",
            who="present",
            within="now",
            sources=("MEM", "KET_CI"),
            status=Status.MIXED,
        ),
        RedFlag(
            "RF_INJ_INFECT",
            "Injection-site infection incl. mycobacteria",
            trigger="nodule, abscess, drainage 1-12 weeks after mesotherapy, no response to usual antibiotic",
            urgency="urgent",
            action="biopsy or pus for mycobacterial culture, stop course, report batch",
            who="clinician",
            within="today",
            sources=("NTM22", "NTM_CN", "NTM_ES"),
            status=Status.SEEN,
        ),
        RedFlag(
            "RF_SEROTONIN",
            "Serotonin toxicity",
            trigger="tremor, clonus, agitation, sweating, fever",
            urgency="emergency",
            action="stop serotonergic drugs, hospital",
            who="hospital",
            within="now",
            sources=("HUNTER03", "TRAM_TCA"),
            status=Status.SEEN,
        ),
        RedFlag(
            "RF_ARRHYTHMIA",
            "Syncope, or palpitations on TCA or tizanidine",
            trigger="syncope, pulse under 50 or over 120",
            urgency="urgent",
            action="stop, ECG",
            who="clinician",
            within="today",
            sources=("AMI_CY", "TIZ_IE"),
            status=Status.SEEN,
        ),
        RedFlag(
            "RF_LIVER",
            "Drug liver injury",
            trigger="jaundice, dark urine, ALT over 3 x ULN",
            urgency="urgent",
            action="stop tizanidine and other suspects",
            who="clinician",
            within="today",
            sources=("TIZ_LT",),
            status=Status.SEEN,
        ),
        RedFlag(
            "RF_GIBLEED",
            "GI bleeding",
            trigger="black stool, haematemesis",
            urgency="emergency",
            action="stop NSAID",
            who="hospital",
            within="now",
            sources=("KET_CI",),
            status=Status.SEEN,
        ),
        RedFlag(
            "RF_RETENTION_GLAUCOMA",
            "Urinary retention on TCA, or acute painful red eye",
            trigger="no urine, painful red eye, haloes",
            urgency="emergency",
            action="stop TCA",
            who="hospital",
            within="now",
            sources=("MEM",),
            status=Status.MEMORY,
        ),
        RedFlag(
            "RF_SUICIDE",
            "Suicidal thoughts or intent",
            trigger="suicidal thoughts, plan or intent; PHQ-9 item 9 at 1 or more",
            urgency="emergency",
            action="ask about plan, intent and means the same day; crisis team where there is any; remove TCA stock",
            who="clinician",
            within="today",
            sources=("PHQ9_ITEM9", "MEM"),
            status=Status.MIXED,
        ),
        RedFlag(
            "RF_NEW_NUMBNESS",
            "New numbness in the pathway (incl. occipital)",
            trigger="any new sensory loss, night numbness, after manual therapy or injection",
            urgency="urgent",
            action="stop manual therapy, do not extend injections until exam: C2-C3 pinprick, cranial nerves, reflexes, gait, neck vascular screen; image if any sign or if lasting over 1-2 weeks",
            who="clinician",
            within="week",
            sources=("ICHD3", "IFOMPT23", "MCCART18", "CASE"),
            status=Status.MIXED,
            at=("neck", "head", "shoulder_girdle"),
        ),
        RedFlag(
            "RF_NEW_WEAKNESS",
            "New weakness",
            trigger="new or worse weakness of a limb",
            urgency="urgent",
            action="examine power, reflexes, sensation and gait the same day; same-week neurology or spine review, same day if motor loss",
            who="clinician",
            within="today",
            sources=("MCCART18",),
            status=Status.MIXED,
            at=("widespread",),
        ),
        RedFlag(
            "RF_PUMP",
            "Withdrawal from a spinal pump",
            trigger="a pump of baclofen that is empty, stopped, broken or gives an alarm, a refill that was missed; more spasms, itching, fever, confusion",
            urgency="emergency",
            action="hospital, and the team that fills the pump: read and fill it; baclofen by mouth may not be enough",
            who="hospital",
            within="now",
            sources=("ITB_BOX", "ITB04"),
            status=Status.SEEN,
        ),
    )
}

# The flags whose actions stop work by hand, by the words of their rows.
STOP_WORK_BY_HAND = frozenset(
    {"RF_DISSECTION", "RF_MYELOPATHY", "RF_FRACTURE", "RF_INSTABILITY", "RF_NEW_NUMBNESS"}
)
DISSECTION = RED_FLAGS["RF_DISSECTION"]
MYELOPATHY = RED_FLAGS["RF_MYELOPATHY"]
PROGRESSIVE_DEFICIT = RED_FLAGS["RF_PROGRESSIVE"]
NEW_NUMBNESS = RED_FLAGS["RF_NEW_NUMBNESS"]
NEW_WEAKNESS = RED_FLAGS["RF_NEW_WEAKNESS"]
SUICIDAL = RED_FLAGS["RF_SUICIDE"]

# What RF_NEW_NUMBNESS asks to be examined (C2-C3 pinprick, cranial nerves, reflexes, gait, neck vascular
# screen) answers these three flags. That these three make the check complete is ours.
NEURO_VASCULAR_CHECK = (DISSECTION, MYELOPATHY, PROGRESSIVE_DEFICIT)
# Flags that are also cleared by the checks they ask for, all of them. For weakness ours: what its action examines.
CLEARED_TOGETHER: dict[str, tuple[RedFlag, ...]] = {
    NEW_NUMBNESS.id: NEURO_VASCULAR_CHECK,
    NEW_WEAKNESS.id: (MYELOPATHY, PROGRESSIVE_DEFICIT),
}


def flags_looked_for(complaint: Iterable[str]) -> tuple[RedFlag, ...]:
    """The flags that somebody looks for in who has pain at these places, in the order of the table."""
    places = tuple(complaint)
    return tuple(flag for flag in RED_FLAGS.values() if any(_is_sign_at(flag, place) for place in places))


def _is_sign_at(flag: RedFlag, place: str) -> bool:
    """Whether it is looked for at a place, a part of it, or a place that it is a part of."""
    return any(lies_within(place, at) or lies_within(at, place) for at in flag.at)


def is_emergency(name: str) -> bool:
    """Whether this is the id of a red flag on which somebody has to act at once."""
    return name in RED_FLAGS and RED_FLAGS[name].within == "now"
