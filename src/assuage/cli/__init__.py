"""The command line: `assuage COMMAND`. One module a command; each imports what it needs when it runs.

Start-up stays small on purpose: this package imports the standard library only, so that `assuage --help`
does not wait for a parser, a table library or a pathway.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import Protocol, cast

from assuage import __version__
from assuage.catalogue.message import message
from assuage.cli.language import line_in, typed_language
from assuage.cli.options import site_key
from assuage.cli.parsing import USAGE, CommandParser, meant
from assuage.cli.surroundings import (
    BROKEN_SURROUNDINGS,
    Interruption,
    flushed,
    let_go,
    of_the_program,
    printed_streams,
    ready_streams,
    say,
    told,
)
from assuage.errors import AssuageError, SurroundingsError
from assuage.patterns import keep_patterns

REVIEWED, FOUND_WANTING, UNUSABLE, NOT_CHECKED, INTERNAL, INTERRUPTED = 0, 1, USAGE, 3, 70, 130

EXIT_CODES = """exit status:
  0    done
  1    done, and the answer asked for is "something is wrong": a STOP in check-regimen and session plan (a review
       shows it, and says 0), a patient refused, a release that is locked (a check that found problems says 2)
  2    a command line, a document or a name that cannot be used; every problem is on standard error
  3    done, and something was not checked: a name or a dose that nothing reads
  70   an error of the program, not of the document
  74   the machine could not do it: no room on the disk, no memory, an output that is closed
  130  interrupted; nothing is left half-written"""

NOT_A_DEVICE = (
    "Assuage is not a medical device. It proposes and explains; a person decides. "
    "The pathway neck-first mirrors one published case report."
)


_WITHOUT_SITE = frozenset({"completion"})  # what a shell reads is the same in every folder


class Command(Protocol):
    """What a module of this package provides for its command."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do it and give the exit status."""
        ...


# In the order in which a newcomer needs them. Some modules have longer names than their commands.
COMMANDS: dict[str, str] = {
    "review": "review",
    "card": "card",
    "baseline": "baseline",
    "timeline": "timeline",
    "bodymap": "bodymap",
    "check": "check",
    "convert": "convert",
    "report": "report",
    "deidentify": "deidentify",
    "import": "import_diary",
    "score": "score",
    "check-regimen": "check_regimen",
    "session": "session",
    "causality": "causality",
    "cohort": "cohort",
    "fhir": "fhir",
    "hooks": "hooks",
    "omop": "omop",
    "serve": "serve",
    "clinic": "clinic",
    "pathway": "pathway",
    "explain": "explain",
    "triggers": "triggers",
    "forecast": "forecast",
    "nof1": "nof1",
    "simulate": "simulate",
    "config": "config",
    "completion": "completion",
}


def _command(name: str) -> Command:
    return cast("Command", import_module(f"assuage.cli.{COMMANDS[name]}"))


def parser(commands_of: Collection[str] = COMMANDS.keys(), language: str | None = None) -> CommandParser:
    """The command line as argparse sees it, whole or with these commands alone; used by the documentation too."""
    top = CommandParser(
        prog="assuage",
        description="Phased care of fibromyalgia and other nociplastic pain: a record goes in, a review comes out.",
        epilog=f"{EXIT_CODES}\n\n{NOT_A_DEVICE}",
        language=language,
    )
    top.add_argument("--version", action="version", version=f"assuage {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in commands_of:
        module = _command(name)
        subparser = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP[0].upper() + module.HELP[1:] + ".",
        )
        module.add_arguments(subparser)
        subparser.add_language()
        subparser.set_defaults(run=module.run)
    return top


def _tell_that_it_is_english(language: str) -> None:
    """That what is asked for is printed in English: nobody is to take it for the language that was asked for."""
    from assuage.words.speak import catalogue

    say(catalogue(language).say(message("command.english-so-far")))


def _in_words(error: AssuageError, language: str) -> str:
    """The error in the language that was asked for."""
    from assuage.words.speak import catalogue

    return error.in_words(catalogue(language))


def _unknown(words: list[str]) -> str:
    near = meant(words[0], COMMANDS)
    return line_in(
        message("usage.no-command", word=words[0], near=near, far=None if near else True),
        typed_language(words),
    )


def _site_holds(args: argparse.Namespace) -> None:
    """Put what assuage.toml says where nothing was typed, on the options that it may stand for."""
    if args.command in _WITHOUT_SITE:
        return
    leaf = cast("CommandParser", args.parser)
    open_keys = {
        key: action.dest
        for action in leaf._actions
        if (key := site_key(action)) and args.typed.isdisjoint(action.option_strings)
    }
    if not open_keys:
        return
    from assuage.cli.site import site_of

    for key, value in site_of().values.items():
        if key in open_keys:
            setattr(args, open_keys[key], value)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; messages for people go to standard error."""
    ready_streams()
    with printed_streams(), Interruption() as interruption:
        status = _ended(sys.argv[1:] if argv is None else list(argv), interruption)
        keep_patterns()
        return status


def _ended(words: list[str], interruption: Interruption) -> int:
    """The exit status of a command, however it ends."""
    try:
        return flushed(_run(words), words)
    except BrokenPipeError:
        # The reader (`head`, a pager) has what it wanted.
        let_go(sys.stdout)
        return REVIEWED
    except SystemExit as left:  # argparse has printed help, the version or a mistake
        raise SystemExit(flushed(left.code if isinstance(left.code, int) else 0, words)) from None
    except KeyboardInterrupt:
        return flushed(INTERRUPTED, words)
    except Exception as error:
        if interruption.came:
            return flushed(INTERRUPTED, words)
        if os.environ.get("ASSUAGE_DEBUG"):
            raise
        if isinstance(error, OSError | MemoryError):
            say(of_the_program(told(error), words))
            let_go(sys.stdout)
            return BROKEN_SURROUNDINGS
        # The type only: the message of an unforeseen error could carry a patient's value.
        say(of_the_program(message("program.error", kind=type(error).__name__), words))
        return flushed(INTERNAL, words)


def _run(words: list[str]) -> int:
    """The exit status of a command; what it refuses is told."""
    # A command makes many objects that last: to look through them at every 700th costs a tenth of a short one.
    gc.set_threshold(50_000, 20, 20)
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        say(_unknown(words))
        return USAGE
    # Where the first word is a command, the others need not be loaded.
    top = parser([words[0]] if words and words[0] in COMMANDS else COMMANDS.keys(), typed_language(words))
    args = top.parse_args(words)
    if args.command is None:
        top.print_help()
        return REVIEWED
    try:
        _site_holds(args)
        if getattr(args, "english_so_far", False) and args.lang != "en":
            _tell_that_it_is_english(args.lang)
        return int(args.run(args))
    except SurroundingsError as error:
        say(_in_words(error, args.lang))
        return BROKEN_SURROUNDINGS
    except AssuageError as error:
        say(_in_words(error, args.lang))
        return UNUSABLE
