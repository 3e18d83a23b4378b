"""A document of CDS Hooks beside the models: everything that is wrong with it, at once, each with its place.

What is inside (drafts, prefetched and suggested resources) is checked as FHIR R4 by the same walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, cast

import orjson

from assuage.catalogue.message import Message, message
from assuage.fhir.hooks import models
from assuage.fhir.hooks.invariants import INVARIANTS
from assuage.fhir.hooks.models import CONTEXTS, MAY_BE_EMPTY, MODELS, TOLD_BY, Model, ModelKey, too_long
from assuage.fhir.issue import Checked, Issue, IssueType
from assuage.fhir.primitives import LONGEST, fault_of, not_of_kind
from assuage.fhir.reading import WHOLE, doubled_keys, may_double, read_json_bytes
from assuage.fhir.rules import rules_of_r4
from assuage.fhir.shapes import may_fit
from assuage.fhir.validate import DEEPEST, ResourceWalk, Where, shapes_of_r4

Node = dict[str, Any]

_UUID = re.compile(r"(?:urn:uuid:)?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
# A key that a stranger wrote is told only where it can be no value of a patient: a short name.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]{0,59}", re.ASCII)


def model_of(value: object) -> str | None:
    """Which of the four documents it is, by the first key that only one of them has; None for none."""
    if type(value) is not dict:
        return None
    return next((TOLD_BY[key] for key in cast("Node", value) if key in TOLD_BY), None)


def checked_hook_bytes(raw: bytes, name: str | None = None) -> Checked:
    """What is wrong with a JSON text that should be a document of CDS Hooks (`name`: which; None: see for yourself)."""
    return checked_call(raw, name)[1]


def checked_call(
    raw: bytes, name: str | None = None, is_known: Callable[[Any], bool] = lambda _: False
) -> tuple[Any, Checked]:
    """The value of such a text, None where there is none, and what is wrong with it.

    What is sent along with the value is not looked at where `is_known` says that it was looked at before.
    """
    value = read_json_bytes(raw)
    if isinstance(value, Issue):
        return None, Checked((value,))
    try:
        again = orjson.dumps(value)
    except orjson.JSONEncodeError:
        # It reads deeper than it writes; the walk says that this is too deep.
        return value, checked_hook(value, name)
    looked_at = value | {"prefetch": {}} if is_known(value) else value
    checked = _walked(looked_at, name, HookWalk(len(raw) > LONGEST, may_fit(again)))
    if not may_double(raw, again):
        return value, checked
    return value, Checked((*checked.issues, *doubled_keys(raw)), checked.resources, checked.unchecked)


def checked_hook(value: object, name: str | None = None) -> Checked:
    """What is wrong with a plain value that should be a document of CDS Hooks."""
    return _walked(value, name, HookWalk(has_long_texts=True, may_fit_shapes=False))


def _walked(value: object, name: str | None, walk: HookWalk) -> Checked:
    name = name or model_of(value)
    if name is None:
        return Checked((Issue("error", "structure", WHOLE, message("hooks.no-document")),))
    walk.object(value, MODELS[name], (None, name, -1), 0)
    return walk.result()


class HookWalk:
    """One walk over a document of CDS Hooks, and over the resources in it."""

    def __init__(self, has_long_texts: bool, may_fit_shapes: bool) -> None:
        shapes = shapes_of_r4() if may_fit_shapes else None
        self._fhir = ResourceWalk(rules_of_r4(), has_long_texts, shapes)

    def result(self) -> Checked:
        """What it came to."""
        return self._fhir.result()

    def _tell(self, kind: IssueType, where: Where, what: Message, *, soft: bool = False) -> None:
        self._fhir.tell("warning" if soft else "error", kind, where, what)

    def object(self, value: object, model: Model, where: Where, depth: int, hook: str = "") -> None:
        """Check an object of a model at a place."""
        if type(value) is not dict:
            self._fhir.tell("error", "structure", where, not_of_kind(where[1], "object", value))
            return
        if depth > DEEPEST:
            self._tell("too-costly", where, message("fhir.too-deep", most=DEEPEST))
            return
        node = cast("Node", value)
        if not node and any(key.must for key in model.keys.values()):
            self._tell("structure", where, message("fhir.empty"))
        hook = hook or str(node.get("hook", ""))
        for name, inner in node.items():
            key = model.keys.get(name)
            if key is None:
                self._unknown(name, model, where)
            elif key.many:
                self._list(name, key, inner, where, depth, hook)
            else:
                self._value(key, inner, (where, name, -1), depth, hook)
        for name, key in model.keys.items():
            if key.must and name not in node:
                self._tell("required", where, message("fhir.missing", element=name), soft=key.soft)
        for rule in model.obeys:
            holds, is_error = INVARIANTS[rule]
            if not holds(node):
                told = message("fhir.invariant", id=rule, text=message(f"hooks.invariant-{rule}"))
                self._fhir.tell("error" if is_error else "warning", "invariant", where, told, rule)

    def _unknown(self, name: str, model: Model, where: Where) -> None:
        shown = name if _NAME.fullmatch(name) else "…"
        near = get_close_matches(name[:60], model.keys, n=1, cutoff=0.75)
        told = message("hooks.unknown-key", near=near[0] if near else None)
        self._tell("structure", (where, shown, -1), told)

    def _list(self, name: str, key: ModelKey, value: object, where: Where, depth: int, hook: str) -> None:
        if type(value) is not list:
            self._tell("structure", (where, name, -1), message("fhir.list-wanted"))
            return
        listed = cast("list[Any]", value)
        if not listed and name not in MAY_BE_EMPTY:
            self._tell("structure", (where, name, -1), message("fhir.empty-list"))
        for index, each in enumerate(listed):
            self._value(key, each, (where, name, index), depth, hook)

    def _value(self, key: ModelKey, value: object, where: Where, depth: int, hook: str) -> None:
        match key.type:
            case name if name in MODELS:
                self.object(value, MODELS[name], where, depth + 1, hook)
            case models.CONTEXT:
                self._context(value, where, depth, hook)
            case models.PREFETCH:
                self._prefetch(value, where, depth)
            case models.RESOURCE:
                self._resource(value, where, depth)
            case models.CODING:
                self._coding(value, where, depth)
            case models.EXTENSION:
                if type(value) is not dict:
                    self._fhir.tell("error", "structure", where, not_of_kind("extension", "object", value))
            case models.TEMPLATES:
                self._templates(value, where)
            case models.UUID:
                if type(value) is not str or not _UUID.fullmatch(value):
                    self._tell("value", where, message("hooks.uuid"))
            case primitive:
                self._primitive(primitive, key, value, where)

    def _primitive(self, name: str, key: ModelKey, value: object, where: Where) -> None:
        fault = fault_of(name, value)
        if fault is not None:
            self._fhir.tell("error", "value", where, fault)
        elif key.codes and value not in key.codes:
            self._tell("code-invalid", where, message("hooks.code", codes=key.codes))
        elif where[1] == "summary" and too_long(str(value)):
            self._tell("too-long", where, message("hooks.summary"), soft=True)

    def _context(self, value: object, where: Where, depth: int, hook: str) -> None:
        model = CONTEXTS.get(hook)
        if model is None:
            self._tell("not-supported", where, message("hooks.context-not-checked"), soft=True)
        else:
            self.object(value, model, where, depth + 1, hook)

    def _prefetch(self, value: object, where: Where, depth: int) -> None:
        if type(value) is not dict:
            self._fhir.tell("error", "structure", where, not_of_kind("prefetch", "object", value))
            return
        for name, inner in cast("Node", value).items():
            # null: the caller looked and holds none, or could not look.
            if inner is not None:
                self._resource(inner, (where, name if _NAME.fullmatch(name) else "…", -1), depth)

    def _resource(self, value: object, where: Where, depth: int) -> None:
        self._fhir.resource(value, where, depth + 1)
        if where[1] == "resource" and type(value) is dict and "id" not in value:
            self._tell("required", where, message("fhir.missing", element="id"))

    def _coding(self, value: object, where: Where, depth: int) -> None:
        if type(value) is not dict or not value:
            self._fhir.tell(
                "error", "structure", where, not_of_kind("Coding", "object", cast("object", value))
            )
            return
        self._fhir.node(cast("Node", value), rules_of_r4().of("Coding"), where, depth + 1)

    def _templates(self, value: object, where: Where) -> None:
        if type(value) is not dict:
            self._fhir.tell("error", "structure", where, not_of_kind("prefetch", "object", value))
            return
        for name, inner in cast("Node", value).items():
            fault = fault_of("string", inner)
            if fault is not None:
                self._fhir.tell("error", "value", (where, name if _NAME.fullmatch(name) else "…", -1), fault)
