"""The tables, made ready to check by: for each type what a key may hold, looked up once a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from msgspec import Struct

from assuage.fhir.definitions import Definitions, TypeTable, tables_of_r4
from assuage.fhir.invariants import INVARIANTS, SPOKEN, Invariant
from assuage.fhir.primitives import Accept, accepting, is_primitive

# Which systems' codes a set holds.
CodeSet = frozenset[tuple[str, str]]
SHADOW = "Element"  # what stands under `_key` beside a primitive value
RESOURCE = "Resource"  # any resource


class Element(Struct, eq=False):
    """What a key may hold: its type, how many, and what else is asked of it.

    `choice` is the element of which the key is one of several spellings (`value` of `valueQuantity`), or empty.
    `codes` are those of its set, `must` whether they bind (else they may be widened). `here` are invariants of the
    place.
    """

    name: str
    type: str
    many: bool
    most: int
    choice: str = ""
    primitive: bool = False
    shadow_of: str = ""
    value_set: str = ""
    codes: CodeSet = frozenset()
    must: bool = False
    targets: frozenset[str] = frozenset()
    here: tuple[tuple[str, Invariant, bool], ...] = ()
    asked: bool = False
    rules: TypeRules | None = None


class Required(Struct, frozen=True):
    """An element that must be there: its name, the keys of which one suffices, whether they are of several types."""

    name: str
    keys: tuple[str, ...]
    is_choice: bool


class TypeRules:
    """What is asked of a type, in the shapes that make the check of a key short.

    `plain` has the keys with one primitive value: the type JSON has for it and the test of the value. `elements` has
    all.
    """

    __slots__ = ("elements", "invariants", "name", "plain", "required")

    def __init__(self, name: str, tables: Definitions) -> None:
        self.name = name
        self.plain: dict[str, tuple[type, Accept]] = {}
        self.elements: dict[str, Element] = {}
        required: list[Required] = []
        invariants: list[tuple[str, str, Invariant, bool]] = []
        for of, table in _lineage(name, tables):
            invariants += [(kept.when, rule, kept.holds, True) for rule, kept, _ in SPOKEN.get(of, ())]
            invariants += [
                (INVARIANTS[key].when, key, INVARIANTS[key].holds, tables.invariants[key][0] == "error")
                for key in table.invariants
                if key in INVARIANTS
            ]
            for base, line in table.elements.items():
                keys = self._add(base, line, tables)
                if line[0]:
                    required.append(Required(base.removesuffix("[x]"), keys, base.endswith("[x]")))
        if tables.types[name].kind == "resource":
            self.plain["resourceType"] = (str, frozenset({name}).__contains__)
        self.required = tuple(required)
        self.invariants = tuple(invariants)

    def _add(self, base: str, line: Sequence[Any], tables: Definitions) -> tuple[str, ...]:
        """Put the keys of an element in; all of its spellings come back."""
        most, types = cast("int", line[1]), cast("list[str]", line[2])
        binding = cast("list[str]", line[3]) if len(line) > 3 else []
        here = tuple(
            (key, INVARIANTS[key].holds, tables.invariants[key][0] == "error")
            for key in (cast("list[str]", line[4]) if len(line) > 4 else [])
            if key in INVARIANTS
        )
        choice = base.removesuffix("[x]") if base.endswith("[x]") else ""
        keys: list[str] = []
        for written in types:
            name, _, targets = written.rstrip(")").partition("(")
            spoken = "Quantity" if name == "SimpleQuantity" else name
            key = choice + spoken[0].upper() + spoken[1:] if choice else base
            element = Element(
                key,
                name,
                most != 1,
                most,
                choice,
                is_primitive(name),
                targets=frozenset(targets.split("|")) if targets else frozenset(),
                here=here,
            )
            if binding and (codes := _codes(tables, binding[1])) is not None:
                element.value_set, element.codes, element.must = binding[1], codes, binding[0] == "required"
            element.asked = bool(element.codes or element.targets or here)
            self.elements[key] = element
            keys.append(key)
            if element.primitive:
                self._add_primitive(element)
                keys.append(f"_{key}")
        return tuple(keys)

    def _add_primitive(self, element: Element) -> None:
        shadow = Element(f"_{element.name}", SHADOW, element.many, element.most, shadow_of=element.name)
        self.elements[shadow.name] = shadow
        widened = bool(element.codes) and not element.must
        if not element.many and not element.choice and not element.here and not widened:
            kind, accept = accepting(element.type)
            if element.codes:
                accept = frozenset(code for _, code in element.codes).__contains__
            self.plain[element.name] = (kind, accept)


def _lineage(name: str, tables: Definitions) -> list[tuple[str, TypeTable]]:
    """The table of a type and those of the types it is made of, each with its name, the outermost first."""
    lineage: list[tuple[str, TypeTable]] = []
    while name:
        lineage.append((name, tables.types[name]))
        name = tables.types[name].base
    return lineage[::-1]


def _codes(tables: Definitions, value_set: str) -> CodeSet | None:
    systems = tables.value_sets.get(value_set)
    if systems is None:
        return None
    return frozenset((system, code) for system, codes in systems.items() for code in codes)


class Rules:
    """The rules of every type, each made when it is first asked for, and what each invariant says in English."""

    def __init__(self, tables: Definitions) -> None:
        self.tables = tables
        self.texts = {name: told[1] for name, told in tables.invariants.items()}
        self.texts |= {rule: text for rules in SPOKEN.values() for rule, _, text in rules}
        self._of: dict[str, TypeRules] = {}
        self.checked = frozenset(
            name
            for name, table in tables.types.items()
            if table.kind == "resource" and name not in ("Resource", "DomainResource")
        )

    def of(self, name: str) -> TypeRules:
        """The rules of a type of the tables."""
        rules = self._of.get(name)
        if rules is None:
            rules = self._of[name] = TypeRules(name, self.tables)
        return rules


@cache
def rules_of_r4() -> Rules:
    """The rules of FHIR R4."""
    return Rules(tables_of_r4())


@cache
def spelled_out() -> Mapping[str, str]:
    """How FHIRPath says each key that is one spelling of a choice: `value.ofType(Quantity)` of `valueQuantity`."""
    rules = rules_of_r4()
    paths: dict[str, str] = {}
    for name in rules.tables.types:
        for key, element in rules.of(name).elements.items():
            if element.choice:
                spoken = "Quantity" if element.type == "SimpleQuantity" else element.type
                paths[key] = f"{element.choice}.ofType({spoken})"
    return MappingProxyType(paths)
