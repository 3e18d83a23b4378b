"""The tables as types of msgspec: whether the shape of a value is without fault is then answered in C.

A shape is narrower than the rules on purpose. Contained resources, values without a value (`_key`), items within items
and extensions of elements are not in it, so that what has them is walked in full; of a resource itself those extensions
are that have an address and one thing more. What fits needs only the questions that no
shape can ask (invariants, references, choices, sets of codes of concepts); what does not fit is walked, and that says
why.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from assuage.fhir.invariants import Invariant
from assuage.fhir.primitives import LONGEST, PATTERNS
from assuage.fhir.references import pointed_type
from assuage.fhir.rules import RESOURCE, SHADOW, CodeSet, Element, Rules

_LEFT_OUT = frozenset({"extension", "modifierExtension", "contained", "resourceType"})
_EXTENSIONS_WITHIN = 3  # extensions within extensions, as ours are: deeper ones are walked (ours)
# An address of an extension has no version, and none that is said with a bar.
_EXTENSION_URL = Annotated[str, Meta(pattern=r"\A[!-{}~]+\Z", max_length=LONGEST)]
_TEXTS = ("string", "markdown")
_WITHOUT_PATTERN: dict[str, Any] = {
    **dict.fromkeys(_TEXTS, Annotated[str, Meta(min_length=1, max_length=LONGEST)]),
    "boolean": bool,
    "decimal": int | float,
    "integer": Annotated[int, Meta(ge=-(2**31), lt=2**31)],
    "unsignedInt": Annotated[int, Meta(ge=0, lt=2**31)],
    "positiveInt": Annotated[int, Meta(ge=1, lt=2**31)],
}
# Narrower than the rule and quicker: what is written in ASCII without blanks. The rest is walked.
_SHORT_PATTERNS: dict[str, str] = dict.fromkeys(("canonical", "code", "uri", "url"), "[!-~]+")
# Half of all texts are these two; one search for a blank in them over the whole text is quicker than so many tests.
_SEARCHED = (("system", "uri"), ("code", "code"))
_BLANK_IN_SYSTEM = re.compile(rb'"system":"[^" \\]*[ \\]')
_BLANK_IN_CODE = re.compile(rb'"code":"[^" \\]*[ \\]')
# What needs more than a pattern: it is walked.
_CONTROLS = re.compile(rb"\\(?:u00|b|f)")
_WALKED = ("xhtml", "base64Binary", RESOURCE)


class Around(Protocol):
    """What a resource stands in: what it contains, and the types of the other entries of its bundle."""

    @property
    def contained(self) -> dict[str, str]:
        """The type of each contained resource by its id."""
        ...

    @property
    def full_urls(self) -> dict[str, str] | None:
        """The type of each entry by its address; None outside a bundle."""
        ...


class Step(Struct, eq=False):
    """What is to be asked at a key beyond its shape: of the value, and (`plan`) of what is within it."""

    choice: str
    many: bool
    plan: Plan | None
    codes: CodeSet
    must: bool
    concept: bool
    targets: frozenset[str]
    here: tuple[Invariant, ...]
    asks: bool


class Plan(Struct, eq=False):
    """What is to be asked of a type beyond its shape: at some keys, of it whole, and which choices must be made."""

    steps: dict[str, Step]
    invariants: tuple[tuple[str, Invariant], ...]
    choices: tuple[frozenset[str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not (self.steps or self.invariants or self.choices)


class Shapes:
    """The shape of each type, made when it is first asked for, and what is to be asked beyond it.

    Of a resource alone a shape asks too whether references point at what they may, and `Patient/ana` is all it takes;
    in a bundle (`alone` is false) they may point at other entries, and are looked at one by one.
    """

    def __init__(self, rules: Rules, alone: bool) -> None:
        self._rules = rules
        self._alone = alone
        self._of: dict[str, type | None] = {}
        self._plans: dict[str, Plan] = {}
        self._references: dict[frozenset[str], type] = {}
        self._extensions_of: dict[int, Any] = {}

    def fits(self, node: dict[str, Any], name: str, around: Around) -> bool:
        """Whether a resource of that type has the shape of one, and keeps all that is asked beyond it."""
        try:
            msgspec.convert(node, self.of(name))
        except msgspec.ValidationError:
            return False
        if "extension" in node and not _are_plain(node["extension"]):
            return False
        return keeps(node, self.plan(name), around)

    def plan(self, name: str) -> Plan:
        """What is to be asked of a type beyond its shape."""
        plan = self._plans.get(name)
        if plan is None:
            rules = self._rules.of(name)
            # While it is being made it is empty: a type within itself is in no shape.
            plan = self._plans[name] = Plan(
                {},
                tuple((when, holds) for when, _, holds, _ in rules.invariants),
                tuple(frozenset(each.keys) for each in rules.required if each.is_choice),
            )
            for key, element in rules.elements.items():
                step = self._step(element)
                if step is not None:
                    plan.steps[key] = step
        return plan

    def _step(self, element: Element) -> Step | None:
        if element.type in (SHADOW, RESOURCE, "Extension"):
            return None
        plan = None
        targets: frozenset[str] = frozenset()
        if element.type == "Reference" and not self._alone:
            targets = element.targets
        if not element.primitive and not (element.type == "Reference" and self._alone):
            plan = self.plan(element.type)
            plan = None if plan.is_empty else plan
        codes: CodeSet = frozenset() if element.primitive else element.codes
        here = tuple(holds for _, holds, _ in element.here if not element.primitive)
        if not (element.choice or plan or codes or targets or here):
            return None
        concept = element.type == "CodeableConcept"
        asks = bool(plan or codes or targets or here)
        return Step(element.choice, element.many, plan, codes, element.must, concept, targets, here, asks)

    def of(self, name: str) -> type | None:
        """The shape of a type; None while it is being made, which is where a type holds itself."""
        if name not in self._of:
            self._of[name] = None
            self._of[name] = self._made(name)
        return self._of[name]

    def _made(self, name: str) -> type:
        rules = self._rules.of(name)
        fields: list[Any] = []
        if self._rules.tables.types[name].kind == "resource":
            fields.append(("resourceType", _only(name)))
            fields.append(("extension", self._extensions(_EXTENSIONS_WITHIN) | UnsetType, UNSET))
        needed = {required.keys[0] for required in rules.required if not required.is_choice}
        for key, element in rules.elements.items():
            if key in _LEFT_OUT or element.type == SHADOW or element.type in _WALKED:
                continue
            held = self._held(element)
            if held is None:
                continue
            if element.many:
                held = Annotated[list[held], Meta(min_length=1)]
            if key in needed and not element.choice:
                fields.append((key, held))
            else:
                fields.append((key, held | UnsetType, UNSET))
        fields.sort(key=len)
        return msgspec.defstruct(
            name.replace(".", "_"), fields, forbid_unknown_fields=True, kw_only=True, gc=False
        )

    def _extensions(self, within: int) -> Any:
        """Extensions with an address and a value of which nothing more is to be asked, or with such extensions."""
        if within not in self._extensions_of:
            fields: list[Any] = [("url", _EXTENSION_URL)]
            for key, element in self._rules.of("Extension").elements.items():
                if not element.choice or element.type in (SHADOW, *_WALKED):
                    continue
                held = self._held(element) if element.primitive or self.plan(element.type).is_empty else None
                if held is not None:
                    fields.append((key, held | UnsetType, UNSET))
            if within:
                fields.append(("extension", self._extensions(within - 1) | UnsetType, UNSET))
            shape = msgspec.defstruct(
                f"Extension{within}", fields, forbid_unknown_fields=True, kw_only=True, gc=False
            )
            self._extensions_of[within] = Annotated[list[shape], Meta(min_length=1)]
        return self._extensions_of[within]

    def _reference(self, targets: frozenset[str]) -> type:
        """A reference by type and id to one of these types."""
        shape = self._references.get(targets)
        if shape is None:
            kinds = "|".join(sorted(targets or self._rules.tables.resource_types))
            text = Annotated[str, Meta(pattern=rf"\A(?:{kinds})/[A-Za-z0-9\-.]{{1,64}}\Z")]
            display = _WITHOUT_PATTERN["string"] | UnsetType
            fields: list[Any] = [("reference", text | UnsetType, UNSET), ("display", display, UNSET)]
            of_type = self._held(self._rules.of("Reference").elements["type"])
            fields.append(("type", of_type | UnsetType, UNSET))
            shape = msgspec.defstruct("Reference", fields, forbid_unknown_fields=True, kw_only=True, gc=False)
            self._references[targets] = shape
        return shape

    def _held(self, element: Element) -> Any:
        if element.type == "Reference" and self._alone:
            return self._reference(element.targets)
        if not element.primitive:
            return self.of(element.type)
        if element.codes:  # where they may be widened a warning is the walk's to give
            return _only(*sorted({code for _, code in element.codes}))
        if element.here:
            return None
        if element.type in _WITHOUT_PATTERN:
            return _WITHOUT_PATTERN[element.type]
        if (element.name, element.type) in _SEARCHED:
            return Annotated[str, Meta(min_length=1, max_length=LONGEST)]
        pattern = _SHORT_PATTERNS.get(element.type, PATTERNS[element.type])
        return Annotated[str, Meta(pattern=rf"\A(?:{pattern})\Z", max_length=LONGEST)]


def _only(*words: str) -> Any:
    """The type of a text that is one of these words."""
    literal: Any = Literal  # of words that are known only now
    return literal[words]


def _are_plain(extensions: list[dict[str, Any]]) -> bool:
    """Whether each extension has its address and one thing more: a value, or extensions of which the same is so."""
    return all(
        len(each) == 2 and ("extension" not in each or _are_plain(each["extension"])) for each in extensions
    )


def may_fit(again: bytes) -> bool:
    """Whether a text, written without blanks around its marks, may be looked at by shapes at all."""
    return not (
        b"{}" in again
        or (b"\\" in again and _CONTROLS.search(again))
        or _BLANK_IN_SYSTEM.search(again)
        or _BLANK_IN_CODE.search(again)
    )


def keeps(node: dict[str, Any], plan: Plan, around: Around) -> bool:
    """Whether a node of the right shape keeps all that is asked beyond it."""
    steps = plan.steps
    if steps:
        chosen: list[str] | None = None
        for key in node:
            step = steps.get(key)
            if step is None:
                continue
            if step.choice:
                if chosen is None:
                    chosen = [step.choice]
                elif step.choice in chosen:
                    return False
                else:
                    chosen.append(step.choice)
                if not step.asks:
                    continue
            if step.many:
                for each in node[key]:
                    if not _keeps_step(each, step, around):
                        return False
            elif not _keeps_step(node[key], step, around):
                return False
    for keys in plan.choices:
        if keys.isdisjoint(node):
            return False
    for when, holds in plan.invariants:  # noqa: SIM110 - a generator would take twice as long
        if (not when or when in node) and not holds(node, around):
            return False
    return True


def _keeps_step(value: Any, step: Step, around: Around) -> bool:
    plan = step.plan
    if plan is not None:
        if plan.steps or plan.choices:
            if not keeps(value, plan, around):
                return False
        else:
            for when, holds in plan.invariants:
                if (not when or when in value) and not holds(value, around):
                    return False
    codes = step.codes
    if codes:
        codings = value.get("coding", ()) if step.concept else (value,)
        for coding in codings:
            if (coding.get("system"), coding.get("code")) in codes:
                break
        else:
            # Words alone will do where codes may be widened; a warning is the walk's to give.
            if step.must or codings:
                return False
    if step.targets and "reference" in value:
        kind = pointed_type(value["reference"], around.contained, around.full_urls)
        if kind is None or (kind and kind not in step.targets):
            return False
    for holds in step.here:  # noqa: SIM110 - the same
        if not holds(value, around):
            return False
    return True
