"""The thirty items of CARE, judged on the published case, on what is missing, and the authors' text."""

from __future__ import annotations

import ast
import json
import re

import pytest
from babel.messages.pofile import read_po

from assuage.cli import main
from assuage.pathways import registry
from assuage.record.read import parse_record, read_record
from assuage.report.care.assemble import case_report, gap_rows
from assuage.report.care.authors_text import (
    NOTHING_WRITTEN,
    AuthorsText,
    authors_text_of,
    read_authors_text,
)
from assuage.report.care.case_report import joined_numbers
from assuage.report.care.checklist import ITEMS, SECTIONS, STATES
from assuage.report.care.language import language
from assuage.report.care.lint import claims
from assuage.review import review
from tests.docs.examples import ROOT

CASE = ROOT / "examples/case.yaml"
TEXT = ROOT / "examples/case-text.yaml"
HAS = ("1", "3b", "3c", "3d", "5b", "6", "8a", "9a", "9c", "11d")
PART = ("2", "3a", "4", "5a", "5c", "8c", "9b", "10a", "10d", "11b", "11c")
LACKS = ("5d", "7", "8b", "8d", "10b", "10c", "11a", "12", "13")


def reported(
    plain: dict[str, object] | None = None, written: AuthorsText = NOTHING_WRITTEN, lang: str = "en"
):
    record = read_record(CASE) if plain is None else parse_record(plain)
    read = review(record, registry.pathway("neck-first")) if record.current else None
    return case_report(record, read, written, lang=lang)


def states(report: object, which: str = "state") -> dict[str, str]:
    return {item.id: getattr(item, which) for item in report.items}  # pyright: ignore


def small(*entries: dict[str, object]) -> dict[str, object]:
    return {"format": "assuage-record/1", "patient": {"id": "x"}, "entries": list(entries)}


@pytest.fixture(scope="module")
def published():
    return reported(written=read_authors_text(str(TEXT)))


def test_there_are_thirteen_sections_and_thirty_items():
    assert len(SECTIONS) == 13
    assert len(ITEMS) == len({item.id for item in ITEMS}) == 30


# --- the published case --------------------------------------------------------------------------------


def test_the_published_case_gives_exactly_the_gaps_that_were_found_by_hand(published: object):
    found = states(published, "given")
    by_state = {state: tuple(name for name, one in found.items() if one == state) for state in STATES}
    assert by_state == {"filled": HAS, "partial": PART, "empty": LACKS, "not applicable": ()}


def test_this_report_adds_the_timeline_and_the_limits_and_nothing_else(published: object):
    given, state = states(published, "given"), states(published)
    assert {name: state[name] for name in state if state[name] != given[name]} == {
        "7": "filled",
        "11a": "partial",
    }


def test_perspective_consent_and_timeline_change_three_states():
    plain = json.loads(
        json.dumps(
            {
                "format": "assuage-record/1",
                "patient": {"id": "x"},
                "entries": [{"day": 0, "kind": "score", "scale": "pain", "value": 4}],
            }
        )
    )
    before = states(reported(plain), "given")
    plain["entries"].append({"day": 1, "kind": "consent", "for": "publication", "state": "given"})
    written, wrong = authors_text_of(
        {
            "format": "assuage-case-text/1",
            "items": {"7": "Day 0: first visit."},
            "perspective": {"text": "I can sleep."},
        }
    )
    assert wrong == []
    after = states(reported(plain, written), "given")
    assert {name for name in after if after[name] != before[name]} == {"7", "12", "13"}


@pytest.mark.parametrize(
    ("item", "gap"),
    [
        ("2", "6 keywords"),
        ("5d", "no earlier treatment"),
        ("8c", "4 of 5 regions"),
        ("9b", "mesotherapy: number of points, volume a point, lots"),
        ("9b", "Silexan: end"),
        ("10a", "the Widespread Pain Index was measured once"),
        ("10b", "25-OH-D not measured"),
        ("11b", "“confirm” claims more"),
        ("11c", "“validates” claims more"),
    ],
)
def test_a_gap_says_what_is_missing(published: object, item: str, gap: str):
    told = {name: text for name, _, _, text in gap_rows(published)}  # pyright: ignore
    assert gap in told[item]


def test_no_score_and_no_percentage_is_made_of_the_checklist(published: object):
    assert not re.search(r"CARE score|\d+ ?% of", json.dumps(gap_rows(published)))  # pyright: ignore


# --- unknown is an answer -----------------------------------------------------------------------------


def test_an_empty_record_has_empty_items_and_no_invented_fact():
    report = reported(small())
    assert {one for name, one in states(report, "given").items()} == {"empty"}


def test_what_does_not_apply_keeps_its_reason():
    written, wrong = authors_text_of(
        {"format": "assuage-case-text/1", "items": {"8d": {"not_applicable": "no course is known for it"}}}
    )
    assert wrong == []
    item = next(item for item in reported(small(), written).items if item.id == "8d")
    assert (item.state, item.reason) == ("not applicable", "no course is known for it")


def test_not_applicable_without_a_reason_is_a_problem():
    _, wrong = authors_text_of({"format": "assuage-case-text/1", "items": {"8d": {"not_applicable": " "}}})
    assert [problem.place for problem in wrong] == ["items.8d.not_applicable"]


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        (None, "manuscript.not-a-map"),
        ([], "manuscript.not-a-map"),
        ({"format": "x"}, "manuscript.not-the-format"),
        ({"format": "assuage-case-text/1", "items": {"99": "x"}}, "unknown-word"),
        (
            {"format": "assuage-case-text/1", "items": {"4": {"references": [3]}}},
            "manuscript.not-a-reference",
        ),
        ({"format": "assuage-case-text/1", "keywords": "pain"}, "manuscript.not-a-list"),
    ],
)
def test_a_wrong_text_of_the_authors_is_refused_with_its_place(plain: object, code: str):
    assert code in [problem.code for problem in authors_text_of(plain)[1] if problem.place]


def test_consent_refused_is_not_consent():
    report = reported(small({"day": 2, "kind": "consent", "for": "publication", "state": "refused"}))
    item = next(item for item in report.items if item.id == "13")
    assert (item.state, item.gaps) == ("empty", ("consent to publication: refused, on day 2",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This proves it", ["proves"]),
        ("permanently gone, never back", ["permanently", "never"]),
        ("an accurate improvement", []),
        ("tai įrodo", ["įrodo"]),
        ("cured", ["cured"]),
        ("secured", []),
    ],
)
def test_words_that_claim_too_much_are_marked(text: str, found: list[str]):
    assert sorted(word for word, _ in claims(text)) == sorted(found)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((), ""),
        ((3,), "3"),
        ((4, 3), "3, 4"),
        ((3, 5), "3, 5"),
        ((1, 2, 3, 7), "1–3, 7"),
        ((7, 1, 3, 2, 2, 8), "1–3, 7, 8"),
        ((0, 1, 2, 3, 5, 6, 8, 10, 11, 12), "0–3, 5, 6, 8, 10–12"),
    ],
)
def test_runs_of_entries_are_joined(numbers: tuple[int, ...], told: str):
    assert joined_numbers(numbers) == told


# --- languages -----------------------------------------------------------------------------------------


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def said_in_code() -> set[str]:
    """Every sentence the report asks a translation of, out of its source."""
    found: set[str] = set()
    for path in (ROOT / "src/assuage/report/care").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
                "t",
                "said",
                "n",
            ):
                for given in node.args[:1]:
                    inner = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
                    found |= {
                        one.value
                        for one in inner
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
    return found


def test_every_sentence_and_every_heading_has_a_lithuanian_translation():
    with (ROOT / "src/assuage/catalogue/lt/clinician/care.po").open("rb") as stream:
        catalogue = read_po(stream, locale="lt")
    assert not [one.id for one in catalogue if one.id and (one.fuzzy or not one.string)]
    known = {one.id[0] if isinstance(one.id, tuple) else one.id for one in catalogue}
    wanted = said_in_code() | set(SECTIONS) | {item.title for item in ITEMS} | set(STATES)
    assert sorted(wanted - known) == []


def test_the_values_of_a_translation_are_those_of_its_sentence():
    with (ROOT / "src/assuage/catalogue/lt/clinician/care.po").open("rb") as stream:
        for one in read_po(stream, locale="lt"):
            ids = one.id if isinstance(one.id, tuple) else (one.id,)
            strings = one.string if isinstance(one.string, tuple) else (one.string,)
            for said in strings if one.id else ():
                assert set(re.findall(r"{\w+}", said)) == set(re.findall(r"{\w+}", ids[-1])), said


def test_each_language_writes_its_own_decimal_sign():
    assert (language("en").num(4.5), language("lt").num(4.5)) == ("4.5", "4,5")


def test_a_lithuanian_report_has_no_english_sentence_of_ours(published: object):
    lithuanian = reported(written=read_authors_text(str(TEXT)), lang="lt")
    assert states(lithuanian) == states(published)
    gaps = " ".join(gap for item in lithuanian.items for gap in item.gaps)
    assert not re.search(r"\b(not|recorded|authors|the)\b", gaps)


def measured(*values: int) -> list[str]:
    """What item 10a says of scores of pain on days 0, 2, 4, …, in their order, by nobody else."""
    scores = [
        {"day": 2 * at, "kind": "score", "scale": "pain", "value": value, "by": "patient"}
        for at, value in enumerate(values)
    ]
    (item,) = [item for item in reported(small(*scores)).items if item.id == "10a"]
    return [sentence.text for sentence in item.sentences]


def test_six_values_of_a_scale_are_told_one_by_one():
    assert measured(4, 2, 9, 1, 3, 5)[0] == (
        "Pain without a stated site was rated 4 on day 0, 2 on day 2, 9 on day 4, 1 on day 6, 3 on day 8 and "
        "5 on day 10, on a scale from 0 to 10."
    )


def test_seven_values_of_a_scale_are_told_as_a_run_with_its_ends_and_its_extremes():
    assert measured(4, 2, 9, 1, 3, 5, 6) == [
        "Pain without a stated site was rated 7 times from day 0 to day 12, on a scale from 0 to 10: 4 at first and "
        "6 at last, 1 at the lowest and 9 at the highest."
    ]


def test_what_was_filled_is_counted_in_the_language_of_the_report(tmp_path, capsys):
    assert main(["report", str(CASE), "--lang", "lt", "-o", str(tmp_path / "case.json")]) == 0
    assert re.search(
        r"užpildyta \d+, iš dalies \d+, tuščia \d+; iš viso punktų: 30\n", capsys.readouterr().err
    )


def test_several_outcomes_of_one_exposure_stand_in_one_sentence():
    (item,) = [item for item in reported().items if item.id == "10d"]
    (told,) = [sentence.text for sentence in item.sentences if sentence.text.startswith("Massage took place")]
    assert "new or worse pain on 2 of 2 and new or worse numbness on 1 of 2; that does not" in told


def test_a_run_of_ranges_reaches_from_the_lowest_to_the_highest_they_leave_open():
    scores = [{"day": day, "kind": "score", "scale": "pain", "low": day, "high": day + 2} for day in range(7)]
    (item,) = [item for item in reported(small(*scores)).items if item.id == "10a"]
    assert "0 at the lowest and 8 at the highest" in item.sentences[0].text
    assert item.sentences[0].entries == tuple(range(7))


@pytest.mark.parametrize(
    ("entries", "gap", "is_told"),
    [
        (["0 score patient"], "pain without a stated site was measured once", True),
        (["0 score patient", "3 score patient"], "pain without a stated site was measured once", False),
        (["0 score clinician"], "no outcome is recorded as said by the patient", True),
        (["0 score clinician", "1 score patient"], "no outcome is recorded as said by the patient", False),
        (["4 resolved"], "“resolved” or “better” without a number beside it", True),
        (["4 better"], "“resolved” or “better” without a number beside it", True),
        (["4 better", "4 score patient"], "“resolved” or “better” without a number beside it", False),
        (["4 worse"], "no outcome is recorded", True),
    ],
)
def test_a_gap_among_the_outcomes_is_told_where_there_is_one(entries: list[str], gap: str, is_told: bool):
    plain: list[dict[str, object]] = []
    for day, what, *by in map(str.split, entries):
        score = {"kind": "score", "scale": "pain", "value": 3, "by": "".join(by)}
        felt = {"kind": "symptom", "what": "pain", "state": what}
        plain.append({"day": int(day), **(score if what == "score" else felt)})
    told = {name: text for name, _, _, text in gap_rows(reported(small(*plain)))}  # pyright: ignore
    assert (gap in told.get("10a", "")) is is_told
