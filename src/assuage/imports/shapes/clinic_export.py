"""What exports of clinics have in common: a table a kind of thing, many patients, a row an entry of the clinic's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assuage.catalogue.message import Message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

CellsOf = Callable[[Cells], "Cells | Message"]


def clinic_entries(table: SourceTable, patient: str | None) -> Draft:
    """The draft of a table whose rows a clinic wrote, each of the patient that its column names."""
    draft = Draft({"layout": "entry", "by": "clinician", "starts_on": "first"})
    draft.whose(patient, "patient", people=table.column("patient"))
    return draft


@dataclass(frozen=True)
class ClinicExport:
    """A program's export: what its tables are called, who saw them, the columns they become, those all of them have."""

    id: str
    title: str
    of: str
    headers: tuple[str, ...]
    always: frozenset[str]

    def table(
        self,
        name: str,
        must: set[str],
        cells_of: CellsOf,
        comes: str,
        stays: str,
        also: KnownShape | None = None,
    ) -> KnownShape:
        """The shape of one of its tables; `cells_of` makes a row anew, or says why it is left out."""
        return KnownShape(
            f"{self.id}-{name.replace(' ', '-')}",
            f"{self.title}, {name}",
            "seen",
            self.of,
            comes,
            stays,
            clinic_entries,
            self.always | must,
            prepare=lambda table: with_columns(table, self.headers, cells_of),
            also=also,
        )
