"""What a pathway brings to the clinic: the diagnosis it presumes, the numbers it follows, what it suspects."""

from __future__ import annotations

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.errors import DefinitionError
from assuage.instruments import INSTRUMENTS
from assuage.instruments.model import Criteria
from assuage.measures.criteria import checked_id
from assuage.terms.drugs import Drug
from assuage.terms.names import unaccented
from assuage.terms.outcomes import Outcome
from assuage.terms.scales import FATIGUE, PAIN, SLEEP, Scale
from assuage.terms.sites import Site
from assuage.terms.symptoms import FATIGUE_FELT, PAIN_FELT, SLEEP_PROBLEM, Symptom
from assuage.terms.therapies import Therapy


class PresumedDiagnosis(Struct, frozen=True):
    """The diagnosis a pathway presumes in its patients.

    A review decides the criteria of `show` from the record, in their order, and asks for what those of `ask` leave
    open. Only criteria that a record can answer (`Criteria.from_record`) are taken. `words` are what people write for
    it, in any language, `icd10` and `icd11` its codes: by these a clinician's diagnosis is known to be it.
    """

    id: str
    title: str
    show: tuple[Criteria, ...]
    ask: tuple[Criteria, ...] = ()
    words: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    icd11: tuple[str, ...] = ()

    def is_named(self, what: str | None, code: str | None, system: str | None) -> bool:
        """Whether words or a code of a system name it: words as a whole, a code with its places (`M79.70`)."""
        if what is not None and unaccented(what) in {unaccented(word) for word in (self.title, *self.words)}:
            return True
        codes = {"icd-10": self.icd10, "icd-11": self.icd11}.get(system or "", ())
        return code is not None and any(_is_code(code, known) for known in codes)

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"diagnosis.{self.id}", self.title)

    def __post_init__(self) -> None:
        checked_id(self.id, "diagnosis")
        for criteria in self.show:
            if not criteria.from_record:
                raise DefinitionError(
                    f'"{criteria.id}" cannot be decided from a record: leave it out of show=(…), and use '
                    f"`assuage score {criteria.id}`."
                )
        shown = {criteria.id for criteria in self.show}
        for criteria in self.ask:
            if criteria.id not in shown:
                raise DefinitionError(f'"{criteria.id}" is asked for and not shown: add it to show=(…).')


def _is_code(code: str, known: str) -> bool:
    """Whether a code is the known code, or that code with a digit for a place."""
    written, whole = code.strip().upper().replace(".", ""), known.replace(".", "")
    return written == whole or (written[:-1] == whole and written[-1].isdigit())


class Follow(Struct, frozen=True):
    """A number to look at in a phase, rated at `sites` (none: of the patient as a whole).

    Of several `scales` that measure the same the one rated last is shown, and of two of one day the first. `symptom` is
    what is told instead where there is no number.
    """

    id: str
    title: str
    scales: tuple[Scale, ...]
    sites: tuple[Site, ...] = ()
    symptom: Symptom | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "followed number")
        if not self.scales:
            raise DefinitionError(f'"{self.id}" follows no scale: name one in scales=(…).')

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"follow.{self.id}", self.title)

    @property
    def naming(self) -> Wording | Message:
        """What it is called: the title, with the places where the common pain is followed at a complaint."""
        at_complaint = self.sites and self.id == PAIN_OVERALL.id
        return message("follow.at", title=self.wording, places=self.sites) if at_complaint else self.wording


def _totals(*instruments: str) -> tuple[Scale, ...]:
    return tuple(INSTRUMENTS[each].scale for each in instruments)


# Which questionnaire stands for which (ours): what is rated daily before what is filled in once a month.
PAIN_OVERALL = Follow(
    "pain", "pain", (PAIN, *_totals("pain_nrs", "pain_vas_100mm", "bpi_severity")), symptom=PAIN_FELT
)
SLEEP_RATED = Follow(
    "sleep",
    "sleep problem",
    (SLEEP, *_totals("sleep_nrs", "isi", "psqi", "promis29_sleep")),
    symptom=SLEEP_PROBLEM,
)
FATIGUE_RATED = Follow(
    "fatigue",
    "fatigue",
    (FATIGUE, *_totals("fatigue_nrs", "fss", "mfi20", "facit_f", "promis29_fatigue")),
    symptom=FATIGUE_FELT,
)
FUNCTION_RATED = Follow(
    "function",
    "function",
    _totals(
        "fiqr", "peg", "bpi_interference", "psfs", "psfs_2_0", "ndi", "odi", "promis29_physical_function"
    ),
)
FOLLOWED = (PAIN_OVERALL, SLEEP_RATED, FATIGUE_RATED, FUNCTION_RATED)


class Suspicion(Struct, frozen=True):
    """That an exposure may make an outcome worse; counted wherever the exposure is recorded.

    With `once_followed` it is told only after the outcome did get worse, else on every day after an exposure.
    """

    exposure: Therapy | Drug
    outcome: Outcome
    once_followed: bool = False


class Injectate(Struct, frozen=True):
    """What a procedure carries into the body, and by which route: the safety rules look at it before the needle."""

    drugs: tuple[Drug, ...]
    route: str

    @property
    def way_in(self) -> Wording:
        """The route, with the key of its translations."""
        return Wording("injectate.route", self.route)

    def __post_init__(self) -> None:
        if not self.drugs:
            raise DefinitionError("An injectate of no drug is none: leave injects=… out.")
