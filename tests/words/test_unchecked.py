"""That nobody has checked a translation stands in every form it is shown in; and JSON says in what it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from assuage.catalogue.read import Catalogue
from assuage.cli import main

NOTE = "Vertimas nepatikrintas."
CASE = str(Path(__file__).parents[2] / "examples" / "case.yaml")
COMMANDS = {
    "review": ("review", CASE, "--on", "48"),
    "timeline": ("timeline", CASE),
    "bodymap": ("bodymap", CASE),
    "triggers": ("triggers", CASE),
    "pathway list": ("pathway", "list"),
    "pathway show": ("pathway", "show", "neck-first"),
    "explain": ("explain", "spread-to-occiput"),
    "report": ("report", CASE),
}
Printed = Callable[..., str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    def run(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_a_text_in_a_translation_that_nobody_checked_says_so(name: str, printed: Printed):
    assert printed(*COMMANDS[name], "--lang", "lt").count(NOTE) == 1
    assert NOTE not in printed(*COMMANDS[name])


@pytest.mark.parametrize(
    "command", [("review", CASE, "--on", "48"), ("card", CASE, "--on", "48", "--reader", "physiotherapist")]
)
@pytest.mark.parametrize("form", ["text", "page"])
def test_what_must_stop_stands_before_that_note(
    command: tuple[str, ...], form: str, printed: Printed, tmp_path: Path
):
    page = tmp_path / "page.html"
    text = printed(*command, "--lang", "lt", *(("-o", str(page)) if form == "page" else ()))
    text = page.read_text(encoding="utf-8") if form == "page" else text
    assert 0 < text.index("neplėsti injekcijų") < text.index(NOTE)


def test_a_text_in_a_translation_that_somebody_checked_does_not(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Catalogue, "checked", lambda _, __: True)
    assert [name for name, words in COMMANDS.items() if NOTE in printed(*words, "--lang", "lt")] == []


@pytest.mark.parametrize("name", ["timeline", "bodymap"])
def test_a_picture_in_such_a_translation_shows_and_describes_it(name: str, printed: Printed, tmp_path: Path):
    target = tmp_path / "picture.svg"
    printed(*COMMANDS[name], "--lang", "lt", "-o", str(target))
    drawn = target.read_text(encoding="utf-8")
    assert (f"{NOTE}</desc>" in drawn, f">{NOTE}</t" in drawn) == (True, True)


def test_a_case_report_in_such_a_translation_says_so(printed: Printed, tmp_path: Path):
    target = tmp_path / "report.html"
    printed(*COMMANDS["report"], "--lang", "lt", "-o", str(target))
    assert NOTE in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["review", "timeline", "bodymap", "triggers"])
@pytest.mark.parametrize(("language", "checked"), [("en", True), ("lt", False)])
def test_json_says_in_which_language_for_whom_and_whether_it_was_checked(
    name: str, language: str, checked: bool, printed: Printed
):
    shown = json.loads(printed(*COMMANDS[name], "--json", "--lang", language))
    assert [shown[key] for key in ("language", "reader", "translation_checked")] == [
        language,
        "clinician",
        checked,
    ]


# --- JSON in one language, for one reader -----------------------------------------------------------


def texts_of(shown: object, keys: frozenset[str]) -> list[str]:
    """The texts that stand under any of these keys, however deep."""
    if isinstance(shown, list):
        return [text for each in cast("list[object]", shown) for text in texts_of(each, keys)]
    if not isinstance(shown, dict):
        return []
    held = cast("dict[str, object]", shown)
    below = [text for each in held.values() for text in texts_of(each, keys)]
    return [value for key, value in held.items() if key in keys and isinstance(value, str)] + below


def test_the_bases_of_numbers_are_said_in_the_language_that_was_asked_for(printed: Printed):
    shown = json.loads(printed(*COMMANDS["review"], "--json", "--lang", "lt"))
    assert [text for text in texts_of(shown["gates"], frozenset({"text"})) if text.startswith("ours")] == []


def test_a_trigger_is_named_in_the_language_that_was_asked_for(printed: Printed):
    shown = json.loads(printed(*COMMANDS["triggers"], "--json", "--lang", "lt"))
    assert [trigger["title"] for trigger in shown["triggers"]][:1] == ["masažas"]


def test_the_json_of_a_patient_has_the_alerts_and_reasons_that_a_patient_is_told(printed: Printed):
    emil = str(Path(CASE).parent / "patients" / "emil.yaml")
    shown = json.loads(printed("review", emil, "--json", "--reader", "patient"))
    assert [alert["text"].partition(".")[0] for alert in shown["alerts"]] == [
        "Together these can harm you: ibuprofen and apixaban"
    ]
    assert shown["withheld"][0]["reasons"][0] == "ketoprofen and apixaban do not go together"


# --- what stands in English within a translation ----------------------------------------------------


BACK = tuple(str(Path(CASE).parent / f"low_back_pain.{ending}") for ending in ("yaml", "py"))


def test_what_nobody_translated_is_marked_in_the_text_of_a_review(printed: Printed):
    review = ("review", BACK[0], "--pathway", BACK[1])
    for reader in ("clinician", "patient"):
        shown = printed(*review, "--reader", reader, "--lang", "lt", "--all")
        assert "(en) Combine" in shown
        assert "(en) This pathway is an example." in shown
        assert "(en)" not in printed(*review, "--reader", reader)


def test_a_review_that_is_translated_as_a_whole_has_no_mark(printed: Printed):
    assert "(en)" not in printed(*COMMANDS["review"], "--lang", "lt", "--all")


def test_the_names_in_a_drawing_that_nobody_translated_are_marked_with_their_language(
    printed: Printed, tmp_path: Path
):
    target = tmp_path / "course.svg"
    printed("timeline", BACK[0], "--pathway", BACK[1], "--lang", "lt", "-o", str(target))
    drawn = target.read_text(encoding="utf-8")
    names = ("Understand and stay active", "Combine", "Staying active was not enough")
    for name in names:
        texts = re.findall(rf"<text([^<>]*)>{name}</text>", drawn)
        assert [text for text in texts if 'lang="en"' not in text] == []
    assert drawn.count('<text lang="en"') >= 2


def test_a_command_that_prints_in_english_so_far_says_so_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["completion", "bash", "--lang", "lt"]) == 0
    assert "kol kas kalba angliškai" in capsys.readouterr().err
    assert main(["completion", "bash"]) == 0
    assert capsys.readouterr().err == ""
