"""Plain resources become entries, as a document of a record has them, and lines about what did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import InputError
from assuage.fhir.codes import PATIENT_SYSTEM, own_system
from assuage.fhir.extension import RECORD, extension_values
from assuage.fhir.moments import read_moment
from assuage.fhir.read.element import ResourcePart, as_map, maps_in
from assuage.fhir.read.gather import Gathering, Incoming, gathered_resources, identified_by, resource_key
from assuage.fhir.read.own import OwnEntry, date_of_day, entered_in_error, extension_of, own_entry
from assuage.fhir.read.place import DaySpan, Placed, placed_fact
from assuage.fhir.read.readers import NO_FACTS, READERS, SURROUNDING
from assuage.fhir.read.reading import FhirReading, NativeFact, whole
from assuage.fhir.report import ReportLine
from assuage.fhir.site_codes import NO_CODES, SiteCodes
from assuage.fhir.validate import checked_value
from assuage.fhir.write.answered import QUESTIONNAIRE
from assuage.fhir.write.provenance import OURS
from assuage.record.fields import iso_moment, may_be_day_0

Plain = dict[str, Any]

_SUBJECTS = ("subject", "patient", "for")
# How a resource is filed, and in which words it is told once more: nothing of it is a fact.
_FILED = (
    "id",
    "meta",
    "identifier",
    "language",
    "text",
    "encounter",
    "context",
    "partOf",
    "basedOn",
    "category",
)
_DIARY = frozenset(
    {"score", "answers", "symptom", "therapy", "decision", "intake", "rating", "red_flag_check"}
)


class ReadResources(Struct, frozen=True):
    """What resources say of one patient: the entries as a document has them, and lines about the rest.

    `patient` is that of the document; `entries` have a `date`, or a `day` where the resources have no dates.
    `withdrawn` names the entries of earlier imports that were entered in error, by their ids. `resources` were read.
    """

    patient: Plain
    entries: tuple[Plain, ...]
    lines: tuple[ReportLine, ...]
    starts_on: date | None = None
    zone: str | None = None
    pathway: str | None = None
    withdrawn: tuple[str, ...] = ()
    resources: int = 0

    @property
    def document(self) -> Plain:
        """The record as plain values, to be read by `assuage.record.read`."""
        top: Plain = {"format": "assuage-record/2", "patient": self.patient}
        if self.starts_on is not None:
            top["starts_on"] = self.starts_on.isoformat()
        given = {"zone": self.zone, "pathway": self.pathway}
        return top | {name: value for name, value in given.items() if value} | {"entries": list(self.entries)}


def read_resources(
    resources: Iterable[object],
    *,
    patient: str | None = None,
    pseudonym: str | None = None,
    starts_on: date | None = None,
    zone: str | None = None,
    codes: SiteCodes = NO_CODES,
) -> ReadResources:
    """What plain resources say of one patient; bundles among them are opened, and of versions the newest counts.

    `patient` is the id of the Patient that is meant, which may be left out where there is one; `pseudonym` what it is
    called in the record. `starts_on` is the date of day 0 (else that of our own resources, else the first day with
    anything of a diary); `zone` the time zone in which moments become days. Raises InputError where several patients
    are spoken of and none is named. Whatever is wrong with a resource is a line, and no error.
    """
    gathering = gathered_resources(resources)
    named = _patients(gathering)
    meant = _meant(named, patient)
    return _OnePatient(gathering, meant, pseudonym, starts_on, zone, codes, is_alone=len(named) < 2).read()


def patients_in(resources: Iterable[object]) -> list[str]:
    """The ids of the patients that resources speak of."""
    return _patients(gathered_resources(resources))


def _patients(gathering: Gathering) -> list[str]:
    ids = {each.key.partition("/")[2] for each in gathering.resources if each.type == "Patient"}
    ids |= {uid for each in gathering.resources if (uid := patient_spoken_of(each.plain, gathering.called))}
    return sorted(ids - {SOMEBODY})


def _meant(named: list[str], patient: str | None) -> str | None:
    if patient is not None:
        wanted = patient.removeprefix("Patient/")
        if named and wanted not in named:
            raise InputError(message("fhir.none-of-the-patient", n=len(named)))
        return wanted
    if len(named) > 1:
        raise InputError(message("fhir.name-one", n=len(named)))
    return named[0] if named else None


# What a resource is of that is of a group, a device or a place; and one of somebody whom nothing here is known to be.
NO_PATIENT = ""
SOMEBODY = " | "


def patient_spoken_of(plain: Mapping[str, Any], called: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The id of the patient that a resource speaks of; None: it names nobody, NO_PATIENT: it names no patient.

    SOMEBODY: it names one by an identifier that no patient here has, or by words alone, and a name is nobody's own.
    `called` is what references call.
    """
    for key in _SUBJECTS:
        reference = plain.get(key)
        if not isinstance(reference, dict):
            continue
        pointed = cast("Plain", reference).get("reference")
        if not isinstance(pointed, str):
            identifier = as_map(cast("Plain", reference).get("identifier"))
            if "value" not in identifier:
                return SOMEBODY
            pointed = identified_by(identifier)
            if pointed not in called:
                return SOMEBODY
        target = called.get(pointed)
        if target is not None:
            is_patient = target.get("resourceType") == "Patient"
            return resource_key(target).partition("/")[2] if is_patient else NO_PATIENT
        parts = pointed.partition("/_history/")[0].split("/")
        return parts[-1] if len(parts) == 1 or parts[-2] == "Patient" else NO_PATIENT
    return None


class _OnePatient:
    """The reading of all resources of one patient."""

    def __init__(
        self,
        gathering: Gathering,
        patient: str | None,
        pseudonym: str | None,
        starts_on: date | None,
        zone: str | None,
        codes: SiteCodes,
        *,
        is_alone: bool,
    ) -> None:
        self.is_alone = is_alone
        self.found, self.patient, self.pseudonym = gathering, patient, pseudonym
        self.lines = list(gathering.lines)
        self.top: Plain = {}
        self.start = starts_on
        self.zone = zone
        self.of = FhirReading(zone, codes, gathering.kinds, gathering.called, lines=self.lines)
        self.own: list[OwnEntry] = []
        self.facts: list[tuple[Incoming, NativeFact, int]] = []
        self.withdrawn: list[str] = []

    def read(self) -> ReadResources:
        who = self._patient()
        for each in self.found.resources:
            if each.type not in ("Patient", "Medication"):
                self._resource(each)
        for each in self.found.resources:
            if each.type == "Medication" and not any(each.plain is read for read in self.of.spoken_of):
                self._tell(each, each.type, message("fhir-import.medication"), left=True)
        known = [fact for _, fact, _ in self.facts]
        start = self.start or _first_day(known)
        entries = [*self._own_entries(), *self._placed(known, start)]
        if start is not None and self.start is None and known:
            self._tell(
                Incoming({}, "Patient", ""),
                "(document)",
                message("fhir-import.day-0", date=start.isoformat()),
            )
        return ReadResources(
            who,
            tuple(entries),
            tuple(self.lines),
            start if not self.top.get("lent") or known else None,
            self.zone,
            self.top.get("pathway"),
            tuple(self.withdrawn),
            self.found.count,
        )

    # ---------------------------------------------------------------- the patient

    def _patient(self) -> Plain:
        who: Plain = {"id": self.pseudonym or self.patient or "unknown"}
        for each in self.found.resources:
            if each.type != "Patient":
                continue
            if each.key.partition("/")[2] != self.patient:
                self._tell(each, each.type, message("fhir-import.another-patient"), left=True)
                continue
            who |= self._read_patient(each)
        return who

    def _read_patient(self, each: Incoming) -> Plain:
        element = ResourcePart(each.plain, "Patient")
        self.of.resource = each.key
        who: Plain = {}
        for extension in element.parts("extension"):
            if extension.plain.get("url") == RECORD:
                self.top = extension_values(extension.plain) or {}
                extension.use()
        self._use_top()
        for identifier in element.parts("identifier"):
            if identifier.plain.get("system") == PATIENT_SYSTEM:
                identifier.use()
                who["id"] = identifier.plain.get("value")
        who |= {name: self.top[name] for name in ("id", "age") if name in self.top}
        sex = element.text("gender")
        if sex in ("female", "male", "other", "unknown"):
            who["sex"] = sex
        whole(element, self.of, ("id", "meta", "text", "language", "active"))
        born = read_moment(each.plain.get("birthDate"), None)
        if born is not None and born.day is not None and "age" not in who and self.start is not None:
            age = (
                self.start.year
                - born.day.year
                - ((self.start.month, self.start.day) < (born.day.month, born.day.day))
            )
            if 0 <= age <= 120:
                who["age"] = age
                element.use("birthDate")
        for place in element.left():
            self.of.say(place, message("fhir-import.identifies"))
        if self.pseudonym is not None or not isinstance(who.get("id"), str):
            who.pop("id", None)
        return who

    def _use_top(self) -> None:
        moment = read_moment(self.top.get("day-0"), None)
        if self.start is None and moment is not None:
            self.start = moment.day
        zone = self.top.get("zone")
        if self.zone is None and isinstance(zone, str):
            self.zone = self.of.zone = zone

    # ---------------------------------------------------------------- one resource

    def _tell(self, each: Incoming, path: str, why: Any, *, left: bool = False) -> None:
        self.lines.append(ReportLine(each.key, path, why, "left" if left else "told"))

    def _resource(self, each: Incoming) -> None:
        plain, kind = each.plain, each.type
        subject = patient_spoken_of(plain, self.found.called)
        if subject == SOMEBODY and kind in READERS:
            self._tell(each, kind, message("fhir-import.of-nobody"), left=True)
            return
        if subject and self.patient is not None and subject not in (self.patient, SOMEBODY):
            self._tell(each, kind, message("fhir-import.another-patient"), left=True)
            return
        if "modifierExtension" in plain or "implicitRules" in plain:
            self._tell(each, kind, message("fhir-import.modifier"), left=True)
            return
        if kind == "Provenance" and plain.get("policy") == [OURS]:
            self._tell(each, kind, message("fhir-import.provenance"))
            return
        if kind not in READERS:
            other = message("fhir-import.surrounding") if kind in SURROUNDING else message("fhir-import.type")
            self._tell(each, kind, NO_FACTS.get(kind, other), left=True)
            return
        if subject == NO_PATIENT:
            self._tell(each, kind, message("fhir-import.of-no-patient"), left=True)
            return
        if subject is None and not self.is_alone:
            # Of several patients it is nobody's, and never everybody's.
            self._tell(each, kind, message("fhir-import.of-nobody"), left=True)
            return
        if self._has_another_focus(plain):
            self._tell(each, kind, message("fhir-import.focus"), left=True)
            return
        if "derivedFrom" in plain and self._is_total_of_answers(plain):
            self._tell(each, kind, message("fhir-import.total"))
            return
        self.of.resource = each.key
        before = len(self.lines)
        element = ResourcePart(plain, kind)
        facts = self._facts(each, element)
        ours = own_entry(plain, facts, self.zone, self.start)
        if ours is not None:
            del self.lines[before:]
            self.own.append(ours)
            return
        values = extension_of(plain)
        if entered_in_error(plain):
            named = None if values is None else values.get("id")
            self.withdrawn += [named] if isinstance(named, str) else [each.key]
            self._tell(each, kind, message("fhir-import.entered-in-error"), left=True)
            return
        if values is not None:
            self._tell(each, f"{kind}.extension", message("fhir-import.changed"))
        whole(element, self.of, (*_FILED, *_SUBJECTS))
        told = len(self.lines)
        if not facts and not any(line.path == kind for line in self.lines[before:told]):
            self._tell(each, kind, message("fhir-import.nothing-read"), left=True)
        elif facts:
            for place in element.left():
                self.of.say(place, message("fhir-import.element"))
        self.facts += [(each, fact, number) for number, fact in enumerate(facts, 1)]

    def _has_another_focus(self, plain: Mapping[str, Any]) -> bool:
        """Whether it was observed of somebody or something else: an unborn child, a donor, a device."""
        return any(
            patient_spoken_of({"subject": each}, self.found.called) != self.patient
            for each in maps_in(plain.get("focus"))
        )

    def _is_total_of_answers(self, plain: Mapping[str, Any]) -> bool:
        """Whether it is a score that we worked out of answers which are here themselves."""
        ours = {own_system("kind"): "answers"}
        codings = [
            coding for each in maps_in(plain.get("category")) for coding in maps_in(each.get("coding"))
        ]
        if not any(ours.get(str(each.get("system"))) == each.get("code") for each in codings):
            return False
        named = [
            self.found.called.get(str(each.get("reference"))) for each in maps_in(plain.get("derivedFrom"))
        ]
        return any(
            each is not None and str(each.get("questionnaire")).startswith(QUESTIONNAIRE) for each in named
        )

    def _facts(self, each: Incoming, element: ResourcePart) -> list[NativeFact]:
        if entered_in_error(each.plain):
            return []
        try:
            return READERS[each.type](element, self.of)
        except (TypeError, AttributeError, KeyError, ValueError):
            # Only what is no FHIR can be of a shape that no reader expects; else it is a fault of ours.
            if not checked_value(each.plain).errors:
                raise
            return self.of.leave(element, message("fhir-import.malformed"))

    # ---------------------------------------------------------------- entries

    def _own_entries(self) -> Iterator[Plain]:
        for ours in sorted(self.own, key=lambda each: each.place):
            plain = dict(ours.plain)
            if ours.dated and self.start is not None and isinstance(plain.get("day"), int):
                plain = {"date": date_of_day(plain.pop("day"), self.start).isoformat()} | plain
            yield plain

    def _placed(self, known: Sequence[NativeFact], start: date | None) -> Iterator[Plain]:
        days = [fact for fact in known if not fact.weak]
        span = DaySpan.of(days)
        rows: list[tuple[tuple[str, str, str, int], Plain]] = []
        for each, fact, number in self.facts:
            put = placed_fact(fact, span, days)
            if not put:
                self._tell(each, each.type, message("fhir-import.not-by-range"), left=True)
            for why in dict.fromkeys(put_entry.why for put_entry in put if put_entry.why is not None):
                self._tell(each, each.type, why)
            for at, put_entry in enumerate(put):
                name = _name_of(each, number, at)
                plain = self._entry(each, put_entry, name, start)
                if put_entry.disputes_first:
                    plain["disputed_with"] = _name_of(each, number, 0)
                rows.append(((str(put_entry.day or ""), put_entry.time or "24", name, at), plain))
        yield from (plain for _, plain in sorted(rows, key=lambda row: row[0]))

    def _entry(self, each: Incoming, put_entry: Placed, name: str, start: date | None) -> Plain:
        plain: Plain = (
            {"day": 0} if put_entry.day is None or start is None else {"date": put_entry.day.isoformat()}
        )
        if put_entry.time is not None:
            plain["time"] = put_entry.time
        plain |= put_entry.plain
        if put_entry.approximate or (start is None and put_entry.day is not None):
            plain["approximate"] = True
        plain |= {"role": "import", "source": "fhir", "id": name}
        entered = _entered(each.updated)
        if entered is not None and (put_entry.day is None or entered[:10] >= put_entry.day.isoformat()):
            plain["entered"] = entered
        return plain


def _name_of(each: Incoming, number: int, at: int) -> str:
    """What an entry is called: its resource, the part of it, and which of the days it stands on."""
    if number == 1 and not at:
        return each.name
    return f"{each.name}#{number}{f'.{at}' if at else ''}"


def _entered(updated: str | None) -> str | None:
    """When a resource was written, as a record has it; None where it does not say so."""
    if updated is None:
        return None
    wrong: list[object] = []
    moment = iso_moment(updated, "", lambda _place, why: wrong.append(why))
    return None if wrong else str(moment)


def _first_day(facts: Sequence[NativeFact]) -> date | None:
    """The first day of a diary; else the last day of anything, so that a long history lies before day 0."""
    known = [(fact.when.day, fact.plain["kind"]) for fact in facts]
    days = [(day, kind) for day, kind in known if day is not None and may_be_day_0(day)]
    diary = [day for day, kind in days if kind in _DIARY]
    if diary:
        return min(diary)
    days = [day for day, _ in days]
    ends = [day for fact in facts for day in (fact.when.first, fact.when.last) if day is not None]
    ends = [day for day in ends if may_be_day_0(day)]
    return max(days, default=None) or max(ends, default=None)
