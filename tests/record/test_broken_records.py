"""Documents that cannot be used: every problem is named with its place and remedy, none is a traceback."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.cli import check
from assuage.errors import InputError, Problems
from assuage.record import yaml_text
from assuage.record.kinds import KINDS
from assuage.record.read import parse_record, read_record, read_text
from assuage.record.rows import read_table
from tests.record.strategies import TEXT

BROKEN = Path("tests/fixtures/broken")
HEAD = "format: assuage-record/1\npatient: {id: broken}\n"


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[name].append(line[2:])
        elif line and not line.startswith("#"):
            name = line
            found[name] = []
    return found


def problems_of(text: str | bytes, form: str | None = None) -> list[str]:
    with pytest.raises(Problems) as raised:
        read_text(text, "record", form)  # type: ignore[arg-type]
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("5,000", '"5,000" can be read as 5000 or as 5; write one of these, without quotes'),
        ("1.500", '"1.500" can be read as 1500 or as 1.5; write one of these, without quotes'),
        ("2,5", "write it without quotes: 2.5"),
    ],
)
def test_an_amount_written_as_text_is_shown_as_written_with_what_it_may_be_read_as(
    amount: str, told: str
) -> None:
    dose = f'doses: [{{amount: "{amount}", unit: mg}}]'
    record = f"{HEAD}entries:\n- {{day: 0, kind: medication, drug: paracetamol, do: start, {dose}}}\n"
    (problem,) = problems_of(record)
    assert problem.endswith(f"must be a number, not text; {told}")


def test_every_broken_record_is_in_the_table_of_what_is_wrong() -> None:
    files = {file.name for file in BROKEN.iterdir()} - {"expected.txt"}
    assert files == set(expected())
    assert len(files) >= 30


@pytest.mark.parametrize("name", sorted(expected()))
def test_all_problems_of_a_broken_record_are_named_and_nothing_else(name: str) -> None:
    with pytest.raises(Problems) as raised:
        read_record(BROKEN / name)
    assert [str(problem) for problem in raised.value.problems] == expected()[name]


@pytest.mark.parametrize("name", sorted(expected()))
def test_check_says_2_and_lists_every_problem(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(_arguments(BROKEN / name)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    for line in expected()[name]:
        assert line in said.err


def _arguments(*files: Path, as_json: bool = False) -> object:
    from argparse import ArgumentParser

    parser = ArgumentParser()
    check.add_arguments(parser)
    return parser.parse_args([*map(str, files), *(["--json"] if as_json else [])])


def test_check_as_json_has_one_object_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(_arguments(Path("examples/case.yaml"), BROKEN / "kinds.yaml", as_json=True)) == 2
    good, bad = json.loads(capsys.readouterr().out)
    assert (good["ok"], good["entries"], good["first_day"], good["last_day"]) == (True, 57, -1095, 79)
    assert "rheumatoid factor" in good["not_checked"]
    assert (bad["ok"], len(bad["problems"])) == (False, 6)
    assert bad["problems"][0] == {
        "place": "entries[0].kind",
        "line": 4,
        "text": 'unknown kind "scor"; did you mean "score"?',
    }


def test_every_problem_of_a_long_record_is_reported() -> None:
    rows = "".join(f"- {{day: {day}, kind: score, scale: pain, value: 11}}\n" for day in range(500))
    assert len(problems_of(f"{HEAD}entries:\n{rows}")) == 500


# ---------------------------------------------------------------- hostile documents


def _laughs(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def _merging_laughs(levels: int) -> str:
    lines = ["a0: &a0 {x: 1, y: 2}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, levels)]
    return "\n".join(lines)


HOSTILE = {
    "a billion laughs": (_laughs(12), "the aliases stand for more than 1,000,000 values"),
    "a billion laughs by merge keys": (_merging_laughs(12), "the aliases stand for more than"),
    "wide aliases": (f"a: &a [{'x, ' * 5000}x]\nb: [{'*a, ' * 5000}*a]", "the aliases stand for more than"),
    "deep lists": ("a: " + "[" * 500_000, "nested more than 64 deep"),
    "deep maps": ("{a: " * 500_000, "nested more than 64 deep"),
    "deep blocks": ("\n".join(" " * n + "a:" for n in range(2000)), "nested more than 64 deep"),
    "deep by alias": (
        "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 100))]),
        "nested more than 64 deep",
    ),
    "an alias to its own list": ("a: &a [*a]", "stands within what it stands for"),
    "an alias to its own map": ("a: &a {b: {c: *a}}", "stands within what it stands for"),
    "a merge of itself": ("a: &a {<<: *a}", "stands within what it stands for"),
    "a long number": ("format: " + "9" * 100_000, 'must be "assuage-record/2"'),
    "many lines": ("\n" * 4_000_000 + "x", "is text; a record is a map"),
    "a text with very many commas": (
        f"{HEAD}entries:\n- {{day: 0, kind: note, text: a{', b' * 300_000}",
        "not YAML",
    ),
    "a very long word": (f"{HEAD}entries:\n- {{day: 0, kind: {'x' * 3_000_000}}}", "unknown kind"),
    "a long chain of corrections": (
        f"{HEAD}entries:\n- {{}}\n"
        + "".join(f"- {{day: 0, kind: note, text: a, id: a{n}, replaces: a{n - 1}}}\n" for n in range(5000)),
        'unknown entry id "a-1"',
    ),
    "larger than 5 MB": ("# " + "x" * 10_000_000, "larger than 5 MB"),
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_hostile_document_is_refused_at_once(what: str) -> None:
    text, said = HOSTILE[what]
    before = time.process_time()
    problems = problems_of(text)
    assert any(said in problem for problem in problems), problems[:3]
    # Generous, so that a busy machine does not fail the test; a bomb that goes off takes minutes.
    assert time.process_time() - before < 4


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "- {day: 0, kind: note, [text]: a}",
            "entries[0] (line 4): a field name must be a word, not a list or a map",
        ),
        ("- &a {day: 0}\n- {*a : a}", "entries[1] (line 5): a field name must be a word, not an alias"),
        (
            "- {day: 0, kind: note, text: *a}",
            "entries[0].text (line 4): *a stands for nothing; no &a comes before it",
        ),
        (
            "- {day: !!int one, kind: note, text: a}",
            'entries[0].day (line 4): "one" is tagged !!int but is none; leave the tag out',
        ),
        (
            "- {day: 0, kind: therapy, what: massage, response_percent: [100, 80]}",
            "entries[0].response_percent (line 4): the lowest comes first: [80, 100]",
        ),
        (
            "- {day: 0, kind: therapy, what: massage, response_percent: [80]}",
            "entries[0].response_percent (line 4): must be one percentage or [lowest, highest], not a list of 1",
        ),
        (
            "- {day: 0, kind: therapy, what: massage, response_percent: [80, 101]}",
            "entries[0].response_percent[1] (line 4): must be 0 to 100 percent, so 101 cannot be right",
        ),
    ],
)
def test_what_a_document_cannot_say_is_named_with_its_line(line: str, told: str) -> None:
    assert problems_of(f"{HEAD}entries:\n{line}\n")[0] == told


def test_half_a_character_is_refused_by_the_reader_that_has_no_compiled_parser_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = f'{HEAD}entries:\n- {{day: 0, kind: note, text: "\\ud83d"}}\n'
    assert "not YAML here" in problems_of(half)[0]
    monkeypatch.delattr(yaml_text.yaml, "CSafeLoader")
    assert problems_of(half)[0] == (
        "entries[0].text (line 4): half a character (a lone surrogate); write the character itself"
    )


def test_a_tag_that_says_what_a_value_is_anyway_is_read() -> None:
    record = read_text(f"{HEAD}entries:\n- {{day: !!int 3, kind: note, text: !!str 4}}\n")
    assert (record.entries[0].day, getattr(record.entries[0], "text", None)) == (3, "4")


def test_a_word_by_alias_is_that_word() -> None:
    record = read_text(
        f"{HEAD}entries:\n- {{day: 0, kind: note, text: &t slept badly}}\n- {{day: 1, kind: note, text: *t}}\n"
    )
    assert [getattr(entry, "text", None) for entry in record.entries] == ["slept badly"] * 2


def test_a_comma_before_a_line_break_still_joins_a_text() -> None:
    record = read_text(f"{HEAD}entries:\n- {{day: 0, kind: note, text: tired, sore\n  }}\n")
    assert getattr(record.entries[0], "text", None) == "tired, sore"


def test_a_document_of_very_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MOST_VALUES", 1_000)
    (told,) = problems_of(f"{HEAD}entries: [{'1, ' * 1_000}1]")
    assert "more than 1,000 values once written out" in told


def test_a_hostile_json_document_is_refused_at_once() -> None:
    assert problems_of('{"a":' * 100_000, "json") == [
        "the document: nested more than 64 deep; a record needs 5"
    ]
    assert "larger than 5 MB" in problems_of('"' + "x" * 10_000_000 + '"', "json")[0]
    assert problems_of('{"format": ' + "9" * 50_000 + "}", "json")


def test_no_control_character_of_a_document_reaches_the_terminal() -> None:
    said = problems_of(
        '{"\\u001b[31mformat": 1, "patient": {"id": "a", "sex": "\\u001b]0;x\\u0007\\n"}}', "json"
    )
    assert all(problem.isprintable() for problem in said)


def test_a_file_larger_than_the_bound_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * 10_000_000)
    with pytest.raises(Problems, match="larger than 5 MB"):
        read_record(file)


def test_a_file_that_is_none_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        read_record(tmp_path / "nothing.yaml")
    with pytest.raises(InputError, match="is a folder"):
        read_record(tmp_path)
    with pytest.raises(InputError, match="is a table of records"):
        read_record(tmp_path / "cohort.parquet")


# ---------------------------------------------------------------- anything at all


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_problems(content: bytes) -> None:
    for form in ("yaml", "json", None):
        with pytest.raises(Problems):
            read_text(content, "record", form)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.text(st.sampled_from("{}[]:,-&*!|>'\"%@`#<? \n\tab01~."), max_size=60))
def test_any_yaml_like_text_is_read_or_refused_with_problems(text: str) -> None:
    with pytest.raises(Problems):
        read_text(text)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
FIELDS = sorted({field.name for kind in KINDS.values() for field in kind.fields})
odd = (
    st.sampled_from(["pain", "sss", "wpi", "start", "enter", "present", 0, 1, "neck", ["neck"], 11, "08:00"])
    | plain
)
entry_like = st.tuples(
    st.sampled_from(sorted(KINDS)), st.dictionaries(st.sampled_from(FIELDS), odd, max_size=6)
).map(lambda pair: {"day": 0, "kind": pair[0], **pair[1]})


@settings(deadline=None, max_examples=300)
@given(
    plain
    | st.builds(
        lambda rows: {"format": "assuage-record/1", "patient": {"id": "x"}, "entries": rows},
        st.lists(entry_like | plain, max_size=3),
    )
)
def test_any_values_are_a_record_or_refused_with_problems(value: object) -> None:
    try:
        parse_record(value)
        found = []
    except Problems as error:
        found = [*error.problems]
    assert all(problem.place and problem.text for problem in found)


@settings(deadline=None, max_examples=30)
@given(content=st.binary(max_size=100), magic=st.booleans())
def test_any_bytes_called_parquet_are_refused_with_problems(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, magic: bool
) -> None:
    file = tmp_path_factory.mktemp("table") / "broken.parquet"
    file.write_bytes(b"PAR1" + content + b"PAR1" if magic else content)
    with pytest.raises(Problems):
        read_table(file)
