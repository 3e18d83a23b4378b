"""A pattern that was kept is the pattern that the interpreter would compile, and only patterns of ours are kept."""

from __future__ import annotations

import ast
import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage import patterns
from assuage.patterns import keep_patterns, kept_pattern
from assuage.terms.hints import HINTS

PACKAGE = Path(patterns.__file__).parent
GROUPS = sorted({group for hint in HINTS for group in hint.groups})


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The file in which patterns are kept, of a program that was just started."""
    monkeypatch.setattr(patterns, "_HERE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    started(monkeypatch)
    return next(patterns._places())


def started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_of_this_run", {})
    monkeypatch.setattr(patterns, "_not_kept", set())
    patterns._kept.cache_clear()


@given(some.sampled_from(GROUPS).flatmap(lambda group: some.tuples(some.just(group), some.from_regex(group))))
def test_a_text_that_the_interpreter_finds_by_a_hint_is_found_by_the_kept_pattern(drawn: tuple[str, str]):
    group, text = drawn
    assert kept_pattern(group).search(text)


@given(some.sampled_from(GROUPS), some.text(some.sampled_from("abcdeiknorstu ,.-0123456789š"), max_size=60))
def test_in_any_text_a_kept_pattern_finds_what_the_interpreter_finds(group: str, text: str):
    assert [match.span() for match in kept_pattern(group).finditer(text)] == [
        match.span() for match in re.finditer(group, text)
    ]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("(?P<low>a)|(b)", 0),
        ("(?i:a)b", 0),
        ("a", re.IGNORECASE),
        (r"^\w+$", re.MULTILINE | re.ASCII),
        ("(?x) a  # a letter", 0),
    ],
)
def test_a_kept_pattern_says_of_itself_what_the_interpreters_says(text: str, flags: int):
    pattern, plain = kept_pattern(text, flags), re.compile(text, flags)
    assert (pattern.flags, pattern.groups, dict(pattern.groupindex), pattern.pattern) == (
        plain.flags,
        plain.groups,
        dict(plain.groupindex),
        plain.pattern,
    )


def test_what_is_no_pattern_is_refused_as_the_interpreter_does():
    with pytest.raises(re.error):
        kept_pattern("(")


def test_the_next_run_compiles_nothing(kept, monkeypatch):
    kept_pattern("a+")
    keep_patterns()
    started(monkeypatch)
    monkeypatch.setattr(patterns, "_code", lambda *_: pytest.fail("compiled again"))
    assert kept_pattern("a+").fullmatch("aaa")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abcd",
        marshal.dumps({}),
        bytes(4) + marshal.dumps({("a+", 0): (0, b"", 0, {}, ())}),
    ],
)
def test_a_file_that_is_not_whole_counts_for_nothing(kept, content):
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert kept_pattern("a+").fullmatch("aaa")


def test_code_that_no_interpreter_wrote_counts_for_nothing(kept, monkeypatch):
    monkeypatch.setattr(patterns, "_of_this_run", {("a+", 0): (0, b"abcd", 0, {}, ())})
    assert kept_pattern("a+").fullmatch("aaa")


def test_what_was_kept_before_stays(kept, monkeypatch):
    for text in ("a", "b"):
        started(monkeypatch)
        kept_pattern(text)
        keep_patterns()
    started(monkeypatch)
    assert {text for text, _ in patterns._kept()} == {"a", "b"}


def test_a_file_that_grew_too_large_begins_anew(kept, monkeypatch):
    monkeypatch.setattr(patterns, "MOST", 100)
    for text in ("a" * 40, "b"):
        started(monkeypatch)
        kept_pattern(text)
        keep_patterns()
    started(monkeypatch)
    assert {text for text, _ in patterns._kept()} == {"b"}


def test_nothing_is_written_where_the_interpreter_may_write_nothing(kept, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_pattern("a")
    keep_patterns()
    assert not kept.exists()


def test_beside_code_that_cannot_be_written_to_the_cache_of_the_user_is_next(tmp_path, monkeypatch, kept):
    nothing = tmp_path / "file"
    nothing.touch()
    monkeypatch.setattr(patterns, "_HERE", nothing)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept_pattern("a")
    keep_patterns()
    assert [file.suffix for file in (tmp_path / "cache" / "assuage").iterdir()] == [".kept"]


def test_where_nothing_can_be_written_a_pattern_is_compiled_all_the_same(tmp_path, monkeypatch, kept):
    nothing = tmp_path / "file"
    nothing.touch()
    monkeypatch.setattr(patterns, "_HERE", nothing)
    monkeypatch.setenv("XDG_CACHE_HOME", str(nothing))
    assert kept_pattern("a").fullmatch("a")
    keep_patterns()


# Patterns are compiled as a module is loaded, when no record has been read; or here, out of tables of ours.
OUT_OF_TABLES = {
    "terms/dosing.py": "_compiled",
    "terms/hints.py": "_pattern",
    "terms/numbers_in_passing.py": "_names",
}


def functions_that_compile(tree: ast.Module) -> set[str]:
    return {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "kept_pattern"
    }


def test_no_pattern_is_kept_that_a_record_could_have_a_word_in():
    functions = {
        str(file.relative_to(PACKAGE)): functions_that_compile(ast.parse(file.read_text(encoding="utf-8")))
        for file in PACKAGE.rglob("*.py")
    }
    assert {file: names for file, names in functions.items() if names} == {
        file: {name} for file, name in OUT_OF_TABLES.items()
    }


RUN = """
import pathlib, sys
from assuage import patterns
patterns._HERE = pathlib.Path(sys.argv[1])
from assuage.cli import main
main(["review", sys.argv[2]])
"""


def test_two_runs_of_a_review_leave_the_same_file(tmp_path):
    """A pattern put together in another order each time would be compiled each time, and fill the file."""
    sizes = list[int]()
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", RUN, str(tmp_path), str(PACKAGE.parents[1] / "examples/case.yaml")],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": ""},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        (file,) = (tmp_path / "__pycache__").iterdir()
        sizes.append(file.stat().st_size)
    assert sizes[0] == sizes[1]
