"""Every node of the notation: what it means, and how it reads in plain words."""

from __future__ import annotations

import ast
import inspect
from typing import get_args

from msgspec import Struct
from msgspec.structs import fields

from assuage.measures import nodes
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    any_of,
    finding,
    medication,
    none_of,
    onset,
    percent,
    records,
    red_flags,
    score,
    symptom,
    time_in_phase,
)
from assuage.terms.conditions import BLEEDING_DISORDER
from assuage.terms.drugs import TIZANIDINE
from assuage.terms.red_flags import DISSECTION, MYELOPATHY
from assuage.terms.scales import PAIN, SLEEP
from assuage.terms.sites import NECK, OCCIPUT
from assuage.terms.symptoms import NUMBNESS_FELT, PAIN_FELT
from assuage.terms.therapies import DEEP_MASSAGE, MESOTHERAPY
from assuage.terms.times import EVENING, days, weeks
from assuage.words.speak import describe
from docs.build.markdown import codes, fence

_neck = score(PAIN).at(NECK).past(days(7), needing=5)
_quiet, _rested = _neck.worst <= 1, score(SLEEP).past(days(7)).mean <= 3


def examples() -> dict[str, tuple[str, str]]:
    """An example of each node as it is written, and in plain words."""
    tests = {
        "Compare": ("score(PAIN).at(NECK).past(days(7), needing=5).worst <= 1", _quiet),
        "Known": ("score(PAIN).at(NECK).past(days(7), needing=5).worst.known", _neck.worst.known),
        "Taking": ("medication(TIZANIDINE).taken", medication(TIZANIDINE).taken),
        "SymptomIs": (
            "symptom(NUMBNESS_FELT).at(OCCIPUT).past(weeks(2)).appeared",
            symptom(NUMBNESS_FELT).at(OCCIPUT).past(weeks(2)).appeared,
        ),
        "WorseAfter": (
            "symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3))",
            symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3)),
        ),
        "FindingIs": ("finding(BLEEDING_DISORDER).present", finding(BLEEDING_DISORDER).present),
        "FlagsClear": (
            "red_flags(DISSECTION, MYELOPATHY).past(days(2)).clear",
            red_flags(DISSECTION, MYELOPATHY).past(days(2)).clear,
        ),
        "AllOf": ("all_of(quiet, rested)", all_of(_quiet, _rested)),
        "AnyOf": ("any_of(quiet, rested)", any_of(_quiet, _rested)),
        "NoneOf": ("none_of(quiet, rested)", none_of(_quiet, _rested)),
        "Assumed": (
            'quiet.assumed(True, because="nobody keeps a diary here")',
            _quiet.assumed(True, because="nobody keeps a diary here"),
        ),
    }
    measures = {
        "Summary": ("score(PAIN).at(NECK).past(days(7), needing=5).worst", _neck.worst),
        "FallFrom": (
            "score(PAIN).past(days(7), needing=4).mean.fall_from(PATHWAY_START)",
            score(PAIN).past(days(7), needing=4).mean.fall_from(PATHWAY_START),
        ),
        "RiseAfter": (
            "score(PAIN).at(NECK).rise_after(DEEP_MASSAGE, within=days(3))",
            score(PAIN).at(NECK).rise_after(DEEP_MASSAGE, within=days(3)),
        ),
        "Count": (
            "records(MESOTHERAPY).since(PHASE_ENTRY).count",
            records(MESOTHERAPY).since(PHASE_ENTRY).count,
        ),
        "TimeOn": ("medication(TIZANIDINE).time_on", medication(TIZANIDINE).time_on),
        "TimeInPhase": ("time_in_phase", time_in_phase),
    }
    numb = onset(NUMBNESS_FELT, at=(OCCIPUT,))
    scores = score(PAIN).at(NECK).in_the(EVENING).scores
    return {
        "Percent": ("percent(50)", describe(percent(50))),
        "Anchor": ("PATHWAY_START, PHASE_ENTRY", f"{describe(PATHWAY_START)}; {describe(PHASE_ENTRY)}"),
        "Onset": ("onset(NUMBNESS_FELT, at=(OCCIPUT,))", describe(numb)),
        "Past": (".past(weeks(2), needing=10)", describe(nodes.Past(weeks(2), 10))),
        "Since": (".since(PHASE_ENTRY)", describe(nodes.Since(PHASE_ENTRY))),
        "Scores": ("score(PAIN).at(NECK).in_the(EVENING)", describe(scores)),
        "Records": ("records(MESOTHERAPY)", f"records of {MESOTHERAPY.title}"),
        **{name: (text, describe(each)) for name, (text, each) in measures.items()},
        **{name: (text, describe(each)) for name, (text, each) in tests.items()},
    }


def page() -> str:
    """Every class of the node module, in the order of the file."""
    shown = examples()
    lines = ["# Nodes: what may be asked of a record", "", inspect.getdoc(nodes) or "", ""]
    lines += [
        "Measures: " + codes(kind.__name__ for kind in get_args(nodes.AnyMeasure)) + ".",
        "",
        "Tests: " + codes(kind.__name__ for kind in get_args(nodes.AnyTest)) + ".",
        "",
    ]
    tree = ast.parse(inspect.getsource(nodes))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name != nodes.Node.__name__:
            lines += _one(getattr(nodes, node.name), shown.get(node.name))
    return "\n".join(lines)


def _one(node: type, example: tuple[str, str] | None) -> list[str]:
    lines = [f"## {node.__name__}", "", inspect.getdoc(node) or "", ""]
    if issubclass(node, Struct) and fields(node):
        lines += ["Fields: " + codes(each.name for each in fields(node)) + ".", ""]
    if example:
        text, words = example
        lines += [*fence(text, "py"), f"In words: {words}.", ""]
    methods = [
        (name, inspect.getdoc(member) or "")
        for name, member in vars(node).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
    ]
    return lines + [f"- `.{name}`: {' '.join(doc.split())}" for name, doc in methods] + [""] * bool(methods)
