"""The last look before publication: no text of a report may hold what the rules of de-identification find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, cast

from assuage.catalogue.message import message
from assuage.deidentify.identifiers import Policy
from assuage.deidentify.release import LOCKED
from assuage.deidentify.text import Hiding
from assuage.errors import Problem, Problems
from assuage.report.care.case_report import CaseReport

# References name their authors and their years; that is what they are for. Titles of the page are ours.
_NOT_OF_THE_PATIENT = ("references", "words", "notices", "language")


def refuse_identifiers(report: CaseReport) -> None:
    """Nothing when no rule finds anything; else Problems with each place and kind, never the word itself."""
    hiding = Hiding(Policy())
    values = {key: value for key, value in asdict(report).items() if key not in _NOT_OF_THE_PATIENT}
    texts = list(_texts(values, "report"))
    hiding.learn(text for _, text in texts)
    for place, text in texts:
        hiding.hide(text, place)
    if hiding.changes:
        problems = [
            Problem(
                change.place,
                message("release.holds-identifier", what=message(f"identifier.{change.rule.id}")),
            )
            for change in hiding.changes
        ]
        raise Problems("the report", list(dict.fromkeys(problems)), LOCKED)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield from _texts(inner, f"{place}.{key}")
    elif isinstance(value, (list, tuple)):
        for at, inner in enumerate(cast("list[Any]", value)):
            yield from _texts(inner, f"{place}[{at}]")
