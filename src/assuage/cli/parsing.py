"""The parser of the command line: one line for a mistake, with what was meant; nothing empty, nothing shortened."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from typing import Any, NoReturn, cast

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Message, message
from assuage.cli.language import add_language, help_in, language_here, line_in
from assuage.cli.options import RENAMED, files_named
from assuage.cli.surroundings import say

USAGE = 2
_NUMBER = re.compile(r"-\d+(\.\d*)?|-\.\d+")

# What argparse itself says, by its pattern, with the sentence of ours for it. What no pattern knows is told as it is.
ARGPARSE = (
    (r"argument (?P<option>.+?): expected one argument", "needs-a-value"),
    (r"argument (?P<option>.+?): expected at least one argument", "needs-values"),
    (r"argument (?P<option>.+?): expected (?P<count>\d+) arguments", "needs-so-many"),
    (r"argument (?P<option>.+?): not allowed with argument (?P<other>.+)", "not-both"),
    (r"argument (?P<option>.+?): invalid (?P<kind>int|float) value: '(?P<value>.*)'", "no-number"),
    (r"argument (?P<option>.+?): ignored explicit argument '(?P<value>.*)'", "takes-no-value"),
    (r"the following arguments are required: (?P<names>.+)", "required"),
    (r"one of the arguments (?P<names>.+) is required", "one-required"),
)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that was meant: the only one that begins so, else the nearest; None where none is near."""
    words = sorted(set(known))
    begun = [each for each in words if each.startswith(word)]
    if len(begun) == 1 and len(word.lstrip("-")) > 1:
        return begun[0]
    folded = {_folded(each): each for each in words}
    near = get_close_matches(_folded(word), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")


def _said_by_argparse(text: str) -> Message:
    for pattern, sentence in ARGPARSE:
        if matched := re.fullmatch(pattern, text, re.DOTALL):
            return message(f"usage.{sentence}", **matched.groupdict())
    return message("problem.as-told", text=text)


class CommandParser(argparse.ArgumentParser):
    """A parser that knows its verbs, refuses an unknown option before anything else, and says what was meant."""

    verbs: Any = None

    def __init__(self, *args: Any, language: str | None = None, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, allow_abbrev=False, **options)
        self.language = language

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        self.refuse(_said_by_argparse(message))

    def refuse(self, what: Message) -> NoReturn:
        """Say what is wrong, in one line, and leave."""
        say(line_in(message("usage.line", program=self.prog, what=what), self.language))
        self.exit(USAGE)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help and version; what cannot be printed is no secret, as argparse would have it."""
        if message:
            (file or sys.stderr).write(message)

    def format_help(self) -> str:
        """The help in the language that was typed, else in that of assuage.toml."""
        language = language_here(self.language)
        return super().format_help() if language == ORIGINAL else self._help_in(language)

    def _help_in(self, language: str) -> str:
        """What argparse prints, each text of it in a language; signs and words that are typed stay as they are."""
        told = help_in(language)
        formatter = self._get_formatter()
        groups = self._mutually_exclusive_groups
        formatter.add_usage(self.usage, self._actions, groups, f"{told('usage')}: ")
        formatter.add_text(told(self.description))
        for group in self._action_groups:
            actions = cast("list[argparse.Action]", vars(group)["_group_actions"])
            for action in actions:
                for each in (action, *(vars(action).get("_choices_actions") or ())):
                    each.help = told(each.help)
            formatter.start_section(told(group.title))
            formatter.add_text(told(group.description))
            formatter.add_arguments(actions)
            formatter.end_section()
        formatter.add_text(told(self.epilog))
        return formatter.format_help()

    def add_subparsers(self, **options: Any) -> Any:
        options.setdefault("parser_class", partial(CommandParser, language=self.language))
        self.verbs = super().add_subparsers(**options)
        return self.verbs

    def leaves(self) -> list[CommandParser]:
        """The parsers that do something: this one, or those of its verbs."""
        if self.verbs is None:
            return [self]
        return [leaf for verb in dict.fromkeys(self.verbs.choices.values()) for leaf in verb.leaves()]

    def add_language(self) -> None:
        """`--lang` where no module has added it: what has no sentence in a language is then said in English."""
        for leaf in self.leaves():
            with suppress(argparse.ArgumentError):
                add_language(leaf)
                leaf.set_defaults(english_so_far=True)

    def options(self) -> list[str]:
        """The options a person is told of."""
        return [
            text
            for action in self._actions
            if action.help != argparse.SUPPRESS
            for text in action.option_strings
        ]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        words = list(sys.argv[1:] if args is None else args)
        self._refuse_unknown(words)
        parsed, rest = super().parse_known_args(words, namespace)
        if rest and self.verbs is None:
            self.refuse(message("usage.one-word-too-many", word=rest[0]))
        if self.verbs is None:
            self._refuse_empty(parsed)
            parsed.parser, parsed.typed = self, frozenset(word.partition("=")[0] for word in words)
        return parsed, rest

    def _refuse_unknown(self, words: Sequence[str]) -> None:
        """Leave where an option is written that this command does not have."""
        for word in words:
            if word == "--" or (self.verbs is not None and not word.startswith("-")):
                return
            if not word.startswith("-") or word == "-" or " " in word or _NUMBER.fullmatch(word):
                continue
            name = word.partition("=")[0] if word.startswith("--") else word[:2]
            if name in self._option_string_actions:
                continue
            self.refuse(self._no_option(name))

    def _no_option(self, name: str) -> Message:
        if name in RENAMED and RENAMED[name].split()[0] in self._option_string_actions:
            return message("usage.renamed", name=name, now=RENAMED[name])
        near = meant(name, [text for text in self.options() if text.startswith("--")])
        return message("usage.no-option", name=name, near=near)

    def _refuse_empty(self, parsed: argparse.Namespace) -> None:
        """Leave where a file or folder has an empty name: it would be read as the folder one is in."""
        for action in self._actions:
            if files_named(action) is None:
                continue
            given = getattr(parsed, action.dest, None)
            for name in cast("list[object]", given) if isinstance(given, list) else [given]:
                if isinstance(name, str) and not name.strip():
                    option = "/".join(action.option_strings) or str(action.metavar)
                    self.refuse(message("usage.empty-name", option=option))
                if name == "-" and action.dest == "output":
                    self.refuse(message("usage.output-to-screen"))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = action.choices
        if choices is None or value in choices:
            return
        known = [str(each) for each in choices]
        near = meant(str(value), known)
        if action is self.verbs:
            few = None if near else tuple(known)
            self.refuse(message("usage.no-verb", word=str(value), near=near, known=few))
        name = "/".join(action.option_strings) or str(action.metavar or action.dest)
        few = None if near else tuple(known)
        self.refuse(message("usage.no-choice", option=name, word=str(value), near=near, known=few))
