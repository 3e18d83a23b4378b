"""Small diaries of each kind that people and their programs keep: none of them came in as it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.imports.diary import import_diary
from assuage.record.write import to_yaml
from tests.imports.test_diary import files

DAYLIO = (
    """full_date,date,weekday,time,mood,activities,note
2020-05-30,30 May,Saturday,6:50 pm,rad,massage | walk,"Good day"
2020-05-30,30 May,Saturday,8:02 am,meh,,""
2020-05-29,29 May,Friday,9:24 pm,bad,work | headache,"neck bad"
2020-05-29,29 May,Friday,1:55 am,awful,,""
""",
    """[diary]
layout = "day"
patient = "d"
date = "full_date"
time = "time"
time_format = "%I:%M %p"
day_begins = "04:00"
starts_on = "first"
ignore = ["date", "weekday"]
[columns.mood]
kind = "rating"
name = "mood"
words = {rad = 5, good = 4, meh = 3, bad = 2, awful = 1}
[columns.activities]
split = "|"
ignore = ["w*"]
parts = {massage = {kind = "therapy", what = "massage"}, headache = {kind = "symptom", what = "headache"}}
[columns.note]
kind = "note"
""",
    """- {date: 2020-05-30, time: "18:50", kind: rating, name: mood, value: 5, by: patient}
- {date: 2020-05-30, time: "18:50", kind: therapy, what: massage, by: patient}
- {date: 2020-05-30, time: "18:50", kind: note, text: Good day, by: patient}
- {date: 2020-05-30, time: "08:02", kind: rating, name: mood, value: 3, by: patient}
- {date: 2020-05-29, time: "21:24", kind: rating, name: mood, value: 2, by: patient}
- {date: 2020-05-29, time: "21:24", kind: symptom, what: headache, state: present, by: patient}
- {date: 2020-05-29, time: "21:24", kind: note, text: neck bad, by: patient}
- {date: 2020-05-29, kind: exposure, name: massage, state: not_asked, by: patient}
- {date: 2020-05-28, time: night, kind: rating, name: mood, value: 1, by: patient}
- {date: 2020-05-28, kind: exposure, name: massage, state: not_asked, by: patient}
""",
)
VISIBLE = (
    """observation_date,tracker_name,tracker_category,observation_value\x20
2025-03-02,Fatigue,General,2\x20
2025-03-02,Headache,Brain,1\x20
2025-03-02,Note,Note,Walked 500m\x20
""",
    """[diary]
layout = "name"
patient = "v"
date = "observation_date"
name_column = "tracker_name"
value_column = "observation_value"
starts_on = "first"
ignore = ["tracker_category"]
[names.Fatigue]
kind = "rating"
name = "fatigue"
lowest = 0
highest = 3
[names.Headache]
kind = "symptom"
what = "headache"
severities = {1 = "mild", 2 = "moderate", 3 = "severe"}
[names.Note]
kind = "note"
""",
    """- {date: 2025-03-02, kind: rating, name: fatigue, value: 2, lowest: 0, highest: 3, by: patient}
- {date: 2025-03-02, kind: symptom, what: headache, state: present, severity: mild, by: patient}
- {date: 2025-03-02, kind: note, text: Walked 500m, by: patient}
""",
)
KOBO = (
    "today,pain_sites,pain\n2025-01-01,neck upper_back,6\n2025-01-02,,3\n",
    """[diary]
layout = "day"
patient = "k"
date = "today"
starts_on = "first"
[columns.pain_sites]
split = " "
kind = "answers"
instrument = "wpi"
unmentioned = "no"
parts = {neck = {item = "neck"}, upper_back = {item = "upper_back"}, chest = {item = "chest"}}
[columns.pain]
kind = "score"
scale = "pain"
""",
    """- {date: 2025-01-01, kind: answers, instrument: wpi, items: {neck: 1, upper_back: 1, chest: 0}, by: patient}
- {date: 2025-01-01, kind: score, scale: pain, value: 6, by: patient}
- {date: 2025-01-02, kind: score, scale: pain, value: 3, by: patient}
""",
)
GARMIN = (
    'Date,Steps,Sleep Score,Resting HR,Stress\n2025-01-05,"8,123",78,61,32\n',
    """[diary]
layout = "day"
patient = "g"
date = "Date"
thousands = ","
by = "device"
starts_on = "first"
[columns.Steps]
kind = "exposure"
name = "steps"
unit = "steps"
[columns."Sleep Score"]
kind = "score"
scale = "sleep"
from = [0, 100]
reverse = true
night = "before"
[columns."Resting HR"]
kind = "measurement"
what = "resting heart rate"
unit = "bpm"
[columns.Stress]
kind = "rating"
name = "stress by the watch"
""",
    """- {date: 2025-01-05, kind: exposure, name: steps, amount: 8123, unit: steps, by: device}
- {date: 2025-01-05, time: morning, kind: score, scale: sleep, value: 2.2, by: device}
- {date: 2025-01-05, kind: measurement, what: resting heart rate, value: 61, unit: bpm, by: device}
- {date: 2025-01-05, kind: rating, name: stress by the watch, value: 32, by: device}
""",
)


@pytest.mark.parametrize(
    ("table", "diary_map", "entries"),
    [
        pytest.param(*DAYLIO, id="moods with times and tags"),
        pytest.param(*VISIBLE, id="names with values"),
        pytest.param(*KOBO, id="places ticked in one cell"),
        pytest.param(*GARMIN, id="days of a watch"),
    ],
)
def test_a_diary_of_a_program_comes_in_by_its_map(
    tmp_path: Path, table: str, diary_map: str, entries: str
) -> None:
    (record,) = import_diary(*files(tmp_path, table, diary_map)).records
    assert to_yaml(record).partition("entries:\n")[2] == entries
