"""What a parser says is wrong is told in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.cli import main
from assuage.record.parser_words import FAULTS, parser_says
from assuage.words.speak import ENGLISH, catalogue


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.yaml", "format: assuage-record/1\npatient: {id: a\nentries: [}\n", "turėtų būti kablelis arba }"),
        ("a.yaml", 'a: "unclosed\n', "baigiasi teksto kabutėse viduryje"),
        ("a.yaml", "a: 1\n b: 2\n", "dvitaškio čia negali būti"),
        ("a.json", '{"entries": [,]}', "turėtų būti reikšmė"),
    ],
)
def test_a_fault_of_the_form_is_told_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, says: str
):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["review", str(tmp_path / name), "--lang", "lt"]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert says in told
    assert not any(fault in told for fault in FAULTS)


def test_what_a_parser_says_that_we_do_not_know_stands_in_quotes_as_its_own_words():
    assert ENGLISH.say(parser_says("found a zebra")) == '"found a zebra"'
    assert catalogue("lt").say(parser_says("found a zebra")) == "„found a zebra“"
