"""Files and folders of FHIR become plain resources, within the bounds of a check: JSON or NDJSON, packed or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems
from assuage.fhir.files import whole_texts
from assuage.fhir.issue import Issue
from assuage.fhir.reading import doubled_keys, may_double, read_json_bytes

ENDINGS = (".json", ".ndjson", ".jsonl", ".gz")


def sources_in(names: Iterable[str]) -> list[str]:
    """The files that are meant: of a folder those with the endings of FHIR, in the order of their names."""
    files: list[str] = []
    for name in names:
        path = Path(name)
        if name == "-" or not path.is_dir():
            files.append(name)
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in ENDINGS)
        if not inside:
            raise InputError(message("fhir.no-files", path=path, endings=", ".join(ENDINGS)))
        files += map(str, inside)
    return files


def resources_of(names: Iterable[str]) -> Iterator[Any]:
    """The resources of files, one after the other. Raises Problems with all that is wrong in one of them."""
    for name in sources_in(names):
        yield from _of_one(name)


def _of_one(name: str) -> Iterator[Any]:
    import orjson

    problems: list[Problem] = []
    values: list[Any] = []
    for line, raw in whole_texts(name):
        value = read_json_bytes(raw)
        if isinstance(value, Issue):
            problems.append(Problem(value.place, value.what, line))
            continue
        if may_double(raw, orjson.dumps(value)):
            problems += [Problem(issue.place, issue.what, line) for issue in doubled_keys(raw)]
        values.append(value)
    if problems:
        raise Problems(name, problems)
    yield from values
