"""Random patients of every kind, near relatives among them, and what a cohort's tables say of each alone.

Relatives differ in one place: they are what a memory with a key that is too coarse takes for one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import strategies as some

from assuage.cohort import review_cohort, run
from assuage.errors import Problems
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.read import examine, parse_record
from assuage.record.table import to_frame
from assuage.record.write import to_plain
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import DRUGS
from assuage.terms.sites import SITES, WPI_SITES
from assuage.terms.symptoms import STATES, SYMPTOMS
from tests.agree.strategies import documents as walks
from tests.agree.test_safety import documents as treated
from tests.agree.test_safety import measured
from tests.record.strategies import records as written_records

Plain = dict[str, Any]
PARTS = (
    *(("walk",), ("treated",), ("measured",), ("measured",)),
    *(("treated", "measured"), ("walk", "treated", "measured")),
)
MOST = 6  # patients of a company

_DAYS = some.one_of(some.integers(-200, 30), some.sampled_from([-92, -91, 0, 1, 20, 24, 30]))
_MEASURED = some.lists(some.tuples(_DAYS, measured()), max_size=5)


# Sites of the body map that count alike for most criteria: of one region, or for no region.
_ALIKE = {
    one.id: sorted(
        other.id
        for other in WPI_SITES.values()
        if other is not one
        and (other.counts, other.counts and other.region) == (one.counts, one.counts and one.region)
    )
    for one in WPI_SITES.values()
}


@some.composite
def documents(draw: some.DrawFn, parts: Sequence[Sequence[str]] = PARTS) -> Plain:
    """A record as a document: what a walk, the safety rules and the diagnostic criteria look at, or all of it."""
    name = "one"
    entries: list[Plain] = []
    kinds = draw(some.sampled_from(parts))
    who: Plain = {"id": name, **draw(some.sampled_from([{}, {"age": 17}, {"age": 40}, {"sex": "female"}]))}
    if "walk" in kinds:
        entries += _prefixed(draw(walks()), "walk")
    if "treated" in kinds:
        drawn = draw(treated(name))
        entries += _prefixed(drawn["entries"], "treated")
        who = drawn["patient"]
    if "measured" in kinds:
        for number, (day, entry) in enumerate(draw(_MEASURED)):
            clock = {"time": f"{number:02}:15"} if draw(some.booleans()) else {}
            entries.append({"day": day, **clock, **entry})
    top = draw(some.sampled_from([{}, {}, {"starts_on": "2026-01-05"}, {"pathway": "eular-2017"}]))
    return {"format": "assuage-record/2", "patient": who, "entries": entries, **top}


def _prefixed(entries: list[Plain], prefix: str) -> list[Plain]:
    """The entries with names of their own, so that two parts can be put together."""
    named = ("id", "replaces", "of", "about", "disputed_with")
    return [
        {key: f"{prefix} {one}" if key in named else one for key, one in each.items()} for each in entries
    ]


def right(document: Plain) -> Plain:
    """The document without the entries that make it no record."""
    document = deepcopy(document)
    while True:
        _, problems = examine(document)
        places = {int(found[1]) for one in problems if (found := re.match(r"entries\[(\d+)\]", one.place))}
        if not problems:
            return document
        if not places:
            raise Problems("a random record", problems)
        document["entries"] = [one for at, one in enumerate(document["entries"]) if at not in places]


@some.composite
def relatives(draw: some.DrawFn, document: Plain) -> Plain:
    """The same patient but for one thing."""
    changed = deepcopy(document)
    entries = changed["entries"]
    what = draw(some.sampled_from(["left out", "moved", "said again", "swapped", "another word", "person"]))
    if what == "person" or not entries:
        changed["patient"]["age"] = draw(some.sampled_from([12, 17, 18, 64, 65, 90]))
        return changed
    at = draw(some.integers(0, len(entries) - 1))
    entry = entries[at]
    match what:
        case "left out":
            del entries[at]
        case "moved":
            entry["day"] = entry.get("day", 0) + draw(some.integers(-40, 40))
            entry.pop("date", None)
        case "said again":
            again = {
                key: one
                for key, one in entry.items()
                if key not in ("id", "replaces", "of", "about", "disputed_with")
            }
            entries.insert(draw(some.integers(0, len(entries))), again)
        case "swapped":
            other = entries[draw(some.integers(0, len(entries) - 1))]
            entry["day"], other["day"] = other.get("day", 0), entry.get("day", 0)
            entry.pop("date", None)
            other.pop("date", None)
        case _:
            _reworded(draw, entry)
    return changed


def _reworded(draw: some.DrawFn, entry: Plain) -> None:
    """Another site, state, drug, condition, value or item in place of one."""
    if entry.get("sites"):
        words = list(entry["sites"])
        at = draw(some.integers(0, len(words) - 1))
        near = [one for one in _ALIKE.get(words[at], ()) if one not in words]
        known = sorted(WPI_SITES) if entry["kind"] == "answers" else sorted(SITES)
        words[at] = draw(some.sampled_from(near or known) | some.sampled_from(known))
        entry["sites"] = sorted(set(words))
    elif "site" in entry:
        entry["site"] = draw(some.sampled_from(sorted(SITES)))
    elif entry.get("items"):
        items = sorted(entry["items"])
        one, other = draw(some.sampled_from(items)), draw(some.sampled_from(items))
        if entry["instrument"] == "wpi" and draw(some.booleans()):
            other = draw(some.sampled_from(_ALIKE[one] or sorted(WPI_SITES)))
        entry["items"][one], entry["items"][other] = entry["items"].get(other), entry["items"][one]
    elif entry["kind"] == "symptom":
        field, words = draw(some.sampled_from([("what", sorted(SYMPTOMS)), ("state", STATES)]))
        entry[field] = draw(some.sampled_from(words))
    elif entry["kind"] == "medication":
        entry["drug"] = draw(some.sampled_from(sorted(DRUGS)))
    elif entry["kind"] == "finding":
        entry["what"] = draw(some.sampled_from(sorted(CONDITIONS)))
    elif "value" in entry:
        entry["value"] = draw(some.integers(0, 10))


class Company(list[Record]):
    """Some patients; shown short, because Hypothesis shows every example that fails."""

    def __repr__(self) -> str:
        return repr([to_plain(one) for one in self])[:20_000]


@some.composite
def companies(draw: some.DrawFn, parts: Sequence[Sequence[str]] = PARTS) -> Company:
    """Patients, most of them relatives of one another."""
    documents_of = [right(draw(documents(parts)))]
    for _ in range(draw(some.integers(1, MOST - 1))):
        kind = draw(some.sampled_from(["relative", "relative", "relative", "stranger", "any"]))
        if kind == "any":
            documents_of.append(to_plain(draw(written_records("one"))))
        elif kind == "stranger":
            documents_of.append(right(draw(documents(parts))))
        else:
            documents_of.append(right(draw(relatives(draw(some.sampled_from(documents_of))))))
    return Company(parse_record(one) for one in documents_of)


def _one_of(kind: str, **words: Sequence[Any]) -> some.SearchStrategy[Plain]:
    """An entry of a kind with one word of each list; None leaves the field out."""
    fields = {name: some.sampled_from(list(each)) for name, each in words.items()}
    return some.fixed_dictionaries({"kind": some.just(kind), **fields}).map(
        lambda entry: {name: one for name, one in entry.items() if one is not None}
    )


_FEW_SITES = (
    ["neck"],
    ["chest"],
    ["abdomen", "hip_left"],
    ["jaw_left", "hip_left"],
    ["shoulder_girdle_left"],
)
_FEW_ITEMS = ({"fatigue": 2}, {"fatigue": None}, {"fatigue": 3, "cognitive": 3}, {"headache": 1})
_FLAGS = ({"RF_DISSECTION": "absent"}, {"RF_MYELOPATHY": "present"}, {"RF_NEW_NUMBNESS": "absent"})
_HERE = _one_of("symptom", what=("numbness", "weakness"), state=("new", "resolved"), site=("neck", "hand"))
_MIXTURES = ([{"drug": "ketoprofen", "amount_mg": 150}], [{"drug": "lidocaine"}])
_TAKEN = (None, [{"amount": 150, "unit": "mg"}])
# By what is remembered of them, entries in the few words that a key has to tell apart.
TOPICS: dict[str, some.SearchStrategy[Plain]] = {
    "_months": _one_of(
        "symptom",
        what=("pain", "widespread_pain", "all_symptoms"),
        state=("new", "present", "resolved"),
        site=(None, None, "neck"),
    ),
    "_body": _one_of("answers", instrument=("wpi",), sites=_FEW_SITES)
    | _one_of("score", scale=("wpi",), value=(5, 9)),
    "_severity": _one_of("answers", instrument=("sss",), items=_FEW_ITEMS)
    | _one_of("score", scale=("sss",), value=(5, 9)),
    "_of_consent": _one_of(
        "consent", **{"for": ("care", "mesotherapy"), "state": ("given", "refused", "withdrawn")}
    ),
    "_of_body": some.sampled_from(
        [
            *2 * ({"kind": "measurement", "what": "height", "value": 170, "unit": "cm"},),
            *(
                {"kind": "measurement", "what": "weight", "value": kilos, "unit": "kg"}
                for kilos in (60, 60, 95, 95)
            ),
            {"kind": "measurement", "what": "BMI", "value": 33},
            {"kind": "finding", "what": "obesity", "state": "absent"},
        ]
    ),
    "flags": _HERE | _one_of("red_flag_check", flags=_FLAGS),
    "_of_questions": _one_of("therapy", what=("massage",), do=("session",), pressure=("deep", "light"))
    | _one_of("symptom", what=("pain",), state=("new", "worse", "present"), site=("neck", "hip"))
    | _one_of("red_flag_check", flags=_FLAGS),
    "_of_syringe": _one_of("therapy", what=("mesotherapy",), do=("session",), mixture=_MIXTURES)
    | _one_of("medication", drug=("ketoprofen",), do=("start",), route=(None, "intradermal"), doses=_TAKEN),
}

# What entries say of conditions together: one takes another back, or only counts where nothing else was said.
CONDITIONS_TOGETHER = (
    _one_of(
        "finding",
        what=(
            "bleeding_disorder",
            "ketoprofen allergy",
            "creatinine",
            "ALT",
            "ckd_lt30",
            "eGFR 90",
            "eGFR 22",
        ),
        state=("present", "absent", "normal", "unknown"),
    )
    | _one_of("measurement", what=("creatinine",), value=(70, 260), unit=("umol/l",))
    | _one_of("medication", drug=("methotrexate", "warfarin"), do=("start", "change", "stop"))
    | _one_of("intake", drug=("prednisolone", "methotrexate"))
    | _one_of("medication", drug=("ketoprofen", "ibuprofen"), do=("start",))
)


@some.composite
def families(draw: some.DrawFn, topic: some.SearchStrategy[Plain]) -> Company:
    """Patients of one to three entries, all of one topic and out of few words: many are alike, or nearly so."""
    days = some.sampled_from([-200, -91, 2, 29, 30, 30])
    people: list[Record] = []
    for _ in range(MOST):
        entries = draw(some.lists(some.tuples(days, topic), min_size=1, max_size=3))
        clocks = [
            draw(some.sampled_from([f"{at:02}:15", f"{20 - at:02}:15", None])) for at in range(len(entries))
        ]
        told = [
            {"day": day, **({"time": clock} if clock else {}), **entry}
            for clock, (day, entry) in zip(clocks, entries, strict=True)
        ]
        who = {"id": "one", **draw(some.sampled_from([{}, {}, {"age": 17}, {"age": 70}, {"sex": "male"}]))}
        people.append(parse_record(right({"format": "assuage-record/2", "patient": who, "entries": told})))
    return Company(people)


# --- rows --------------------------------------------------------------------------------------------

_WORDS = ("kind", "code", "site", "text")


def rows_of(record: Record) -> pl.DataFrame:
    """The rows of one patient, words as words."""
    return to_frame([record]).with_columns(pl.col(*_WORDS).cast(pl.String))


def foreign(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows as they come from elsewhere: no number of an entry or a row in text."""
    bare = pl.col("text").str.replace(r'"entry":\d+,?', "").str.replace(r'"row":\d+,?', "")
    bare = bare.str.replace(r",\}$", "}").str.replace(r"^\{\}$", "")
    return frame.with_columns(text=bare.replace({"": None}))


def blank(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with items that were not answered as null, with nothing in text, so that maps may be folded."""
    return frame.with_columns(text=pl.col("text").str.replace('"is":[null],', "", literal=True))


def out_of_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with every second one at the end."""
    odd = pl.int_range(pl.len()) % 2 == 1
    return pl.concat([frame.filter(~odd), frame.filter(odd)])


def doubled(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows twice over, as in a file that was put together twice."""
    return pl.concat([frame, frame.filter(pl.col("kind") != "answers")])


def wrong(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with a value that no scale has, so that the patient is refused."""
    return frame.with_columns(
        value=pl.when(pl.col("kind") == "score").then(99.0).otherwise("value").cast(pl.Float32)
    )


Change = Callable[[pl.DataFrame], pl.DataFrame]
CHANGES: tuple[Change, ...] = (
    lambda frame: frame,
    foreign,
    blank,
    out_of_order,
    doubled,
    wrong,
)


# --- what is said of them ------------------------------------------------------------------------------


@contextmanager
def pieces_of(rows: int) -> Iterator[None]:
    """The work is cut into pieces of about so many rows."""
    with patch.multiple(run, _FEWEST_ROWS=rows, MOST_ROWS=rows, _A_PIECE=1):
        yield


def review_tables(
    files: Sequence[tuple[str, pl.DataFrame]], folder: Path, pathway: Pathway, on: int | None
) -> dict[str, pl.DataFrame]:
    """Every table of a review of these files."""
    (folder / "in").mkdir(parents=True)
    for name, frame in files:
        frame.write_parquet(folder / "in" / f"{name}.parquet")
    review_cohort(folder / "in", pathway, folder / "out", on=on, panel=True)
    return {file.stem: pl.read_parquet(file) for file in sorted((folder / "out").glob("*.parquet"))}


def said_of(tables: Mapping[str, pl.DataFrame], name: str, first: int) -> dict[str, list[dict[str, Any]]]:
    """What every table says of one patient, whose rows begin behind row `first` of their file.

    Without the patient's name and the file, and with places counted from the patient's own first row.
    """
    return {
        table: [_placed(row, name, first) for row in frame.filter(pl.col("patient") == name).rows(named=True)]
        for table, frame in tables.items()
    }


def _placed(row: dict[str, Any], name: str, first: int) -> dict[str, Any]:
    row = {key: value for key, value in row.items() if key not in ("patient", "file")}
    for key in ("row", "repeats"):
        if key in row:
            row[key] -= first
    for key in ("place", "problem"):
        if key in row:
            told = re.sub(
                r"(\S+\.parquet )?\brow (\d+)", lambda found: f"row {int(found[2]) - first}", row[key]
            )
            row[key] = told.replace(f'"{name}"', '"one"')
    return row
