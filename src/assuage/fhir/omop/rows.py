"""A record as rows of OMOP: what is known to be in the table of its kind, all else in `observation`, as it was said.

No concept is named: their lists may not be shipped, so each is 0 and the words stand in the source value. A day that
was inferred is in `observation` alone, and says so. What was replaced, withdrawn or is in dispute, and free text, is in
none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field

from assuage.fhir.codes import json_number
from assuage.fhir.omop.tables import COLUMNS, LONGEST_SOURCE
from assuage.instruments import INSTRUMENTS
from assuage.record import care_entries as c
from assuage.record import decided_entries as d
from assuage.record import entries as e
from assuage.record.entries import AnyEntry, Record
from assuage.record.kinds import scales
from assuage.terms.red_flags import RED_FLAGS

Row = dict[str, Any]

INFERRED = "day inferred"
# Why something of a record is in no table.
LEFT = ("no-calendar", "no-year", "settled", "disputed", "free-text", "no-place")


class OmopRows(Struct):
    """The rows of each table, what their source values mean, and how many entries are in none, by the reason."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    meanings: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    left: Counter[str] = field(default_factory=Counter[str])
    persons: int = 0

    def add(self, record: Record) -> None:
        """Add a record. One without a calendar, or of a patient whose year of birth is not known, is left out whole."""
        if record.starts_on is None:
            self.left["no-calendar"] += 1
        elif record.patient.age is None:
            self.left["no-year"] += 1
        else:
            self.persons += 1
            _Person(self, record, record.starts_on).write()

    def source(self, table: str, words: str, meaning: str = "") -> str:
        """A source value for words: themselves, or where they are too long a digest that the dictionary explains."""
        value = words
        if len(words) > LONGEST_SOURCE:
            value = f"words-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
            meaning = words
        self.meanings[table, value] = meaning or words
        return value


class _Person:
    def __init__(self, rows: OmopRows, record: Record, start: date) -> None:
        self.rows, self.record, self.start = rows, record, start
        self.person = rows.persons
        self.running: dict[str, Row] = {}

    def write(self) -> None:
        who = self.record.patient
        entries = sorted(self.record.entries, key=lambda entry: entry.order)
        self._row(
            "person",
            gender_concept_id=0,
            # By the age on day 0: the year in which half of the people of that age were born (ours).
            year_of_birth=(self.start - timedelta(days=round((float(who.age or 0) + 0.5) * 365.25))).year,
            race_concept_id=0,
            ethnicity_concept_id=0,
            person_source_value=self.rows.source("person", who.id, "pseudonym of a record"),
            gender_source_value=who.sex,
        )
        gone = self.record.replaced | self.record.withdrawn
        written: list[AnyEntry] = []
        for entry in entries:
            if entry.id is not None and entry.id in gone:
                self.rows.left["settled"] += 1
            elif entry.place in self.record.disputes:
                self.rows.left["disputed"] += 1
            else:
                written.append(entry)
        if written:
            self._row(
                "observation_period",
                observation_period_start_date=self._date(min(entry.day for entry in written)),
                observation_period_end_date=self._date(max(entry.day for entry in written)),
                period_type_concept_id=0,
            )
        for entry in written:
            self._entry(entry)
        last = self._date(max((entry.day for entry in written), default=0))
        for row in self.running.values():
            # Still taken when the record ends: that it ended is not said, so the verbatim end stays empty.
            row["drug_exposure_end_date"] = last

    # --- rows -------------------------------------------------------------------------------------------

    def _row(self, table: str, **values: Any) -> Row:
        kind = COLUMNS[table][0]
        known = {name: value for name, value in values.items() if value is not None}
        rows = self.rows.tables[table]
        row: Row = {"person_id": self.person} | known
        if kind != "person_id":
            row[kind] = len(rows) + 1
        rows.append(row)
        return row

    def _date(self, day: int) -> str:
        return (self.start + timedelta(days=day)).isoformat()

    def _observed(
        self, entry: AnyEntry, what: str, value: object, meaning: str = "", unit: str | None = None
    ) -> None:
        """A row of `observation`: what was stated, as it was said."""
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        text = None if numeric or value is None else self.rows.source("observation", str(value))
        self._row(
            "observation",
            observation_concept_id=0,
            observation_date=self._date(entry.day),
            observation_type_concept_id=0,
            value_as_number=json_number(value) if isinstance(value, int | float) and numeric else None,
            value_as_string=text,
            observation_source_value=self.rows.source("observation", what, meaning),
            unit_source_value=None if unit is None else self.rows.source("observation", unit),
            qualifier_source_value=INFERRED if entry.approximate else None,
            value_source_value=text,
        )

    def _measured(self, entry: AnyEntry, what: str, values: Mapping[str, Any], meaning: str = "") -> None:
        low, high, value, unit = (values.get(name) for name in ("low", "high", "value", "unit"))
        written = None if value is not None else _bounds(low, high)
        self._row(
            "measurement",
            measurement_concept_id=0,
            measurement_date=self._date(entry.day),
            measurement_time=entry.time,
            measurement_type_concept_id=0,
            value_as_number=None if value is None else json_number(value),
            range_low=values.get("range_low"),
            range_high=values.get("range_high"),
            measurement_source_value=self.rows.source("measurement", what, meaning),
            unit_source_value=None if unit is None else self.rows.source("measurement", unit),
            value_source_value=written if value is None else str(json_number(value)),
        )

    # --- entries ----------------------------------------------------------------------------------------

    def _entry(self, entry: AnyEntry) -> None:
        match entry:
            case e.ScoreEntry():
                self._score(entry)
            case c.MeasurementEntry():
                self._measurement(entry)
            case e.AnswersEntry():
                self._answers(entry)
            case e.SymptomEntry():
                place = f"@{entry.site}" if entry.site else ""
                self._observed(entry, f"{entry.what}{place}", entry.state)
            case e.FindingEntry():
                self._condition(entry, entry.what, present=entry.state == "present", stated=entry.state)
            case c.DiagnosisEntry():
                words = f"{entry.system}:{entry.code}" if entry.code else str(entry.what)
                stated = entry.certainty or "confirmed"
                self._condition(
                    entry, words, present=stated == "confirmed", stated=stated, meaning=entry.what or ""
                )
            case e.MedicationEntry():
                self._medication(entry)
            case e.IntakeEntry():
                self._intake(entry)
            case e.TherapyEntry():
                self._therapy(entry)
            case d.RedFlagEntry():
                for flag, state in entry.flags.items():
                    self._observed(entry, flag, state, RED_FLAGS[flag].title)
            case d.DecisionEntry():
                self._observed(entry, f"decision:{entry.do}", entry.to)
            case d.ConsentEntry():
                self._observed(entry, f"consent:{entry.purpose}", entry.state)
            case c.AllergyEntry():
                self._observed(entry, f"allergy:{entry.substance}", entry.certainty or "confirmed")
            case c.AdverseEventEntry():
                self._observed(entry, f"adverse event:{entry.what}", entry.outcome or "outcome not stated")
            case c.AdherenceEntry():
                share = entry.taken
                stated = share if not isinstance(share, bool) else "taken" if share else "not taken"
                self._observed(entry, f"adherence:{entry.drug}", stated)
            case c.ExposureEntry():
                stated = entry.amount if entry.amount is not None else entry.state or "not stated"
                self._observed(entry, f"exposure:{entry.name}", stated, unit=entry.unit)
            case c.RatingEntry():
                self._observed(entry, f"rating:{entry.name}", entry.value, unit=entry.unit)
            case e.NoteEntry():
                self.rows.left["free-text"] += 1
            case _:
                self.rows.left["no-place"] += 1

    def _score(self, entry: e.ScoreEntry) -> None:
        place = f"@{'+'.join(entry.sites)}" if entry.sites else ""
        values = {"value": entry.value, "low": entry.low, "high": entry.high, "unit": "{score}"}
        title = scales()[entry.scale].title
        if entry.approximate:
            stated = entry.value if entry.value is not None else _bounds(entry.low, entry.high)
            self._observed(entry, f"{entry.scale}{place}", stated, title, "{score}")
        else:
            self._measured(entry, f"{entry.scale}{place}", values, title)

    def _measurement(self, entry: c.MeasurementEntry) -> None:
        words = f"loinc:{entry.loinc}" if entry.loinc else entry.what
        normal = entry.range
        values = {
            "value": entry.value,
            "low": entry.low,
            "high": entry.high,
            "unit": entry.unit,
            "range_low": None if normal is None else normal.low,
            "range_high": None if normal is None else normal.high,
        }
        if entry.approximate:
            stated = entry.value if entry.value is not None else _bounds(entry.low, entry.high)
            self._observed(entry, words, stated, entry.what, entry.unit)
        else:
            self._measured(entry, words, values, entry.what)

    def _answers(self, entry: e.AnswersEntry) -> None:
        titles = {item.id: item.wording or item.title for item in INSTRUMENTS[entry.instrument].items}
        for name, answer in (entry.items or {}).items():
            if answer is not None:
                self._observed(entry, f"{entry.instrument}:{name}", answer, titles.get(name, name))
        if entry.sites is not None:
            self._observed(entry, f"{entry.instrument}:sites", "+".join(entry.sites) or "none")

    def _condition(
        self, entry: AnyEntry, words: str, *, present: bool, stated: str, meaning: str = ""
    ) -> None:
        if not present or entry.approximate:
            self._observed(entry, words, stated, meaning)
            return
        self._row(
            "condition_occurrence",
            condition_concept_id=0,
            condition_start_date=self._date(entry.day),
            condition_type_concept_id=0,
            condition_source_value=self.rows.source("condition_occurrence", words, meaning),
            condition_status_source_value=stated,
        )

    def _medication(self, entry: e.MedicationEntry) -> None:
        before = self.running.get(entry.drug)
        if entry.approximate:
            self._observed(entry, f"drug:{entry.drug}", entry.do)
            return
        if entry.do == "stop" and before is None:
            self._observed(entry, f"drug:{entry.drug}", "stop")
            return
        if before is not None:
            before["drug_exposure_end_date"] = before["verbatim_end_date"] = self._date(entry.day)
            del self.running[entry.drug]
        if entry.do != "stop":
            self.running[entry.drug] = self._exposure(entry, entry.drug, entry.doses, entry.route)

    def _intake(self, entry: e.IntakeEntry) -> None:
        if entry.approximate:
            self._observed(entry, f"drug:{entry.drug}", "taken")
            return
        row = self._exposure(entry, entry.drug, entry.doses, entry.route)
        row["drug_exposure_end_date"] = row["verbatim_end_date"] = self._date(entry.day)

    def _exposure(self, entry: AnyEntry, drug: str, doses: tuple[Any, ...], route: str | None) -> Row:
        units = {dose.unit for dose in doses}
        return self._row(
            "drug_exposure",
            drug_concept_id=0,
            drug_exposure_start_date=self._date(entry.day),
            drug_exposure_end_date=self._date(entry.day),
            drug_type_concept_id=0,
            sig="; ".join(str(dose) for dose in doses) or None,
            route_concept_id=0 if route else None,
            drug_source_value=self.rows.source("drug_exposure", drug),
            route_source_value=None if route is None else self.rows.source("drug_exposure", route),
            dose_unit_source_value=units.pop() if len(units) == 1 else None,
        )

    def _therapy(self, entry: e.TherapyEntry) -> None:
        place = "+".join(entry.sites)
        words = f"{entry.what}@{place}" if place else entry.what
        if entry.do != "session" or entry.approximate:
            self._observed(entry, f"therapy:{words}", entry.do)
            return
        self._row(
            "procedure_occurrence",
            procedure_concept_id=0,
            procedure_date=self._date(entry.day),
            procedure_type_concept_id=0,
            procedure_source_value=self.rows.source("procedure_occurrence", entry.what),
            modifier_source_value=self.rows.source("procedure_occurrence", place) if place else None,
        )


def _bounds(low: float | None, high: float | None) -> str:
    """A range as it is written: `3-5`, `>70`, `<5`."""
    if low is None:
        return f"<{high:g}"
    return f">{low:g}" if high is None else f"{low:g}-{high:g}"
