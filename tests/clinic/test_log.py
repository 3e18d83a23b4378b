"""The log in sentences: every act that the clinic writes there has one, for the administrator and for the patient."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from assuage.clinic.audit.actions import log_access
from assuage.clinic.audit.acts import ACTS
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.people.rights import Act
from assuage.record.decided_entries import DecisionAct

CLINIC = Path(__file__).resolve().parents[2] / "src/assuage/clinic"
# What stands for a part of an act's name in the code.
PARTS = {
    "kind": AlertAct.Kind.values,
    "act": get_args(DecisionAct),
    "do": ("start", "change"),
}


def _texts(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_texts(body), *_texts(other))
        case ast.JoinedStr():
            pattern = ast.unparse(value)[2:-1]
            name = re.search(r"{(\w+)}", pattern)
            yield from (pattern.replace(name[0], each) for each in PARTS.get(name[1], ())) if name else ()
        case _:
            return


def logged() -> set[str]:
    """Every act that some line of the clinic writes to the log."""
    acts: set[str] = set(map(str, Act))
    for path in CLINIC.rglob("*.py"):
        named: dict[str, set[str]] = {}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, set()).update(_texts(node.value))
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [each.value for each in node.keywords if each.arg == "act"] if "write" in called else []
            given += node.args[:1] if called in ("log", "log_access") else []
            for each in given:
                if isinstance(each, ast.JoinedStr):
                    assert list(_texts(each)), f"{path.name}:{each.lineno}: say in PARTS what it is made of"
                acts |= named.get(each.id, set()) if isinstance(each, ast.Name) else set(_texts(each))
    return acts


def test_every_act_that_is_logged_has_a_sentence():
    assert logged() == set(ACTS)


def test_the_log_says_what_was_done_and_no_id(as_person, record):
    as_person("anna").get("/patients/case-2026/course")
    page = as_person("admin").get("/log?record=case-2026").content.decode().partition("<tbody")[2]
    assert ("atvertė įrašą" in page or "opened the record" in page, "see-review" in page) == (True, False)


@pytest.mark.parametrize(
    ("act", "why", "told"),
    [
        ("erase", "12", "12"),
        ("share-card", "gp", "Family doctor"),
        ("unheard-of", "", "unheard-of"),
    ],
)
def test_why_something_was_done_is_said_in_words(as_person, db, act, why, told):
    log_access(act, actor="p-x", role="nurse", why=why)
    page = as_person("admin").get("/log?actor=p-x").content.decode().partition("<tbody")[2]
    assert (not why or f">{why}</td>" not in page, told in page) == (True, True)


def test_a_patient_reads_of_every_act_what_kind_it_was(as_person, record, person):
    for act in ("perform-session", "alert-snoozed", "assess"):
        log_access(act, actor=person("jonas").pseudonym, role="physician", record="jon")
    looks = as_person("jon").get("/privacy").content.decode()
    assert looks.count("did something else") + looks.count("padarė ką nors kita") == 0
