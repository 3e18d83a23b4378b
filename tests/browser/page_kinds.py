"""Every kind of page that the commands write, in each language and for each reader there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assuage.cli import main
from assuage.record.save import save
from tests.docs.examples import ROOT
from tests.made_diaries import diary_of_two_exposures
from tests.nof1.test_analyse import ORDER, PLAN, diary_with
from tests.universe import leo

CASE, DIARY = ROOT / "examples" / "case.yaml", ROOT / "examples" / "diary.yaml"
LANGUAGES = ("en", "lt")


@dataclass(frozen=True)
class PageKind:
    """A page: what it is called in a failure, its language, and the command that writes it (-o comes last).

    `beside` is the ending of the page where the command writes a second one.
    """

    name: str
    language: str
    command: tuple[str, ...]
    beside: str = ".html"


def page_kinds() -> Iterator[PageKind]:
    """All of them. A command that gains a language gains it here."""
    for language in LANGUAGES:
        speaking = ("--lang", language)
        for name, *command in (
            ("review", "review", CASE),
            ("review-patient", "review", CASE, "--reader", "patient"),
            ("timeline", "timeline", CASE),
            ("bodymap", "bodymap", CASE),
            ("triggers", "triggers", CASE),
            ("triggers-diary", "triggers", "diary.csv"),
            ("forecast", "forecast", "diary.csv"),
            ("report", "report", CASE),
        ):
            yield PageKind(f"{name}-{language}", language, (*map(str, command), *speaking))
        yield PageKind(f"cohort-{language}", language, ("cohort", "summary", "cohort", *speaking))
        trial = ("nof1", "analyse", "plan.json", "trial.csv", "--order", "order.json", *speaking)
        yield PageKind(f"nof1-{language}", language, trial)
        yield PageKind(f"series-{language}", language, ("nof1", "series", "series", *speaking))
        of_the_case = ("report", str(CASE), *speaking)
        yield PageKind(f"companion-{language}", language, of_the_case, beside=".companion.html")
        for reader in ("patient", "physiotherapist", "gp"):
            unsigned = ("--unsigned",) if language != "en" else ()
            command = ("card", str(CASE), "--reader", reader, *speaking, *unsigned)
            yield PageKind(f"card-{reader}-{language}", language, command)
    yield PageKind("review-diary-en", "en", ("review", str(DIARY)))
    yield PageKind("review-leo-en", "en", ("review", "leo.yaml"))


def write_inputs(folder: Path) -> None:
    """What the commands read: a patient who is to stop, a diary with two exposures, a trial, a cohort."""
    from assuage.nof1 import order, plan_file

    save(leo(), folder / "leo.yaml")
    (folder / "diary.csv").write_text(diary_of_two_exposures(), encoding="utf-8")
    (folder / "plan.json").write_text(json.dumps(plan_file.to_json(PLAN)), encoding="utf-8")
    (folder / "order.json").write_text(json.dumps(order.to_json(ORDER, PLAN)), encoding="utf-8")
    rows = "\n".join(f"{day},{value:g}" for day, value in diary_with(3.0, pairs=6).items())
    (folder / "trial.csv").write_text(f"day,pain\n{rows}\n", encoding="utf-8")
    for seed, patient in enumerate(("ada", "bea", "cid"), 3):
        trial = folder / "series" / patient
        trial.mkdir(parents=True)
        (trial / "plan.json").write_text(json.dumps(plan_file.to_json(PLAN)), encoding="utf-8")
        (trial / "order.json").write_text(json.dumps(order.to_json(ORDER, PLAN)), encoding="utf-8")
        rows = "\n".join(f"{day},{value:g}" for day, value in diary_with(2.0, pairs=6, seed=seed).items())
        (trial / "diary.csv").write_text(f"day,pain\n{rows}\n", encoding="utf-8")
    patients = sorted(map(str, (ROOT / "examples" / "patients").glob("*.yaml")))
    table, reviews = str(folder / "cohort.parquet"), str(folder / "cohort")
    assert main(["convert", *patients, "-o", table]) == 0
    assert main(["cohort", "review", table, "--pathway", "neck-first", "-o", reviews]) == 0


KINDS = tuple(page_kinds())
