"""What an instrument is: items, range, scoring, bands, cut-offs, missing rule, codes, licence, sources.

Definitions are values, each itself and never equal to another; how they are scored is in `totals`. A total
is the sum over domains of the sum of the domain's items divided by its divisor: a plain sum has one domain
with divisor 1, a mean one domain whose divisor is its number of items, the FIQR three domains with
divisors 3, 1 and 2.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.errors import DefinitionError
from assuage.terms.scales import Scale
from assuage.terms.sources import Source, Status

Scoring = Literal["sum", "mean", "total only"]
Reader = Literal["plain", "sites", "fs", "coded", "profile", "psqi"]


class Item(Struct, frozen=True, eq=False):
    """One question, by a short id of ours; `wording` only where the licence allows it to be shipped.

    `values` lists the allowed numbers where not every whole number of the range is one.
    """

    id: str
    low: int = 0
    high: int = 1
    title: str = ""
    wording: str = ""
    values: tuple[int, ...] = ()
    whole: bool = True
    verb: str = "is scored"

    @property
    def name(self) -> str:
        """How a message names the item."""
        return self.title or self.id.replace("_", " ")


def numbered_items(stem: str, count: int, low: int, high: int) -> tuple[Item, ...]:
    """`stem_1` to `stem_count`, all with the same range."""
    return tuple(Item(f"{stem}_{n}", low, high) for n in range(1, count + 1))


class Domain(Struct, frozen=True, eq=False):
    """A group of items; the sum of its items divided by `divisor` is its part of the total."""

    id: str
    items: tuple[Item, ...]
    divisor: int = 1


class Bands(Struct, frozen=True, eq=False):
    """A published way to name ranges of a total. Each band is (lowest, highest, name).

    `rounded`: the total is rounded half up to a whole number first (our policy wherever the paper prints
    whole numbers). Otherwise a band reaches to just below the next one.
    """

    scheme: str
    bands: tuple[tuple[float, float, str], ...]
    status: Status = Status.SEEN
    sources: tuple[Source, ...] = ()
    warning: str = ""
    rounded: bool = True


class CutOff(Struct, frozen=True, eq=False):
    """A cut-off with its question; `of` names the domain it is about, empty for the total."""

    id: str
    at: float
    asks: str
    of: str = ""
    operator: Literal[">=", "<="] = ">="
    status: Status = Status.SEEN
    sources: tuple[Source, ...] = ()
    note: str = ""


class Prorating(Struct, frozen=True, eq=False):
    """The instrument's own rule for unanswered items: up to `at_most` of a domain are replaced by its mean.

    `at_most` None: all but one of each domain.
    """

    text: str
    at_most: int | None
    status: Status


class Mcid(Struct, frozen=True, eq=False):
    """A smallest change that matters: points or percent, in whom; `value` None where none was verified."""

    value: float | tuple[float, float] | None
    unit: Literal["points", "percent"] = "points"
    what: str = ""
    status: Status = Status.SEEN
    sources: tuple[Source, ...] = ()


class Code(Struct, frozen=True, eq=False):
    """A code of a terminology; `code` is None where none was found or the known ones were rejected."""

    system: Literal["LOINC", "ICD-10", "ICD-11", "SNOMED CT"]
    code: str | None
    what: str
    status: Literal["verified", "code_seen", "conflict", "unverified", "rejected", "not_found"]
    note: str = ""

    def __post_init__(self) -> None:
        if self.code is not None and self.status in ("conflict", "rejected", "not_found"):
            raise DefinitionError(f"{self.what}: a {self.status} code is not shipped; write code=None")


class Licence(Struct, frozen=True, eq=False):
    """On what terms the instrument may be used, as far as known."""

    text: str
    free: bool
    status: Status = Status.SEEN


class Instrument(Struct, frozen=True, eq=False, dict=True):
    """A questionnaire as a table. `answering` is the cut-off that gives the answer yes or no."""

    id: str
    title: str
    low: float
    high: float
    licence: Licence
    items: tuple[Item, ...] = ()
    domains: tuple[Domain, ...] = ()
    scoring: Scoring = "sum"
    reader: Reader = "plain"
    higher_is: Literal["worse", "better"] = "worse"
    recall: str = ""
    recall_days: int | None = None
    bands: tuple[Bands, ...] = ()
    cuts: tuple[CutOff, ...] = ()
    answering: str = ""
    prorating: Prorating | None = None
    fewest: int | None = None
    percent_of: float | None = None
    mcids: tuple[Mcid, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    status: Status = Status.SEEN
    stem: str = ""
    wording: Status | None = None
    codings: tuple[str, ...] = ()
    safety_item: str = ""
    anchors: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.answering and self.answering not in {cut.id for cut in self.cuts}:
            raise DefinitionError(f"{self.id}: no cut-off is called {self.answering}")
        if any(item.wording for item in self.items) and not self.licence.free:
            raise DefinitionError(f"{self.id}: the wording of an instrument that is not free is not shipped")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def scale(self) -> Scale:
        """The total as a scale a record can hold."""
        return Scale(self.id, self.title, self.low, self.high, "last", self.higher_is, self.anchors)

    @cached_property
    def parts(self) -> tuple[Domain, ...]:
        """The domains; all items as one domain where none are declared."""
        if self.domains:
            return self.domains
        return (Domain("total", self.items, len(self.items) if self.scoring == "mean" else 1),)

    @cached_property
    def item(self) -> dict[str, Item]:
        """The items by id."""
        return {item.id: item for item in self.items}

    @property
    def whole(self) -> bool:
        """Whether the total of answered items is always a whole number."""
        return (
            self.scoring == "sum"
            and bool(self.items)
            and all(part.divisor == 1 for part in self.parts)
            and all(item.whole for item in self.items)
        )

    @property
    def totals_are_whole(self) -> bool:
        """Whether a total that is reported can only be a whole number, by a rule for unanswered items or without."""
        return self.whole and self.prorating is None


# What a record may hold of what criteria ask. "sites" are the sites of criteria with a body map of their own, "burden"
# the items of the severity scale that need no total, "more than months" a duration with its fraction.
RecordFact = Literal["body", "sites", "severity", "burden", "months", "more than months", "age"]


class Criteria(Struct, frozen=True, eq=False):
    """A set of criteria as a table; how it is decided is in the module of its name.

    `inputs` names what may be given, `parts` what the answer is made of, in the words shown. `from_record` says which
    of it a record can give (none: only a person can); what needs a clinician's judgement the criteria ask for. `called`
    is their name within a sentence, where that is not the title.
    """

    id: str
    title: str
    rule: str
    parts: dict[str, str]
    inputs: dict[str, str]
    sources: tuple[Source, ...]
    naming: str = ""
    scope: str = ""
    assessor: str = ""
    look_back: str = ""
    status: Status = Status.SEEN
    codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()
    from_record: tuple[RecordFact, ...] = ()
    called: str = ""

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"criteria.{self.id}", self.title)

    @property
    def in_a_sentence(self) -> Wording:
        """How a sentence calls them, with the key of its translations."""
        return Wording(f"criteria.{self.id}.called", self.called) if self.called else self.wording

    def __str__(self) -> str:
        return self.title
