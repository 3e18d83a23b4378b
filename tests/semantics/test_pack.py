"""The public pack: both engines give every expected answer, and the pack keeps to its own description."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assuage.cohort.panel import ANSWERS
from assuage.engine.many.program.lower import lower
from assuage.engine.walk import walk
from assuage.record.timeline import Timeline
from tests.agree.both import assert_agreement
from tests.semantics.naive import wrong
from tests.semantics.pack import ASKED, CASES, FOLDER, pathway, record

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def days_of(case):
    return [int(day) for day in case["expected"]]


def by_reference(case):
    """Every expected day answered by the reference engine."""
    asked, last = case["ask"], max(days_of(case))
    walked = walk(pathway(case), Timeline(record(case)), last)
    if "in_phase" in asked:
        here = {day: walked.stay_on(day) for day in days_of(case)}
        return {str(day): _yes(stay and stay.phase.id == asked["in_phase"]) for day, stay in here.items()}
    criteria = {criterion.id: criterion for criterion in pathway(case).criteria()}
    return {str(day): walked.view(day).truth(criteria[ASKED].test).value for day in days_of(case)}


def by_cohort(case):
    """Every expected day answered by the cohort engine, which agrees with the reference engine in all else too."""
    asked, plan, last = case["ask"], pathway(case), max(days_of(case))
    found = assert_agreement(plan, [record(case)], last)
    assert found is not None
    assert found.fallback == 0
    start = int(found.started[0])
    if "in_phase" in asked:
        number = [phase.id for phase in plan.phases].index(asked["in_phase"])
        return {str(day): _yes(found.panel.phase[day - start] == number) for day in days_of(case)}
    row = [criterion.id for criterion in lower(plan).criteria].index(ASKED)
    return {str(day): ANSWERS[int(found.panel.answers[row, day - start])].value for day in days_of(case)}


def _yes(holds):
    return "yes" if holds else "no"


@pytest.mark.parametrize("name", CASES)
def test_the_reference_engine_gives_the_expected_answers(name):
    assert by_reference(CASES[name]) == CASES[name]["expected"]


@pytest.mark.parametrize("name", CASES)
def test_the_cohort_engine_gives_the_expected_answers(name):
    assert by_cohort(CASES[name]) == CASES[name]["expected"]


# --- for those without Assuage --------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_two_hundred_lines_of_plain_python_give_the_expected_answers(name):
    assert wrong(CASES[name]) == {}


def test_the_example_runner_needs_the_standard_library_only(tmp_path):
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(FOLDER / "naive.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0 cases are answered differently\n")


# --- the pack keeps to its description ------------------------------------------------------------


def fits(value, schema, place=""):
    """What does not fit a JSON schema, for the few words of it that the pack's schema uses."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    if "oneOf" in schema:
        tried = [fits(value, one, place) for one in schema["oneOf"]]
        return [] if sum(not one for one in tried) == 1 else [f"{place}: fits {tried}"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value} is not one of {schema['enum']}"]
    types = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None:
        return [] if "null" in kinds else [f"{place}: is null"]
    kind = next((one for one in kinds if one in types and isinstance(value, types[one])), None)
    if kind is None or (isinstance(value, bool) and "boolean" not in kinds):
        return [] if isinstance(value, bool) and "boolean" in kinds else [f"{place}: is no {kinds}"]
    found = []
    if kind == "string" and not re.search(schema.get("pattern", ""), value):
        found.append(f"{place}: {value} does not match")
    if kind == "array":
        found += [
            text for at, one in enumerate(value) for text in fits(one, schema["items"], f"{place}[{at}]")
        ]
    if kind == "object":
        known, by_pattern = schema.get("properties", {}), schema.get("patternProperties", {})
        found += [f"{place}.{name}: is missing" for name in schema.get("required", ()) if name not in value]
        for name, one in value.items():
            inner = known.get(name) or next((s for p, s in by_pattern.items() if re.search(p, name)), None)
            found += fits(one, inner, f"{place}.{name}") if inner else [f"{place}.{name}: not known"]
    return found


@pytest.mark.parametrize("file", sorted(FOLDER.glob("cases/*.json")), ids=lambda file: file.stem)
def test_every_case_fits_the_schema(file: Path):
    assert fits(json.loads(file.read_text(encoding="utf-8")), SCHEMA, file.stem) == []


def test_something_that_is_no_case_does_not_fit_the_schema():
    case = {name: value for name, value in CASES["no-rows-no-answer"].items() if name != "file"}
    assert fits([case], SCHEMA) == []
    assert fits([case | {"expected": {"0": "maybe"}}], SCHEMA)
    assert fits([case | {"ask": {"comparison": 1}}], SCHEMA)
    assert fits([case | {"colour": "red"}], SCHEMA)
    assert fits([{name: case[name] for name in case if name != "why"}], SCHEMA)


def test_ids_are_used_once_and_every_day_from_the_first_to_the_last_has_an_answer():
    named = [one["id"] for file in FOLDER.glob("cases/*.json") for one in json.loads(file.read_text())]
    assert len(named) == len(set(named)) == len(CASES) >= 60
    for case in CASES.values():
        assert days_of(case) == list(range(max(days_of(case)) + 1)), case["id"]


def test_each_answer_is_expected_often_enough_to_catch_an_engine_that_always_gives_it():
    said = [answer for case in CASES.values() for answer in case["expected"].values()]
    assert min(said.count(answer) for answer in ("yes", "no", "unknown")) >= 60


@pytest.mark.parametrize(
    ("mistake", "caught"),
    [
        ("unknown is no", 30),
        ("the first day is lost", 8),
        ("a blank is zero", 5),
    ],
)
def test_the_pack_catches_the_mistakes_it_was_made_for(mistake, caught, monkeypatch):
    from tests.semantics import naive

    if mistake == "unknown is no":
        monkeypatch.setattr(naive, "UNKNOWN", "no")
    elif mistake == "the first day is lost":
        of = naive.Patient.of
        monkeypatch.setattr(naive.Patient, "of", lambda self, k, w, a, b: of(self, k, w, a + (a < b), b))
    else:
        for case in CASES.values():
            rows = [{**r, "value": 0} if r.get("value", 1) is None else r for r in case["rows"]]
            monkeypatch.setitem(case, "rows", rows)
    assert sum(bool(wrong(case)) for case in CASES.values()) >= caught


def test_every_file_of_cases_and_every_engine_is_named_in_the_readme():
    for file in FOLDER.glob("cases/*.json"):
        assert f"`{file.stem}`" in README
    for case in CASES.values():
        for one in case.get("wrong", ()):
            assert one["engine"] in README, one["engine"]
    assert f"{len(CASES)} cases" in README
