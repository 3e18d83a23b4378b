"""The distinct entries of a cohort as the kernels see them: a line each, and lists of where each counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs, Shorts, bytes_of, firsts_of, ints_of
from assuage.record.entries import AnyEntry, Patient
from assuage.terms.measured import Measured


class FactKind(IntEnum):
    """Which fact of a patient a line is, if it is no entry."""

    NO_FACT = 0
    FACT = 1
    STARTS_ON = 2  # the date of day 0
    OTHER_PATHWAY = 3  # the record follows another pathway, so its decisions are none here
    GONE = 4  # an entry that was corrected or withdrawn: it must be right in itself, and says nothing


class EntryNaming(IntEnum):
    """What an entry is to another one that it names."""

    NOTHING = 0
    ANSWERS = 1
    REPLACES = 2
    WITHDRAWS = 3


class DrugWord(IntEnum):
    """What an entry says of the course of a drug under one code."""

    NOTHING = 0
    RUNS = 1  # a start or a change
    STOPS = 2
    DOSE = 3  # a dose as it was taken: it says nothing new while the drug runs
    ASKED_DOSE = 4  # the same of a drug that the program may ask about
    NONE_TAKEN = 5  # that nothing is taken: it says nothing new where nothing runs


class FallbackReason(IntEnum):
    """Why a patient goes to the fallback, a bit each. What is not in this list the kernels judge themselves."""

    PATIENT_NAME = 1  # the reader may refuse the name of the patient
    LABELS = 2  # entries are numbered, named or dated as cannot be, or name what is not there
    REFUSED = 4  # an entry, its time or its value that the reader refuses, or judges only in its record
    DISPUTE = 8
    AS_TAKEN = 16  # a dose, of the last day or of a drug that is asked about, beside no course of it
    PERSON = 32  # a word on the patient's age
    PATHWAY = (
        64  # a decision that names another pathway than the one that is asked for, or than the record does
    )
    UNDATED = 128  # a date, and nobody knows the date of day 0
    EXPOSURE = 256  # a value that was said before the exposure of its day
    CONTRADICTION = 512
    DECISION = 1024  # a decision that leads nowhere
    LENGTH = 2048  # a record longer than the kernels lay out
    NOTHING_TAKEN = (
        16384  # that nothing is taken, where a drug runs or something else is said of one on that day
    )
    UNNAMED = 8192  # a member of a class that was not named, or a form that does not reach the whole body
    BODY = 32768  # a weight or a height, where the pathway asks for what both come to
    ROUTE = 65536  # a drug by two ways, which may be two treatments, or to the spinal cord
    WALK = 4096  # more moves on one day than the kernels make


@dataclass
class CompiledEntry:
    """What one distinct entry means to a program."""

    like: int = -1  # an entry that says the same to every rule, but for doses, by number; -1: none is known
    fallback: int = 0  # why only the reference engine can judge a record with it; 0: the kernels can
    fact: FactKind = FactKind.NO_FACT
    naming: EntryNaming = EntryNaming.NOTHING
    ours: bool = False  # a decision that names the pathway itself
    word: DrugWord = DrugWord.NOTHING
    numbers: tuple[
        Measured, ...
    ] = ()  # those that come to something else for another person: see `by_person`
    drug: int = -1  # what a word on a drug makes a claim about: its course
    date: int | None = None  # for a fact that dates day 0: that date, as a number of the calendar
    folded: bool = False  # it may stand for entries that say different things, as body maps do (`body_maps`)
    by_patient: bool = False
    writer: int = 0  # who wrote it, by role or by who said it, where no author is named
    settles: bool = False  # its writer may correct and withdraw what anybody wrote
    dated: bool = False  # it needs the date of day 0
    medication: bool = False
    timed: bool = False  # it makes its claim only when it has a time
    exposes: bool = False  # it is an exposure after which a rise is asked for
    flagging: int = 0  # whether it can raise or clear a red flag: 2 for one that raises
    time: int = -1  # the time of day it names in words
    minute: int = -1  # the minute that goes with that
    plain: bool = False  # it is a score whose value is in the row
    simple: int = 0  # how a plain score that is nothing else counts: see `compiled.simple_number`
    low: float = 0.0  # the value otherwise; for a plain score the lowest and highest the scale allows
    high: float = 0.0
    sources: list[int] = field(default_factory=list[int])
    streams: list[tuple[int, int, int]] = field(
        default_factory=list[tuple[int, int, int]]
    )  # stream, mark, site
    way: int = 0  # the way in which a drug is given, by its number from 1; 0: it says none
    about: list[int] = field(default_factory=list[int])  # what it makes a claim about
    here: list[int] = field(default_factory=list[int])  # query: the answer whether a session was at its sites
    entry: AnyEntry | None = None  # None for a fact, and for what only a whole record can judge
    person: Patient | None = None  # for a fact: the patient as far as it says
    read_as: Patient | None = None  # of whom a number was read that hangs on age and sex: as of its day

    def but(self, **changed: object) -> CompiledEntry:
        """The same but for some of it: as `dataclasses.replace`, in a twentieth of its time."""
        other = object.__new__(CompiledEntry)
        other.__dict__.update(self.__dict__)
        other.__dict__.update(changed)
        return other


class EntryTable(NamedTuple):
    """The same for the kernels. A list lies between its `_first` and the next one's."""

    fallback: Ints  # `FallbackReason`
    fact: Bytes
    naming: Bytes
    ours: Bytes
    by_person: Bytes
    word: Bytes  # `DrugWord`
    way: Bytes
    drug: Ints
    folded: Bytes
    by_patient: Bytes
    writer: Bytes
    settles: Bytes
    dated: Bytes
    medication: Bytes
    timed: Bytes
    exposes: Bytes
    flagging: Bytes
    time: Ints
    minute: Ints
    plain: Bytes
    simple: Shorts
    low: Floats
    high: Floats
    source_first: Ints
    source: Ints
    stream_first: Ints
    stream: Ints
    mark: Ints
    site: Ints
    about_first: Ints
    about: Ints
    here: Longs  # two bits for each query


def entry_table(entries: Sequence[CompiledEntry]) -> EntryTable:
    """The table of these entries."""
    streams = [line for entry in entries for line in entry.streams]
    here = [sum(answer << (2 * at) for at, answer in enumerate(entry.here)) for entry in entries]
    return EntryTable(
        fallback=ints_of(entry.fallback for entry in entries),
        fact=bytes_of(entry.fact for entry in entries),
        naming=bytes_of(entry.naming for entry in entries),
        ours=bytes_of(entry.ours for entry in entries),
        by_person=bytes_of(bool(entry.numbers) for entry in entries),
        word=bytes_of(entry.word for entry in entries),
        way=bytes_of(entry.way for entry in entries),
        drug=ints_of(entry.drug for entry in entries),
        folded=bytes_of(entry.folded for entry in entries),
        by_patient=bytes_of(entry.by_patient for entry in entries),
        writer=bytes_of(entry.writer for entry in entries),
        settles=bytes_of(entry.settles for entry in entries),
        dated=bytes_of(entry.dated for entry in entries),
        medication=bytes_of(entry.medication for entry in entries),
        timed=bytes_of(entry.timed for entry in entries),
        exposes=bytes_of(entry.exposes for entry in entries),
        flagging=bytes_of(entry.flagging for entry in entries),
        time=ints_of(entry.time for entry in entries),
        minute=ints_of(entry.minute for entry in entries),
        plain=bytes_of(entry.plain for entry in entries),
        simple=np.array([entry.simple for entry in entries], dtype=np.int16),
        low=np.array([entry.low for entry in entries], dtype=np.float64),
        high=np.array([entry.high for entry in entries], dtype=np.float64),
        source_first=firsts_of([entry.sources for entry in entries]),
        source=ints_of(source for entry in entries for source in entry.sources),
        stream_first=firsts_of([entry.streams for entry in entries]),
        stream=ints_of(stream for stream, _, _ in streams),
        mark=ints_of(mark for _, mark, _ in streams),
        site=ints_of(site for _, _, site in streams),
        about_first=firsts_of([entry.about for entry in entries]),
        about=ints_of(thing for entry in entries for thing in entry.about),
        here=np.array(here, dtype=np.int64),
    )
