"""What is said of a cohort: the summary in text and pictures, one patient explained, and two pathways compared."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import polars as pl
import pyarrow.parquet as pq
import pytest

from assuage.cohort import review_cohort
from assuage.cohort.panel import decode, spans
from assuage.cohort.summary import summarise
from assuage.cohort.titles import said_titles
from assuage.engine.many.rows.parquet import TableReader
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.walk import walk
from assuage.record.rows import read_table
from assuage.record.timeline import Timeline
from assuage.report.cohort import share, summary_text
from assuage.report.cohort_page import html
from assuage.report.pictures import ticks
from assuage.words.speak import catalogue
from tests.cohort.tables import assuage, frames, pain, written
from tests.docs.examples import ROOT
from tests.small_pathway import SMALL

ON = 20
PATHWAY = "from tests.small_pathway import SMALL as PATHWAY\n"
EASIER = "from tests.agree.strategies import quicker\nfrom tests.small_pathway import SMALL\nPATHWAY = quicker(SMALL)\n"


def rows():
    """Ana gets to the second phase and back; Ben waits for a diary; Cyd is calm and has no sore neck."""
    neck = {"site": "neck"}
    ana = [pain("ana", day, 8.0 if day in (10, 11) else 1.0) for day in range(12)]
    ana += [pain("ana", day, 5.0, **neck) for day in range(6)]
    ana += [pain("ana", day, None, kind="therapy", code="deep_tissue_massage") for day in (3, 9)]
    ben = [pain("ben", 0, 9.0)]
    cyd = [pain("cyd", day, 1.0) for day in range(21)] + [pain("cyd", day, 0.0, **neck) for day in range(21)]
    bad = [pain("dan", 1, 11.0)]
    return [row for own in (ana, ben, cyd, bad) for row in sorted(own, key=lambda row: row["day"])]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return written(tmp_path_factory.mktemp("cohort") / "in.parquet", rows())


def test_a_file_without_statistics_says_the_same(table, out, tmp_path):
    plain = tmp_path / "plain.parquet"
    pq.write_table(pq.read_table(table), plain, write_statistics=False, row_group_size=7)
    review_cohort(plain, SMALL, tmp_path / "out", on=ON, panel=True)
    assert frames(tmp_path / "out")["state"].equals(frames(out)["state"])


def test_an_empty_word_is_none_as_null_is_and_a_column_of_them_is_not_read(out, tmp_path):
    empty = [
        {name: "" if value is None and name in ("site", "text") else value for name, value in row.items()}
        for row in rows()
    ]
    table = written(tmp_path / "in.parquet", empty)
    review_cohort(table, SMALL, tmp_path / "out", on=ON, panel=True)
    assert all(frame.equals(frames(out)[name]) for name, frame in frames(tmp_path / "out").items())
    reader = TableReader(table, Vocabulary(), 1000)
    assert [name in reader.filled([0]) for name in ("site", "text")] == [True, False]


@pytest.fixture(scope="module")
def out(table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "out"
    review_cohort(table, SMALL, folder, on=ON, panel=True)
    return folder


@pytest.fixture(scope="module")
def walks(table, tmp_path_factory):
    good = pl.read_parquet(table).filter(pl.col("patient") != "dan")
    path = tmp_path_factory.mktemp("good") / "good.parquet"
    good.write_parquet(path)
    return {record.patient.id: walk(SMALL, Timeline(record), ON) for record in read_table(path)}


# --- the summary -----------------------------------------------------------------------------------


def test_the_counts_are_those_of_the_patients_walked_one_by_one(out, walks):
    found = summarise(out)
    assert (found["patients"], found["rejected"]) == (3, 1)
    here = [walked.current.phase.id for walked in walks.values()]
    assert {one["id"]: one["patients"] for one in found["phases"] if one["patients"]} == {
        phase: here.count(phase) for phase in here
    }
    days = found["occupancy"]["days"]
    assert days == list(range(ON + 1))
    for phase, counts in found["occupancy"]["phases"].items():
        stays = [[walked.stay_on(day) for walked in walks.values()] for day in days]
        assert counts == [sum(stay is not None and stay.phase.id == phase for stay in each) for each in stays]


def test_moves_and_lengths_of_stays_count_every_stay_once(out, walks):
    found = summarise(out)
    stays = [stay for walked in walks.values() for stay in walked.stays]
    assert sum(one["times"] for one in found["moves"]) == len(stays)
    assert sum(week["over"] for one in found["phases"] for week in one["weeks"]) == sum(
        stay.left is not None for stay in stays
    )
    assert {(one["from"], one["to"]) for one in found["moves"]} == {
        (None, "rest"),
        ("rest", "treat"),
        ("treat", "rest"),
    }


def test_breaches_are_counted_by_week(out):
    assert [(one["week"], one["sure"], one["possible"]) for one in summarise(out)["breaches"]] == [
        (0, 1, 0),
        (1, 1, 0),
    ]


def test_the_text_names_everybody_and_what_they_wait_for(out):
    said = summary_text(summarise(out))
    assert said.startswith("3 patients on small@1, day 20\n1 patient refused and not counted")
    for words in (
        "Rest  ",
        "100 %",
        "Waiting for",
        "Calm [calm]",
        "Leave mechanical therapy alone",
        "Alerts",
    ):
        assert words in said
    assert "Flared" not in said.partition("Waiting for")[2].partition("\n\n")[0]
    assert max(map(len, said.splitlines())) <= 100


def test_what_only_leads_back_is_not_waited_for(tmp_path):
    diary = [pain("eve", day, 1.0) for day in range(3)]
    diary += [pain("eve", day, 6.0, site="neck") for day in range(3)]
    path = written(tmp_path / "in.parquet", sorted(diary, key=lambda row: row["day"]))
    review_cohort(path, SMALL, tmp_path / "out", on=8)
    said = summary_text(summarise(tmp_path / "out"))
    assert "Two sessions [two-sessions]" in said.partition("Waiting for")[2].partition("\n\n")[0]
    assert "Flare [flare]" in said.partition("Relapses that cannot be ruled out")[2].partition("\n\n")[0]


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [(0, 0, ""), (0, 9, "0 %"), (9, 9, "100 %"), (1, 1000, "<1 %"), (999, 1000, ">99 %"), (1, 3, "33 %")],
)
def test_a_share_is_never_nothing_of_something_nor_all_of_less(count, of, said):
    assert share(count, of) == said


@pytest.mark.parametrize("most", [0, 1, 2, 3, 7, 10, 99, 100, 101, 12_345, 1_000_000])
def test_the_numbers_beside_a_picture_are_whole_and_reach_over_it(most):
    scale = ticks(most)
    assert scale[0] == 0
    assert scale[-1] >= max(most, 1)
    assert len(scale) <= 7
    assert scale == sorted(set(scale))


class _Page(HTMLParser):
    """A page taken apart: whether its tags close, and what matters to those who do not see it."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.pictures, self.wrong = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        self.tags.append(tag)
        if tag == "svg" and about.get("aria-hidden") != "true":
            self.pictures.append(about)
        outside = {name: to for name, to in about.items() if not (name == "href" and to.startswith("#"))}
        self.wrong += [
            f"{tag} {name}" for name in outside if name in ("src", "href", "onclick", "xlink:href")
        ]
        if tag not in ("meta", "rect", "line", "polygon"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        if tag in ("rect", "line", "polygon"):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def test_the_page_is_whole_and_every_picture_has_words_and_a_table(out):
    page = html(summarise(out))
    found = _Page(page)
    assert (found.wrong, found.open) == ([], [])
    assert all(one["role"] == "img" and one["aria-label"] for one in found.pictures)
    # Each picture twice: for a desk, and for a phone.
    assert len(found.pictures) == 2 * found.tags.count("table") == 2 * found.tags.count("figure") >= 14
    assert "script" not in found.tags
    assert "://" not in page
    assert "default-src 'none'" in page


def test_names_on_the_page_cannot_become_part_of_it(out):
    found = summarise(out)
    found["titles"]["calm"] = '<script>alert(1)</script>" onload="x'
    found["phases"][0]["title"] = "<b>Rest</b>"
    page = html(found)
    assert "<script" not in page
    assert "<b>" not in page
    assert _Page(page).wrong == []


def test_a_cohort_of_nobody_has_a_summary_too(tmp_path):
    review_cohort(written(tmp_path / "in.parquet", []), SMALL, tmp_path / "out", on=ON)
    found = summarise(tmp_path / "out")
    assert summary_text(found).startswith("0 patients on small@1")
    assert _Page(html(found)).wrong == []
    json.dumps(found)


def test_the_summary_by_command_writes_the_page_and_prints_json(out, tmp_path):
    status, said, _ = assuage("cohort", "summary", out, "--json", "-o", tmp_path / "page.html")
    assert status == 0
    assert json.loads(said)["patients"] == 3
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")


def test_a_folder_that_is_no_review_or_is_damaged_is_said(out, tmp_path):
    status, _, said = assuage("cohort", "summary", tmp_path)
    assert (status, "holds no output of a cohort review" in said) == (2, True)
    (tmp_path / "manifest.json").write_text((out / "manifest.json").read_text())
    status, _, said = assuage("cohort", "summary", tmp_path)
    assert (status, "state.parquet is missing or damaged" in said) == (2, True)
    (tmp_path / "manifest.json").write_text("[1]")
    assert assuage("cohort", "summary", tmp_path)[0] == 2


# --- one patient -----------------------------------------------------------------------------------


def test_a_patient_is_decoded_to_what_the_reference_engine_says(out, walks):
    criteria = {one.id: one for one in SMALL.criteria()}
    for name, walked in walks.items():
        days = decode(out, name)
        assert [one.day for one in days] == list(range(ON + 1))
        for one in days:
            stay = walked.stay_on(one.day)
            assert one.phase == (stay.phase.id if stay else None)
            for at, said in one.answers.items():
                assert said is walked.view(one.day).truth(criteria[at].test)


def test_spans_tell_every_day_once(out):
    days = decode(out, "ana")
    for criterion in (None, *days[0].answers):
        told = {
            day: span.value for span in spans(days, criterion) for day in range(span.first, span.last + 1)
        }
        assert told == {
            one.day: one.phase if criterion is None else one.answers[criterion].value for one in days
        }


def test_a_day_of_a_patient_in_words(out):
    status, said, _ = assuage("cohort", "explain", out, "--patient", "ana", "--on", 5)
    assert status == 0
    assert said.startswith("ana on small@1, day 5\n\nWhere         Treat [treat]\n")
    assert "Gate to Rest [rest]: Flared [flared], not met\n  ✗ Flare [flare]: no\n" in said
    assert "Gate to Go [go]: Treated [treated], not met\n  ✗ Two sessions [two-sessions]: no\n" in said
    assert re.search(r"Course +day 0 +Rest \[rest\]\n +day 1 to 9 +Treat", said)


def test_a_day_of_a_patient_as_json(out):
    status, said, _ = assuage("cohort", "explain", out, "--patient", "ben", "--json")
    found = json.loads(said)
    assert (status, found["day"], found["phase"]) == (0, ON, "rest")
    assert found["gates"][0]["criteria"] == {"calm": "unknown"}
    assert not found["gates"][0]["met"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--patient", "dan"), 'patient "dan" was refused; rejected.parquet says why'),
        (("--patient", "zoe"), 'patient "zoe" is not there'),
        (("--patient", "ana", "--on", "99"), "the panel has day 0 to day 20, and no day 99"),
    ],
)
def test_a_patient_or_a_day_that_is_not_there_is_said(words, says, out):
    status, _, said = assuage("cohort", "explain", out, *words)
    assert (status, says in said) == (2, True)


def test_without_a_panel_there_is_nothing_to_explain(table, tmp_path):
    review_cohort(table, SMALL, tmp_path / "out", on=ON)
    status, _, said = assuage("cohort", "explain", tmp_path / "out", "--patient", "ana")
    assert (status, "review the cohort with --panel" in said) == (2, True)


# --- two pathways ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pathways(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pathways")
    for name, words in (("old", PATHWAY), ("new", EASIER), ("none", "x = 1\n"), ("slip", "x = (\n")):
        (folder / f"{name}.py").write_text(words)
    (folder / "raises.py").write_text("import no_such_module\n")
    (folder / "refused.py").write_text(
        'from assuage.pathways.model import Pathway\nPATHWAY = Pathway("a", 1, "A", "B", ())\n'
    )
    return folder


def test_a_comparison_says_who_when_and_why(table, pathways, tmp_path):
    words = ("--old", pathways / "old.py", "--new", pathways / "new.py", "--on", ON)
    status, said, _ = assuage("cohort", "diff", table, *words, "-o", tmp_path / "out")
    assert status == 1  # dan is refused
    assert said.startswith("1 of 3 patients would take another course with small@2 than with small@1\n")
    assert "rest → treat" in said
    assert "Neck hurts [neck-hurts]" in said
    assert re.search(r"\n  cyd  day \d+  rest → treat  because of neck-hurts\n", said)
    status, said, _ = assuage("cohort", "diff", table, *words, "-o", tmp_path / "json", "--json")
    found = json.loads(said)
    assert (found["moved"], found["instead"]) == (1, [{"old": "rest", "new": "treat", "patients": 1}])
    assert found["first"][0]["patient"] == "cyd"


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("gone.py", "no file"),
        ("none.py", "defines no PATHWAY"),
        ("slip.py", "line 1"),
        ("raises.py", "cannot be run: ModuleNotFoundError"),
        ("refused.py", "has no phase"),
    ],
)
def test_a_file_that_is_no_pathway_is_said(new, says, table, pathways, tmp_path):
    words = ("--old", "neck-first@1", "--new", pathways / new, "-o", tmp_path / "out")
    status, _, said = assuage("cohort", "diff", table, *words)
    assert (status, says in said) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_pathway_that_is_misspelt_or_is_another_kind_of_file_is_said(table, tmp_path):
    for name, says in (
        ("neck-frist", 'did you mean "neck-first"?'),
        (table, "is no pathway; give a .py file"),
    ):
        status, _, said = assuage("cohort", "diff", table, "--old", "neck-first", "--new", name, "-o", "x")
        assert (status, says in said) == (2, True)


def test_an_output_that_is_taken_is_not_written_over(table, pathways, tmp_path):
    words = ("--old", pathways / "old.py", "--new", pathways / "old.py", "--on", ON, "-o")
    assert assuage("cohort", "diff", table, *words, tmp_path / "out")[0] == 1
    status, _, said = assuage("cohort", "diff", table, *words, tmp_path / "out")
    assert (status, "holds a comparison already" in said) == (2, True)
    assert assuage("cohort", "diff", table, *words, table)[0] == 2


# --- the page about it -----------------------------------------------------------------------------


def test_every_column_of_every_table_is_on_the_page(out):
    page = (ROOT / "docs/reference/cohort.md").read_text(encoding="utf-8")
    criteria = {one.id for one in SMALL.criteria()}
    for name, frame in frames(out).items():
        section = page.partition(f"| `{name}.parquet` |")[2].partition(".parquet` |")[0]
        named = set(re.findall(r"`(\w+)`", section.partition("\n## ")[0]))
        assert set(frame.columns) - named - criteria == set(), name


# --- another language --------------------------------------------------------------------------------


def test_a_summary_is_said_in_lithuanian_and_marks_what_has_no_translation(out):
    lithuanian = catalogue("lt")
    text = summary_text(summarise(out), lithuanian)
    assert text.startswith(
        "3 pacientai, gydymo kelias small@1, 20 diena\nAtmestas ir neįskaičiuotas 1 pacientas"
    )
    assert "(en) Leave mechanical therapy alone [no-force]" in text
    assert "(en) Calm [calm]" in text
    page = html(summarise(out), lithuanian)
    assert '<html lang="lt">' in page
    assert '<span lang="en">Calm [calm]</span>' in page
    assert "Kaip jie judėjo" in page
    assert _Page(page).wrong == []


def test_a_patient_is_explained_in_lithuanian(out):
    status, said, _ = assuage("cohort", "explain", out, "--patient", "ana", "--lang", "lt")
    assert status == 0
    assert said.startswith("ana, gydymo kelias small@1, 20 diena")
    assert "Ką sakė kiekvienas kriterijus" in said


@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_id_of_the_tables_has_a_title(language):
    titles = said_titles(None, catalogue(language))
    assert [key for key, title in titles.items() if not title or title != title.capitalised()] == []
    assert titles["DI_NSAID_APX"] == {"en": "NSAID with apixaban", "lt": "NVNU + apiksabanas"}[language]
