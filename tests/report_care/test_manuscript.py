"""The manuscript as an editor reads it: headings, sentences and what they rest on, references, brackets."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.report.care.assemble import case_report
from assuage.report.care.authors_text import NOTHING_WRITTEN, AuthorsText, authors_text_of, read_authors_text
from assuage.report.care.case_report import CaseReport
from assuage.report.care.checklist import SECTIONS
from assuage.review import review
from tests.report_care.case_files import TEXT, small
from tests.universe import PATIENTS, ana

EVERYBODY = sorted(PATIENTS)
LANGUAGES = ("en", "lt")


def manuscript(
    record: Record, written: AuthorsText = NOTHING_WRITTEN, *, lang: str = "en", draft: bool = True
) -> CaseReport:
    read = None
    if record.current:
        followed = record.pathway.partition("@")[0] if record.pathway else "neck-first"
        read = review(record, registry.pathway(followed))
    return case_report(record, read, written, lang=lang, draft=draft)


def told(report: CaseReport, section: int | None = None) -> str:
    """The text of a section, or of all but the title."""
    return "\n".join(
        paragraph.text
        for each in report.sections
        if section in (None, each.number)
        for paragraph in each.paragraphs
    )


def of(*entries: dict[str, object], lang: str = "en", section: int | None = None, **patient: Any) -> str:
    """What the manuscript of these entries says."""
    return told(manuscript(parse_record(small(*entries, **patient)), lang=lang), section)


@pytest.fixture(scope="module")
def everybody() -> dict[tuple[str, str, bool], CaseReport]:
    return {
        (name, lang, draft): manuscript(PATIENTS[name](), lang=lang, draft=draft)
        for name in EVERYBODY
        for lang in LANGUAGES
        for draft in (True, False)
    }


Everybody = dict[tuple[str, str, bool], CaseReport]

# --- what holds for every patient ---------------------------------------------------------------------


def test_there_are_thirteen_headings_for_everybody(everybody: Everybody):
    assert {len(report.sections) for report in everybody.values()} == {13}
    assert [section.title for section in everybody["ana", "en", True].sections] == list(SECTIONS)


def test_every_sentence_says_which_rule_made_it_and_rests_on_entries_the_authors_or_a_count(
    everybody: Everybody,
):
    bare = [
        (key, sentence.text)
        for key, report in everybody.items()
        for sentence in report.sentences
        if not sentence.rule
        or (sentence.by == "record" and not sentence.entries and sentence.item not in ("3b", "5a"))
    ]
    assert bare == []


def test_the_entries_of_every_sentence_exist(everybody: Everybody):
    for (name, _, _), report in everybody.items():
        last = len(PATIENTS[name]().entries)
        assert all(0 <= place < last for sentence in report.sentences for place in sentence.entries)


def test_the_companion_has_a_row_for_every_sentence(everybody: Everybody):
    for report in everybody.values():
        assert [row.text for row in report.provenance] == [sentence.text for sentence in report.sentences]
        assert all(row.speakers and row.rule for row in report.provenance)


def test_no_bracket_is_left_for_publication(everybody: Everybody):
    left = [
        (key, sentence.text)
        for key, report in everybody.items()
        if not key[2]
        for sentence in report.sentences
        if sentence.by == "open" or re.search(r"\[(?!\d+(?:[,–] ?\d+)*\])", sentence.text)
    ]
    assert left == []


def test_nothing_is_said_to_be_not_recorded(everybody: Everybody):
    silent = re.compile(r"not recorded|neužrašyt|\(1 time\)|\(1 kart", re.IGNORECASE)
    assert [key for key, report in everybody.items() if silent.search(told(report))] == []


def test_every_sentence_is_whole(everybody: Everybody):
    odd = [
        (key, sentence.text)
        for key, report in everybody.items()
        for sentence in report.sentences
        if sentence.item not in ("1", "2")
        and not re.fullmatch(r"[\[“„(]?[A-ZĄČĘĖĮŠŲŪŽ0-9].*[.!?\]]", sentence.text, re.DOTALL)
    ]
    assert odd == []


def test_a_place_is_filled_and_no_name_of_a_state_stands_behind_a_colon(everybody: Everybody):
    left = re.compile(r": (?:present|absent|new|worse|resolved|start|stop)\b|[{}]|\bNone\b")
    assert [key for key, report in everybody.items() if left.search(told(report))] == []


def test_what_is_filled_has_a_place_in_the_manuscript(everybody: Everybody):
    for key, report in everybody.items():
        lost = [item.id for item in report.items if item.state == "filled" and not item.place]
        assert (key, lost) == (key, [])


# --- kinds of sentences that stood here once ----------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            {"kind": "therapy", "what": "kinesiotherapy", "do": "start"},
            "A course of active kinesiotherapy began on day 3.",
        ),
        (
            {"kind": "therapy", "what": "massage", "minutes": 20},
            "Massage was given once, on day 3, for 20 minutes.",
        ),
        (
            {"kind": "therapy", "what": "massage", "pressure": "deep", "by": "patient"},
            "The patient sought deep tissue massage on their own initiative on day 3.",
        ),
        (
            {"kind": "symptom", "what": "pain", "site": "occiput", "state": "resolved"},
            "Pain in the occiput had resolved on day 3.",
        ),
        (
            {"kind": "symptom", "what": "pain", "state": "worse", "approximate": True},
            "Pain without a stated site became worse around day 3.",
        ),
        (
            {"kind": "score", "scale": "pain", "site": "neck", "low": 4, "high": 5},
            "Pain in the neck was rated 4–5 on day 3, on a scale from 0 to 10.",
        ),
        (
            {"kind": "finding", "what": "cholecystectomy", "state": "present", "method": "history"},
            "The history included cholecystectomy (on day 3).",
        ),
        (
            {"kind": "finding", "what": "hepatic_steatosis", "state": "present", "method": "imaging"},
            "Imaging on day 3 showed hepatic steatosis.",
        ),
        (
            {"kind": "finding", "what": "uric acid", "state": "normal", "method": "laboratory"},
            "Laboratory testing on day 3 was normal for uric acid.",
        ),
        (
            {
                "kind": "medication",
                "drug": "ketoprofen",
                "do": "start",
                "doses": [{"amount": 100, "unit": "mg", "when": "2 times a day"}],
            },
            "Ketoprofen 100 mg “2 times a day” was started on day 3.",
        ),
        (
            {"kind": "medication", "drug": "amitriptyline", "do": "stop", "because": "dry mouth"},
            "Treatment with amitriptyline ended on day 3 (“dry mouth”).",
        ),
        (
            {"kind": "adverse_event", "what": "dizziness", "grade": 2, "suspected": ["tizanidine"]},
            "Dizziness was recorded on day 3 as an adverse event of grade 2, with tizanidine suspected.",
        ),
    ],
)
def test_what_is_recorded_becomes_a_sentence(entry: dict[str, object], says: str):
    assert says in of({"day": 3, **entry})


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (-1095, "about 3 years before day 0"),
        (-183, "about 6 months before day 0"),
        (-20, "about 20 days before day 0"),
    ],
)
def test_an_inferred_day_long_ago_is_told_in_the_unit_it_was_inferred_from(days: int, says: str):
    finding = {"kind": "finding", "what": "shingles", "state": "present", "method": "history"}
    assert says in of({"day": days, "approximate": True, **finding})


def test_many_conditions_that_were_asked_about_and_absent_are_counted():
    asked = ("epilepsy", "asthma", "hypertension", "diabetes", "gout", "psoriasis", "migraine")
    entries = [
        {"day": 0, "kind": "finding", "what": w, "state": "absent", "method": "history"} for w in asked
    ]
    assert "The history recorded none of 7 conditions that were asked about." in of(*entries)


@pytest.mark.parametrize(
    ("patient", "says"),
    [
        ({"sex": "female", "age": 48}, "a 48-year-old woman"),
        ({"sex": "male", "age": 8}, "an 8-year-old boy"),
        ({"sex": "female", "age": 12}, "a 12-year-old girl"),
        ({"sex": "male", "age": 83}, "an 83-year-old man"),
        ({"sex": "other", "age": 30}, "a 30-year-old person"),
        ({"sex": "male"}, "a man"),
    ],
)
def test_the_patient_is_named_by_age_and_sex(patient: dict[str, object], says: str):
    assert f"The patient was {says}." in of({"day": 0, "kind": "note", "text": "x"}, **patient)


def test_the_story_of_the_published_case_goes_by_phases_in_order():
    paragraphs = manuscript(ana()).sections[6].paragraphs
    assert [p.sentences[0].text.partition(" began")[0] for p in paragraphs[1:]] == [
        "The phase “Settle the nervous system”",
        "The phase “Quieten the neck”",
        "The phase “Move”",
    ]


# --- references -----------------------------------------------------------------------------------------


def test_references_are_numbered_in_the_order_in_which_they_are_cited_and_every_one_is():
    report = manuscript(ana(), read_authors_text(str(TEXT)))
    numbers = [int(n) for n in re.findall(r"\d+", " ".join(re.findall(r"\[([\d, –]+)\]", told(report))))]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(report.references) + 1)) == [1, 2, 3]
    assert report.references[0].startswith("Wolfe F")


def test_what_authors_cite_within_a_text_gets_the_number_of_the_manuscript():
    written, wrong = authors_text_of(
        {
            "format": "assuage-case-text/1",
            "references": ["A 2001", "B 2002", "C 2003"],
            "items": {
                "4": "One said so [3], two did not [1, 3].",
                "11b": {"text": "Beside it.", "references": [2]},
            },
        }
    )
    assert wrong == []
    report = manuscript(parse_record(small({"day": 0, "kind": "note", "text": "x"})), written)
    assert "One said so [1], two did not [1, 2]." in told(report, 4)
    assert "Beside it [3]." in told(report, 11)
    assert report.references == ("C 2003", "A 2001", "B 2002")


def test_a_reference_that_nothing_cites_is_a_gap_and_not_in_the_list():
    report = manuscript(ana(), read_authors_text(str(TEXT)))
    gaps = {item.id: " ".join(item.gaps) for item in report.items}
    assert "references 1, 2, 3, 4 and 5 of the authors’ text are cited nowhere" in gaps["11b"]


# --- Lithuanian -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            {"kind": "medication", "drug": "amitriptyline", "do": "start"},
            "3 dieną pradėtas gydymas amitriptilinu.",
        ),
        (
            {"kind": "medication", "drug": "tizanidine", "do": "stop"},
            "3 dieną nutrauktas gydymas tizanidinu.",
        ),
        ({"kind": "medication", "drug": "tizanidine", "do": "change"}, "3 dieną pakeista tizanidino dozė."),
        (
            {"kind": "therapy", "what": "kinesiotherapy", "do": "start"},
            "3 dieną pradėtas aktyvios kineziterapijos kursas.",
        ),
        (
            {"kind": "symptom", "what": "numbness", "site": "occiput", "state": "new"},
            "3 dieną atsirado nutirpimas pakaušyje.",
        ),
        (
            {"kind": "score", "scale": "pain", "site": "neck", "value": 4},
            "Skausmo kakle įvertis skalėje nuo 0 iki 10: 4 (3 dieną).",
        ),
        ({"kind": "symptom", "what": "anxiety", "state": "absent"}, "3 dieną nebuvo nerimo."),
    ],
)
def test_lithuanian_sentences_have_their_cases(entry: dict[str, object], says: str):
    assert says in of({"day": 3, **entry}, lang="lt")


def test_lithuanian_symptoms_stand_in_the_genitive_after_a_preposition():
    entries = [
        {"day": 0, "kind": "symptom", "what": "fatigue", "state": "present"},
        {"day": 0, "kind": "symptom", "what": "tingling", "site": "upper_leg", "state": "present"},
    ]
    text = of(*entries, lang="lt", sex="male", age=21)
    assert "21 metų vyras kreipėsi dėl nuovargio ir dilgčiojimo šlaunyje." in text


@pytest.mark.parametrize(
    ("sex", "headings"),
    [
        ("female", ("Informacija apie pacientę", "Pacientės požiūris")),
        ("male", ("Informacija apie pacientą", "Paciento požiūris")),
    ],
)
def test_lithuanian_headings_agree_with_the_sex_of_the_patient(sex: str, headings: tuple[str, str]):
    record = parse_record(small({"day": 0, "kind": "note", "text": "x"}, sex=sex))
    sections = manuscript(record, lang="lt").sections
    assert (sections[4].title, sections[11].title) == headings


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (1, "likus 1 dienai iki"),
        (2, "likus 2 dienoms iki"),
        (12, "likus 12 dienų iki"),
        (21, "likus 21 dienai iki"),
    ],
)
def test_lithuanian_days_before_are_counted_in_the_dative(days: int, says: str):
    finding = {"kind": "finding", "what": "shingles", "state": "present", "method": "history"}
    assert says in of({"day": -days, **finding}, lang="lt")


def test_a_phase_that_nobody_decided_is_told_as_the_pathways_and_not_as_what_a_clinician_did():
    plain = small({"day": 0, "kind": "score", "scale": "pain", "site": "neck", "value": 4, "by": "patient"})
    text = told(manuscript(parse_record({**plain, "pathway": "neck-first"})), 7)
    assert "by no decision that is recorded, the phase" in text


def test_words_that_were_hidden_leave_dots_and_no_bracket_of_the_authors():
    note = "since the quarrel with [name], [name] in [town]"
    text = of({"day": 0, "kind": "symptom", "what": "pain", "site": "neck", "state": "present", "note": note})
    assert "since the quarrel with … in …" in text
    assert "[name]" not in text
    bare = of(
        {"day": 0, "kind": "symptom", "what": "pain", "site": "neck", "state": "present", "note": "[name]"}
    )
    assert "pain in the neck on day 0" in bare


def test_a_questionnaire_answered_item_by_item_is_told_by_what_it_comes_to():
    whole = {str(number): 1 for number in range(1, 10)}
    answers = {"day": 0, "kind": "answers", "instrument": "phq9"}
    assert "was 9 on day 0, on a scale from 0 to 27" in of({**answers, "items": whole}, section=8)
    assert "was 8–11 on day 0" in of({**answers, "items": {**whole, "9": None}}, section=8)


def test_what_was_done_for_an_adverse_event_and_how_it_ended_is_told():
    event = {"day": 3, "kind": "adverse_event", "what": "nausea", "action": "stopped", "outcome": "recovered"}
    assert "as an adverse event; treatment was stopped for it; the patient recovered." in of(
        event, section=10
    )
    assert "dėl jo gydymas nutrauktas; pasveikta." in of(event, section=10, lang="lt")
