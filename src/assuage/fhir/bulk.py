"""Bulk Data: NDJSON of many patients, in any order and over many files, becomes one table of records.

First every line is put beside those of the same patient, in files of a folder beside the output; then the patients of
one such file after the other are read, as `fhir import` reads them, and written; last the parts become one table.
Memory holds the patients of one file. What was done stays done: after an interruption the same command goes on where
it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
import orjson
from msgspec import Struct, field

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.cohort.sorting import merge_tables
from assuage.errors import InputError, Problem, Problems
from assuage.fhir.files import whole_texts
from assuage.fhir.issue import Issue
from assuage.fhir.join import record_of
from assuage.fhir.read.readers import READERS
from assuage.fhir.read.resources import SOMEBODY, patient_spoken_of, read_resources
from assuage.fhir.reading import read_json_bytes
from assuage.fhir.report import ReportLine, gathered
from assuage.fhir.site_codes import NO_CODES, SiteCodes
from assuage.record.entries import Record
from assuage.record.save import folder, whole_file, writable_target
from assuage.record.table import to_frame
from assuage.words.speak import ENGLISH

Plain = dict[str, Any]
Step = Callable[[int, int], None]

ENDINGS = (".ndjson", ".jsonl")
PART = 32 << 20  # bytes of lines whose patients are read together (ours)
MOST_PARTS = 256  # files that are open at once (ours)
_PACKED_TO = 8  # how much larger a packed file is taken to be than it is (ours)
_FORMAT = "assuage-bulk/1"


class BulkRead(Struct, frozen=True):
    """What was read: how many lines, patients, entries; what is in no record, and why what was left out of others."""

    lines: int
    patients: int
    entries: int
    rejected: int
    left: Mapping[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all was left out."""
        return not self.rejected and not self.left


class _State(Struct):
    """How far the work is: which files were put apart, and how long everything was then."""

    format: str
    of: str
    parts: int
    files: int = 0
    lengths: list[int] = field(default_factory=list[int])
    lines: int = 0


def bulk_files(path: Path | str) -> list[Path]:
    """The files of a folder that hold a resource a line, packed or not, in the order of their names."""
    inside = sorted(each for each in Path(path).rglob("*") if each.is_file() and _has_lines(each))
    if not inside:
        raise InputError(message("fhir.no-files", path=path, endings=", ".join((*ENDINGS, ".gz"))))
    return inside


def _has_lines(path: Path) -> bool:
    plain = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return plain.suffix.lower() in ENDINGS


def read_bulk(
    files: Sequence[Path],
    out: Path | str,
    rejects: Path | str,
    *,
    zone: str | None = None,
    codes: SiteCodes = NO_CODES,
    force: bool = False,
    step: Step | None = None,
    part: int = PART,
    speaking: Catalogue = ENGLISH,
) -> BulkRead:
    """What was read of the files, as a table in `out`; what was not, line by line, in `rejects`.

    Raises Problems for a file that cannot be unpacked, and InputError where files of other work lie beside the output
    and `force` is not said.
    """
    return _Bulk(files, Path(out), Path(rejects), zone, codes, force, step, part, speaking).read()


class _Bulk:
    def __init__(
        self,
        files: Sequence[Path],
        out: Path,
        rejects: Path,
        zone: str | None,
        codes: SiteCodes,
        force: bool,
        step: Step | None,
        part: int,
        speaking: Catalogue,
    ) -> None:
        for target in (out, rejects):
            writable_target(target, force)
        self.files, self.out, self.rejects, self.force = files, out, rejects, force
        self.zone, self.codes, self.speaking = zone, codes, speaking
        self.step: Step = step or (lambda _done, _of: None)
        self.room = out.with_name(f"{out.name}.work")
        sizes = [each.stat().st_size * (_PACKED_TO if each.suffix.lower() == ".gz" else 1) for each in files]
        self.parts = max(1, min(MOST_PARTS, -(-sum(sizes) // part)))
        self.done, self.of = 0, len(files) + self.parts

    def read(self) -> BulkRead:
        state = self._state()
        self._put_apart(state)
        medications = dict(self._medications())
        for number in range(self.parts):
            if not self._part(number, "json").exists():
                self._read_part(number, medications)
            self._passed()
        told = self._together(state)
        shutil.rmtree(self.room)
        return told

    def _passed(self) -> None:
        self.done += 1
        self.step(self.done, self.of)

    # --- how far the work is ----------------------------------------------------------------------------

    def _digest(self) -> str:
        """What the work is of: the files as they are, and how they are read."""
        inputs = [[str(each), each.stat().st_size, each.stat().st_mtime_ns] for each in self.files]
        words = sorted([*key, word] for key, word in self.codes.words.items())
        told = [inputs, self.zone, words, self.parts, self.speaking.language]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _state(self) -> _State:
        kept = self.room / "state.json"
        new = _State(_FORMAT, self._digest(), self.parts)
        if kept.exists():
            state = _state_in(kept)
            if state is not None and (state.format, state.of) == (new.format, new.of):
                return state
        if self.room.exists():
            if not self.force:
                raise InputError(message("fhir-bulk.other-work", path=self.room))
            shutil.rmtree(self.room)
        folder(self.room)
        return new

    def _keep(self, state: _State) -> None:
        new = self.room / "state.new"
        new.write_bytes(msgspec.json.encode(state))
        os.replace(new, self.room / "state.json")

    def _part(self, number: int, ending: str) -> Path:
        return self.room / f"part-{number:03d}.{ending}"

    # --- every line beside those of its patient -----------------------------------------------------------

    def _put_apart(self, state: _State) -> None:
        names = [*(self._part(number, "ndjson") for number in range(self.parts)), self.room / "shared.ndjson"]
        names.append(self.room / "rejects.ndjson")
        for name, length in zip(names, state.lengths or [0] * len(names), strict=True):
            name.touch(mode=0o600)
            os.truncate(name, length)  # what an interrupted file had begun to say is said again
        streams = [name.open("ab") for name in names]
        try:
            for number, file in enumerate(self.files):
                if number >= state.files:
                    state.lines += self._put_file_apart(file, streams)
                    for stream in streams:
                        stream.flush()
                    state.files, state.lengths = number + 1, [stream.tell() for stream in streams]
                    self._keep(state)
                self._passed()
        finally:
            for stream in streams:
                stream.close()

    def _put_file_apart(self, file: Path, streams: Sequence[BinaryIO]) -> int:
        *parts, shared, rejects = streams
        lines = 0
        for number, raw in whole_texts(str(file)):
            lines += 1
            value = read_json_bytes(raw)
            where = f"{file.name}:{number}"
            if isinstance(value, Issue):
                if value.kind in ("too-long", "too-costly"):
                    raise Problems(str(file), [Problem(value.place, value.what, number)])
                self._reject(rejects, where, "(document)", value.what)
                continue
            plain = cast("Plain", value) if isinstance(value, dict) else {}
            kind = plain.get("resourceType")
            if not isinstance(kind, str) or kind == "Bundle":
                self._reject(rejects, where, "(document)", message("fhir-bulk.no-resource"))
                continue
            if kind == "Medication":
                shared.write(raw + b"\n")
                continue
            patient = _patient_of(plain, kind)
            if not patient or patient == SOMEBODY:
                why = (
                    message("fhir-import.of-nobody")
                    if kind in READERS
                    else message("fhir-import.surrounding")
                )
                self._reject(rejects, where, kind, why)
                continue
            parts[_place(patient, len(parts))].write(orjson.dumps(patient) + b"\t" + raw + b"\n")
        return lines

    def _reject(self, stream: BinaryIO, where: str, path: str, why: Message) -> None:
        stream.write(orjson.dumps(self._listed(where, path, why)) + b"\n")

    def _listed(self, where: str, path: str, why: Message) -> Plain:
        """What is in no record: the line or the resource, the place in it, and why."""
        return {"where": where, "path": path, "code": why.id, "text": str(self.speaking.say(why))}

    def _medications(self) -> Iterator[tuple[str, Plain]]:
        """The drugs that statements point at, by their addresses; they speak of no patient."""
        with (self.room / "shared.ndjson").open("rb") as lines:
            for line in lines:
                plain = orjson.loads(line)
                if isinstance(plain.get("id"), str):
                    yield f"Medication/{plain['id']}", plain

    # --- the patients of one part ---------------------------------------------------------------------------

    def _read_part(self, number: int, medications: Mapping[str, Plain]) -> None:
        lines_of: dict[bytes, list[bytes]] = {}
        with self._part(number, "ndjson").open("rb") as lines:
            for line in lines:
                patient, _, raw = line.partition(b"\t")
                lines_of.setdefault(patient, []).append(raw)
        records: list[Record] = []
        rejected: list[Plain] = []
        left: Counter[str] = Counter()
        for key, raws in lines_of.items():
            patient = orjson.loads(key)
            resources = [orjson.loads(raw) for raw in raws]
            called = [medications[each] for each in _pointed_at(resources) if each in medications]
            try:
                read = read_resources(
                    [*resources, *called], patient=patient, zone=self.zone, codes=self.codes
                )
                joined = record_of(read)
            except (InputError, Problems) as error:
                text = error.in_words(self.speaking)
                rejected.append({"where": f"Patient/{patient}", "path": "Patient", "code": "", "text": text})
                continue
            records.append(joined.record)
            self._count((*read.lines, *joined.lines), left, rejected)
        with whole_file(self._part(number, "parquet"), True) as new:
            to_frame(records).write_parquet(new)
        told = {
            "patients": [each.patient.id for each in records],
            "entries": sum(len(each.entries) for each in records),
            "left": left,
            "rejected": rejected,
        }
        with whole_file(self._part(number, "json"), True) as new:
            new.write_bytes(orjson.dumps(told))

    def _count(self, lines: Sequence[ReportLine], left: Counter[str], rejected: list[Plain]) -> None:
        """Count why something was left out, and list what was left out as a whole."""
        for each in gathered(lines):
            if each.weight == "left":
                left[f"{each.path}: {self.speaking.say(each.why)}"] += each.count
        for line in lines:
            if line.weight == "left" and "." not in line.path:
                rejected.append(self._listed(line.resource, line.path, line.why))

    # --- the end ----------------------------------------------------------------------------------------------

    def _together(self, state: _State) -> BulkRead:
        counted: Counter[str] = Counter()
        left: Counter[str] = Counter()
        tables: list[Path] = []
        entries = rejected = 0
        with whole_file(self.rejects, self.force) as new, new.open("wb") as stream:
            with (self.room / "rejects.ndjson").open("rb") as lines:
                for line in lines:
                    stream.write(line)
                    rejected += 1
            for number in range(self.parts):
                part = orjson.loads(self._part(number, "json").read_bytes())
                counted.update(part["patients"])
                entries += part["entries"]
                left.update(part["left"])
                rejected += len(part["rejected"])
                stream.writelines(orjson.dumps(each) + b"\n" for each in part["rejected"])
                if part["patients"]:
                    tables.append(self._part(number, "parquet"))
        twice = [patient for patient, count in counted.items() if count > 1]
        if twice:
            what = message("table.second-record")
            problems = [Problem(f'patient "{each}"', what) for each in twice]
            raise Problems(str(self.out), problems, "not written")
        if not tables:
            raise InputError(message("fhir-bulk.nobody"))
        merge_tables(tables, self.out, force=self.force)
        return BulkRead(state.lines, len(counted), entries, rejected, dict(left.most_common()))


def _state_in(kept: Path) -> _State | None:
    """How far the work was; None where that cannot be read."""
    try:
        return msgspec.json.decode(kept.read_bytes(), type=_State)
    except msgspec.DecodeError:
        return None


def _patient_of(plain: Plain, kind: str) -> str | None:
    """The id of the patient that a resource is of; None where it is of none."""
    if kind == "Patient":
        uid = plain.get("id")
        return uid if isinstance(uid, str) and uid else None
    return patient_spoken_of(plain, {})


def _place(patient: str, parts: int) -> int:
    return (
        int.from_bytes(
            hashlib.blake2b(patient.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big"
        )
        % parts
    )


def _pointed_at(resources: Iterable[Plain]) -> Iterator[str]:
    """The drugs that are pointed at, each once."""
    pointed: dict[str, None] = {}
    for each in resources:
        reference = each.get("medicationReference")
        text = cast("Plain", reference).get("reference") if isinstance(reference, dict) else None
        if isinstance(text, str) and not text.startswith("#"):
            pointed["/".join(text.partition("/_history/")[0].split("/")[-2:])] = None
    yield from pointed
