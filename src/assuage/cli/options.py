"""One idea, one spelling: the options and arguments that commands share, each with one flag, sign and sentence.

A command asks for them by name (`add(parser, "record", "on", "pathway")`). What others than argparse are to
know of an option (which files it names, which words complete it, which key of `assuage.toml` stands in) hangs on it.
"""

from __future__ import annotations

import argparse
from typing import Any, Literal

from msgspec import Struct, field

Files = Literal["file", "folder"]
Container = argparse._ActionsContainer  # pyright: ignore[reportPrivateUsage] (a parser or a group: argparse names it so)


class Option(Struct, frozen=True):
    """How an idea is written on every command: its flags (none: it stands by its place), its sign, its sentence."""

    flags: tuple[str, ...]
    metavar: str | None
    help: str
    files: Files | None = None
    completes: str | None = None
    site: str | None = None
    more: dict[str, Any] = field(default_factory=dict[str, Any])


LOOPBACK = "127.0.0.1"  # a server of ours answers this machine alone unless it is told otherwise
_SWITCH = {"action": "store_true"}

OPTIONS: dict[str, Option] = {
    "record": Option((), "RECORD", "a record in YAML or JSON; - for standard input", "file"),
    "records": Option(
        (), "RECORD", "records in YAML, JSON or Parquet; - for standard input", "file", more={"nargs": "+"}
    ),
    "files": Option(
        (),
        "FILE",
        "FHIR as JSON: a resource, a bundle, or a resource a line (NDJSON); .gz too; - for standard input",
        "file",
        more={"nargs": "+"},
    ),
    "path": Option((), "PATH", "a Parquet table of records, or a folder of them", "file"),
    "tables": Option(
        (), "PATH", "Parquet tables of records, or folders of them", "file", more={"nargs": "+"}
    ),
    "trials": Option(
        (),
        "TRIAL",
        "folders of trials as the design wrote them, or tables of trials with several people (.csv)",
        "file",
        more={"nargs": "+"},
    ),
    "dir": Option((), "DIR", "the output of a cohort review", "folder"),
    "diary": Option((), "DIARY", "a diary: a CSV file in UTF-8", "file"),
    "diaries": Option(
        (),
        "FILE",
        "diaries and exports: CSV, xlsx, ods, JSON, the XML or zip of Apple Health, or folders of them",
        "file",
        more={"nargs": "+"},
    ),
    "on": Option(
        ("--on",),
        "DAY",
        "up to the end of this day: a day number, or an ISO date where the record has one (default: the last day)",
    ),
    "since": Option(
        ("--since",), "DAY", "say what is new since the review of that day (default: since the last visit)"
    ),
    "pathway": Option(
        ("--pathway",),
        "PATHWAY",
        "its id, or a .py file that defines PATHWAY (default: the one the record follows; a cohort has no default)",
        "file",
        "pathways",
        "pathway",
    ),
    "country": Option(
        ("--country",),
        "XX",
        "whose labels count where they differ, as two letters (default: the strictest)",
        completes="countries",
        site="country",
    ),
    "json": Option(("--json",), None, "JSON on standard output, for programs", more=_SWITCH),
    "all": Option(("--all",), None, "everything: notes, reasons, sources and doubts too", more=_SWITCH),
    "force": Option(("--force",), None, "write over files that exist", more=_SWITCH),
    "list": Option(("--list",), None, "list what may be named here, and stop", more=_SWITCH),
    "table": Option(("--table",), None, "the same rows as a table (default without -o)", more=_SWITCH),
    "to": Option(("--to",), None, "the format of what is written, whatever the ending of its name"),
    "look": Option(
        ("--look",),
        None,
        "time to the right, or downwards for a phone; a page holds both (default: wide)",
        site="look",
        more={"choices": ("wide", "phone"), "default": "wide"},
    ),
    "exposure": Option(
        ("--exposure",),
        "WHAT",
        "what may have done it: a therapy or a drug, by its id or name",
        completes="exposures",
    ),
    "outcome": Option(
        ("--outcome",),
        "WHAT",
        "what may have got worse, such as pain or a symptom; in a trial one of your own too, as mood=0-100:better",
        completes="outcomes",
    ),
    "control": Option(
        ("--control",),
        "WHAT",
        "what it is compared with: rest, a sham, another treatment or dose; of a table its word",
    ),
    "control-is": Option(
        ("--control-is",),
        None,
        "what kind of control that is (default: as its name says, else active)",
        more={"choices": ("nothing", "sham", "active")},
    ),
    "gap": Option(
        ("--gap",),
        "DAYS",
        "days between sessions, or of a block (in a design 8); of a table: longer runs are cut into such periods",
        more={"type": int},
    ),
    "washout": Option(
        ("--washout",),
        "DAYS",
        "the first days of a block, which are not counted (default: 0)",
        more={"type": int},
    ),
    "settled": Option(
        ("--settled",),
        "WHAT",
        "what a schedule, a draw or the weather settled, and no choice of the day: names, or all; its own day counts",
    ),
    "range": Option(
        ("--range",),
        None,
        "the ends of the outcome's scale in a CSV diary, best first: 0 10, 0 100, or 10 0 where 10 is best",
        more={"nargs": 2, "type": float, "metavar": ("BEST", "WORST")},
    ),
    "slow-waves": Option(
        ("--slow-waves",),
        None,
        "take slow waves of the outcome, over weeks and months, out of it",
        more=_SWITCH,
    ),
    "others": Option(
        ("--others",),
        "DIR",
        "the output of triggers cohort: a word from other patients, where the diary cannot tell",
        "folder",
    ),
    "patient": Option(("--patient",), "ID", "the patient's pseudonym"),
    "codes": Option(("--codes",), "FILE", "what the codes of your systems mean (.toml)", "file"),
    "zone": Option(("--zone",), "ZONE", "in which zone moments become days, such as Europe/Vilnius"),
    "patients": Option(("--patients",), "N", "how many patients", more={"type": int}),
    "seed": Option(("--seed",), "SEED", "what chance begins from: the same seed, the same draw"),
    "starts-on": Option(("--starts-on",), "DATE", "the date of day 0, such as 2026-01-05"),
    "pictures": Option(("--pictures",), "DIR", "write the pictures there, as SVG and PNG", "folder"),
    "order": Option(
        ("--order",),
        "FILE",
        "the file of the drawn order, which stays apart from the plan; of a table the column that says what was drawn",
        "file",
    ),
    "engine": Option(
        ("--engine",),
        None,
        "this machine (default), or Apache Spark",
        more={"choices": ("local", "spark")},
    ),
    "master": Option(
        ("--master",), "URL", "with --engine spark: local[2], spark://host:7077 (default: local[*])"
    ),
    "workers": Option(
        ("--workers",), "N", "divide a large table among so many processes (default: all cores)"
    ),
    "host": Option(("--host",), "HOST", "listen there (default: 127.0.0.1)", more={"default": LOOPBACK}),
    "port": Option(("--port",), "PORT", "and on this port (default: %(default)s)", more={"type": int}),
    "memory": Option(("--memory",), "SIZE", "stay below this, such as 4GB (default: a quarter)"),
}

# What earlier versions and other tools call it. `*` stands for every command.
RENAMED: dict[str, str] = {
    "--html": "-o FILE",
    "--out": "-o",
    "--exposures": "--exposure",
    "--format": "--to",
    "--day": "--on",
    "--day-zero": "--starts-on",
    "--for": "--stage",
    "--language": "--lang",
    "--audience": "--reader",
    "--overwrite": "--force",
    "--verbose": "--all",
}


def add(parser: Container, *names: str, before: tuple[str, ...] = (), **different: Any) -> argparse.Action:
    """Declare options of the table on a parser or a group; the last of them comes back.

    `different` is what a command may say of its own: whether it is required, its default, its choices. `before` are
    spellings that an issue or the README has shown: still taken, no longer told of.
    """
    action: argparse.Action | None = None
    for name in names:
        option = OPTIONS[name]
        given: dict[str, Any] = {"help": option.help, **option.more, **different}
        if option.metavar is not None and "choices" not in given:
            given["metavar"] = option.metavar
        flags = option.flags or (name,)
        action = parser.add_argument(*flags, *before, **given)
        if before:
            action.option_strings = list(flags)
        mark(action, option.files, option.completes, option.site)
    assert action is not None, "no name, no option"
    return action


def mark(
    action: argparse.Action,
    files: Files | None = None,
    completes: str | None = None,
    site: str | None = None,
) -> argparse.Action:
    """The action, with what it names said on it: files, words that complete it, the key of assuage.toml."""
    vars(action).update(files=files, completes=completes, site=site)
    return action


def files_named(action: argparse.Action) -> Files | None:
    """Whether what is written here is a file or a folder."""
    return vars(action).get("files")


def completed_by(action: argparse.Action) -> str | None:
    """The name of the words that complete it."""
    return vars(action).get("completes")


def site_key(action: argparse.Action) -> str | None:
    """The key of assuage.toml that stands in where it is not written."""
    return vars(action).get("site")
