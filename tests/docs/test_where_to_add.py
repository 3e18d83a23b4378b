"""Where to add what: the numbers of docs/architecture.md, held by adding one of each to a copy of the package.

Of a node and of a kind of entry the type checker is asked as well: it must name every place that has to know them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.examples import ROOT

PACKAGE = ROOT / "src/assuage"

# What is written, by the file it is written into: before which line (None: the whole of a new file).
Addition = dict[str, list[tuple[str | None, str]]]

QUESTIONNAIRE: Addition = {
    "instruments/library/mood.py": [
        (
            "MOOD = (",
            """WHO5 = Instrument(
    "who5", "WHO-5, well-being", 0, 25, _FREE,
    items=tuple(Item(f"q{number}", 0, 5) for number in range(1, 6)),
    recall="past 2 weeks",
    recall_days=14,
    sources=sources_named("ktc"),
)

""",
        ),
        ("PHQ9, GAD7, PHQ4)", "WHO5, "),
    ]
}
DRUG: Addition = {
    "terms/drugs.py": [
        (
            '        Drug("amitriptyline", "amitriptyline"',
            '        Drug("pindolol", "pindolol"),\n',
        )
    ],
    "safety/data/substances_mind.py": [
        (
            '    Substance(\n        "silexan"',
            """    Substance(
        "pindolol", "Pindolol", "drug", classes=("beta_blocker",), routes=("oral",),
        dosing=Dosing(most_per_day="45", unit="mg", basis="an example"),
        sources=("KASPER14",), status=Status.MEMORY,
    ),
""",
        )
    ],
}
PATHWAY: Addition = {
    "pathways/library/tiny.py": [
        (
            None,
            '''"""A pathway of one phase."""

from assuage.pathways.model import Pathway, Phase

PATHWAY = Pathway("tiny", 1, "Tiny", "An example.", (Phase("only", "The only one", "An aim."),))
''',
        )
    ]
}
KIND: Addition = {
    "record/entries.py": [
        (
            "AnyEntry = (",
            '''class HabitEntry(Entry, frozen=True, kw_only=True):
    """Something a patient does every day."""

    habit: str


''',
        ),
        ("    ScoreEntry\n    | AnswersEntry", "    HabitEntry |\n"),
        ('    NoteEntry: "note",', '    HabitEntry: "habit",\n'),
    ],
    "record/kinds.py": [
        (
            '        Kind(\n            "note"',
            '        Kind("habit", e.HabitEntry, claims.nothing_claimed,\n'
            "            (Field('habit', f.free_text, required=True),)),\n",
        )
    ],
    "record/timeline.py": [
        (
            "            case DecisionEntry() | RedFlagEntry()",
            "            case HabitEntry():\n                pass\n",
        ),
        ("    MedicationEntry,\n    NoteEntry,", "    HabitEntry,\n"),
    ],
    "engine/many/entries/claims.py": [
        ("        case TherapyEntry() | NoteEntry():", "        case HabitEntry():\n            return\n"),
        ("    MedicationEntry,\n    NoteEntry,", "    HabitEntry,\n"),
    ],
}
NODE: Addition = {
    "measures/nodes.py": [
        (
            "AnyTest = (",
            '''class Untaken(Test, Node, frozen=True):
    """Whether none of some drugs is taken. Unknown where no medication was ever recorded."""

    drugs: tuple[Drug, ...]


''',
        ),
        ("    Compare\n    | Known", "    Untaken |\n"),
        (
            "        case Known() | Taking() | FindingIs()",
            "        case Untaken():\n            return False\n",
        ),
    ],
    "measures/notation.py": [
        (
            "    @property\n    def time_on(self)",
            '''    @property
    def untaken(self) -> Untaken:
        """Whether none of them is being taken."""
        return Untaken(self.drugs)

''',
        ),
        ("    TimeOn,", "    Untaken,\n"),
    ],
    "engine/reference.py": [
        (
            "            case SymptomIs(symptom, sites, window, how):",
            "            case Untaken(drugs):\n"
            "                return kleene_not(any_yes(self.timeline.takes(drug, self.day) for drug in drugs))\n",
        ),
        ("    TimeOn,", "    Untaken,\n"),
    ],
    "engine/trace.py": [
        (
            "        case Taking() | SymptomIs()",
            "        case Untaken():\n"
            "            yield Part(test, answer, depth, needs=_needs_of_part(view, test, answer))\n",
        ),
        (
            "        case Taking(drugs):",
            '        case Untaken(drugs):\n            yield message("need.medication-list", drugs=drugs)\n',
        ),
        ("    TimeOn,", "    Untaken,\n"),
    ],
    "engine/many/program/lower_questions.py": [
        (
            "            case Assumed(inner, value, _):",
            "            case Untaken(drugs):\n                return self.test(NoneOf((Taking(drugs),)))\n",
        ),
        ("    TimeOn,", "    Untaken,\n"),
    ],
    "words/measures.py": [
        (
            "        case Taking(drugs):",
            '        case Untaken(drugs):\n            return message("test.untaken", drugs=drugs)\n',
        ),
        ("    TimeOn,", "    Untaken,\n"),
    ],
    "catalogue/en/clinician/measures.po": [
        ('msgid "test.taking"', 'msgid "test.untaken"\nmsgstr "{drugs:or} is not taken"\n\n')
    ],
}
# A code of its own for a node, had it no program out of others: every kernel that takes measures apart has to know it.
CODE: Addition = {"engine/many/program/codes.py": [("    TIME_IN_PHASE = 5", "    UNTAKEN = 6\n")]}
KERNELS = {"engine/many/answers/changes.py", "engine/many/answers/one_day_measures.py"}
COMMAND: Addition = {
    "cli/__init__.py": [('    "simulate": "simulate",', '    "hello": "hello",\n')],
    "cli/hello.py": [
        (
            None,
            '''"""`assuage hello`."""

import argparse

HELP = "say hello"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom."""
    parser.add_argument("name")


def run(args: argparse.Namespace) -> int:
    """Say it."""
    print("hello", args.name)
    return 0
''',
        )
    ],
}
LANGUAGE: Addition = {
    "catalogue/languages.py": [
        (
            "}\nORIGINAL",
            """    "lv": Language(
        title="latviešu",
        english="Latvian",
        tag="lv-LV",
        plural_forms="nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
        decimal_sign=",",
        quotes=("„", "“"),
    ),
""",
        )
    ],
    "catalogue/lv/clinician/review.po": [(None, 'msgid "screen.where"\nmsgstr "KUR"\n')],
}

ADDITIONS = {
    "a questionnaire": QUESTIONNAIRE,
    "a drug": DRUG,
    "a pathway": PATHWAY,
    "a kind of entry": KIND,
    "a node": NODE,
    "a command": COMMAND,
    "a language": LANGUAGE,
}


def written(package: Path, addition: Addition) -> None:
    """Write an addition into a copy of the package."""
    for name, pieces in addition.items():
        file = package / name
        for before, piece in pieces:
            if before is None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(piece, encoding="utf-8")
                continue
            text = file.read_text(encoding="utf-8")
            assert text.count(before) >= 1, f"{name} has no {before!r} any more"
            file.write_text(text.replace(before, piece + before, 1), encoding="utf-8")


def copied(folder: Path) -> Path:
    """A copy of the package, without what was compiled of it."""
    shutil.copytree(PACKAGE, folder / "src/assuage", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "src/assuage"


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Addition, str], str]:
    """What a program prints with an addition to the package."""

    def run(addition: Addition, program: str) -> str:
        written(copied(tmp_path), addition)
        code = f"from assuage.catalogue.compile import compile_stale; compile_stale()\n{program}"
        env = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_a_questionnaire_is_scored_and_can_stand_in_a_record(run: Callable[[Addition, str], str]):
    told = run(
        QUESTIONNAIRE,
        "import assuage\n"
        "print(assuage.score('who5', {'items': [1, 2, 3, 4, 5]}).total)\n"
        "text = 'format: assuage-record/1\\npatient: {id: a}\\nentries:\\n'\n"
        "text += '- {day: 0, kind: answers, instrument: who5, items: {q1: 2}}\\n'\n"
        "text += '- {day: 1, kind: score, scale: who5, value: 20}\\n'\n"
        "print(assuage.read_text(text).last_day)\n"
        "from docs.build.instruments import page\n"
        "print('(`who5`)' in page())\n",
    )
    assert told.split() == ["15.0", "1", "True"]


def test_a_drug_is_known_by_its_names_and_held_to_its_ceiling(run: Callable[[Addition, str], str]):
    told = run(
        DRUG,
        "import assuage\n"
        "checked = assuage.check_regimen('pindololum 50 mg')\n"
        "print([alert.subject for alert in checked.alerts if alert.id == 'BR_DOSE_MAX'])\n",
    )
    assert told.strip() == "['pindolol']"


def test_a_pathway_is_listed_and_a_record_is_reviewed_on_it(run: Callable[[Addition, str], str]):
    told = run(
        PATHWAY,
        "import assuage\n"
        "from assuage.cli import main\n"
        "main(['pathway', 'list'])\n"
        "record = assuage.read_record('examples/case.yaml')\n"
        "print(assuage.review(record, assuage.pathway('tiny')).current.phase.id)\n",
    )
    assert "tiny@1" in told
    assert told.split()[-1] == "only"


def test_a_kind_of_entry_is_read_written_and_reviewed(run: Callable[[Addition, str], str]):
    told = run(
        KIND,
        "import assuage, tempfile, pathlib\n"
        "text = 'format: assuage-record/1\\npatient: {id: a}\\nentries:\\n- {day: 0, kind: habit, habit: walks}\\n'\n"
        "record = assuage.read_text(text)\n"
        "for ending in ('yaml', 'json', 'parquet'):\n"
        "    file = pathlib.Path(tempfile.mkdtemp()) / f'a.{ending}'\n"
        "    assuage.save([record], file)\n"
        "    again = assuage.read_table(file)[0] if ending == 'parquet' else assuage.read_record(file)\n"
        "    print(again == record, again.entries[0].habit)\n"
        "print(assuage.review(record, assuage.pathway('neck-first')).current.phase.id)\n",
    )
    assert told.split() == ["True", "walks"] * 3 + ["settle"]


def test_a_node_is_written_answered_explained_lowered_and_said(run: Callable[[Addition, str], str]):
    told = run(
        NODE,
        "import assuage\n"
        "from assuage.engine.many.program.lower import lower\n"
        "from assuage.engine.trace import read\n"
        "from assuage.measures.criteria import Criterion\n"
        "from assuage.measures.notation import medication\n"
        "from assuage.terms.drugs import TIZANIDINE\n"
        "from assuage.terms.publications import CASE\n"
        "test = medication(TIZANIDINE).untaken\n"
        "asked = Criterion('asked', 'Asked', test, because='An example.', source=CASE)\n"
        "pathway = assuage.pathway('neck-first')\n"
        "walked = assuage.walk(pathway, assuage.Timeline(assuage.read_record('examples/case.yaml')), until=40)\n"
        "print(read(walked.view(0), asked).answer, read(walked.view(40), asked).answer)\n"
        "print(len(lower(pathway, [asked]).criteria) - len(lower(pathway).criteria))\n"
        "print(assuage.describe(test))\n",
    )
    assert told.splitlines() == ["no yes", "1", "tizanidine is not taken"]


def test_a_command_is_run_and_has_its_help(run: Callable[[Addition, str], str]):
    told = run(
        COMMAND,
        "from assuage.cli import main\n"
        "main(['hello', 'Ana'])\n"
        "from docs.build.command_line import page\n"
        "print('### assuage hello' in page() or '## assuage hello' in page())\n",
    )
    assert told.split() == ["hello", "Ana", "True"]


def test_a_language_is_spoken_and_english_stands_in_where_it_has_no_word(run: Callable[[Addition, str], str]):
    told = run(
        LANGUAGE,
        "from assuage.cli import main\nmain(['review', 'examples/case.yaml', '--on', '48', '--lang', 'lv'])\n",
    )
    assert "KUR" in told
    assert "Not a medical device" in told


# --- the numbers --------------------------------------------------------------------------------------

AT_MOST = {
    "a questionnaire": 1,
    "a drug": 2,
    "a pathway": 1,
    "a kind of entry": 4,
    "a node": 6,
    "a command": 2,
    "a language": 1,
}


def modules_of(addition: Addition) -> list[str]:
    """The modules an addition touches: sentences and translations are data beside them."""
    return sorted(name for name in addition if name.endswith(".py"))


def stated() -> dict[str, tuple[int, list[str]]]:
    """The rows of the page: what is added, to how many modules, and to which."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (an? [a-z ]+) \| (\d) \| (.+?) \| .* \|$", page, re.MULTILINE)
    return {what: (int(count), re.findall(r"`([^`]+)`", where)) for what, count, where in rows}


def test_the_page_names_every_addition_and_no_more_modules_than_we_aim_at():
    assert list(stated()) == list(ADDITIONS)
    for what, (count, _) in stated().items():
        assert len(modules_of(ADDITIONS[what])) == count <= AT_MOST[what], what


@pytest.mark.parametrize("what", ADDITIONS)
def test_the_page_names_the_modules_that_were_touched(what: str):
    _, places = stated()[what]
    for module in modules_of(ADDITIONS[what]):
        assert any(re.fullmatch(place.replace("…", r"[\w/]+"), module) for place in places), module


def test_the_type_checker_names_every_place_that_does_not_know_a_new_node_or_kind_yet(tmp_path: Path):
    """Only the classes and their unions are written: everything else has to be missed."""
    package = copied(tmp_path)
    known = {
        file: pieces
        for file, pieces in (*NODE.items(), *KIND.items())
        if file.endswith(("nodes.py", "entries.py"))
    }
    written(package, {**known, **CODE, "measures/nodes.py": NODE["measures/nodes.py"][:2]})
    # The folders in which values are matched; the others see entries and nodes only through these.
    folders = (
        *(
            "record",
            "measures",
            "pathways",
            "safety",
            "engine",
            "imports",
            "dynamics",
            "nof1",
            "review",
            "words",
        ),
        *("deidentify", "cohort", "report"),
    )
    settings = {
        "include": [f"src/assuage/{folder}" for folder in folders],
        "typeCheckingMode": "basic",
        "pythonVersion": "3.11",
        "venvPath": str(ROOT),
        "venv": ".venv",
        "extraPaths": ["src"],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "-p", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    missed = {
        str(Path(each["file"]).relative_to(package))
        for each in json.loads(done.stdout)["generalDiagnostics"]
        if each["severity"] == "error"
    }
    # How a node is written (notation) and how a kind is read (kinds) are new words: nothing can miss them.
    expected = {*modules_of(NODE), *modules_of(KIND), *KERNELS} - {
        "measures/notation.py",
        "record/entries.py",
        "record/kinds.py",
    }
    assert missed == expected
