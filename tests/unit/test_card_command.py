"""`assuage card`: the files it writes, what it refuses, its JSON and the page that describes that."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pytest

from assuage.cli import main
from assuage.report.cards.card_json import card_to_json
from assuage.review.cards import CARD_READERS, CardReader, card_of
from assuage.words.cards import title_message
from tests.docs.examples import ROOT
from tests.made_cards import CASE, DAYS, case_page, lines, made, speaking

# --- the command ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", CARD_READERS)
@pytest.mark.parametrize("ending", ["pdf", "html", "txt"])
def test_a_card_is_written_as_it_is_asked_for(tmp_path: Path, reader: str, ending: str):
    output = tmp_path / f"card.{ending}"
    assert main(["card", str(CASE), "--reader", reader, "--on", "48", "-o", str(output)]) == 0
    content = output.read_bytes()
    assert content.startswith(
        {"pdf": b"%PDF", "html": b"<!DOCTYPE html>", "txt": b"case" if reader != "gp" else b"To"}[ending]
    )
    assert main(["card", str(CASE), "--reader", reader, "--on", "48", "-o", str(output)]) == 2
    assert main(["card", str(CASE), "--reader", reader, "--on", "48", "-o", str(output), "--force"]) == 0


def test_another_ending_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["card", str(CASE), "--reader", "gp", "-o", str(tmp_path / "card.docx")]) == 2
    assert ".pdf, .html or .txt" in capsys.readouterr().err


def test_a_patients_card_in_unsigned_words_needs_the_site_to_answer_for_it(
    capsys: pytest.CaptureFixture[str],
):
    asked = ["card", str(CASE), "--reader", "patient", "--lang", "lt"]
    assert main(asked) == 2
    assert "--unsigned" in capsys.readouterr().err
    assert main([*asked, "--unsigned"]) == 0
    assert "Vertimas nepatikrintas" in capsys.readouterr().out


@pytest.mark.parametrize("reader", ["physiotherapist", "gp"])
def test_a_professional_reads_an_unsigned_translation_with_its_note(
    capsys: pytest.CaptureFixture[str], reader: str
):
    assert main(["card", str(CASE), "--reader", reader, "--lang", "lt"]) == 0
    assert "Vertimas nepatikrintas" in capsys.readouterr().out


@pytest.mark.parametrize("reader", CARD_READERS)
def test_the_json_says_what_each_line_rests_on(capsys: pytest.CaptureFixture[str], reader: CardReader):
    assert main(["card", str(CASE), "--reader", reader, "--on", "48", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads(json.dumps(card_to_json(card_of(case_page(48), reader), speaking(reader))))
    assert (told["format"], told["card"], told["on"]) == ("assuage-card/1", reader, 48)
    for section_ in told["sections"]:
        for line in section_["lines"]:
            assert line["rests_on"]


@pytest.mark.parametrize("reader", CARD_READERS)
@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_card_is_said_in_its_language(reader: CardReader, language: str):
    says = speaking(reader, language)
    for day in DAYS:
        card = card_of(case_page(day), reader)
        assert says.say(title_message(card)).spans[0].language == language
        for line in lines(card, reader, language):
            told = says.say(line.says)
            foreign = {span.language for span in told.spans} - {language, "und"}  # und: what a person wrote
            assert not foreign or "[" in told, told


# --- the page that describes it -----------------------------------------------------------------------


@pytest.mark.parametrize("reader", CARD_READERS)
def test_every_key_of_a_card_is_named_on_its_page(reader: CardReader):
    text = (ROOT / "docs" / "reference" / "cards.md").read_text(encoding="utf-8")
    parts = re.split(r"^### `(.*)`$", text, flags=re.MULTILINE)
    named = {
        name: set(re.findall(r"`([^`]+)`", part)) for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }

    def check(value: object, name: str) -> None:
        if isinstance(value, list):
            for inner in cast("list[object]", value):
                check(inner, name)
        elif isinstance(value, dict):
            keys = cast("dict[str, object]", value)
            assert sorted(keys.keys() - named[name]) == []
            for key, inner in keys.items():
                check(inner, key)

    check(card_to_json(made(case_page(48), reader), speaking(reader)), "card")


def test_what_a_person_wrote_has_no_language_of_ours_on_the_letter(tmp_path: Path):
    page = tmp_path / "letter.html"
    assert main(["card", str(CASE), "--reader", "gp", "--lang", "lt", "-o", str(page)]) == 0
    assert '<span lang="und">cervical pain eliminated</span>' in page.read_text(encoding="utf-8")
