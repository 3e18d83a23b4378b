"""The page of the record format says what the reader takes: every kind, every field, every word it lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from assuage.errors import Problems
from assuage.record.kinds import KINDS
from assuage.record.read import parse_record
from assuage.record.yaml_text import compose

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "record.md"
Plain = dict[str, object]


class Field(NamedTuple):
    """A row of the table of a kind."""

    name: str
    required: bool
    takes: str

    @property
    def words(self) -> list[str]:
        """The words that may stand there, where its text begins with a list of them."""
        listed = re.match(r"(?:`[a-z0-9_-]+`(?:, | or )?)+", self.takes)
        return re.findall(r"`([^`]+)`", listed[0]) if listed else []


class Kind(NamedTuple):
    """A section of the page about a kind."""

    name: str
    example: Plain
    fields: list[Field]


def _kinds() -> list[Kind]:
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for section in sections:
        name, example = re.match(r"`(\w+)`\n", section), re.search(r"```yaml\n(.+?)```", section, re.DOTALL)
        if name and example:
            rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| (.+) \|$", section, re.MULTILINE)
            fields = [Field(field, bool(required), takes) for field, required, takes in rows]
            found.append(
                Kind(name[1], compose(f"entries:\n{example[1]}", name[1]).value["entries"][0], fields)
            )
    return found


ALL = _kinds()
# What stands before an example that names another entry, and what else a word of a field asks for.
NAMED: Plain = {"id": "e7", "day": 0, "kind": "note", "text": "an entry"}
BESIDE: dict[tuple[str, str], Plain] = {
    ("enter", "do"): {"to": "settle"},
    ("return", "do"): {"to": "settle"},
    ("override", "do"): {"because": "an example"},
}
INSTEAD_OF = {("exposure", "state"): {"amount", "unit"}, ("decision", "do"): {"to", "because"}}
VALUES: dict[str, object] = {"true": True, "false": False}


def read(entry: Plain) -> None:
    parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": [NAMED, entry]})


def problems(entry: Plain) -> set[str]:
    with pytest.raises(Problems) as refused:
        read(entry)
    return {problem.place.removeprefix("entries[1].") for problem in refused.value.problems}


def test_the_page_has_every_kind_that_the_reader_takes():
    assert {kind.name for kind in ALL} == set(KINDS)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_the_example_of_a_kind_is_read_and_uses_fields_of_its_table(kind: Kind):
    read(kind.example)
    assert kind.example["kind"] == kind.name
    assert kind.example.keys() - {"day", "time", "kind", "by"} <= {field.name for field in kind.fields}


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind in ALL for field in kind.fields if field.required],
    ids=lambda value: value.name,
)
def test_what_the_page_calls_required_is_missed(kind: Kind, field: Field):
    entry = {name: value for name, value in kind.example.items() if name != field.name}
    assert field.name in problems(entry)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_field_that_is_not_on_the_page_is_refused(kind: Kind):
    assert problems({**kind.example, "unheard_of": 1}) == {"unheard_of"}


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind in ALL for field in kind.fields if field.words],
    ids=lambda value: value.name,
)
def test_the_words_of_a_field_are_taken_and_no_others(kind: Kind, field: Field):
    assert len(field.words) > 1
    without = INSTEAD_OF.get((kind.name, field.name), set())
    example = {name: value for name, value in kind.example.items() if name not in without}
    for word in field.words:
        read({**example, **BESIDE.get((word, field.name), {}), field.name: VALUES.get(word, word)})
    assert field.name in problems({**kind.example, field.name: "unheard of"})
