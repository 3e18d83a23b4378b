"""Nothing that is printed moves a cursor, hides a line or turns it around, whoever wrote it; JSON stays exact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assuage.catalogue.unprintable import PrintedText, escaped_in_json, made_visible
from assuage.cli import main
from assuage.record.entries import Patient, Record
from assuage.record.save import save

ODD = "\x1b[31mred\x07\x9b2J\u202eback\u2066x\u200f"
NUMBERED = "<U+001B>[31mred<U+0007><U+009B>2J<U+202E>back<U+2066>x<U+200F>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ODD, NUMBERED),
        ("a\rb", "a<U+000D>b"),
        ("one\n\ttwo – ąčę, 日本 😀", "one\n\ttwo – ąčę, 日本 😀"),
        ("\udcff", "<U+DCFF>"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_by_its_number(text: str, shown: str):
    assert made_visible(text) == shown


def test_json_with_such_characters_means_the_same_and_can_be_printed():
    document = json.dumps({ODD: [ODD]}, ensure_ascii=False, indent=2)
    assert made_visible(escaped_in_json(document)) == escaped_in_json(document)
    assert json.loads(escaped_in_json(document)) == {ODD: [ODD]}


class Terminal:
    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)


def test_a_terminal_gets_our_colours_and_no_other_command():
    terminal = Terminal()
    PrintedText(terminal).write("\x1b[1;31mSTOP\x1b[0m \x1b[2J\x1b]0;title\x07")  # pyright: ignore[reportArgumentType]
    assert terminal.text == "\x1b[1;31mSTOP\x1b[0m <U+001B>[2J<U+001B>]0;title<U+0007>"


RECORD = {
    "format": "assuage-record/2",
    "patient": {"id": "ana\u2066"},
    "pathway": "neck-first",
    "entries": [
        {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "\u200fto\u2066day\u2069"},
        {"day": 1, "kind": "medication", "drug": "Zzyz\u2067xol", "do": "start"},
        {"day": 1, "kind": "finding", "what": "od\u202cd", "state": "present", "result": "\u2028x"},
    ],
}
COMMANDS = (
    ["review", "{record}", "--all"],
    ["review", "{record}", "--json"],
    ["card", "{record}", "--reader", "gp", "-o", "{folder}/card.txt"],
    ["check", "{record}"],
    ["check", "{folder}/no\x1b[2Jsuch\u202e.yaml"],
    ["review", "{record}", "--on", "\x1b[2J"],
    ["\x1b[2Jreview"],
    ["convert", "{record}", "-o", "{folder}/\x1b[31mx.yaml"],
    ["config"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command)))
def test_no_command_prints_what_a_terminal_would_obey(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.json").write_text(json.dumps(RECORD))
    if command == ["config"]:
        (tmp_path / "assuage.toml").write_text('language = "\\u001b[2J\\u202een"\n"\\u0007key" = "x"\n')
    status = main([each.format(record=tmp_path / "record.json", folder=tmp_path) for each in command])
    printed = capsys.readouterr()
    assert status in (0, 1, 2, 3)
    for text in (*printed, *(file.read_text() for file in tmp_path.glob("*.txt"))):
        assert made_visible(text) == text


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "lpt9", "AUX"])
def test_no_file_gets_the_name_of_a_device(name: str, tmp_path: Path):
    others = [Record(Patient(each), ()) for each in (name, "console")]
    assert [path.name for path in save(others, tmp_path / "new")] == ["record-000001.yaml", "console.yaml"]


def test_a_link_to_what_is_not_there_is_followed_only_with_force(tmp_path: Path):
    (tmp_path / "record.json").write_text(json.dumps(RECORD))
    (tmp_path / "link.yaml").symlink_to("elsewhere.yaml")
    command = ["convert", str(tmp_path / "record.json"), "-o", str(tmp_path / "link.yaml")]
    assert main(command) == 2
    assert not (tmp_path / "elsewhere.yaml").exists()
    assert main([*command, "--force"]) == 0
    assert (tmp_path / "elsewhere.yaml").exists()
