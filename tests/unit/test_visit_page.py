"""The visit page: in the order of a clinician's minute, short, and nothing on it that the review does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.text import Text

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.sentence import Sentence
from assuage.cli import main
from assuage.pathways.registry import pathway
from assuage.record.entries import Record
from assuage.record.observations import Range
from assuage.record.read import parse_record, read_record
from assuage.report.review_json import page_to_json
from assuage.report.visit_text import ANSWERS, Line, VisitText
from assuage.review.first_questions import FirstQuestion
from assuage.review.followed_scores import last_visit
from assuage.review.make import review
from assuage.review.visit import VisitPage, visit_page
from assuage.words.speak import ENGLISH, catalogue
from assuage.words.visits import stop_messages
from tests.docs.examples import ROOT
from tests.universe import PATIENTS

CASE, DIARY = ROOT / "examples" / "case.yaml", ROOT / "examples" / "diary.yaml"
Plain = dict[str, object]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["review", *arguments]) == 0
    return capsys.readouterr().out


def page_of(
    *entries: Plain, on: int | None = None, since: int | None = None, follows: str | None = "neck-first"
) -> VisitPage:
    who = {"id": "p", "sex": "female", "age": 48}
    record = parse_record(
        {"format": "assuage-record/2", "patient": who, "pathway": follows, "entries": [*entries]}
    )
    return visit_page(review(record, None, on), since)


def pain(day: int, value: float, **more: object) -> Plain:
    return {"day": day, "kind": "score", "scale": "pain", "value": value, "by": "patient", **more}


ENTER: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}
QUIETEN: Plain = ENTER | {"to": "quieten"}
DRUG: Plain = {"day": 0, "kind": "medication", "do": "start"}


# --- what was told is there ---------------------------------------------------------------------------

REFUSED: Plain = {"day": 0, "kind": "consent", "for": "mesotherapy", "state": "refused", "by": "patient"}
NEEDLED: Plain = {"day": 5, "kind": "therapy", "what": "mesotherapy", "number": 1}
CONSENTED: Plain = REFUSED | {"day": 8, "state": "given"}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([REFUSED, NEEDLED], True),
        ([REFUSED | {"for": "treatment"}, NEEDLED], True),
        ([REFUSED | {"state": "withdrawn"}, NEEDLED], True),
        # a consent since covers it; a refusal afterwards is none of it; what the patient sought nobody gave
        ([REFUSED, NEEDLED, CONSENTED], False),
        ([NEEDLED, REFUSED | {"day": 6}], False),
        ([REFUSED, NEEDLED | {"by": "patient"}], False),
        ([REFUSED | {"for": "publication"}, NEEDLED], False),
        ([NEEDLED], False),
    ],
)
def test_what_was_given_though_it_was_refused_stays_at_the_top_until_a_consent_covers_it(
    entries: list[Plain], told: bool
):
    page = page_of(QUIETEN, *entries, on=9)
    stops = [line.says for name, lines in VisitText(page).answers() if name == "stop" for line in lines]
    assert any("though refused" in says for says in stops) == told
    assert any("though refused" in says for says in stops) == bool(page_to_json(page)["against_refusal"])


@pytest.mark.parametrize(
    ("entries", "titles"),
    [
        ([pain(20, 9)], ["pain"]),
        ([pain(3, 6, site="neck"), pain(20, 9)], ["pain, neck and shoulders", "pain"]),
        # rated where it hurts since, or on the same day: the patient as a whole is not what the phase follows
        ([pain(3, 9), pain(20, 6, site="neck")], ["pain, neck and shoulders"]),
        ([pain(20, 9), pain(20, 6, site="neck")], ["pain, neck and shoulders"]),
    ],
)
def test_pain_that_was_rated_without_a_place_is_told_where_a_phase_looks_at_places(
    entries: list[Plain], titles: list[str]
):
    page = page_of(QUIETEN, *entries, on=20)
    assert [score.follow.title for score in page.scores if score.last] == titles


def test_a_question_that_is_cut_keeps_what_it_is_about():
    long = "to judge: Bleeding disorder or platelets below 100 (INR 4.8 on day 0) and much more: warfarin"
    line = VisitText(page_of(QUIETEN, on=1))._cut(Line("ask", Text(long), Sentence.of(long, "en")))  # pyright: ignore[reportPrivateUsage]
    assert len(line.says) <= 75
    assert line.says.endswith("…: warfarin")


# --- how long it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [0, 7, 29, 37, 40, 45, 48, 79])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_published_case_is_a_minutes_reading(
    capsys: pytest.CaptureFixture[str], day: int, language: str
):
    lines = printed(capsys, str(CASE), "--on", str(day), "--lang", language).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    assert sum(len(line.split()) for line in lines) <= 150


EIGHT = ("ana", "ben", "cleo", "ida", "jon", "kira", "leo", "omar")


@pytest.mark.parametrize("name", EIGHT)
def test_the_page_of_a_patient_fits_a_screen(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str):
    from assuage.record.save import save

    path = tmp_path / "record.yaml"
    save(PATIENTS[name](), path)
    lines = printed(capsys, str(path)).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    assert sum(len(line.split()) for line in lines) <= 150


# --- a patient beside whom much must stop --------------------------------------------------------------


def _taken(*drugs: str) -> list[Plain]:
    return [DRUG | {"drug": drug} for drug in drugs]


MUCH_STOPS: dict[str, list[Plain]] = {
    "drugs": [
        ENTER,
        *_taken("fluvoxamine", "tizanidine", "warfarin", "moclobemide", "tramadol", "sildenafil", "lithium"),
        *_taken("glyceryl trinitrate", "ibuprofen", "evening drops", "blue pills", "zzz forte"),
        {"day": 10, "kind": "symptom", "what": "numbness", "state": "new", "site": "occiput"},
        {"day": 10, "kind": "symptom", "what": "saddle numbness", "state": "new"},
        {"day": 10, "kind": "symptom", "what": "chest pain", "state": "new", "severity": "severe"},
        {"day": 10, "kind": "measurement", "what": "potassium", "value": 6.8, "unit": "mmol/L"},
        *(pain(day, 8) for day in range(3, 10)),
    ],
    "conditions": [
        QUIETEN,
        *_taken("amitriptyline", "citalopram", "phenelzine", "pethidine", "linezolid", "clarithromycin"),
        *_taken("simvastatin", "ergotamine", "unknownol", "unlistedin"),
        REFUSED,
        NEEDLED,
        {"day": 10, "kind": "finding", "what": "pregnancy", "state": "present"},
        {"day": 10, "kind": "finding", "what": "severe hepatic impairment", "state": "present"},
        {"day": 10, "kind": "symptom", "what": "suicidal thoughts", "state": "present"},
        {"day": 10, "kind": "finding", "what": "QTc", "state": "abnormal", "result": "540 ms"},
    ],
}


@pytest.mark.parametrize("name", MUCH_STOPS)
def test_beside_much_that_stops_the_rest_of_the_page_gives_way_and_is_counted(name: str):
    page = page_of(*MUCH_STOPS[name])
    answers = dict(VisitText(page).answers())
    rest = [line for answer, lines in answers.items() if answer != "stop" for line in lines]
    assert len(page.stops) >= 5
    assert len(rest) <= 12
    assert sum(len(line.says.split()) for line in rest) <= 100
    assert rest[-1].more or any(line.more for line in rest)


@pytest.mark.parametrize("name", MUCH_STOPS)
def test_nothing_of_what_stops_is_ever_left_out(name: str):
    page = page_of(*MUCH_STOPS[name])
    stop = " ".join(line.says for line in dict(VisitText(page).answers())["stop"])
    for told in stop_messages(ENGLISH, page.stops, page):
        assert ENGLISH.say(told) in stop
    for alert in page.stops:
        values = dict(alert.text.values)
        condition = values.get("condition")
        assert condition is None or str(ENGLISH.value(condition)) in stop
        # one drug that several conditions stop is told once, so the drugs of a condition may stand apart
        drugs = values["drugs"] if condition else ()
        assert [each for each in drugs if str(ENGLISH.value(each)).lower() not in stop.lower()] == []
    for need in page.unread:
        assert str(need.value("word")) in stop
    assert len(page.unread) >= 2


def test_a_drug_that_several_conditions_stop_for_one_reason_to_act_is_told_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    record = tmp_path / "record.yaml"
    record.write_text(
        """format: assuage-record/1
patient: {id: x, sex: female, age: 29}
pathway: neck-first
entries:
- {day: 0, kind: finding, what: pregnancy, state: present}
- {day: 0, kind: medication, drug: valproate, do: start, doses: [{amount: 500, unit: mg, when: morning}]}
""",
        encoding="utf-8",
    )
    told = " ".join(printed(capsys, str(record)).split())
    assert told.count("stop and change at once") == 1
    assert "Pregnancy, weeks 1-13; Pregnancy, weeks 14-27; Pregnancy, week 28 to term: valproic acid" in told


def test_drugs_that_no_rule_knows_are_named_in_one_line():
    page = page_of(ENTER, *_taken("evening drops", "blue pills"))
    (line,) = [line for line in dict(VisitText(page).answers())["stop"] if line.kind == "stop"]
    assert line.says.endswith("known to no rule: evening drops and blue pills")


@pytest.mark.parametrize("name", list(PATIENTS))
def test_no_line_of_the_page_stands_on_it_twice(name: str):
    page = visit_page(review(PATIENTS[name](), "neck-first"))
    lines = [line.says for _, lines in VisitText(page).answers() for line in lines]
    assert [line for line in lines if lines.count(line) > 1] == []


def test_the_answers_stand_in_the_order_that_was_chosen_by_reading(capsys: pytest.CaptureFixture[str]):
    out = printed(capsys, str(CASE), "--on", "400")
    labels = ["STOP", "HOW", "WHERE", "NOW", "LEAVE", "ASK", "SILENT", "NEW"]
    places = [out.index(f"\n{label} ") for label in labels]
    assert places == sorted(places)
    assert len(ANSWERS) == len(labels)


# --- what must stop ---------------------------------------------------------------------------------


def test_a_stop_has_what_to_do_and_who_does_it_beside_it(capsys: pytest.CaptureFixture[str]):
    out = " ".join(printed(capsys, str(CASE), "--on", "48").split())
    assert "STOP new numbness at the occiput on day 48 (new since day 44): stop manual therapy" in out
    assert "Treating clinician, within a week" in out


def test_a_flag_whose_reason_says_its_name_is_told_by_the_reason_in_every_language():
    page = visit_page(review(read_record(CASE), None, 48))
    for language, told, name in (
        ("en", "new numbness", "New numbness in"),
        ("lt", "48-ą dieną", "Naujas nutirpimas gyd"),
    ):
        (line, *_) = dict(VisitText(page, catalogue(language)).answers())["stop"]
        assert line.says.startswith(told)
        assert name not in line.says


def test_the_emergency_stands_first_of_all_that_stops():
    page = page_of(
        ENTER,
        DRUG | {"drug": "phenelzine"},
        DRUG | {"drug": "amitriptyline"},
        {"day": 0, "kind": "symptom", "what": "chest pain", "state": "new"},
    )
    assert page.stops[0].id.startswith("RF_")
    assert "DI_TCA_MAOI" in {alert.id for alert in page.stops}


def test_where_nothing_stops_the_page_says_so():
    lines = dict(VisitText(page_of(ENTER)).answers())["stop"]
    assert [line.says for line in lines] == ["nothing known today"]


def test_where_nothing_stops_the_page_names_what_of_today_no_rule_reads():
    told = {"day": 0, "kind": "finding", "state": "present", "by": "clinician"}
    page = page_of(
        ENTER, *(told | {"what": f"blorfing of {joint}"} for joint in ("elbow", "knee", "hip", "toe"))
    )
    lines = dict(VisitText(page).answers())["stop"]
    says = "nothing known today; no rule reads: blorfing of elbow; blorfing of knee; blorfing of hip; 1 more"
    assert [line.says for line in lines] == [says]


@pytest.mark.parametrize(("on", "overdue"), [(48, False), (55, False), (56, True)])
def test_what_was_to_be_done_in_a_week_is_overdue_after_it(on: int, overdue: bool):
    page = visit_page(review(read_record(CASE), None, on))
    told = " ".join(line.says for line in dict(VisitText(page).answers())["stop"])
    assert ("within a week: overdue" in told) is overdue


def test_a_drug_that_no_rule_reads_is_named_where_what_stops_stands():
    page = page_of(ENTER, DRUG | {"drug": "zzyzxol"})
    lines = dict(VisitText(page).answers())["stop"]
    assert "zzyzxol" in lines[0].says


SATURATION = {"day": 0, "kind": "measurement", "what": "SpO2", "value": 82, "unit": "%"}


@pytest.mark.parametrize("follows", ["neck-first", None])
def test_a_number_far_out_is_named_where_what_stops_stands_and_asked_nowhere_else(follows: str | None):
    page = page_of(ENTER, SATURATION, follows=follows)
    lines = dict(VisitText(page).answers())
    assert "SpO2 82 %" in lines["stop"][0].says
    assert not any("SpO2" in line.says for name, told in lines.items() if name != "stop" for line in told)


# --- how the patient is -----------------------------------------------------------------------------


def test_that_a_name_is_looked_up_is_said_under_names_and_not_under_a_number_alone():
    number: Plain = {"day": 0, "kind": "measurement", "what": "potassium", "value": 9.8, "unit": "mmol/l"}
    alone, beside = page_of(ENTER, number), page_of(ENTER, number, *_taken("zzyzxamol"))
    for page, told in ((alone, False), (beside, True)):
        lines = [str(line.says) for line in dict(VisitText(page).answers())["stop"]]
        assert any("potassium" in line for line in lines)
        assert any("checked: NAME" in line for line in lines) is told


def scores(page: VisitPage) -> dict[str, object]:
    plain = page_to_json(page)["scores"]
    assert isinstance(plain, list)
    return {score["id"]: score for score in plain}


@pytest.mark.parametrize(
    ("on", "last", "since_entry", "since_visit"),
    [
        (0, {"day": 0, "value": 8.0}, None, None),
        (10, {"day": 10, "value": 5.0}, -3.0, -1.0),
        (30, {"day": 10, "value": 5.0}, -3.0, -1.0),
        (50, {"day": 40, "value": 2.0}, -6.0, -3.0),
    ],
)
def test_a_score_has_its_last_value_and_its_changes(
    on: int, last: Plain, since_entry: float | None, since_visit: float | None
):
    visit: Plain = {"kind": "red_flag_check", "flags": {"RF_CAUDA": "absent"}}
    page = page_of(
        ENTER,
        pain(0, 8),
        pain(5, 6),
        visit | {"day": 6},
        pain(10, 5),
        visit | {"day": 31},
        pain(40, 2),
        on=on,
    )
    told = scores(page)["pain"]
    assert isinstance(told, dict)
    assert (told["last"], told["since_entry"], told["since_visit"]) == (last, since_entry, since_visit)


def test_a_range_changes_by_a_range():
    between: Plain = {"day": 7, "kind": "score", "scale": "pain", "low": 4, "high": 5}
    page = page_of(ENTER, pain(0, 8), between, on=7)
    assert page.scores[0].since_entry == Range(-4, -3)


def test_a_week_without_a_rating_has_no_median_and_no_bar():
    page = page_of(ENTER, pain(0, 7), pain(1, 9), pain(20, 3), on=20)
    weeks = page.scores[0].weeks
    assert [(week.until, week.rated, week.median) for week in weeks[-3:]] == [
        (6, 2, 8.0),
        (13, 0, None),
        (20, 1, 3.0),
    ]
    line = dict(VisitText(page).answers())["how"][0]
    assert line.weeks.endswith("▇·▃") or line.weeks.endswith("·▃")


def test_a_number_that_grew_old_is_said_to_be_old(capsys: pytest.CaptureFixture[str]):
    assert "on day 30, not since" in printed(capsys, str(CASE), "--on", "48")


def test_where_nobody_rated_a_number_the_word_on_the_symptom_is_told():
    page = page_of(ENTER, {"day": 0, "kind": "symptom", "what": "insomnia", "state": "better"})
    sleep = next(score for score in page.scores if score.follow.id == "sleep")
    assert (sleep.last, sleep.statement.state if sleep.statement else None) == (None, "better")


def test_pain_is_that_of_the_places_that_the_phase_treats():
    page = page_of(QUIETEN, pain(0, 8), pain(0, 3, site="neck"), on=0)
    assert page.scores[0].last is not None
    assert page.scores[0].last.value == Range(3, 3)


def test_pain_that_was_only_rated_at_places_is_the_worst_of_them():
    page = page_of(ENTER, pain(0, 4, site="lower_back"), pain(0, 6, site="neck"), on=0)
    assert page.scores[0].last is not None
    assert page.scores[0].last.value == Range(6, 6)


def test_of_two_scales_the_one_rated_last_is_shown():
    isi: Plain = {"day": 9, "kind": "score", "scale": "isi", "value": 12}
    page = page_of(ENTER, {"day": 2, "kind": "score", "scale": "sleep", "value": 5}, isi)
    sleep = next(score for score in page.scores if score.follow.id == "sleep")
    assert (sleep.scale.code, sleep.last.day if sleep.last else None) == ("isi", 9)


@pytest.mark.parametrize(("day", "visit"), [(0, None), (1, 0), (30, 0), (31, 30), (48, 44), (79, 72)])
def test_the_last_visit_is_the_last_day_on_which_the_patient_was_seen(day: int, visit: int | None):
    assert last_visit(review(read_record(CASE), None, 79).timeline, day) == visit


# --- what to ask ------------------------------------------------------------------------------------


def questions(page: VisitPage) -> dict[str, FirstQuestion]:
    return {question.what: question for question in page.questions}


def test_the_questions_stand_in_the_order_of_what_they_decide():
    for record, day in ((CASE, 48), (CASE, 0), (DIARY, 50)):
        asked = visit_page(review(read_record(record), None, day)).questions
        for grave in (True, False):
            decided = [each.decides for each in asked if each.grave is grave]
            assert decided == sorted(decided, reverse=True)
        assert all(each.decides for each in asked)


def test_a_major_alert_about_what_is_taken_stands_before_what_could_be_asked_for_a_proposal():
    asked = visit_page(review(PATIENTS["emil"](), "neck-first")).questions
    assert [each.grave for each in asked] == sorted((each.grave for each in asked), reverse=True)
    assert asked[0].kind == "judgement"


@pytest.mark.parametrize("state", ["absent", "present"])
def test_a_question_decides_as_many_answers_as_are_decided_once_it_is_answered(state: str):
    """Against the review itself: write the answer down, and count the proposals that are no longer asked."""
    record = read_record(CASE)
    asked = questions(visit_page(review(record, None, 48)))["bleeding_disorder"]
    told: Plain = {"day": 48, "kind": "finding", "what": "bleeding_disorder", "state": state}
    plain = json.loads(json.dumps(_plain(record)))
    answered = review(parse_record(plain | {"entries": [*plain["entries"], told]}), None, 48)
    before, after = (
        {item.recommendation.id for item in each.plan if item.state == "ask"}
        for each in (review(record, None, 48), answered)
    )
    assert len(before - after) == (asked.reassuring if state == "absent" else asked.alarming)


def _plain(record: Record) -> Plain:
    from assuage.record.write import to_plain

    return to_plain(record)


def test_what_was_answered_is_asked_no_more():
    record = read_record(CASE)
    first = visit_page(review(record, None, 48)).questions
    finding = next(each for each in first if each.kind == "finding")
    told: Plain = {"day": 48, "kind": "finding", "what": finding.what, "state": "absent"}
    plain = _plain(record)
    entries = plain["entries"]
    assert isinstance(entries, list)
    again = visit_page(review(parse_record(plain | {"entries": [*entries, told]}), None, 48)).questions
    assert finding.what not in {each.what for each in again}


def test_one_check_of_red_flags_is_one_question():
    kinds = [each.kind for each in visit_page(review(read_record(CASE), None, 48)).questions]
    assert (kinds.count("check"), kinds[0]) == (1, "check")


def test_five_questions_stand_on_the_page_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]):
    page = visit_page(review(read_record(CASE), None, 48))
    lines = dict(VisitText(page).answers())["ask"]
    assert len(lines) == 6
    assert lines[-1].says == f"{len(page.questions) - 5} more"


# --- what is new, and silence -----------------------------------------------------------------------


def said(page: VisitPage, answer: str) -> str:
    return " ".join(line.says for line in dict(VisitText(page).answers()).get(answer, []))


def test_what_has_changed_since_a_day_is_told_against_that_day():
    record = read_record(CASE)
    page = visit_page(review(record, None, 48), since=20)
    assert page.since == 20
    assert "(new since day 20)" in said(page, "stop")
    assert "moved to Quieten the neck" in said(page, "since")


def test_the_day_that_is_compared_with_stands_in_the_changes_where_nothing_new_stops():
    page = visit_page(review(read_record(CASE), None, 40), since=20)
    assert said(page, "since").startswith("since day 20: ")


def test_where_nothing_has_changed_nothing_is_said():
    page = page_of(ENTER, pain(0, 5), pain(1, 5), since=0)
    assert (page.since, said(page, "since")) == (0, "")


def test_a_day_to_compare_with_that_does_not_lie_before_is_none_to_compare_with():
    assert page_of(ENTER, pain(0, 5), on=0, since=5).since is None


def test_a_red_flag_that_was_cleared_is_told():
    told: Plain = {"day": 1, "kind": "symptom", "what": "black stool", "state": "new"}
    check: Plain = {"day": 9, "kind": "red_flag_check", "flags": {"RF_GIBLEED": "absent"}}
    page = page_of(ENTER, told, check, on=9, since=5)
    assert "cleared: GI bleeding" in said(page, "since")


@pytest.mark.parametrize(("on", "silent"), [(13, None), (14, 14), (321, 321)])
def test_silence_is_told_once_it_is_long(on: int, silent: int | None):
    assert page_of(ENTER, on=on).silent == silent


def test_drugs_that_nobody_confirmed_for_long_are_asked_about_in_one_question():
    started = [DRUG | {"day": day, "drug": drug} for day, drug in ((0, "amitriptyline"), (9, "pregabalin"))]
    page = page_of(ENTER, *started, on=120)
    assert "ask whether still taken: amitriptyline, pregabalin (last confirmed on day 0 to 9)" in said(
        page, "now"
    )


# --- the same values everywhere ---------------------------------------------------------------------


def test_without_a_pathway_the_page_still_says_what_stops_and_how_the_patient_is():
    page = visit_page(review(parse_record({
        "format": "assuage-record/2", "patient": {"id": "p"},
        "entries": [pain(0, 6), DRUG | {"drug": "phenelzine"}, DRUG | {"drug": "amitriptyline"}],
    })))  # fmt: skip
    answers = dict(VisitText(page).answers())
    assert {"stop", "how", "where", "now"} <= answers.keys()
    assert not {"leave", "since"} & answers.keys()


def test_every_number_on_the_page_is_in_the_json(capsys: pytest.CaptureFixture[str]):
    told = json.loads(printed(capsys, str(DIARY), "--on", "50", "--json"))
    page = visit_page(review(read_record(DIARY), None, 50))
    assert [score["last"]["value"] for score in told["scores"] if score["last"]] == [
        score.last.value.low for score in page.scores if score.last
    ]
    assert [question["what"] for question in told["questions"]] == [each.what for each in page.questions]
    assert (told["since"], told["silent_days"]) == (page.since, page.silent)


def test_a_phase_that_follows_a_number_twice_is_refused():
    from assuage.errors import DefinitionError
    from assuage.pathways.clinic import PAIN_OVERALL
    from assuage.pathways.model import Phase

    with pytest.raises(DefinitionError, match="follows a number twice"):
        Phase("a", "A", aim="an example", follow=(PAIN_OVERALL, PAIN_OVERALL))


def test_every_phase_of_a_shipped_pathway_follows_three_or_four_numbers():
    for name in ("neck-first", "eular-2017"):
        assert all(len(phase.follow) in (3, 4) for phase in pathway(name).phases)


# --- nothing twice, nothing cut in half -----------------------------------------------------------------


def told_on(*entries: Plain, on: int = 9) -> str:
    page = page_of(ENTER, *entries, on=on)
    return "\n".join(line.says for _, lines in VisitText(page).answers() for line in lines)


def test_the_diagnosis_that_a_pathway_is_for_is_no_word_that_no_rule_reads():
    diagnosis: Plain = {"day": 0, "kind": "diagnosis"}
    assert "no rule reads" not in told_on(diagnosis | {"what": "fibromyalgia"})
    assert "no rule reads: sprained ankle" in told_on(diagnosis | {"what": "sprained ankle"})


def test_what_a_red_flag_or_a_dispute_asks_is_not_asked_again():
    thoughts: Plain = {"day": 5, "kind": "symptom", "what": "suicidal thoughts", "state": "new"}
    assert "what this means for a drug" not in told_on(DRUG | {"drug": "amitriptyline"}, thoughts)
    # Above everything, and among what is taken.
    assert told_on(DRUG | {"drug": "Zorbaflexin"}).count("Zorbaflexin") == 2


def test_a_question_that_is_cut_keeps_no_half_of_a_bracket():
    old = [DRUG | {"drug": drug} for drug in ("tramadol", "zopiclone")]
    kidney: Plain = {
        "day": 5,
        "kind": "finding",
        "what": "creatinine",
        "state": "abnormal",
        "result": "190 µmol/l",
    }
    asked = [line for line in told_on(*old, kidney).splitlines() if "to judge" in line]
    assert "to judge: eGFR below 30 …: tramadol" in asked
    assert all(line.count("(") == line.count(")") for line in asked)


def test_the_weeks_of_a_pregnancy_may_stand_in_the_result():
    taken, found = DRUG | {"drug": "amitriptyline"}, {"day": 5, "kind": "finding", "what": "pregnancy"}
    assert "week 28" in told_on(taken, found | {"state": "present"})
    assert "week 28" not in told_on(taken, found | {"state": "present", "result": "9 weeks"})
