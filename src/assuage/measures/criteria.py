"""Criteria: a test with a stable id, a title, a reason, a source, and whose numbers it uses.

`source` is where the question comes from, `numbers` where its cut-offs and windows come from. They differ
more often than not: in the published case the idea is the author's and every cut-off is ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.errors import DefinitionError
from assuage.measures.nodes import (
    AllOf,
    AnyOf,
    AnyTest,
    Assumed,
    NoneOf,
    has_number,
)
from assuage.patterns import kept_pattern
from assuage.terms.sources import Basis

_ID = kept_pattern(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")


def checked_id(name: str, what: str) -> str:
    """The id itself, if it is a stable id (`neck-quiet`); DefinitionError otherwise."""
    if not _ID.fullmatch(name):
        raise DefinitionError(
            f'"{name}" cannot be the id of a {what}: ids are lower-case words joined by "-", such as "neck-quiet". '
            "Titles may change; ids never do."
        )
    return name


class Criterion(Struct, frozen=True):
    """A test a clinician can argue with.

    Raises DefinitionError when a cut-off or a window stands in the test and `numbers` does not say whose it is.
    """

    id: str
    title: str
    test: AnyTest
    because: str
    source: Basis
    numbers: Basis | tuple[Basis, ...] = ()

    def __post_init__(self) -> None:
        checked_id(self.id, "criterion")
        if not self.title.strip() or not self.because.strip():
            raise DefinitionError(
                f'The criterion "{self.id}" needs a title and a reason: title=…, because=….'
            )
        if not self.number_bases and any(has_number(test) for test in within(self.test)):
            raise DefinitionError(
                f'The criterion "{self.id}" has a cut-off or a window, and does not say whose number it is: '
                "write numbers=OURS, or the source that states it."
            )

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"criterion.{self.id}.title", self.title)

    @property
    def reason(self) -> Wording:
        """Why, with the key of its translations."""
        return Wording(f"criterion.{self.id}.because", self.because)

    @property
    def number_bases(self) -> tuple[Basis, ...]:
        """Whose numbers these are; empty for a criterion without a number."""
        return self.numbers if isinstance(self.numbers, tuple) else (self.numbers,)


def within(test: AnyTest) -> Iterator[AnyTest]:
    """The test and every test inside it, outermost first."""
    yield test
    match test:
        case AllOf(tests) | AnyOf(tests) | NoneOf(tests):
            for inner in tests:
                yield from within(inner)
        case Assumed(inner, _, _):
            yield from within(inner)
        case _:
            pass
