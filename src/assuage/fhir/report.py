"""What a reading of FHIR understood and what it did not: a line for each element, with its place and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue

_INDEX = re.compile(r"\[\d+\]")

# `told`: should be known, and nothing was lost. `left`: an element, or all of a resource, is not in the record.
Weight = Literal["told", "left"]


class ReportLine(Struct, frozen=True):
    """One thing that a reading has to say: of which resource, of which of its elements, and why.

    `path` is written with the keys of the JSON, from the type on; the type alone stands for all of the resource.
    """

    resource: str
    path: str
    why: Message
    weight: Weight = "left"


class Gathered(Struct, frozen=True):
    """Lines with the same reason, for elements of the same name."""

    path: str
    why: Message
    weight: Weight
    resources: tuple[str, ...]
    count: int


def gathered(lines: Iterable[ReportLine]) -> list[Gathered]:
    """The lines together that a data manager would mend together, those for whole resources first."""
    alike: dict[tuple[str, Message, Weight], list[str]] = {}
    for line in lines:
        alike.setdefault((_INDEX.sub("", line.path), line.why, line.weight), []).append(line.resource)
    together = [
        Gathered(path, why, weight, tuple(dict.fromkeys(resources)), len(resources))
        for (path, why, weight), resources in alike.items()
    ]
    return sorted(
        together, key=lambda each: (each.weight == "told", "." in each.path, -each.count, each.path)
    )


def report_lines(lines: Sequence[ReportLine], speaking: Catalogue) -> list[str]:
    """The report in words, a line a reason."""
    return [
        str(
            speaking.say(
                message(
                    "fhir-import.line",
                    path=each.path,
                    why=each.why,
                    n=each.count,
                    first=each.resources[0] if each.resources[0] else None,
                )
            )
        )
        for each in gathered(lines)
    ]


def report_json(lines: Iterable[ReportLine], speaking: Catalogue) -> list[dict[str, Any]]:
    """The report for programs: every line by itself."""
    return [
        {
            "resource": line.resource,
            "path": line.path,
            "code": line.why.id,
            "text": str(speaking.say(line.why)),
            "left_out": line.weight == "left",
        }
        for line in lines
    ]
