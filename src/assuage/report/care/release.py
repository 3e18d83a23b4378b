"""What keeps a case report from publication: consent, perspective, certificate, and identifiers in its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import to_builtins

from assuage.catalogue.message import message
from assuage.deidentify.identifiers import Policy
from assuage.deidentify.judged import DETAIL, SOMEWHERE
from assuage.deidentify.record import OF_THE_RECORD, hide_record
from assuage.deidentify.release import LOCKED, release_problems
from assuage.deidentify.text import Hiding
from assuage.errors import Problem, Problems
from assuage.record.entries import Record
from assuage.report.care.authors_text import AuthorsText
from assuage.report.care.perspective import perspective_of


def publication_problems(
    certificate: Mapping[str, Any] | None, content: bytes, record: Record, written: AuthorsText
) -> list[Problem]:
    """Everything that keeps a record from being published: its consent, its certificate, the patient's perspective."""
    problems = release_problems(certificate, content, record)
    given = perspective_of(record, written)
    if given is None:
        problems.append(Problem("perspective", message("release.no-perspective")))
    return problems


def refuse_publication(record: Record, written: AuthorsText, problems: Sequence[Problem], name: str) -> None:
    """Nothing where it may be published; else Problems with every cause, identifiers by their place and kind."""
    shut = [*problems, *_identifiers(record, written)]
    if shut:
        raise Problems(name, list(dict.fromkeys(shut)), LOCKED)


def _identifiers(record: Record, written: AuthorsText) -> Iterator[Problem]:
    """Each place at which the rules of de-identification know something, and its kind; never the word itself.

    What people wrote is read where they wrote it: in a sentence of ours its words have other neighbours, and a rule
    that goes by place knows names where there are none. What the report does not print, such as an id, is left out.
    """
    told = [change for change in hide_record(record, Policy()).changes if change.rule not in OF_THE_RECORD]
    hiding = Hiding(Policy())
    # References name their authors and their years; that is what they are for.
    of_the_authors = {key: value for key, value in to_builtins(written).items() if key != "references"}
    texts = list(_texts(of_the_authors, "text"))
    hiding.learn(text for _, text in texts)
    for place, text in texts:
        hiding.hide(text, place)
    for change in (*told, *hiding.changes):
        # A phrase is judged, not known; who released the record judged its words.
        if change.rule in (DETAIL, SOMEWHERE):
            continue
        what = message(f"identifier.{change.rule.id}")
        yield Problem(change.place, message("release.holds-identifier", what=what))


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield from _texts(inner, f"{place}.{key}")
    elif isinstance(value, (list, tuple)):
        for at, inner in enumerate(cast("list[Any]", value)):
            yield from _texts(inner, f"{place}[{at}]")
