"""Cards for the others: short, plain, and nothing on them that the review does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import cast

import pytest
from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording
from assuage.catalogue.read import is_term
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.record.read import read_record
from assuage.report.cards.page import card_page
from assuage.report.cards.paper import card_pdf
from assuage.report.cards.text import card_text
from assuage.review.alerts import HOURS_AFTER
from assuage.review.cards import (
    CARD_READERS,
    CardReader,
    card_of,
)
from assuage.review.first_questions import FirstQuestion
from assuage.review.followed_scores import FollowedScore
from assuage.review.make import review
from assuage.review.techniques import technique_signals, techniques_of
from assuage.review.validity import VALID_DAYS
from assuage.review.visit import visit_page
from assuage.safety.alerts import Alert
from assuage.terms.red_flags import RED_FLAGS, RedFlag
from assuage.terms.therapies import OF_A_PHYSIOTHERAPIST
from assuage.words.cards import card_sections
from tests.made_cards import (
    CASE,
    DAYS,
    ENTER,
    MOVE,
    Plain,
    body,
    case_page,
    lines,
    made,
    page_of,
    pages,
    patient,
    patient_page,
    section,
    signals,
    speaking,
    therapist,
)
from tests.universe import PATIENTS

# --- nothing that the review does not say ------------------------------------------------------------


def leaves(value: object) -> Iterator[object]:
    """Every text and number in a value, however deep; of a term and a text of a table its English."""
    match value:
        case str() | int() | float():
            yield value
        case Wording(_, english):
            yield english
        case Message(_, values):
            for _, inner in values:
                yield from leaves(inner)
        case Enum():
            return
        case tuple() | list() | frozenset():
            for inner in cast("tuple[object, ...]", value):
                yield from leaves(inner)
        case Mapping():
            yield from leaves(tuple(cast("Mapping[object, object]", value).values()))
        case _ if isinstance(value, Struct):
            yield getattr(getattr(value, "wording", None), "english", None)
            if isinstance(value, MedicationEntry | TherapyEntry):
                yield from leaves(value.known)
            if isinstance(value, FirstQuestion):
                yield from (RED_FLAGS[each].title for each in value.what.split() if each in RED_FLAGS)
            if isinstance(value, RedFlag):
                yield value.trigger
            if isinstance(value, FollowedScore):
                yield from leaves((value.since_entry, value.since_visit, value.days_ago))
            for name in value.__struct_fields__:
                yield from leaves(getattr(value, name))
        case _:
            return


def parts(value: object) -> Iterator[int]:
    """The values that a review or page is made of, by identity."""
    match value:
        case tuple() | list():
            for inner in cast("tuple[object, ...]", value):
                yield from parts(inner)
        case Mapping():
            yield from parts(tuple(cast("Mapping[object, object]", value).values()))
        case _ if isinstance(value, Struct):
            yield id(value)
            for name in value.__struct_fields__:
                yield from parts(getattr(value, name))
        case _:
            return


def terms_in(value: object) -> Iterator[object]:
    """The leaves of a message: a term is one text, whatever its row holds."""
    match value:
        case Message(_, values):
            for name, inner in values:
                if name not in {"n", "more"}:  # counts of what is left out
                    yield from terms_in(inner)
        case tuple():
            for inner in cast("tuple[object, ...]", value):
                yield from terms_in(inner)
        case _ if is_term(value):
            yield value.wording.english
        case _:
            yield from leaves(value)


OURS = {HOURS_AFTER, VALID_DAYS}
# Their parts are not fields: a timeline is the record by day; a card's own judgements are made of the review's.
MADE_OF_THE_REVIEW = ("Timeline", "TechniqueSignal", "Validity", "RedFlag", "ConsentEntry")


@pytest.mark.parametrize("reader", CARD_READERS)
def test_every_statement_of_a_card_rests_on_a_value_of_the_review(reader: CardReader):
    for page in pages():
        known = {*parts(page)} | {id(entry) for entry in page.review.timeline.record.current}
        known |= {id(stay) for stay in page.review.stays}
        for line in lines(made(page, reader), reader):
            assert line.rests_on, line
            for value in line.rests_on:
                assert id(value) in known or type(value).__name__ in MADE_OF_THE_REVIEW, (line, type(value))
            said = {*leaves(line.rests_on)} | OURS
            said |= {
                page.review.timeline.last_confirmed(each, page.review.on) for each in page.review.running
            }
            if page.review.record.patient.age is not None:
                said.add(page.review.record.patient.age_on(page.review.on))
            actions = (each.action for each in line.rests_on if isinstance(each, Alert) and each.action)
            said |= {str(speaking(reader).value(action)) for action in actions}
            begins = tuple(str(each) for each in said)  # an action may be told up to its colon
            foreign = [each for each in terms_in(line.says) if each not in said]
            assert [each for each in foreign if not any(text.startswith(str(each)) for text in begins)] == []


@pytest.mark.parametrize("reader", CARD_READERS)
def test_no_line_stands_on_a_card_twice(reader: CardReader):
    for page in pages():
        said = [line.says for line in lines(made(page, reader), reader)]
        assert len(said) == len(set(said))


# --- how long it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_the_patients_card_of_the_published_case_is_half_a_page(day: int):
    """What must stop is never cut, so it is not counted; beside it stands what it makes of the rest."""
    page = case_page(day)
    alarmed = any(line.kind == "stop" for line in lines(made(page, "patient"), "patient"))
    assert len(body(page, "patient", alarms=False).split()) <= (130 if alarmed else 120)


# Words of a whole card on a day without an alarm, and on one with: then what must stop stands there uncut.
MOST_WORDS: dict[CardReader, tuple[int, int]] = {
    "patient": (120, 225),
    "physiotherapist": (170, 210),
    "gp": (210, 370),
}


@pytest.mark.parametrize("reader", CARD_READERS)
@pytest.mark.parametrize("day", DAYS)
def test_a_card_of_the_published_case_is_as_short_as_its_alarms_let_it_be(day: int, reader: CardReader):
    page = case_page(day)
    alarmed = any(line.kind == "stop" for line in lines(made(page, "patient"), "patient"))
    assert len(body(page, reader).split()) <= MOST_WORDS[reader][alarmed]


# --- one verdict -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_a_card_says_stop_of_what_the_page_stops_and_of_nothing_else(day: int):
    page = case_page(day)
    stops = {alert.id for alert in page.stops}
    for reader in ("physiotherapist", "gp"):
        sections = card_sections(speaking(reader), made(page, reader))
        under_stop = [line for each in sections if each.id == "stop" for line in each.lines]
        told = {value.id for line in under_stop for value in line.rests_on if isinstance(value, Alert)}
        assert told == stops, reader


def test_what_is_to_be_excluded_is_asked_before_the_hands_are_laid_on():
    page = case_page(47)
    assert section(page, "physiotherapist", "stop") == "nothing known today; first what stands under ASK"
    assert section(page, "physiotherapist", "ask").startswith("Cervical artery dissection to be excluded: ")
    assert "Cervical artery dissection" in section(page, "gp", "asks").splitlines()[0]


@pytest.mark.parametrize("reader", CARD_READERS)
def test_a_card_is_one_sheet_of_paper(reader: CardReader):
    """Of the day with the most alarms, and of the patients with the most to tell."""
    for page, language in (
        (case_page(65), "en"),
        (case_page(65), "lt"),
        (patient_page("emil"), "en"),
        (patient_page("hana"), "lt"),
    ):
        pdf = card_pdf(card_of(page, reader), speaking(reader, language))
        assert re.search(rb"/Count\s+1\b", pdf), language
        assert (b"595.27" if reader == "gp" else b"419.52") in pdf


# --- words for a patient ---------------------------------------------------------------------------------

SENTENCE = re.compile(r"[.?!:;]+(?:\s|$)|\n")
ABBREVIATION = re.compile(r"\b(?:[A-ZĄČĘĖĮŠŲŪŽ]{2,}\w*|e\.g\.|i\.e\.|pvz\.|t\.y\.)")


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_patients_card_has_short_sentences_and_no_abbreviations(language: str):
    for page in pages():
        text = body(page, "patient", language)
        own_words = " ".join(word for _, word in page.review.not_checked)
        lengths = [len(words) for part in SENTENCE.split(text) if (words := part.split())]
        assert sum(lengths) / len(lengths) <= 15
        assert [word for word in ABBREVIATION.findall(text) if word not in own_words] == []


def ids_in(value: object) -> Iterator[str]:
    match value:
        case Message(id, values):
            yield id
            for _, inner in values:
                yield from ids_in(inner)
        case tuple():
            for inner in cast("tuple[object, ...]", value):
                yield from ids_in(inner)
        case _:
            return


def test_a_patients_card_holds_no_action_of_a_plan_and_no_dose():
    for page in pages():
        for section_ in card_sections(speaking("patient"), patient(page)):
            if section_.id != "call":
                told = {each for line in section_.lines for each in ids_in(line.says)}
                assert not {each for each in told if each.startswith(("action.", "plan.")) or each == "dose"}


def test_what_nobody_decided_is_something_to_talk_about():
    page = patient_page("ida")
    started = [item for item in page.review.plan if item.state == "now" and item.do == "start"]
    assert started
    told = section(page, "patient", "do")
    assert "Your doctor will talk with you about" in told
    assert " mg" not in told


def test_a_therapy_that_was_begun_goes_on_as_it_was_agreed():
    session: Plain = {"day": 3, "kind": "therapy", "what": "kinesiotherapy", "by": "clinician"}
    page = page_of(*documented(), MOVE, session, on=7)
    assert "Go on as you agreed with your physiotherapist" in section(page, "patient", "do")


def documented() -> list[Plain]:
    """Entries of Kira, who may begin to move, without her decisions."""
    from assuage.record.write import to_plain

    entries = cast("list[Plain]", to_plain(PATIENTS["kira"]())["entries"])
    return [each for each in entries if each["kind"] not in ("decision", "therapy")]


def test_while_a_red_flag_stands_what_was_begun_is_asked_about():
    assert "When you call, ask whether to go on" in section(case_page(75), "patient", "do")


def test_leave_alone_is_told_only_where_a_restriction_is_in_force():
    for page in pages():
        in_force = [state for state in page.review.restrictions if state.in_force]
        assert list(patient(page).leave) == in_force
        told = [line.rests_on for line in lines(patient(page), "patient") if "leave-alone" in line.says.id]
        assert told == [(state,) for state in in_force]


def test_what_an_ambulance_is_called_for_stands_first_then_what_must_stop_with_whom_to_call():
    text = body(case_page(48), "patient").splitlines()
    assert "call an ambulance now" in text[1]
    assert text[2].startswith("New numbness.")
    assert "Call your doctor today." in text[2]


def test_a_drug_that_somebody_denied_is_asked_and_not_told():
    drug: Plain = {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"}
    page = page_of(
        ENTER, drug, {"day": 5, "kind": "finding", "what": "no medication", "state": "present"}, on=6
    )
    assert page.review.running
    assert "You take" not in section(page, "patient", "do")
    assert "whether you take amitriptyline" in section(page, "patient", "next")


def test_a_number_that_a_questionnaire_gives_is_not_to_be_rated_each_day():
    assert "Please rate each day: sleep problem; fatigue." in section(case_page(35), "patient", "next")


# --- the physiotherapist ----------------------------------------------------------------------------


def test_a_technique_no_rule_speaks_about_is_asked():
    for page in pages():
        for technique in therapist(page).techniques:
            if technique.signal == "green":
                assert technique.rests_on
    assert signals(case_page(0))["stretching"].signal == "ask"
    assert signals(case_page(0))["stretching"].reason == "technique.no-rule"


def test_every_technique_of_a_therapist_is_on_the_card_once():
    for page in pages():
        told = [each.therapy for each in therapist(page).techniques]
        assert set(OF_A_PHYSIOTHERAPIST) <= set(told) == set(techniques_of(page.review))
        assert len(told) == len(set(told))


def test_what_is_restricted_waits_until_its_end():
    told = signals(case_page(0))
    assert (told["deep_tissue_massage"].signal, told["spinal_manipulation"].signal) == ("wait", "wait")


def test_what_the_plan_proposes_now_is_green():
    assert signals(patient_page("kira"))["kinesiotherapy"].signal == "green"


def test_nothing_is_green_while_a_red_flag_stands():
    for page in pages():
        if any(alert.id in RED_FLAGS and alert.tier == "stop" for alert in page.review.alerts):
            assert not [each for each in therapist(page).techniques if each.signal == "green"]


@pytest.mark.parametrize(
    ("symptom", "waits"),
    [
        ("numbness", {"light_massage", "myofascial_release", "dry_needling"}),
        ("chest pain", {"hydrotherapy", "stretching"}),
    ],
)
def test_a_red_flag_stops_what_its_action_stops(symptom: str, waits: set[str]):
    page = page_of(ENTER, {"day": 1, "kind": "symptom", "what": symptom, "state": "new"})
    assert {each for each in waits if signals(page)[each].signal == "wait"} == waits


def test_numbness_does_not_stop_what_is_done_without_hands():
    page = page_of(ENTER, {"day": 1, "kind": "symptom", "what": "numbness", "state": "new"})
    assert signals(page)["stretching"].signal == "ask"


def test_a_refused_consent_makes_a_technique_wait():
    refused: Plain = {"day": 1, "kind": "consent", "for": "dry needling", "state": "refused"}
    assert signals(page_of(ENTER, refused))["dry_needling"].reason == "technique.refused"


def test_no_drug_and_no_note_is_on_the_physiotherapists_card():
    drugs = [
        {"day": 0, "kind": "medication", "drug": each, "do": "start"}
        for each in ("phenelzine", "amitriptyline")
    ]
    stop: Plain = {
        "day": 1,
        "kind": "therapy",
        "what": "stretching",
        "do": "stop",
        "because": "quarrel with Anna",
    }
    text = body(page_of(ENTER, *drugs, stop), "physiotherapist")
    assert not re.search("phenelzine|amitriptyline|Anna", text)
    assert "not about your work" in text
    assert signals(page_of(ENTER, stop))["stretching"].reason == "technique.stopped"


def test_without_a_pathway_nothing_is_green_and_flags_still_stop():
    page = page_of({"day": 1, "kind": "symptom", "what": "numbness", "state": "new"}, follows=None)
    told = {each.signal for each in therapist(page).techniques}
    assert told == {"ask", "wait"}
    assert section(page, "physiotherapist", "where")
    assert section(page, "patient", "where") == "You are on no plan now."


# --- valid until --------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [0, 37, 48, 75])
def test_a_card_says_the_same_on_every_day_it_is_valid(day: int):
    record = read_record(CASE)
    known = replace(record, entries=tuple(entry for entry in record.entries if entry.day <= day))
    card = therapist(visit_page(review(known, None, day)))
    assert day <= card.valid.until <= day + VALID_DAYS

    def told(on: int) -> list[tuple[str, str, str]]:
        signals = technique_signals(review(known, None, on, effects=False))
        return [(each.therapy.id, each.signal, each.reason) for each in signals]

    for on in range(day + 1, card.valid.until + 1):
        assert told(on) == told(day)


def test_what_time_alone_changes_ends_a_card():
    card = therapist(case_page(48))
    assert (card.valid.until, card.valid.because.id) == (53, "valid.changes")


def test_entries_of_later_days_do_not_change_how_long_a_card_is_valid():
    known = {"day": 40, "kind": "symptom", "what": "numbness", "state": "new"}
    earlier = page_of(ENTER, on=38)
    later = page_of(ENTER, known, on=38)
    assert therapist(earlier).valid == therapist(later).valid


def test_a_card_ends_before_the_day_on_which_a_diary_could_open_the_gate():
    quiet = [
        {"day": day, "kind": "score", "scale": "pain", "site": "neck", "value": 0, "by": "patient"}
        for day in range(3, 8)
    ]
    page = page_of(ENTER | {"to": "quieten"}, *quiet, on=7)
    card = therapist(page)
    assert card.valid.until <= 8


# --- a number far out ---------------------------------------------------------------------------------

LOW_SATURATION: Plain = {"day": 0, "kind": "measurement", "what": "SpO2", "value": 82, "unit": "%"}


@pytest.mark.parametrize(
    ("reader", "part", "told"),
    [
        ("physiotherapist", "stop", "no work with the body before the treating clinician has looked at it"),
        ("gp", "stop", "SpO2 82 %"),
        ("patient", "call", "SpO2 82 %"),
    ],
)
def test_a_number_far_out_is_told_to_each_reader(reader: CardReader, part: str, told: str):
    assert told in section(page_of(ENTER, LOW_SATURATION), reader, part)


def test_the_number_itself_is_not_on_the_physiotherapists_card():
    assert "82" not in body(page_of(ENTER, LOW_SATURATION), "physiotherapist")


def test_weeks_of_a_pregnancy_that_exclude_each_other_are_one_reason_to_call():
    drug: Plain = {"day": 0, "kind": "medication", "drug": "valproic acid", "do": "start"}
    pregnant: Plain = {"day": 0, "kind": "finding", "what": "pregnancy", "state": "present"}
    called = section(page_of(ENTER, drug, pregnant), "patient", "call")
    assert called.count("This does not suit you now: valproic acid") == 1
    assert "weeks 14 to 27) or" in called


# --- the GP ---------------------------------------------------------------------------------------------


def test_the_letter_says_what_was_stopped_and_why():
    told = section(case_page(48), "gp", "stopped")
    assert "tizanidine, day 30: ineffective" in told
    assert "physical rehabilitation, day 0, by the patient: refused because of pain" in told


def test_the_letter_has_doses_and_the_day_somebody_last_said_so():
    assert "amitriptyline 5 mg night: since day 0, last confirmed day 0" in section(
        case_page(48), "gp", "medicines"
    )


def test_the_letter_tells_an_emergency_that_is_only_to_be_excluded():
    assert "dissection to be excluded" in section(case_page(48), "gp", "asks")


def test_the_letter_says_by_whom_it_was_decided_and_why():
    where = section(case_page(48), "gp", "where")
    assert "by a clinician" in where
    assert "systemic symptoms resolved" in where


def test_a_dose_nobody_recorded_is_said_to_be_so():
    page = page_of(ENTER, {"day": 0, "kind": "medication", "drug": "zzyzxol", "do": "start"})
    assert "zzyzxol (dose not recorded)" in section(page, "gp", "medicines")
    assert "zzyzxol" in section(page, "gp", "stop")


# --- what strangers write ---------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script>"&#x27; #set page(paper: "a3") $x$ \\ *b*'


@pytest.mark.parametrize("reader", CARD_READERS)
def test_what_strangers_write_stays_text(reader: CardReader):
    drug: Plain = {"day": 0, "kind": "medication", "drug": HOSTILE[:60], "do": "start"}
    page = page_of(ENTER | {"because": HOSTILE}, drug, id=HOSTILE)
    html = card_page(card_of(page, reader), speaking(reader))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    pdf = card_pdf(card_of(page, reader), speaking(reader))
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("reader", CARD_READERS)
def test_a_very_long_name_breaks_no_card(reader: CardReader):
    page = page_of(ENTER, id="x" * 200)
    assert max(map(len, card_text(card_of(page, reader), speaking(reader)).splitlines()[1:])) <= 80
    assert card_pdf(card_of(page, reader), speaking(reader)).startswith(b"%PDF")
