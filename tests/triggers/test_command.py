"""`assuage triggers` as its users meet it: the published case, a diary, a cohort, and every bad input a sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assuage.cli import main
from tests.made_diaries import diary_of_two_exposures

CASE = Path(__file__).parents[2] / "examples" / "case.yaml"
CAUSAL = re.compile(
    r"\b(causes?|because of the|due to|triggered by|leads to|led to|makes? (you|it) worse)\b", re.I
)


def read(capsys, *arguments: str) -> dict:
    assert main(["triggers", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def diary(tmp_path) -> Path:
    """Half a year of pain with ten massages, each followed by two points more the day after; tea is drunk at random."""
    file = tmp_path / "diary.csv"
    file.write_text(diary_of_two_exposures())
    return file


def test_the_published_case_is_a_likely_trigger_with_dependence_on_phase_unknown(capsys):
    massage = read(capsys, str(CASE))["triggers"][0]
    assert massage["headline"] == "likely trigger, dependence on phase unknown"
    assert massage["text"].startswith(
        "massage: followed by a worse spell (pain) within three days 2 of 2 times; of 2 "
    )
    assert "the counts alone could be chance." in massage["text"]
    assert massage["effects"] == []
    assert "There is no diary to estimate a difference from" in massage["no_effect"]


def test_exposures_in_words_that_nothing_reads_are_named_and_not_said_to_be_missing(tmp_path, capsys):
    days = ({"day": day, "kind": "therapy", "what": f"factor {day}", "by": "patient"} for day in range(7))
    head = {"format": "assuage-record/1", "patient": {"id": "p"}, "entries": list(days)}
    (tmp_path / "p.json").write_text(json.dumps(head))
    told = read(capsys, str(tmp_path / "p.json"))
    assert told["refusal"].endswith(
        "so not compared: factor 0, factor 1, factor 2, factor 3, factor 4, 2 more"
    )
    assert told["notes"] == []


@pytest.mark.parametrize(
    "reason",
    [
        "5% of the time: 256 to 1, 0.99; 10% of the time: 64 to 1, 0.96; 20% of the time: 16 to 1, 0.84; "
        "30% of the time: 7 to 1, 0.70",
        "The patient chose it 2 of 2 times.",
        "nobody was blinded",
        "regression to the mean",
        "Every occasion lies in the phase quieten; there is none in settle, move",
    ],
)
def test_the_published_case_gives_its_reasons_and_doubts(capsys, reason):
    assert any(reason in one for one in read(capsys, str(CASE))["triggers"][0]["reasons"])


def test_before_the_second_massage_there_is_not_enough_yet(capsys):
    assert read(capsys, str(CASE), "--on", "46")["triggers"][0]["headline"] == "cannot tell"


def test_a_diary_finds_the_exposure_that_was_followed_by_more_pain_and_names_what_was_not_linked(
    capsys, diary
):
    found = {one["title"]: one for one in read(capsys, str(diary))["triggers"]}
    assert found["massage"]["verdict"] == "likely"
    assert found["tea"]["verdict"] == "cannot tell"
    next_day = next(one for one in found["massage"]["effects"] if one["lag"] == 1)
    assert next_day["low"] < 2 < next_day["high"]


def test_no_word_says_that_anything_caused_anything(capsys, diary):
    for source in (str(CASE), str(diary)):
        said = json.dumps(read(capsys, source)).replace("Followed by is not caused by", "")
        assert CAUSAL.findall(said) == []


def test_the_page_is_complete_in_itself_without_script_or_address(capsys, diary, tmp_path):
    page = tmp_path / "page.html"
    assert main(["triggers", str(diary), "-o", str(page)]) == 0
    text = re.sub(r"url\(data:font/[^)]*\)", "", page.read_text())  # the fonts are inside the page
    assert text.count("<svg") == 2 * 2, "a figure for each of two exposures, for a desk and for a phone"
    assert not re.search(r"<script|https?:|//[a-z]|\ssrc=|<link|@import|url\((?!#)", text)
    assert "Cannot tell yet" in text


def test_the_heading_of_the_page_is_the_answer(capsys, diary, tmp_path):
    page = tmp_path / "page.html"
    assert main(["triggers", str(diary), "-o", str(page)]) == 0
    assert "<h1>Followed by worse pain: massage (likely trigger)</h1>" in page.read_text()
    assert main(["triggers", str(diary), "--exposure", "tea", "-o", str(page), "--force"]) == 0
    assert "<h1>Nothing is linked to pain so far</h1>" in page.read_text()


def test_what_is_read_out_for_a_figure_is_what_stands_under_it(capsys, diary, tmp_path):
    page = tmp_path / "page.html"
    assert main(["triggers", str(diary), "-o", str(page)]) == 0
    text = page.read_text()
    under = re.findall(r"<figcaption>(.*?)</figcaption>", text)
    read_out = re.findall(r"<svg[^>]*aria-label=\"(.*?)\"", text)
    assert len(under) == 2
    for caption, (wide, phone) in zip(under, zip(read_out[::2], read_out[1::2], strict=True), strict=True):
        assert wide == phone
        assert wide.endswith(caption)


def test_pictures_are_written_as_png_and_svg(capsys, tmp_path):
    assert main(["triggers", str(CASE), "--pictures", str(tmp_path)]) == 0
    assert (tmp_path / "exposure-1.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "exposure-1.svg").read_text().startswith("<svg")


HEADER = "day,pain,massage\n"
LONG = range(60)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "".join(f"{day},{day % 7},0\n" for day in LONG), "massage is not recorded"),
        (HEADER + "".join(f"{day},4,{int(day % 9 == 0)}\n" for day in LONG), "is 4 on every rated day"),
        (HEADER + "1,4,1\n", "too few"),
        (HEADER + "".join(f"{day},,{int(day % 9 == 0)}\n" for day in LONG), "There is no pain rating"),
        (HEADER + "".join(f"{day},{day % 7},1\n" for day in LONG), "was recorded as one without massage"),
        (
            HEADER + "".join(f"{day},{day % 7},{int(day != 30)}\n" for day in LONG),
            "or only one, was recorded as one without",
        ),
        (HEADER + "".join(f"{day},{day % 5},{int(day % 7 == 2)}\n" for day in LONG), "such as the weekday"),
        (
            HEADER + "".join(f"{30 * day},{day % 5},{int(day % 9 == 0)}\n" for day in LONG),
            "no rating over the three days after it",
        ),
    ],
)
def test_a_diary_that_can_show_nothing_gives_a_sentence_and_no_number(capsys, tmp_path, text, says):
    file = tmp_path / "diary.csv"
    file.write_text(text)
    made = read(capsys, str(file))
    assert says in json.dumps(made)
    assert all(effect["estimate"] is None for one in made["triggers"] for effect in one["effects"])
    assert "what follows it may be" not in json.dumps(made)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "1,4,0\n1,5,0\n", "stands in row 2 too"),
        (HEADER + "1,11,0\n", "must be 0 to 10"),
        (HEADER + "1,bad,0\n", "must be a number"),
        (HEADER, "no row below its header"),
        ("", "no row below its header"),
        ("day,massage\n1,0\n", '"pain" is missing'),
        ("day,pain,pain,massage\n1,4,5,0\n", '"pain" stands 2 times'),
        (HEADER + "1,4,5,0\n", "row 2: has more cells than the 3 of the header"),
    ],
)
def test_a_diary_that_cannot_be_read_is_refused_with_row_and_column(capsys, tmp_path, text, says):
    file = tmp_path / "diary.csv"
    file.write_text(text)
    assert main(["triggers", str(file)]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("amount", ["1" + "0" * 308, "9" * 400, "-1"])
def test_an_amount_that_no_day_can_hold_is_refused(capsys, tmp_path, amount):
    file = tmp_path / "diary.csv"
    file.write_text(HEADER + f"1,4,{amount}\n")
    assert main(["triggers", str(file), "--exposures", "massage"]) == 2
    assert f"row 2 massage: must be 0 to 1000000, so {amount} cannot be right" in capsys.readouterr().err


@pytest.mark.parametrize("amount", ["1e308", "inf", "nan"])
def test_an_amount_that_is_not_in_digits_is_refused(capsys, tmp_path, amount):
    file = tmp_path / "diary.csv"
    file.write_text(HEADER + f"1,4,{amount}\n")
    assert main(["triggers", str(file), "--exposures", "massage"]) == 2
    assert "row 2 massage: must be a number, yes, no, or blank" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((str(CASE), "--outcome", "joy"), "joy"),
        ((str(CASE), "--exposures", "mesage"), "mesage"),
        ((str(CASE), "--exposures", " , "), "names nothing"),
        (("nowhere.yaml",), "no file nowhere.yaml"),
        ((str(CASE), "more.yaml"), "one record or diary at a time"),
        (("cohort",), "a cohort needs a table and a folder"),
        (("cohort", "nowhere.parquet", "-o", "out"), "no file nowhere.parquet"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    assert main(["triggers", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_cohort_is_read_and_written(capsys, tmp_path):
    assert main(["simulate", "diaries", "--patients", "30", "--seed", "2", "-o", str(tmp_path / "made")]) == 0
    capsys.readouterr()
    table = next(one for one in (tmp_path / "made").rglob("*.parquet") if "truth" not in one.parts)
    folder = table if table.parent == tmp_path / "made" else table.parent
    made = read(capsys, "cohort", str(folder), "-o", str(tmp_path / "effects"))
    assert made["patients"] == 30
    assert (tmp_path / "effects" / "effects.parquet").exists()


@pytest.mark.parametrize(
    "command", [["--help"], ["review", str(CASE)], ["triggers", "--help"], ["nof1", "--help"]]
)
def test_no_numerical_library_is_loaded_where_there_is_nothing_to_estimate(command):
    code = (
        "import sys, contextlib, io\nfrom assuage.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({command!r})\n"
        "print([name for name in ('numpy', 'numba', 'polars', 'jinja2') if name in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("scenario", "options", "says"),
    [
        ("paradox", [], "recorded decisions"),
        ("base", [], ""),
        ("paradox", ["--pathway", "neck-first"], "walk of neck-first@1"),
        ("paradox", ["--pathway", "none"], None),
    ],
)
def test_a_cohort_says_where_its_phases_came_from(capsys, tmp_path, scenario, options, says):
    table = tmp_path / "in"
    assert main(["simulate", "diaries", "--scenario", scenario, "--patients", "4", "-o", str(table)]) == 0
    capsys.readouterr()
    found = read(capsys, "cohort", str(table), "-o", str(tmp_path / "out"), *options)
    assert found["phases_from"] == says


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["cohort", "x", "-o", "y", "--master", "local[2]"], "write --engine spark too"),
        ([str(CASE), "--engine", "spark"], "--engine is for a cohort"),
        ([str(CASE), "--pathway", "neck-first"], "--pathway is for a cohort"),
    ],
)
def test_options_of_a_cohort_are_refused_where_they_mean_nothing(capsys, arguments, says):
    assert main(["triggers", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_many_exposures_of_which_nothing_can_be_told_are_named_together(capsys, tmp_path):
    days = [f"2026-01-{day:02}" for day in range(1, 31)]
    names = [f"factor{number}" for number in range(12)]
    rows = [
        ",".join([day, str(day_at * 7 % 10), *("1" if (day_at + at) % 5 == 0 else "0" for at in range(12))])
        for day_at, day in enumerate(days)
    ]
    path = tmp_path / "many.csv"
    path.write_text("\n".join([",".join(["date", "pain", *names]), *rows]), encoding="utf-8")
    assert main(["triggers", str(path)]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "Of 12 nothing can be told yet" in text
    assert "factor3 (6)" in text
    assert len(read(capsys, str(path))["triggers"]) == 12
