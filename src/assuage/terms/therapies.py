"""Things done to, by or with a patient, and who would have written them down.

`recorded_by` settles what silence means: a therapy the clinic records did not happen when there is no
record of it; one the patient tells of is unknown while the patient has told nothing.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.names import folded, spaced

Pressure = Literal["light", "medium", "deep"]


class Therapy(Struct, frozen=True):
    """A therapy; `parts` makes it a group ("mechanical therapy"). `needle`: it goes through the skin.

    `current`: it sends a current, waves or a magnetic field into the body.
    """

    id: str
    title: str
    recorded_by: Literal["clinic", "patient"] = "clinic"
    aliases: tuple[str, ...] = ()
    parts: tuple[Therapy, ...] = ()
    needle: bool = False
    current: bool = False

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"therapy.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title

    @property
    def members(self) -> frozenset[str]:
        """The ids of the therapy itself and of everything it groups."""
        return frozenset({self.id}).union(*(part.members for part in self.parts))

    @property
    def subjects(self) -> tuple[str, ...]:
        """What a person looks at before it: whether the body, a needle or a current is at work."""
        body = self.id not in WITHOUT_THE_BODY
        return ("body",) * body + ("needle",) * self.needle + ("current",) * self.current


DEEP_MASSAGE = Therapy(
    "deep_tissue_massage",
    "deep tissue massage",
    "patient",
    ("deep massage", "deep-tissue massage", "gilusis masažas"),
)
LIGHT_MASSAGE = Therapy(
    "light_massage", "light massage", "patient", ("gentle massage", "swedish massage", "lymphatic drainage")
)
MASSAGE = Therapy(
    "massage", "massage", "patient", ("therapeutic massage", "masažas"), (DEEP_MASSAGE, LIGHT_MASSAGE)
)
MANIPULATION = Therapy(
    "spinal_manipulation",
    "spinal manipulation",
    "patient",
    ("manipulation", "chiropractic", "chiropractic adjustment"),
)
# High-force manual work only: gentle myofascial release has positive trials in fibromyalgia (DX19).
MECHANICAL = Therapy(
    "mechanical_therapy",
    "mechanical therapy",
    "patient",
    ("deep manual therapy",),
    (DEEP_MASSAGE, MANIPULATION),
)
MYOFASCIAL_RELEASE = Therapy(
    "myofascial_release", "myofascial release", "patient", ("gentle myofascial release",)
)
MESOTHERAPY = Therapy(
    "mesotherapy", "mesotherapy", aliases=("intradermal therapy", "mezoterapija", "mesotherapie"), needle=True
)
KINESIOTHERAPY = Therapy(
    "kinesiotherapy",
    "active kinesiotherapy",
    aliases=(
        "active kinesiotherapy",
        "exercise therapy",
        "therapeutic exercise",
        "physiotherapy exercise",
        "kineziterapija",
    ),
)
EXERCISE = Therapy(
    "graded_exercise",
    "graded exercise",
    aliases=("exercise", "aerobic exercise", "strength training", "graded aerobic exercise"),
    parts=(KINESIOTHERAPY,),
)
REHABILITATION = Therapy("physical_rehabilitation", "physical rehabilitation", aliases=("rehabilitation",))
MULTIMODAL = Therapy(
    "multimodal_rehabilitation",
    "multimodal rehabilitation programme",
    aliases=("multimodal rehabilitation", "multicomponent therapy"),
)
EDUCATION = Therapy("education", "education", aliases=("patient education", "pain education"))
CBT = Therapy("cbt", "cognitive behavioural therapy", aliases=("cognitive behavioral therapy",))
SLEEP_ADVICE = Therapy("sleep_hygiene", "sleep advice", aliases=("sleep advice",))
HYDROTHERAPY = Therapy("hydrotherapy", "hydrotherapy", aliases=("spa", "balneotherapy"))
ACUPUNCTURE = Therapy("acupuncture", "acupuncture", aliases=("akupunktūra", "akupunktur"), needle=True)
MEDITATIVE_MOVEMENT = Therapy(
    "meditative_movement", "meditative movement", aliases=("yoga", "tai chi", "qigong", "tai-chi")
)
MINDFULNESS = Therapy("mbsr", "mindfulness-based stress reduction", aliases=("mindfulness",))
DRY_NEEDLING = Therapy("dry_needling", "dry needling", aliases=("trigger point needling",), needle=True)
NERVE_BLOCK = Therapy("nerve_block", "nerve block", aliases=("occipital nerve block",), needle=True)
PAIN_CLINIC = Therapy("pain_clinic", "specialist pain clinic", aliases=("pain clinic referral",))
PSYCHOLOGY = Therapy("psychology", "psychologist", aliases=("psychotherapy",))
DIARY = Therapy("diary", "daily diary", aliases=("symptom diary",))
TENS = Therapy(
    "tens",
    "TENS",
    "patient",
    (
        "transcutaneous electrical nerve stimulation",
        "tens unit",
        "tens machine",
        "tens gerät",
        "tens aparatas",
        "tens therapie",
    ),
    current=True,
)
DIATHERMY = Therapy(
    "diathermy",
    "diathermy",
    aliases=(
        *(
            "short wave diathermy",
            "shortwave diathermy",
            "short wave",
            "microwave diathermy",
            "tecar",
            "tecar therapy",
        ),
        *(
            "diatermija",
            "trumpųjų bangų terapija",
            "uad",
            "uauad",
            "diathermie",
            "kurzwelle",
            "kurzwellentherapie",
        ),
        *("mikrowelle", "mikrowellentherapie", "hochfrequenztherapie"),
    ),
    current=True,
)
MAGNETIC = Therapy(
    "magnetic_therapy",
    "magnetic therapy",
    aliases=(
        *(
            "magnetotherapy",
            "magnet therapy",
            "pemf",
            "pulsed electromagnetic field",
            "magnetic stimulation",
            "tms",
        ),
        *("rtms", "transcranial magnetic stimulation", "magnetoterapija", "magnetinė terapija"),
        *("transkranijinė magnetinė stimuliacija", "magnetfeldtherapie", "magnettherapie"),
        "transkranielle magnetstimulation",
    ),
    current=True,
)
ELECTROTHERAPY = Therapy(
    "electrotherapy",
    "electrotherapy",
    aliases=(
        *(
            "electrical stimulation",
            "electrostimulation",
            "interferential current",
            "interferential therapy",
        ),
        *(
            "galvanic current",
            "diadynamic current",
            "iontophoresis",
            "electrophoresis",
            "tdcs",
            "neuromuscular stimulation",
        ),
        *(
            "elektroterapija",
            "elektrostimuliacija",
            "elektroforezė",
            "jonoforezė",
            "diadinaminės srovės",
        ),
        *("interferencinės srovės", "elektrotherapie", "reizstrom", "reizstromtherapie", "interferenzstrom"),
        *("iontophorese", "galvanisation", "elektrostimulation", "electroacupuncture", "elektroakupunktūra"),
        "elektroakupunktur",
    ),
    parts=(TENS, DIATHERMY, MAGNETIC),
    current=True,
)
STRETCHING = Therapy("stretching", "stretching", aliases=("stretching exercises",))

THERAPIES: dict[str, Therapy] = {
    therapy.id: therapy
    for therapy in (
        MESOTHERAPY,
        KINESIOTHERAPY,
        EXERCISE,
        MASSAGE,
        DEEP_MASSAGE,
        LIGHT_MASSAGE,
        MYOFASCIAL_RELEASE,
        MANIPULATION,
        MECHANICAL,
        REHABILITATION,
        MULTIMODAL,
        EDUCATION,
        CBT,
        SLEEP_ADVICE,
        HYDROTHERAPY,
        ACUPUNCTURE,
        MEDITATIVE_MOVEMENT,
        MINDFULNESS,
        DRY_NEEDLING,
        NERVE_BLOCK,
        PAIN_CLINIC,
        PSYCHOLOGY,
        DIARY,
        STRETCHING,
        ELECTROTHERAPY,
        TENS,
        DIATHERMY,
        MAGNETIC,
    )
}

# What only the patient can tell of: the clinic does not see it happen.
TOLD_BY_PATIENTS: tuple[Therapy, ...] = tuple(
    therapy for therapy in THERAPIES.values() if therapy.recorded_by == "patient"
)

THERAPY_NAMED: dict[str, Therapy] = {
    folded(name): therapy
    for therapy in THERAPIES.values()
    for name in (therapy.id, therapy.title, *therapy.aliases)
}


def find_therapy(name: str) -> Therapy | None:
    """The therapy of that id or name, whatever its case; None if there is none."""
    return THERAPY_NAMED.get(folded(name))


def family_of(therapy: Therapy) -> Therapy:
    """What a therapy counts as where one suspects, draws or compares it: a massage of any pressure is a massage."""
    return MASSAGE if therapy.id in MASSAGE.members else therapy


# Pressure decides whether a massage is deep (DX19: only high-force manual work is to be left alone).
# Medium or unrecorded pressure leaves it open: the massage is possibly deep, and is asked about.
_BY_PRESSURE: dict[str | None, tuple[frozenset[str], frozenset[str]]] = {
    "deep": (frozenset({"massage", "deep_tissue_massage"}), frozenset()),
    "light": (frozenset({"massage", "light_massage"}), frozenset()),
    "medium": (frozenset({"massage"}), frozenset({"deep_tissue_massage"})),
    None: (frozenset({"massage"}), frozenset({"deep_tissue_massage", "light_massage"})),
}


def what_was_done(name: str, pressure: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """The therapy ids a record of `name` certainly is, and those it possibly is.

    An unknown name is certainly itself and possibly nothing else.
    """
    therapy = find_therapy(name)
    if therapy is None:
        return frozenset({spaced(name)}), frozenset()
    if therapy is MASSAGE:
        return _BY_PRESSURE[pressure]
    if therapy in (DEEP_MASSAGE, LIGHT_MASSAGE):
        return frozenset({"massage", therapy.id}), frozenset()
    return frozenset({therapy.id}), frozenset()


# What a physiotherapist may do (ours): work by hand first, then the needle, then what the patient does alone.
WORK_BY_HAND = (DEEP_MASSAGE, MANIPULATION, LIGHT_MASSAGE, MYOFASCIAL_RELEASE)
OF_A_PHYSIOTHERAPIST = (
    *WORK_BY_HAND,
    STRETCHING,
    DRY_NEEDLING,
    ACUPUNCTURE,
    KINESIOTHERAPY,
    EXERCISE,
    MEDITATIVE_MOVEMENT,
    HYDROTHERAPY,
)
# Therapies that do not work with the body (ours).
WITHOUT_THE_BODY = frozenset({"education", "cbt"})
