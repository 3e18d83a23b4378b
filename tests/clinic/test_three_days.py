"""Three days of a clinic acted out over HTTP, midnights between: each does their work and finds what others did.

The patient's clock is the one that turns the day. The second morning comes from a phone that had no network.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assuage.clinic.operating import begin_day
from assuage.clinic.people.actions import add_person, join_team
from assuage.clinic.people.models import Person
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_record, stored_review
from assuage.clinic.store.verifying import verify_store
from assuage.record.read import read_record
from assuage.record.write import to_yaml
from assuage.review.make import review
from tests.clinic.logged_in import PASSPHRASE, just_logged_in
from tests.clinic.test_bring_diary import filed
from tests.clinic.test_diary import sent
from tests.clinic.test_medicines import judged_token, post

VILNIUS = ZoneInfo("Europe/Vilnius")
REASON = "seen by both of us at the visit of today"


@pytest.fixture
def clock(monkeypatch):
    """The hour that everybody's clock shows, from the day after tomorrow on: what was made today is before it."""
    begins = datetime.now(VILNIUS).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)

    def shows(day: int, hour: int, minute: int = 0) -> datetime:
        at = begins + timedelta(days=day - 1, hours=hour, minutes=minute)
        monkeypatch.setattr(timezone, "now", lambda: at.astimezone(ZoneInfo("UTC")))
        return at

    return shows


@pytest.fixture
def nurse(db) -> Person:
    """Somebody who is not in the demonstration: of the team from the first day on."""
    return add_person("nina", PASSPHRASE, Person.Role.NURSE, name="Nina Nurse")


def words_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def day_form(at: datetime, **fields) -> dict[str, object]:
    given = {"uid": str(new_uid()), "date": at.date().isoformat(), "time": f"{at:%H:%M}"}
    return given | {"entered": at.isoformat(timespec="seconds")} | fields


def acted(client, page: str, **typed):
    """The form of a page sent with the head that the page was shown at."""
    shown = client.get(page).content.decode()
    found = re.search(r'name="head" value="(\d+)"', shown)
    assert found is not None, page
    return {"uid": str(new_uid()), "head": found[1], **typed}


def test_three_days_of_a_clinic(record, person, clock, nurse, tmp_path):
    join_team(record("ida"), nurse)
    first = clock(1, 8)

    # ---- the first day: the patient writes, the nurse looks, the physician decides and prescribes
    ida = just_logged_in(person("ida"))
    assert (
        ida.post("/diary", day_form(first, pain="6", exposure=["massage"], note="a bad night")).status_code
        == 302
    )
    day = today(record("ida"))
    nina, jonas, rasa = (just_logged_in(each) for each in (nurse, person("jonas"), person("rasa")))
    clock(1, 9)
    assert "Ida" in words_of(nina.get("/patients"))
    assert "massage" in words_of(nina.get("/patients/ida/course"))
    clock(1, 10)
    hold = acted(jonas, "/patients/ida/gate", act="hold", because=REASON)
    assert jonas.post("/patients/ida/gate/decision", hold).status_code == 302
    line = "paracetamol 500 mg 1-1-1"
    token = judged_token(jonas, record("ida"), line)
    begun = post(jonas, record("ida"), step="confirm", line=line, token=token, do="start", because=REASON)
    assert begun.status_code == 302
    clock(1, 11)
    assert rasa.get("/patients/ida/cards").status_code == 200
    assert post(rasa, record("ida"), step="judge", line=line).status_code == 404
    begin_day()

    # ---- midnight; the second day comes from a phone without network, an evening and a morning together
    evening = clock(1, 23, 50)
    late = day_form(evening, pain="7")
    clock(2, 0, 5)
    assert today(record("ida")) == day + 1
    assert begin_day().failed == ()
    morning = clock(2, 7)
    form = ida.get("/diary").content.decode()
    asked = re.search(r'name="(after-[^"]+)" value="0"', form)
    assert asked is not None, "a day after the massage it is asked what came of it"
    early = day_form(morning, pain="5", **{asked[1]: "8"})
    answers = sent(ida, [late, early], morning.isoformat(timespec="seconds"))["entries"]
    assert {each["state"] for each in answers} == {"stored"}, answers
    held = stored_record(record("ida"))
    numbers = [(each.day, each.value) for each in held.standing if getattr(each, "scale", "") == "pain"]
    assert {(day, 7), (day + 1, 5)} <= set(numbers)
    assert [each.about is not None for each in held.standing if getattr(each, "value", None) == 8] == [True]
    stale = {**hold, "uid": str(new_uid())}
    assert jonas.post("/patients/ida/gate/decision", stale).status_code == 409
    clock(2, 10)
    checked = acted(nina, "/patients/ida/assessment", instrument="wpi", site=["neck"])
    assert nina.post("/patients/ida/assessment/answers", checked).status_code == 302

    # ---- midnight; the third day: an old diary is brought, the log is read, and privacy
    clock(3, 0, 5)
    assert begin_day().failed == ()
    clock(3, 9)
    rows = "Date,Pain\n" + "".join(f"{(first - timedelta(days=n)).date()},{n}\n" for n in range(3, 6))
    assert "Filed: 3" in words_of(filed(ida, rows))
    assert "brought from a file" in words_of(ida.get("/diary"))
    admin = just_logged_in(person("admin"))
    log = words_of(admin.get("/log"))
    assert all(
        each in log for each in ("wrote in the diary", "brought a diary along from a file", "entries: 3")
    )
    assert "a bad night" not in log
    assert admin.get("/patients/ida").status_code == 404
    looked = words_of(ida.get("/privacy"))
    assert all(each in looked for each in ("Nina Nurse", "Jonas Petraitis", "Rasa Kazlauskienė"))

    # ---- and at the end everything holds
    of = record("ida")
    assert verify_store().faults == ()
    (tmp_path / "ida.yaml").write_text(to_yaml(stored_record(of)), encoding="utf-8")
    again = review(read_record(tmp_path / "ida.yaml"), None, today(of), effects=False)
    shown = stored_review(of, today(of))
    assert (again.current, again.gates, again.alerts) == (shown.current, shown.gates, shown.alerts)
