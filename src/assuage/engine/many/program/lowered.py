"""A lowered pathway: the program for the kernels, and beside it the names that its numbers stand for."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from assuage.engine.many.program.layout import Program
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AnyTest, Scores
from assuage.pathways.model import Gate, Pathway
from assuage.terms.conditions import Condition
from assuage.terms.drugs import Drug
from assuage.terms.red_flags import RedFlag
from assuage.terms.sites import Site
from assuage.terms.symptoms import Symptom
from assuage.terms.therapies import Therapy


class Special(Enum):
    """Streams of events that are about no one thing."""

    DECISIONS = "decisions"
    FLAGGING = "flagging"  # whatever can raise or clear a red flag


StreamOf = Therapy | Symptom | Condition | Drug | RedFlag | Special


class Lowered(Struct, frozen=True):
    """A program with its names: what the columns of its output mean and where its input comes from."""

    pathway: Pathway
    program: Program
    sources: tuple[Scores, ...]
    streams: tuple[StreamOf, ...]  # what the events of each stream are about
    queries: tuple[tuple[Site, ...], ...]  # lists of sites that sessions are asked at
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    leaves: tuple[AnyTest, ...]
    rises: frozenset[int]  # the streams of exposures after which a rise is asked for
