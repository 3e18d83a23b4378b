"""Results of questionnaires, criteria and responses in another language: nothing of ours is left in English."""

from __future__ import annotations

import json

import pytest

from assuage.cli import main
from assuage.instruments import INSTRUMENTS
from assuage.instruments.scoring import known_ids, score_answers
from assuage.words.instruments import result_rows, scored_to_json
from assuage.words.speak import catalogue

LITHUANIAN = catalogue("lt")
ANSWERS: dict[str, object] = {
    "immpact": {"baseline": 7, "follow": 5},
    "pain_response": {"baseline": 3, "follow": 4},
    "pgic": {"value": 2, "coding": "guy_farrar"},
}


def low_of(name: str) -> object:
    """Answers at the low end of every item, so that bands, cut-offs and notes are all told."""
    instrument = INSTRUMENTS.get(name)
    if instrument is None or not instrument.items or instrument.reader != "plain":
        return {}
    return {"items": {item.id: item.values[0] if item.values else item.low for item in instrument.items}}


@pytest.mark.parametrize("name", known_ids())
@pytest.mark.parametrize("answered", [False, True])
def test_nothing_of_a_result_is_left_in_english(name: str, answered: bool):
    given = ANSWERS.get(name) or (low_of(name) if answered else {})
    scored = score_answers(name, given)
    told = [LITHUANIAN.word(scored.title), LITHUANIAN.say(scored.because)]
    told += [LITHUANIAN.value(each) for row in result_rows(scored) for each in row]
    assert [each for each in told if each.foreign_to("lt")] == []


def test_the_command_speaks_the_language_that_was_asked_for(tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([1, 2, 3, 2, 1, 0, 1, 1, 1]), encoding="utf-8")
    assert main(["score", "phq9", str(answers), "--lang", "lt"]) == 0
    told = capsys.readouterr()
    assert "PHQ-9 (depresija): 12; vidutinis (standard)." in told.out.replace("\n", " ")
    assert "mintys, kad geriau būtų mirti" in told.out.replace("\n           ", " ")
    assert told.err == ""


def test_json_has_its_sentences_in_the_language_and_its_ids_as_they_are():
    told = scored_to_json(score_answers("phq9", {"total": 12}), LITHUANIAN)
    assert (told["band"], told["because"]) == ("moderate", "PHQ-9 (depresija): 12; vidutinis (standard).")


def test_what_cannot_be_right_is_told_in_the_language(tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text('{"wpi": 9, "sss": "x"}', encoding="utf-8")
    assert main(["score", "fm_2016", str(answers), "--lang", "lt"]) == 2
    assert (
        'sss: "x" nėra skaičius; simptomų sunkumo skalė: nuo 0 iki 12, arba null, jei nežinoma'
        in capsys.readouterr().err
    )
