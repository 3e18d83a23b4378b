"""One name an idea: no two classes, and no two public functions, of the package share a name.

What still does is listed here, a name a line. The lists may only become shorter: who makes a name unique takes it out.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src/assuage"

# One idea of many subjects, read with its module: `timeline.svg`, `atlas.svg`. Each has its reason.
ONE_IDEA = {
    "add_arguments": "of every command (assuage.cli.Command)",
    "html": "a page of the module's subject",
    "main": "of every program",
    "message_of": "a value of the module's layer as a message",
    "pdf": "a picture of the module's subject",
    "pictures": "every picture of the module's subject",
    "plain": "the module's value as JSON holds it",
    "png": "a picture of the module's subject",
    "run": "of every command (assuage.cli.Command)",
    "svg": "a picture of the module's subject",
    "to_json": "the module's value as JSON holds it",
}

CLASSES_THAT_SHARE_A_NAME: list[str] = []

FUNCTIONS_THAT_SHARE_A_NAME: list[str] = []


# Locals that say nothing of what they hold. Folders in which some are left; the list may only become shorter.
EMPTY_WORDS = {"one", "found", "said", "own", "made"}
FOLDERS_WITH_EMPTY_WORDS = [
    "report/triggers/words.py",
]


def bindings(tree: ast.AST) -> set[str]:
    """Every name that a module binds: variables, arguments, loop variables, names of a match."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                names.add(name)
            case (
                ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.ExceptHandler(name=str(name))
            ):
                names.add(name)
            case _:
                pass
    return names


def modules_with_empty_words() -> dict[str, set[str]]:
    """The modules that bind a name that says nothing, with these names."""
    words = {
        file.relative_to(PACKAGE).as_posix(): bindings(ast.parse(file.read_text(encoding="utf-8")))
        & EMPTY_WORDS
        for file in sorted(PACKAGE.rglob("*.py"))
    }
    return {file: names for file, names in words.items() if names}


def shared(kind: type[ast.ClassDef] | type[ast.FunctionDef]) -> dict[str, list[str]]:
    """The public names of a kind that stand at the top of more than one module, with these modules."""
    places: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.parent.name == "migrations":
            continue  # Django names them
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, kind) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(file.relative_to(PACKAGE)))
    return {name: files for name, files in places.items() if len(files) > 1}


def test_no_module_binds_a_name_that_does_not_say_what_it_holds():
    known = tuple(FOLDERS_WITH_EMPTY_WORDS)
    assert {
        file: names for file, names in modules_with_empty_words().items() if not file.startswith(known)
    } == {}


def test_a_folder_whose_names_say_what_they_hold_has_left_the_list():
    files = [*modules_with_empty_words()]
    assert [
        folder for folder in FOLDERS_WITH_EMPTY_WORDS if not any(file.startswith(folder) for file in files)
    ] == []


def test_no_two_classes_share_a_name():
    twice = shared(ast.ClassDef)
    assert {name: files for name, files in twice.items() if name not in CLASSES_THAT_SHARE_A_NAME} == {}


def test_no_two_public_functions_share_a_name():
    twice = shared(ast.FunctionDef)
    known = {*FUNCTIONS_THAT_SHARE_A_NAME, *ONE_IDEA}
    assert {name: files for name, files in twice.items() if name not in known} == {}


def test_a_name_that_is_unique_now_has_left_the_lists():
    assert [name for name in CLASSES_THAT_SHARE_A_NAME if name not in shared(ast.ClassDef)] == []
    assert [name for name in FUNCTIONS_THAT_SHARE_A_NAME if name not in shared(ast.FunctionDef)] == []


def test_the_lists_are_sorted_and_name_each_once():
    lists = (CLASSES_THAT_SHARE_A_NAME, FUNCTIONS_THAT_SHARE_A_NAME, list(ONE_IDEA), FOLDERS_WITH_EMPTY_WORDS)
    for names in lists:
        assert names == sorted(set(names))


def test_no_module_is_longer_than_what_contributing_says():
    bound = re.search(
        r"Files aim at \d+ lines; (\d+) is the end",
        (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text("utf-8"),
    )
    assert bound is not None
    modules = PACKAGE.rglob("*.py")
    assert [m.name for m in modules if len(m.read_text("utf-8").splitlines()) > int(bound[1])] == []
