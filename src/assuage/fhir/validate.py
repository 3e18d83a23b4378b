"""A resource of FHIR R4 beside HL7's tables: everything that is wrong with it, at once, each with its place.

One walk over the value. A key is looked up once; where its value is as it should be, nothing else happens, so that a
resource without fault costs little. Places are put together only when there is something to say.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

import orjson

from assuage.catalogue.message import Message, message
from assuage.fhir import bundle_rules
from assuage.fhir.issue import Checked, Issue, IssueType, Severity
from assuage.fhir.primitives import LONGEST, accepting, fault_of, not_of_kind
from assuage.fhir.reading import doubled_keys, may_double, read_json_bytes
from assuage.fhir.references import pointed_type
from assuage.fhir.rules import RESOURCE, Element, Required, Rules, TypeRules, rules_of_r4
from assuage.fhir.shapes import Shapes, may_fit

DEEPEST = 64  # of elements within elements; deeper than any form or pathway we know of (ours)
MOST_ENTRIES = 200_000  # of one bundle (ours)
MOST_TOLD = 1_000  # issues of one document (ours)
_FEW_CODES = 12
_ENTRY = "Bundle.entry"
_ADDRESS = re.compile("[!-~]+")  # narrower than the pattern of an address: the rest is walked

Where = tuple["Where | None", str, int]
Node = dict[str, Any]


@cache
def shapes_of_r4() -> tuple[Shapes, Shapes]:
    """The shapes of FHIR R4: of a resource alone, and of one in a bundle."""
    return Shapes(rules_of_r4(), alone=True), Shapes(rules_of_r4(), alone=False)


def checked_bytes(raw: bytes) -> Checked:
    """What is wrong with a JSON text that should be a resource of FHIR R4."""
    value = read_json_bytes(raw)
    if isinstance(value, Issue):
        return Checked((value,))
    try:
        again = orjson.dumps(value)
    except orjson.JSONEncodeError:
        # It reads deeper than it writes; the walk says that this is too deep.
        return checked_value(value)
    if _is_clean(value, raw, again):
        return _CLEAN
    walk = ResourceWalk(
        rules_of_r4(), has_long_texts=len(raw) > LONGEST, shapes=shapes_of_r4() if may_fit(again) else None
    )
    walk.resource(value, None, 0)
    if may_double(raw, again):
        walk.issues += doubled_keys(raw)
    return walk.result()


def _is_clean(value: object, raw: bytes, again: bytes) -> bool:
    """Whether it is one resource without fault, as nearly all are: answered before anything is made for a walk."""
    if type(value) is not dict or len(raw) > LONGEST:
        return False
    node = cast("Node", value)
    name = node.get("resourceType")
    return (
        type(name) is str
        and name != "Bundle"
        and name in rules_of_r4().checked
        and may_fit(again)
        and shapes_of_r4()[0].fits(node, name, _ALONE)
        and not may_double(raw, again)
    )


def checked_value(value: object) -> Checked:
    """What is wrong with a plain value that should be a resource of FHIR R4."""
    walk = ResourceWalk(rules_of_r4(), has_long_texts=True)
    walk.resource(value, None, 0)
    return walk.result()


class _Alone:
    """What stands around a resource that contains none and is in no bundle."""

    contained: dict[str, str] = {}  # noqa: RUF012 - nobody writes to it
    full_urls = None


_ALONE = _Alone()


class ResourceWalk:
    """One walk over a resource; it knows what is contained in it, and what else is in its bundle."""

    __slots__ = (
        "by_address",
        "checked",
        "contained",
        "full_urls",
        "issues",
        "left_out",
        "long",
        "rules",
        "shapes",
        "types_left_out",
        "unchecked",
        "worst_left_out",
    )  # fmt: skip

    def __init__(
        self, rules: Rules, has_long_texts: bool, shapes: tuple[Shapes, Shapes] | None = None
    ) -> None:
        self.rules = rules
        self.shapes = shapes
        self.issues: list[Issue] = []
        self.contained: dict[str, str] = {}
        self.full_urls: dict[str, str] | None = None
        self.by_address = False
        self.left_out = 0
        self.worst_left_out: Severity = "warning"
        self.types_left_out: set[str] = set()
        self.checked = 0
        self.unchecked = 0
        self.long = has_long_texts

    def result(self) -> Checked:
        """What it came to."""
        if self.left_out:
            told = message("fhir.more", n=self.left_out)
            self.issues.append(Issue(self.worst_left_out, "too-costly", "(document)", told))
        return Checked(tuple(self.issues), self.checked, self.unchecked)

    @property
    def told(self) -> int:
        """How many issues there are, with those that were too many to keep."""
        return len(self.issues) + self.left_out

    def tell(
        self, severity: Severity, kind: IssueType, where: Where | None, what: Message, rule: str = ""
    ) -> None:
        """Keep an issue, as long as there are not too many."""
        if len(self.issues) < MOST_TOLD:
            self.issues.append(Issue(severity, kind, place_of(where), what, rule))
        else:
            self.left_out += 1
            if severity == "error":
                self.worst_left_out = severity

    def resource(self, value: object, where: Where | None, depth: int) -> None:
        """Check a resource at a place; None is the top."""
        if type(value) is not dict:
            self.tell("error", "structure", where, not_of_kind(RESOURCE, "object", value))
            return
        node = cast("Node", value)
        name = node.get("resourceType")
        if type(name) is not str:
            self.tell("error", "required", where, message("fhir.no-resource-type"))
            return
        if name not in self.rules.checked:
            self._unknown_type(name, where)
            return
        if where is None:
            where = (None, name, -1)
        outer = self.contained
        # What is contained is counted with the resource that holds it, and sees its siblings as that does.
        if where[1] != "contained":
            self.checked += 1
            self.contained = {}
            if "contained" in node:
                self._enter_contained(node["contained"], where)
        if name == "Bundle":
            self._bundle(node, where, depth)
        elif not self._fits(node, name):
            self.node(node, self.rules.of(name), where, depth)
        self.contained = outer

    def _fits(self, node: Node, name: str) -> bool:
        """Whether a resource has the shape of one without fault; False as well where only a walk can tell.

        `Patient/ana` is of a type in a bundle as outside of one, so the quicker shape is asked until one resource
        points at others by their addresses.
        """
        if self.shapes is None:
            return False
        alone, among_others = self.shapes
        if not self.by_address:
            if alone.fits(node, name, self):
                return True
            if self.full_urls is None:
                return False
        fits = among_others.fits(node, name, self)
        self.by_address = self.by_address or fits
        return fits

    def _is_clean_entry(self, entry: Node) -> bool:
        """Whether it is an address and a resource without fault; False as well where only a walk can tell."""
        address, resource = entry.get("fullUrl"), entry.get("resource")
        if len(entry) != 2 or type(address) is not str or type(resource) is not dict:
            return False
        node = cast("Node", resource)
        name = node.get("resourceType")
        clean = (
            type(name) is str
            and name != "Bundle"
            and name in self.rules.checked
            and "/_history/" not in address
            and _ADDRESS.fullmatch(address) is not None
            and "contained" not in node
            and self._fits(node, name)
        )
        self.checked += clean
        return clean

    def _unknown_type(self, name: str, where: Where | None) -> None:
        if name in self.rules.tables.resource_types:
            self.unchecked += 1
            if name in self.types_left_out:
                return
            self.types_left_out.add(name)
            at = where or (None, name, -1)
            self.tell("warning", "not-supported", at, message("fhir.type-not-checked", type=name))
            return
        near = get_close_matches(name[:100], self.rules.tables.resource_types, n=1)
        self.tell("error", "value", where, message("fhir.no-such-type", near=near[0] if near else None))

    def _enter_contained(self, contained: object, where: Where) -> None:
        if type(contained) is not list:
            return
        for index, each in enumerate(cast("list[Any]", contained)):
            if type(each) is not dict:
                continue
            node = cast("Node", each)
            name = node.get("id")
            if type(name) is not str:
                if "id" not in node:
                    self.tell(
                        "error", "required", (where, "contained", index), message("fhir.contained-no-id")
                    )
                continue
            if name in self.contained:
                self.tell(
                    "error", "duplicate", (where, "contained", index), message("fhir.contained-id-twice")
                )
            kind = node.get("resourceType")
            self.contained[name] = kind if type(kind) is str else ""

    def _bundle(self, node: Node, where: Where, depth: int) -> None:
        entries = node.get("entry")
        if type(entries) is list and len(cast("list[Any]", entries)) > MOST_ENTRIES:
            told = message("fhir.too-many-entries", most=MOST_ENTRIES)
            self.tell("error", "too-costly", (where, "entry", -1), told)
            return
        outer = self.full_urls, self.by_address
        self.full_urls, faults = bundle_rules.addresses_of(node)
        self.by_address = bool(faults)  # an address may then say `Patient/ana` of what is no patient
        for issue in faults:
            self.tell("error", issue.kind, (where, "entry", issue.index), issue.what, issue.rule)
        self.node(node, self.rules.of("Bundle"), where, depth)
        self.full_urls, self.by_address = outer

    def node(self, node: Node, rules: TypeRules, where: Where, depth: int) -> None:
        """Check an element, or a resource whose type is known."""
        if depth > DEEPEST:
            self.tell("error", "too-costly", where, message("fhir.too-deep", most=DEEPEST))
            return
        before = self.told
        plain = rules.plain
        elements = rules.elements
        chosen: dict[str, str] | None = None
        for key, value in node.items():
            fast = plain.get(key)
            if fast is not None and type(value) is fast[0] and fast[1](value) and not self.long:
                continue
            element = elements.get(key)
            if element is None:
                if key != "resourceType":
                    self._unknown_key(key, value, rules, where)
                continue
            if element.choice:
                if chosen is None:
                    chosen = {element.choice: key}
                elif chosen.setdefault(element.choice, key) != key:
                    both = (chosen[element.choice], key)
                    self.tell("error", "structure", (where, key, -1), message("fhir.two-choices", keys=both))
            if element.primitive:
                self._primitive(element, value, node, where)
            elif element.many:
                self._list(element, value, node, where, depth)
            elif type(value) is dict and value:
                self._one(element, cast("Node", value), (where, key, -1), depth)
            else:
                self._not_an_element(element, cast("object", value), where)
        for required in rules.required:
            if required.keys[0] not in node and not any(key in node for key in required.keys):
                self._missing(required, where)
        for when, name, holds, is_error in rules.invariants:
            if not when or when in node:
                self._ask(holds, node, name, is_error, where, before)

    def _ask(self, holds: Any, value: object, name: str, is_error: bool, where: Where, before: int) -> None:
        try:
            kept = holds(value, self)
        except (TypeError, AttributeError, KeyError, ValueError):
            # Only where something else is wrong can an invariant not be asked; else it is a fault of ours.
            if self.told == before:
                raise
            return
        if not kept:
            told = message("fhir.invariant", id=name, text=self.rules.texts[name])
            self.tell("error" if is_error else "warning", "invariant", where, told, name)

    def _one(self, element: Element, value: Node, where: Where, depth: int) -> None:
        """Check an element of a type with elements, and what is asked of it at this place."""
        if element.type == RESOURCE:
            self.resource(value, where, depth + 1)
            return
        rules = element.rules
        if rules is None:
            rules = element.rules = self.rules.of(element.type)
        before = self.told
        self.node(value, rules, where, depth + 1)
        if element.shadow_of and "extension" not in value and "id" not in value:
            self.tell("error", "structure", where, message("fhir.empty"))
        if not element.asked:
            return
        if element.targets:
            self._target(element, value, where)
        if element.codes:
            self._concept(element, value, where)
        for name, holds, is_error in element.here:
            self._ask(holds, value, name, is_error, where, before)

    def _list(self, element: Element, value: object, node: Node, where: Where, depth: int) -> None:
        key = element.name
        if type(value) is not list:
            self.tell("error", "structure", (where, key, -1), message("fhir.list-wanted"))
            return
        listed = cast("list[Any]", value)
        if not listed:
            self.tell("error", "structure", (where, key, -1), message("fhir.empty-list"))
            return
        if element.most and len(listed) > element.most:
            self.tell("error", "structure", (where, key, -1), message("fhir.too-many", most=element.most))
        is_entry = element.type == _ENTRY
        for index, each in enumerate(listed):
            if type(each) is dict and each:
                if is_entry and self._is_clean_entry(cast("Node", each)):
                    continue
                self._one(element, cast("Node", each), (where, key, index), depth)
            elif each is None and element.shadow_of:
                continue  # the value beside it has no extension
            else:
                self._not_an_element(element, cast("object", each), where, index)

    def _not_an_element(self, element: Element, value: object, where: Where, index: int = -1) -> None:
        at = (where, element.name, index)
        match value:
            case None:
                told = message("fhir.null")
            case {}:
                told = message("fhir.empty")
            case list() if index < 0 and not element.many:
                told = message("fhir.no-list-wanted")
            case _:
                told = not_of_kind(element.type, "object", value)
        self.tell("error", "structure", at, told)

    def _primitive(self, element: Element, value: object, node: Node, where: Where) -> None:
        key = element.name
        if not element.many:
            if type(value) is list:
                self.tell("error", "structure", (where, key, -1), message("fhir.no-list-wanted"))
                return
            self._value(element, value, (where, key, -1))
            return
        if type(value) is not list:
            self.tell("error", "structure", (where, key, -1), message("fhir.list-wanted"))
            return
        listed = cast("list[Any]", value)
        if not listed:
            self.tell("error", "structure", (where, key, -1), message("fhir.empty-list"))
        kind, accept = accepting(element.type)
        for index, each in enumerate(listed):
            if type(each) is kind and accept(each) and not element.asked and not self.long:
                continue
            if each is None and self._is_beside(node.get(f"_{key}"), index):
                continue
            self._value(element, each, (where, key, index))

    @staticmethod
    def _is_beside(shadow: object, index: int) -> bool:
        """Whether extensions stand for a value that is null."""
        listed = cast("list[Any]", shadow) if type(shadow) is list else []
        return index < len(listed) and type(listed[index]) is dict

    def _value(self, element: Element, value: object, where: Where) -> None:
        """Check one value of a primitive type."""
        if value is None:
            self.tell("error", "structure", where, message("fhir.null"))
            return
        fault = fault_of(element.type, value)
        if fault is not None:
            is_kind = fault.id in ("fhir.json-type", "fhir.empty-text")
            kind: IssueType = (
                "structure" if is_kind else "too-long" if fault.id == "fhir.too-long" else "value"
            )
            self.tell("error", kind, where, fault)
            return
        if element.codes and not any(code == value for _, code in element.codes):
            self._not_in_set(element, where)
        for name, holds, is_error in element.here:
            self._ask(holds, value, name, is_error, where, self.told)

    def _not_in_set(self, element: Element, where: Where) -> None:
        codes = sorted({code for _, code in element.codes})
        told = message(
            "fhir.code" if element.must else "fhir.code-widened",
            set=element.value_set,
            codes=tuple(codes) if len(codes) <= _FEW_CODES else None,
        )
        self.tell("error" if element.must else "warning", "code-invalid", where, told)

    def _concept(self, element: Element, value: Node, where: Where) -> None:
        """Check a Coding, a CodeableConcept or a Quantity against the set of codes of its place."""
        if element.type == "CodeableConcept":
            codings = value.get("coding")
            listed = cast("list[Any]", codings) if type(codings) is list else []
            if not listed:
                # Words alone: where the codes bind there must be one, where they may be widened words will do.
                if element.must and "extension" not in value:
                    self._not_in_set(element, where)
                return
        elif element.type in ("Coding", "Quantity"):
            listed = [value]
            if "code" not in value:
                return
        else:
            return
        for each in listed:
            if type(each) is dict:
                coding = cast("Node", each)
                system, code = coding.get("system"), coding.get("code")
                if type(system) is str and type(code) is str and (system, code) in element.codes:
                    return
        if element.must or all(type(each) is dict and "code" in each for each in listed):
            self._not_in_set(element, where)

    def _target(self, element: Element, value: Node, where: Where) -> None:
        if element.type != "Reference":
            return
        reference = value.get("reference")
        if type(reference) is not str:
            return
        kind = pointed_type(reference, self.contained, self.full_urls)
        if kind and kind not in element.targets and kind in self.rules.tables.resource_types:
            told = message("fhir.reference-target", type=kind, allowed=tuple(sorted(element.targets)))
            self.tell("error", "value", (where, "reference", -1), told)
        if kind is None:
            self.tell("error", "value", (where, "reference", -1), message("fhir.reference-nowhere"))

    def _missing(self, required: Required, where: Where) -> None:
        told = message("fhir.missing", element=required.name)
        self.tell("error", "required", where, told)

    def _unknown_key(self, key: str, value: object, rules: TypeRules, where: Where) -> None:
        near = get_close_matches(key[:60], rules.elements, n=1, cutoff=0.75)
        shown = key if key.isascii() and key.isprintable() and len(key) <= 60 else "…"
        told = message("fhir.unknown-element", type=rules.name, near=near[0] if near else None)
        self.tell("error", "structure", (where, shown, -1), told)


_CLEAN = Checked((), 1, 0)


def place_of(where: Where | None) -> str:
    """The place as a path of keys and indexes."""
    parts: list[str] = []
    while where is not None:
        above, key, index = where
        parts.append(f"{key}[{index}]" if index >= 0 else key)
        where = above
    return ".".join(reversed(parts)) or "(document)"
