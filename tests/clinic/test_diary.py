"""The diary: what a patient's half minute becomes in the record, and what it never becomes."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from assuage.clinic.diary.form import part_uid, phone_moment
from assuage.clinic.diary.queries import is_of_diary
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import calendar_date, local_date, today
from assuage.clinic.store.queries import stored_record
from assuage.record.entry import VoidEntry
from assuage.record.write import entry_to_plain


@pytest.fixture
def ida(as_person):
    return as_person("ida")


@pytest.fixture
def of_ida(record):
    return lambda: record("ida")


def filled_form(of, **fields) -> dict[str, object]:
    on, now = local_date(of), phone_moment(of)
    # Whatever the hour at which the tests run: nobody has written at a quarter past eight before it is.
    entered = min(now, now.replace(hour=8, minute=15, second=0, microsecond=0))
    given = {
        "uid": str(new_uid()),
        "date": on.isoformat(),
        "time": "08:15",
        "entered": entered.isoformat(timespec="seconds"),
        "pain": "4",
    }
    return {name: value for name, value in (given | fields).items() if value is not None}


def of_today(of) -> list[dict[str, object]]:
    held = stored_record(of)
    return [
        {
            name: value
            for name, value in entry_to_plain(each, held).items()
            if name not in ("id", "author", "entered")
        }
        for each in held.standing
        if each.day == today(of) and is_of_diary(each)
    ]


def kinds(of) -> list[str]:
    return [str(each.get("scale") or each["kind"]) for each in of_today(of)]


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({}, ["pain"]),
        ({"sleep": "0", "fatigue": "10"}, ["pain", "sleep", "fatigue"]),
        ({"site": ["neck_left", "occiput_left"]}, ["pain", "answers"]),
        ({"nowhere": "1", "pain": "0"}, ["pain", "answers"]),
        ({"managed": "walked to the market"}, ["pain", "goal"]),
        ({"exposure": ["massage"], "other-exposure": "night shift"}, ["pain", "therapy", "exposure"]),
        ({"note": "first line\r\nsecond line"}, ["pain", "note"]),
    ],
)
def test_each_answer_is_an_entry_and_what_is_not_answered_is_none(ida, of_ida, fields, written):
    ida.post("/diary", filled_form(of_ida(), **fields))
    assert kinds(of_ida()) == written


def test_an_entry_has_the_patients_own_day_time_and_name(ida, of_ida, person):
    ida.post("/diary", filled_form(of_ida()))
    held = stored_record(of_ida()).entries[-1]
    assert (held.day, held.time, held.by, held.role, held.author, held.source) == (
        today(of_ida()), "08:15", "patient", "patient", person("ida").pseudonym, "web",
    )  # fmt: skip


def test_no_pain_anywhere_is_an_answer_of_its_own(ida, of_ida):
    ida.post("/diary", filled_form(of_ida(), nowhere="1"))
    assert of_today(of_ida())[-1]["sites"] == []


@pytest.mark.parametrize(("typed", "value"), [("4,5", 4.5), ("4.5", 4.5), ("10", 10)])
def test_a_number_between_two_is_written_with_a_comma_or_a_point(ida, of_ida, typed, value):
    ida.post("/diary", filled_form(of_ida(), pain=None, **{"pain-typed": typed}))
    assert of_today(of_ida())[0]["value"] == value


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pain": None}, "pain"),
        ({"pain": "11"}, "pain"),
        ({"pain": "4", "pain-typed": "5"}, "pain"),
        ({"pain": None, "pain-typed": "four"}, "pain"),
        ({"pain": None, "pain-typed": "1e1"}, "pain"),
        ({"sleep": "-1"}, "sleep"),
        ({"nowhere": "1", "site": ["neck_left"]}, "sites"),
        ({"note": "x" * 2001}, "note"),
        ({"managed": "x" * 201}, "managed"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": "yesterday"}, "date"),
        ({"time": "25:00"}, "time"),
        ({"entered": "2999-01-01T08:00:00+02:00"}, "date"),
        ({"entered": "2001-01-01T08:00:00+02:00"}, "date"),
        ({"uid": "no uid"}, "uid"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_saved(ida, of_ida, fields, field):
    before = of_ida().head
    answer = ida.post("/diary", filled_form(of_ida(), **({"managed": "walked"} | fields)))
    beside = f'id="wrong-{field}"' in answer.content.decode() or field == "uid"
    assert (answer.status_code, beside, of_ida().head) == (422, True, before)


def test_a_missing_pain_score_is_tied_to_its_group_and_keeps_everything(ida, of_ida):
    page = ida.post(
        "/diary", filled_form(of_ida(), pain=None, sleep="3", note="slept badly")
    ).content.decode()
    group = re.search(r"<fieldset ([^>]*)><legend>Worst pain", page)
    assert group is not None
    assert 'aria-describedby="wrong-pain"' in group[1]
    assert 'name="sleep" value="3" checked' in page
    assert ">slept badly</textarea>" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"note": "a\x00b"},
        {"note": "a\u202eb"},
        {"site": ["no such place"]},
        {"date": "0001-01-01"},
        {"after--1_not-an-entry": "4"},
        {"after-9999_not-an-entry": "4"},
    ],
)
def test_what_the_record_refuses_is_said_and_nothing_is_saved(ida, of_ida, fields):
    before = of_ida().head
    answer = ida.post("/diary", filled_form(of_ida(), **fields))
    assert (answer.status_code, of_ida().head) == (422, before)


def test_nothing_is_preselected(ida):
    assert " checked" not in ida.get("/diary").content.decode()


def test_the_same_form_sent_twice_is_saved_once(ida, of_ida):
    form = filled_form(of_ida(), sleep="3")
    first, again = ida.post("/diary", form), ida.post("/diary", form)
    assert (kinds(of_ida()), again["location"]) == (["pain", "sleep"], first["location"])


def test_there_may_be_several_entries_a_day(ida, of_ida):
    for clock in ("08:15", "21:40"):
        ida.post("/diary", filled_form(of_ida(), time=clock))
    assert kinds(of_ida()) == ["pain", "pain"]


def test_a_day_that_is_over_is_shown_as_entered_later(ida, of_ida):
    earlier = (local_date(of_ida()) - timedelta(days=2)).isoformat()
    saved = ida.post("/diary", filled_form(of_ida(), date=earlier), follow=True)
    assert "Entered later" in saved.content.decode()


def copied_days(client, of, days: int) -> list[bool]:
    """Whether `same as yesterday` is offered, day after day, where each offer is taken."""
    yesterday = local_date(of) - timedelta(days=1)
    client.post("/diary", filled_form(of, date=yesterday.isoformat()))
    return ["same-as-yesterday" in client.get("/diary").content.decode() for _ in range(days)]


def test_the_same_as_yesterday_is_one_tap_and_says_that_it_is_copied(ida, of_ida):
    copied_days(ida, of_ida(), 1)
    page = ida.get("/diary").content.decode()
    uid = re.search(r'diary/same".*?name="uid" value="([^"]+)"', page, re.DOTALL)
    assert uid is not None
    ida.post("/diary/same", {"uid": uid[1], "date": local_date(of_ida()).isoformat()})
    assert [(each["value"], each["copied"]) for each in of_today(of_ida())] == [(4, True)]


def test_after_two_days_that_were_copied_it_is_not_offered(ida, of_ida, record):
    from assuage.clinic.store.actions import NewEntry, Writer, write

    of = of_ida()
    writer = Writer("p-ida", "patient")
    for day in (today(of) - 2, today(of) - 1):
        pain = {"day": day, "kind": "score", "scale": "pain", "value": 4, "by": "patient", "copied": True}
        write(of.pk, [NewEntry(new_uid(), pain)], writer)
    assert "same-as-yesterday" not in ida.get("/diary").content.decode()


def test_what_was_saved_can_be_taken_back(ida, of_ida):
    saved = ida.post("/diary", filled_form(of_ida(), sleep="3"))["location"]
    ida.post(saved.replace("saved", "undo"), {"head": of_ida().head})
    held = stored_record(of_ida())
    assert (kinds(of_ida()), sum(isinstance(each, VoidEntry) for each in held.entries)) == ([], 2)


def test_what_was_saved_can_be_corrected_and_what_is_left_out_is_withdrawn(ida, of_ida):
    saved = ida.post("/diary", filled_form(of_ida(), sleep="3", pain="4"))["location"]
    batch = saved.rpartition("/")[2]
    ida.post("/diary", filled_form(of_ida(), pain="6", corrects=batch, head=of_ida().head))
    assert [(each["scale"], each["value"]) for each in of_today(of_ida())] == [("pain", 6)]


def test_the_form_of_a_correction_holds_what_was_saved(ida, of_ida):
    saved = ida.post("/diary", filled_form(of_ida(), site=["neck_left"], managed="walked"))["location"]
    page = ida.get(saved.replace("saved", "correct")).content.decode()
    assert all(
        each in page
        for each in ('name="pain" value="4" checked', 'value="neck_left" checked', 'value="walked"')
    )


def test_a_correction_of_what_somebody_changed_meanwhile_is_a_conflict_that_keeps_the_form(ida, of_ida):
    saved = ida.post("/diary", filled_form(of_ida()))["location"]
    head = of_ida().head
    batch = saved.rpartition("/")[2]
    ida.post("/diary", filled_form(of_ida(), pain="5", corrects=batch, head=head))
    form = filled_form(of_ida(), pain="6", corrects=batch, head=head)
    answer = ida.post("/diary", form)
    assert (answer.status_code, 'name="pain" value="6" checked' in answer.content.decode()) == (409, True)


def test_the_days_after_an_exposure_are_asked_about_and_bound_to_it(ida, of_ida):
    of = of_ida()
    earlier = calendar_date(of, today(of) - 1).isoformat()
    form = filled_form(of, date=earlier, exposure=["massage"])
    ida.post("/diary", form)
    page = ida.get("/diary").content.decode()
    field = re.search(r'name="(after-[^"]+)" value="0"', page)
    assert field is not None
    ida.post("/diary", filled_form(of_ida(), **{field[1]: "7"}))
    about = stored_record(of_ida()).standing[-1].about
    bound = [each.about for each in stored_record(of_ida()).standing if each.about is not None]
    assert (about or bound[0], field[1] in ida.get("/diary").content.decode()) == (bound[0], False)


def sent(client, forms: list[dict[str, object]], now: str) -> dict:
    entries = [
        {
            "fields": [
                [name, each]
                for name, value in form.items()
                for each in ([value] if isinstance(value, str) else value)
            ]
        }
        for form in forms
    ]
    body = json.dumps({"now": now, "entries": entries})
    return client.post("/diary/outbox", body, content_type="application/json").json()


def test_an_outbox_is_answered_entry_by_entry(ida, of_ida):
    good, bad = filled_form(of_ida()), filled_form(of_ida(), pain=None)
    answers = sent(ida, [good, bad, good], str(good["entered"]))["entries"]
    assert [each["state"] for each in answers] == ["stored", "refused", "known"]


def test_an_entry_of_an_outbox_says_that_it_was_written_offline(ida, of_ida):
    form = filled_form(of_ida())
    sent(ida, [form], str(form["entered"]))
    assert stored_record(of_ida()).entries[-1].source == "offline"


def test_a_phone_whose_clock_cannot_be_right_is_asked_and_nothing_is_filed(ida, of_ida):
    before = of_ida().head
    answers = sent(ida, [filled_form(of_ida())], "2001-01-01T08:00:00+02:00")["entries"]
    assert (answers[0]["state"], of_ida().head) == ("refused", before)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"entries": 1}', b'{"now": "x", "entries": [{"fields": [[1, 2]]}]}', b"[" * 9999]
)
def test_what_is_no_outbox_is_refused_without_a_fault(ida, body):
    assert ida.post("/diary/outbox", body, content_type="application/json").status_code == 400


def test_the_same_entry_by_page_and_by_outbox_is_one(ida, of_ida):
    form = filled_form(of_ida())
    ida.post("/diary", form)
    assert sent(ida, [form], str(form["entered"]))["entries"][0]["state"] == "known"


@pytest.mark.parametrize("address", ["/diary", "/diary/outbox"])
@pytest.mark.parametrize("who", ["jonas", "rasa", "admin"])
def test_the_diary_is_a_patients_alone(as_person, who, address):
    assert as_person(who).get(address).status_code == 404


def test_what_another_patient_saved_looks_as_if_it_were_not_there(ida, as_person, of_ida):
    saved = ida.post("/diary", filled_form(of_ida()))["location"]
    assert as_person("jon").get(saved).status_code == 404


def test_the_names_of_the_entries_of_a_form_are_the_same_each_time_and_differ(db):
    uid = new_uid()
    assert (part_uid(uid, "pain"), part_uid(uid, "pain").version) == (part_uid(uid, "pain"), 7)
    assert part_uid(uid, "pain") != part_uid(uid, "sleep")


def test_in_lithuanian_every_word_of_the_page_is_lithuanian(as_person):
    page = as_person("jon").get("/diary").content.decode()
    assert re.findall(r'<span lang="en">[^<]*', page) == []
