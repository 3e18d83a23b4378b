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
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn, Protocol, cast

from assuage import __version__
from assuage.cli.language import add_language
from assuage.errors import AssuageError, Problems

REVIEWED, FOUND_WANTING, UNUSABLE, NOT_CHECKED, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 64, 70, 130

EXIT_CODES = """exit status:
  0    done
  1    done, and the answer asked for is "something is wrong": a STOP, a patient refused (a check that found problems
       says 2)
  2    a document or a name that cannot be used; every problem is on standard error
  3    done, and something was not checked: a name or a dose that nothing reads
  64   the command line itself is wrong
  70   an error of the program, not of the document
  130  interrupted"""

NOT_A_DEVICE = (
    "Assuage is not a medical device. It proposes and explains; a person decides. "
    "The pathway neck-first mirrors one published case report."
)


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
    "pathway": "pathway",
    "explain": "explain",
    "triggers": "triggers",
    "nof1": "nof1",
    "simulate": "simulate",
}


class _Parser(argparse.ArgumentParser):
    """A parser that knows its verbs, so that every command, or each of its verbs, can be asked for a language."""

    verbs: Any = None

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")

    def add_subparsers(self, **options: Any) -> Any:
        self.verbs = super().add_subparsers(**options)
        return self.verbs

    def add_language(self) -> None:
        """`--lang` where no module has added it: what has no sentence in a language is then said in English."""
        if self.verbs is not None:
            for verb in dict.fromkeys(self.verbs.choices.values()):
                verb.add_language()
            return
        with suppress(argparse.ArgumentError):
            add_language(self)
            self.set_defaults(english_so_far=True)


def _command(name: str) -> Command:
    return cast("Command", import_module(f"assuage.cli.{COMMANDS[name]}"))


def parser(commands_of: Collection[str] = COMMANDS.keys()) -> argparse.ArgumentParser:
    """The command line as argparse sees it, whole or with these commands alone; used by the documentation too."""
    top = _Parser(
        prog="assuage",
        description="Phased care of fibromyalgia and other nociplastic pain: a record goes in, a review comes out.",
        epilog=f"{EXIT_CODES}\n\n{NOT_A_DEVICE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"assuage {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name in commands_of:
        module = _command(name)
        subparser = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP[0].upper() + module.HELP[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(subparser)
        subparser.add_language()
        subparser.set_defaults(run=module.run)
    return top


def _tell_that_it_is_english(language: str) -> None:
    """That what is asked for is printed in English: nobody is to take it for the language that was asked for."""
    from assuage.catalogue.message import message
    from assuage.words.speak import catalogue

    print(catalogue(language).say(message("command.english-so-far")), file=sys.stderr)


def _in_words(error: AssuageError, language: str) -> str:
    """The error in the language that was asked for; only the problems of a document are in any but English."""
    if language == "en" or not isinstance(error, Problems):
        return str(error)
    from assuage.words.speak import catalogue

    return error.in_words(catalogue(language))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; messages for people go to standard error."""
    # A command makes many objects that last: to look through them at every 700th costs a tenth of a short one.
    gc.set_threshold(50_000, 20, 20)
    words = sys.argv[1:] if argv is None else argv
    # Where the first word is a command, the others need not be loaded.
    top = parser([words[0]] if words and words[0] in COMMANDS else COMMANDS.keys())
    args = top.parse_args(words)
    if args.command is None:
        top.print_help()
        return 0
    if getattr(args, "english_so_far", False) and args.lang != "en":
        _tell_that_it_is_english(args.lang)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
        return status
    except AssuageError as error:
        print(_in_words(error, getattr(args, "lang", "en")), file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The reader (`head`, a pager) has what it wanted. Point stdout away so that exit does not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("ASSUAGE_DEBUG"):
            raise
        # The type only: the message of an unforeseen error could carry a patient's value.
        print(
            f"assuage: an error of the program, not of your document ({type(error).__name__}). "
            "Set ASSUAGE_DEBUG=1 to see where.",
            file=sys.stderr,
        )
        return INTERNAL
