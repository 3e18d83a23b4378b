"""The help of every command exists in every language, and no translation of it is left over."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assuage.catalogue.compile import all_entries
from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.cli import main, parser
from assuage.cli.language import HELP_CONTEXT, help_in
from assuage.cli.parsing import CommandParser

OTHERS = [language for language in LANGUAGES if language != ORIGINAL]


def texts_of(command: CommandParser) -> Iterator[str]:
    """Every text that the help of a command and of its verbs prints."""
    yield "usage"
    for group in command._action_groups:
        yield from filter(None, (group.title, group.description))
    yield from filter(None, (command.description, command.epilog))
    for action in command._actions:
        if action.help and action.help != argparse.SUPPRESS:
            yield action.help
        within: Any = vars(action)
        for each in within.get("_choices_actions") or ():
            yield each.help
        if isinstance(action, argparse._SubParsersAction):
            for verb in dict.fromkeys(action.choices.values()):
                yield from texts_of(verb)


TEXTS = dict.fromkeys(texts_of(parser()))


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_help_is_translated(language: str):
    told = help_in(language)
    assert [text for text in TEXTS if told(text) == text] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_of_the_help_is_left_over(language: str):
    told, known = help_in(language), {help_in(language)(text) for text in TEXTS}
    sentences = {entry.id for entry in all_entries(language, "clinician") if entry.context == HELP_CONTEXT}
    assert [
        text
        for text in sentences
        if isinstance(text, str)
        and told(text) not in known
        and f"{str(told(text))[:1].upper()}{str(told(text))[1:]}." not in known
    ] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "fazėmis"),
        (["review", "--lang", "lt", "--help"], "naudojimas: assuage review"),
        (["fhir", "export", "--lang", "lt", "--help"], "0 dienos data"),
    ],
)
def test_help_is_printed_in_the_language_of_the_site_or_of_the_command(
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    (tmp_path / "assuage.toml").write_text('language = "lt"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(words)
    assert said in capsys.readouterr().out
