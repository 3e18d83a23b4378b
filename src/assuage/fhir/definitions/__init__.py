"""The tables of FHIR R4: what may stand in each type, generated from HL7's package (see `generate`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

_FILE = Path(__file__).with_name("r4.json")


class PackageSource(Struct, frozen=True):
    """What the tables were made of: the package, its version, its licence, the digest of its archive."""

    package: str
    version: str
    license: str
    sha256: str


class TypeTable(Struct, frozen=True):
    """A type: its kind, the type whose elements it has too, its invariants, its own elements.

    An element is a list: minimum, maximum (0: any number), types, and where there are any its binding (strength, set of
    codes) and the invariants that hold at this place only.
    """

    kind: str
    base: str
    invariants: tuple[str, ...]
    elements: dict[str, list[object]]


class Definitions(Struct, frozen=True):
    """All tables. A set of codes is a list of codes for each system."""

    source: PackageSource
    primitives: dict[str, dict[str, str]]
    types: dict[str, TypeTable]
    invariants: dict[str, tuple[str, str, str]]
    value_sets: dict[str, dict[str, tuple[str, ...]]]
    resource_types: frozenset[str]


@cache
def tables_of_r4() -> Definitions:
    """The tables, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Definitions)
