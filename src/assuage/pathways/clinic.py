"""What a pathway brings to the clinic: the diagnosis it presumes, what it suspects, what a needle carries."""

from __future__ import annotations

from dataclasses import dataclass

from assuage.catalogue.message import Wording
from assuage.errors import DefinitionError
from assuage.instruments.model import Criteria
from assuage.measures.criteria import checked_id
from assuage.terms.drugs import Drug
from assuage.terms.names import unaccented
from assuage.terms.outcomes import Outcome
from assuage.terms.therapies import Therapy


@dataclass(frozen=True)
class PresumedDiagnosis:
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


@dataclass(frozen=True)
class Suspicion:
    """That an exposure may make an outcome worse; counted wherever the exposure is recorded.

    With `once_followed` it is told only after the outcome did get worse, else on every day after an exposure.
    """

    exposure: Therapy | Drug
    outcome: Outcome
    once_followed: bool = False


@dataclass(frozen=True)
class Injectate:
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
