"""Small diaries with their maps: the page of the map language shows each with the entries that are made of it."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A title, what it shows in a sentence, a map and a table that are imported as they stand."""

    title: str
    says: str
    map: str
    table: str


EXAMPLES: tuple[Example, ...] = (
    Example(
        "A row a day",
        "A blank cell is a gap, never a zero; a column that is neither mapped nor ignored is a problem.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "Date"
date_format = "%d.%m.%Y"
starts_on = 2026-01-05          # or "first"
decimal = ","
blank = ["-"]
ignore = ["Weather"]
[columns."Pain AM"]
kind = "score"
scale = "pain"
site = "neck"
time = "morning"
words = {none = 0}
[columns."Notes"]
kind = "note"
by = "clinician"
approximate = true
""",
        """\
Date;Pain AM;Notes;Weather
05.01.2026;4,5;;snow
06.01.2026;6-7;woke at three;snow
07.01.2026;-;;cloud
08.01.2026;none;;sun
""",
    ),
    Example(
        "Days instead of dates, of several patients",
        "`delimiter` is found by itself if left out.",
        """\
[diary]
layout = "day"
patient_column = "who"
day = "day"
delimiter = ";"
by = "clinician"
sex = "female"
age = 48
pathway = "neck-first"
[columns.pain]
kind = "score"
scale = "pain"
sites = ["neck", "occiput"]
""",
        """\
who;day;pain
ana;0;4
ben;0;2
ana;1;3
""",
    ),
    Example(
        "Many rows a day",
        "`time` names the column of the time. A second value of the same moment takes the place of the first, and this "
        "is told; what was written before `day_begins` belongs to the night of the day before.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "Date"
time = "Time"
time_format = "%I:%M %p"
day_begins = "04:00"
starts_on = "first"
[columns.Pain]
kind = "score"
scale = "pain"
""",
        """\
Date,Time,Pain
2026-01-05,8:02 am,3
2026-01-05,6:50 pm,6
2026-01-05,6:50 pm,7
2026-01-06,1:30 am,4
""",
    ),
    Example(
        "Moments with an offset",
        "With `%z` the moment is turned into the day and clock of the patient's `zone`. With `%H` the date "
        "holds the time.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "recorded"
date_format = "%Y-%m-%dT%H:%M:%S%z"
zone = "Europe/Vilnius"
starts_on = "first"
[columns.pain]
kind = "score"
scale = "pain"
""",
        """\
recorded,pain
2026-01-05T22:30:00Z,4
2026-01-06T09:00:00+02:00,3
""",
    ),
    Example(
        "Names and values",
        'A row holds the name of a question and its answer; `[names."…"]` takes the same keys as a column.',
        """\
[diary]
layout = "name"
patient = "ana"
date = "day_of"
name_column = "tracker"
value_column = "value"
starts_on = "first"
ignore = ["*"]                  # any other column and any other name
[names."Fatigue"]
kind = "score"
scale = "fatigue"
from = [0, 3]
[names."Brain fog"]
kind = "rating"
name = "brain fog"
lowest = 0
highest = 3
[names."Crash"]
kind = "exposure"
name = "crash"
""",
        """\
day_of,tracker,group,value
2026-01-05,Fatigue,General,2
2026-01-05,Brain fog,Head,1
2026-01-05,Crash,General,0
2026-01-05,Mood,General,3
""",
    ),
    Example(
        "Units that stand in a column",
        "Where each row has a unit of its own, `unit_column` names the column that holds it.",
        """\
[diary]
layout = "name"
patient = "ana"
date = "day_of"
name_column = "test"
value_column = "result"
starts_on = "first"
ignore = ["*"]
[names."Creatinine"]
kind = "measurement"
what = "creatinine"
unit_column = "unit"
""",
        """\
day_of,test,result,unit
2026-01-05,Creatinine,70,µmol/l
2026-02-05,Creatinine,0.9,mg/dl
""",
    ),
    Example(
        "Another range, and the other way round",
        "`from` says which numbers the diary uses; they are brought to the scale's own range, or to `lowest` and "
        "`highest` of a rating. With `reverse` the low end of the diary is the high end of the scale. A number outside "
        "is a problem, never clipped.",
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
[columns."Pain 0-100"]
kind = "score"
scale = "pain"
from = [0, 100]
[columns."Wellbeing"]
kind = "rating"
name = "how bad the day was"
lowest = 0
highest = 10
reverse = true
""",
        """\
day,Pain 0-100,Wellbeing
0,37,8
1,50,3
""",
    ),
    Example(
        "Yes, no, and how bad",
        "`severities` keep the grade that a word has: *mild* is more than *present*. `yes` and `no` are the "
        "other words "
        "of a column; without them 1, yes, y, x, true and 0, no, n, false are read.",
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
[columns."Headache"]
kind = "symptom"
what = "headache"
severities = {leicht = "mild", stark = "severe"}
yes = ["ja"]
no = ["nein"]
[columns."Numb"]
kind = "symptom"
what = "numbness"
site = "occiput"
severity = "mild"
[columns."Trigger points"]
kind = "finding"
what = "trigger points"
method = "examination"
""",
        """\
day,Headache,Numb,Trigger points
0,leicht,no,
1,stark,yes,1
2,nein,worse,0
""",
    ),
    Example(
        "Sessions, exposures, doses as needed",
        "A no is *absent*, and a blank was *not asked*: silence of a record could be read as a no. With a `unit` an "
        "exposure has an amount. `cell` says what a number is: minutes of a session, a `count` of doses, an `amount`.",
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
thousands = ","
[columns."Massage"]
kind = "therapy"
what = "massage"
site = "neck"
pressure = "deep"
[columns."Walk (min)"]
kind = "therapy"
what = "walking"
do = "session"
cell = "minutes"
[columns."Coffee"]
kind = "exposure"
name = "coffee"
[columns."Steps"]
kind = "exposure"
name = "steps"
unit = "steps"
[columns."Paracetamol"]
kind = "intake"
drug = "paracetamol"
route = "oral"
cell = "count"
doses = [{amount = 500, unit = "mg"}]
[columns."Ibuprofen mg"]
kind = "intake"
drug = "ibuprofen"
cell = "amount"
unit = "mg"
""",
        """\
day,Massage,Walk (min),Coffee,Steps,Paracetamol,Ibuprofen mg
0,yes,30,no,"8,123",2,
1,,0,yes,,0,400
""",
    ),
    Example(
        "Medication that begins, changes, stops",
        "`start`, `change` and `stop` are read as they stand; a yes is what `do` says.",
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
[columns."Tizanidine"]
kind = "medication"
drug = "tizanidine"
doses = [{amount = 2, unit = "mg", when = "evening"}]
route = "oral"
purpose = "sleep"
[columns."Melatonin started"]
kind = "medication"
drug = "melatonin"
do = "start"
""",
        """\
day,Tizanidine,Melatonin started
0,start,yes
5,stop,
""",
    ),
    Example(
        "Questionnaires and checkboxes",
        "Items of one instrument and moment are one entry. With `when` a form that nobody filled in is no answer: in "
        "`[diary]` the row is left out, at a column the cell.",
        """\
[diary]
layout = "day"
patient_column = "record_id"
date = "visit"
starts_on = "first"
keep_dates = false              # day numbers only
ignore = ["redcap_*"]
when = {visit_complete = [1, 2]}
[columns."fatigue"]
kind = "answers"
instrument = "sss"
item = "fatigue"
[columns."sites___neck"]
kind = "answers"
instrument = "wpi"
item = "neck"
when = {wpi_complete = 2}
[columns."sites___upper_back"]
kind = "answers"
instrument = "wpi"
item = "upper_back"
when = {wpi_complete = 2}
""",
        """\
record_id,redcap_event,visit,visit_complete,fatigue,wpi_complete,sites___neck,sites___upper_back
a1,week 1,2026-01-05,2,2,2,1,0
a1,week 2,2026-01-12,2,3,0,0,0
a1,week 3,,0,,0,0,0
""",
    ),
    Example(
        "Several parts in one cell",
        "`split` cuts the cell; `parts` say what each means, and what a part does not say it has from its column. With "
        '`unmentioned = "no"` a part that is not named in a filled cell is a no; otherwise it was not asked.',
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
[columns."pain_sites"]
split = " "
kind = "symptom"
what = "pain"
unmentioned = "no"
ignore = ["none*"]
parts = {neck = {site = "neck"}, upper_back = {site = "upper_back"}}
[columns."activities"]
split = "|"
[columns."activities".parts]
massage = {kind = "therapy", what = "massage"}
work = {kind = "exposure", name = "work"}
""",
        """\
day,pain_sites,activities
0,neck upper_back,massage | work
1,none_of_these,work
2,,work
""",
    ),
    Example(
        "The night of a value",
        'A value of sleep stands on the day on whose morning one wakes. `night = "after"` is for a diary that '
        "writes it "
        "under the day on which one goes to bed. A list of tables gives a column more than one meaning.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "Date"
starts_on = "first"
[[columns."Sleep score"]]
kind = "score"
scale = "sleep"
from = [0, 100]
reverse = true
night = "before"
[columns."Hours"]
kind = "exposure"
name = "hours of sleep"
unit = "h"
night = "after"
""",
        """\
Date,Sleep score,Hours
2026-01-05,78,7.5
""",
    ),
    Example(
        "Episodes",
        "`[row]` is what the row itself is, as if a cell of it said yes. With `end` a symptom is present on "
        "each day of "
        "it and resolved at the end, and a session has its minutes. An end that is blank is unknown, unless "
        "`still_going` lists it.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "Start"
date_format = "%Y-%m-%d %H:%M"
end = "End"
end_format = "%Y-%m-%d %H:%M"
still_going = ["ongoing"]
starts_on = "first"
[row]
kind = "symptom"
what = "migraine"
[columns."Intensity"]
kind = "score"
scale = "pain"
site = "head"
""",
        """\
Start,End,Intensity
2026-01-05 18:00,2026-01-07 09:30,7
2026-02-01 06:15,ongoing,5
""",
    ),
    Example(
        "Episodes whose times stand beside their days",
        "`time` is that of the start, `end_time` that of the end.",
        """\
[diary]
layout = "day"
patient = "ana"
date = "Start"
time = "At"
end = "End"
end_time = "Until"
starts_on = "first"
[row]
kind = "symptom"
what = "headache"
[columns."Intensity"]
kind = "score"
scale = "pain"
site = "head"
""",
        """\
Start,At,End,Until,Intensity
2026-01-05,22:15,2026-01-06,06:30,7
""",
    ),
    Example(
        "Measurements",
        "A value of the laboratory or of a device with its unit.",
        """\
[diary]
layout = "day"
patient = "ana"
day = "day"
[columns."Creatinine"]
kind = "measurement"
what = "creatinine"
unit = "mg/dL"
loinc = "2160-0"
method = "enzymatic"
""",
        """\
day,Creatinine
0,0.8
""",
    ),
    Example(
        "A row an entry",
        "The columns carry the names of the record's fields; `[fields]` renames them, and `[row]` says what "
        "is the same "
        "in every row.",
        """\
[diary]
layout = "entry"
patient = "ana"
date = "when"
date_format = "%Y-%m-%d %H:%M"
starts_on = "first"
[row]
kind = "intake"
unit = "mg"
[fields]
Drug = "code"
Dose = "amount"
""",
        """\
when,Drug,Dose
2026-01-05 08:00,ibuprofen,400
2026-01-05 21:00,paracetamol,500
""",
    ),
    Example(
        "A known kind of file, one part of several",
        "As `--suggest` writes it: `shape` makes the rows ready before the map reads them.",
        """\
[diary]
layout = "day"
shape = "fitbit"
part = "Sleep"
patient = "ana"
date = "date"
starts_on = "first"
ignore = ["Minutes Awake"]
[columns."Minutes Asleep"]
kind = "exposure"
name = "sleep"
unit = "min"
night = "before"
""",
        """\
date,Minutes Asleep,Minutes Awake
2026-01-05,410,55
""",
    ),
)
