"""One diary, one answer: a file read by `triggers`, and the same file imported and then read as a record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assuage.cli import main
from benchmarks.verdict_cells import CELLS, diaries_of_cell

CASES = Path(__file__).parents[3] / "shared" / "cases"
MAP = """
[diary]
layout = "day"
patient = "one"
{when}
[columns."{outcome}"]
kind = "score"
scale = "pain"
[columns."{exposure}"]
{means}
"""
FACTOR = 'kind = "exposure"\nname = "{exposure}"'
AMOUNT = FACTOR + '\nunit = "of it"'
THERAPY = 'kind = "therapy"\nwhat = "{exposure}"'
DAY, DATE = 'day = "day"', 'date = "Date"\nstarts_on = "first"'


def judged(capsys, *arguments: str) -> dict:
    assert main(["triggers", *arguments, "--json"]) == 0, capsys.readouterr().err
    (trigger,) = json.loads(capsys.readouterr().out)["triggers"]
    return trigger


def same_by_both_ways(
    capsys, folder: Path, file: Path, when: str, outcome: str, exposure: str, means: str
) -> dict:
    """What both ways say, which is the same."""
    text = MAP.format(when=when, outcome=outcome, exposure=exposure, means=means.format(exposure=exposure))
    (folder / "map.toml").write_text(text)
    record = folder / "record.yaml"
    assert main(["import", str(file), "--map", str(folder / "map.toml"), "-o", str(record)]) == 0
    capsys.readouterr()
    by_file = judged(capsys, str(file), "--exposure", exposure.lower())
    by_record = judged(capsys, str(record), "--exposure", exposure.lower())
    for key in ("verdict", "headline", "counts", "tests", "compared"):
        assert by_file[key] == by_record[key], key
    for one, other in zip(by_file["effects"], by_record["effects"], strict=True):
        numbers = [key for key, value in one.items() if isinstance(value, float)]
        assert [one[key] for key in numbers] == pytest.approx([other[key] for key in numbers], abs=2e-4)
        assert all(one[key] == other[key] for key in one if key not in numbers)
    return by_record


@pytest.mark.parametrize(
    ("file", "when", "outcome", "exposure", "means", "verdict"),
    [
        ("diaries/caffeine.csv", DATE, "Pain", "Caffeine", FACTOR, "likely"),
        ("diaries/blank_not_no.csv", DAY, "pain", "massage", THERAPY, "likely"),
        ("diaries/steps.csv", DAY, "pain", "steps", AMOUNT, None),
        ("verdicts/badday.csv", DAY, "pain", "massage", THERAPY, "cannot tell"),
        ("verdicts/protective.csv", DAY, "pain", "walk", FACTOR, "helps"),
        ("verdicts/dose_hours.csv", DAY, "pain", "computer", AMOUNT, None),
        ("verdicts/dose_minutes.csv", DAY, "pain", "computer", AMOUNT, None),
    ],
)
def test_a_file_and_its_import_get_one_answer(
    capsys, tmp_path, file, when, outcome, exposure, means, verdict
):
    if not (CASES / file).exists():
        pytest.skip("needs the cases beside the checkout")
    said = same_by_both_ways(capsys, tmp_path, CASES / file, when, outcome, exposure, means)
    assert verdict in (None, said["verdict"])


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("cell", ["plain", "+2", "-2", "doses", "steps", "short"])
def test_a_simulated_diary_and_its_import_get_one_answer(capsys, tmp_path, cell, seed):
    diary = diaries_of_cell(CELLS[cell], 1, seed)[0]
    (exposure,) = diary.exposures.values()
    rows = [
        f"{day},{'' if rating != rating else f'{rating:g}'},{exposure.days[day]:g}"
        for day, (rating,) in enumerate(diary.ratings)
    ]
    file = tmp_path / "diary.csv"
    file.write_text("day,pain,bath\n" + "\n".join(rows) + "\n")
    means = AMOUNT if CELLS[cell].doses else FACTOR
    same_by_both_ways(capsys, tmp_path, file, DAY, "pain", "bath", means)


def page_of(capsys, file: Path, *options: str) -> dict[str, tuple]:
    """The word, the chance and the counts of each exposure of a diary."""
    assert main(["triggers", str(file), *options, "--json"]) == 0, capsys.readouterr().err
    keys = ("verdict", "chance_worse", "counts")
    found = json.loads(capsys.readouterr().out)["triggers"]
    return {trigger["exposure"]: tuple(trigger[key] for key in keys) for trigger in found}


@pytest.mark.parametrize("cell", ["ceiling", "floor"])
def test_neither_a_name_nor_an_order_nor_a_unit_decides_at_the_ends_of_a_scale(capsys, tmp_path, cell):
    diary = diaries_of_cell(CELLS[cell], 1, 3)[0]
    (exposure,) = diary.exposures.values()
    rows = [
        (day, "" if rating != rating else rating, int(exposure.days[day]), int(day % 7 in (1, 4)))
        for day, (rating,) in enumerate(diary.ratings)
    ]
    hers, his = tmp_path / "hers.csv", tmp_path / "his.csv"
    hers.write_text("day,pain,bath,tea\n" + "\n".join(f"{d},{p},{b},{t}" for d, p, b, t in rows) + "\n")
    his.write_text(
        "day,tea,bath,pain\n"
        + "\n".join(f"{d},{t * 250},{b},{'' if p == '' else p * 10}" for d, p, b, t in rows)
        + "\n"
    )
    assert page_of(capsys, hers) == page_of(capsys, his, "--range", "0", "100")


def test_a_no_on_the_last_days_says_that_nothing_followed_as_in_a_record(capsys, tmp_path):
    """The diary goes on after what was rated last: the import says so, and the file must."""
    rows = [f"{day},{5 if day < 38 else ''},{int(day in (5, 20, 36))}" for day in range(40)]
    file = tmp_path / "diary.csv"
    file.write_text("day,pain,bath\n" + "\n".join(rows) + "\n")
    same_by_both_ways(capsys, tmp_path, file, DAY, "pain", "bath", FACTOR)
