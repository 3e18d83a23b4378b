"""A map before anybody has said yes to it: what each column is taken for, and what has to be asked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assuage.catalogue.message import Message, message

Meaning = Mapping[str, Any]
ROW = "[row]"  # the place of a question about what the row itself is; no header is called so


@dataclass(frozen=True)
class Ask:
    """What has to be answered before a table comes in: where it belongs in the map, the question, what can be written.

    `place` is "diary", `ROW` or the header of a column; `answers` are the keys that would answer it, one way each.
    """

    place: str
    what: Message
    answers: tuple[Meaning, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What a column was taken for though its name alone does not say so: it comes in, and the map says it."""

    place: str
    what: Message


@dataclass(frozen=True)
class LeftColumn:
    """A column that is left out on purpose, and why."""

    header: str
    why: Message


@dataclass
class Draft:
    """A map in the making, in the plain values of its language, with what is asked, taken and left out."""

    diary: dict[str, Any]
    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    names: dict[str, Any] = field(default_factory=dict[str, Any])
    row: dict[str, Any] = field(default_factory=dict[str, Any])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    asks: list[Ask] = field(default_factory=list[Ask])
    taken: list[Taken] = field(default_factory=list[Taken])
    left: list[LeftColumn] = field(default_factory=list[LeftColumn])

    @property
    def plain(self) -> dict[str, Any]:
        """The map as the plain values that TOML would give; columns that are left out are listed in `ignore`."""
        diary = dict(self.diary)
        ignore = [*diary.get("ignore", []), *(each.header for each in self.left)]
        if ignore:
            diary["ignore"] = list(dict.fromkeys(ignore))
        parts = {"columns": self.columns, "names": self.names, "row": self.row, "fields": self.fields}
        return {"diary": diary, **{name: value for name, value in parts.items() if value}}

    def ask(self, place: str, what: Message, *answers: Meaning) -> None:
        """Ask, before the table can come in."""
        self.asks.append(Ask(place, what, answers))

    def take(self, place: str, what: Message) -> None:
        """Say what a column was taken for."""
        self.taken.append(Taken(place, what))

    def leave(self, header: str, why: Message) -> None:
        """Leave a column out on purpose."""
        self.left.append(LeftColumn(header, why))

    def whose(
        self,
        patient: str | None,
        column: str | None = None,
        several: bool = False,
        people: Iterable[str] = (),
    ) -> None:
        """Say whose rows these are: the pseudonym that was given, else that of a column, else that of the one person.

        `several` is whether a table of this kind may hold rows of more than one person: then it is asked. `people` are
        the cells of the column: the pseudonym picks its own rows among them, and cannot be that of two others.
        """
        others = set(people) - {""}
        if patient is not None and column is not None and patient in others:
            self.diary["patient_column"] = column
            if len(others) > 1:
                self.diary["when"] = {column: patient}
        elif patient is not None and column is not None and len(others) > 1:
            named = tuple(sorted(others)[:3])
            self.ask(
                "diary",
                message("shape.several-people", column=column, n=len(others), people=named),
                {"patient_column": column},
                {"patient_column": column, "when": {column: named[0]}},
            )
        elif patient is not None:
            self.diary["patient"] = patient
            if column is not None:
                self.leave(column, message("shape.left-patient"))
        elif column is not None:
            self.diary["patient_column"] = column
        elif several:
            self.ask("diary", message("shape.whose"), {"patient": ONE_PERSON}, {"patient_column": "…"})
        else:
            self.diary["patient"] = ONE_PERSON


# The pseudonym of the one person whose app an export comes from, where none was given.
ONE_PERSON = "diary"
