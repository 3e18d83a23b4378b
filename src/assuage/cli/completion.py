"""`assuage completion bash|zsh|fish`: a script that completes commands, options, their words, and files.

Written here because the library for it (shtab, Apache-2.0) writes nothing for fish, and knows no words that come from
tables of ours. One plan is made of the parsers; each shell gets it in its own tongue, and asks no program while it
completes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from msgspec import Struct

from assuage.cli.options import completed_by, files_named, mark
from assuage.cli.parsing import CommandParser

HELP = "print a script that completes commands, options, ids and files in a shell"
SHELLS = ("bash", "zsh", "fish")

EXAMPLE = """for example:
  assuage completion bash > ~/.local/share/bash-completion/completions/assuage
  assuage completion zsh > ~/.zfunc/_assuage        (a folder of $fpath)
  assuage completion fish > ~/.config/fish/completions/assuage.fish"""


class Takes(Struct, frozen=True):
    """What may be written in a place: these words, and files or folders where `files` says so."""

    words: tuple[str, ...] = ()
    files: str = ""


class Completed(Struct, frozen=True):
    """A command or verb by its path (`cohort review`): its verbs and options with their help, its arguments in order.

    An option that takes nothing has None beside it.
    """

    path: str
    verbs: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str, Takes | None], ...]
    arguments: tuple[Takes, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which shell."""
    parser.epilog = EXAMPLE
    mark(parser.add_argument("shell", choices=SHELLS, help="the shell to write it for"))


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from assuage.cli import parser

    plan = tuple(_plan(parser(), ""))
    sys.stdout.write({"bash": _bash, "zsh": _zsh, "fish": _fish}[args.shell](plan))
    return 0


def _told_of(parser: CommandParser) -> list[argparse.Action]:
    """The verbs of a parser with their help."""
    return [] if parser.verbs is None else parser.verbs._choices_actions


def _plan(parser: CommandParser, path: str) -> Iterator[Completed]:
    verbs: dict[str, CommandParser] = {} if parser.verbs is None else parser.verbs.choices
    helps: dict[str, str] = {each.dest: each.help or "" for each in _told_of(parser)}
    options: list[tuple[str, str, Takes | None]] = []
    arguments: list[Takes] = []
    for action in parser._actions:
        if action is parser.verbs:
            continue
        if action.option_strings:
            takes = None if action.nargs == 0 else _takes(action)
            options += [
                (text, (action.help or "").partition(" (")[0], takes) for text in action.option_strings
            ]
        else:
            arguments += [_takes(action)] * (50 if action.nargs == "+" else 1)
    yield Completed(
        path, tuple((name, helps.get(name, "")) for name in verbs), tuple(options), tuple(arguments[:51])
    )
    for name, below in verbs.items():
        yield from _plan(below, f"{path} {name}".strip())


def _takes(action: argparse.Action) -> Takes:
    words = tuple(map(str, action.choices)) if action.choices else tuple(_words(completed_by(action)))
    return Takes(words, files_named(action) or "")


def _words(kind: str | None) -> Iterable[str]:
    """The words of a kind: ids of ours, as they can be written."""
    match kind:
        case "pathways":
            from assuage.pathways.registry import PATHWAY_IDS

            return PATHWAY_IDS
        case "instruments":
            from assuage.instruments.scoring import known_ids

            return known_ids()
        case "ids":
            from assuage.report.explain import known_names

            return known_names()
        case "exposures":
            from assuage.terms.drugs import DRUGS
            from assuage.terms.therapies import THERAPIES

            return [*THERAPIES, *DRUGS]
        case "outcomes":
            from assuage.terms.scales import SCALES
            from assuage.terms.symptoms import SYMPTOMS

            return [*SCALES, *SYMPTOMS]
        case "conditions":
            from assuage.terms.conditions import CONDITIONS

            return CONDITIONS
        case "scenarios":
            from assuage.dynamics.scenarios import SCENARIOS

            return SCENARIOS
        case _:
            return ()


# ---------------------------------------------------------------- bash and zsh

# Which command the words before the cursor name, how many arguments it has, and which option waits for its value. The
# same text runs in both shells, so it keeps to what they share (and to names that zsh has not taken for itself).
_WALK = """_assuage_walk() {
  local word plain=""
  at="" count=0 pending=""
  for word in "$@"; do
    if [[ -n $pending ]]; then
      pending=""
      continue
    fi
    if [[ -z $plain && $word == -?* ]]; then
      case "$at $word" in
        *" --") plain=1 ;;
        *=*) ;;
@WAITING@
      esac
      continue
    fi
    case "$at/$word" in
@VERBS@
      *) count=$((count + 1)) ;;
    esac
  done
}

_assuage_takes() {
  takes="" files=""
  case "$1" in
@TAKES@
  esac
}
"""

_BASH = """# completion of assuage for bash; written by: assuage completion bash
@WALK@
_assuage() {
  local at count pending takes files cur word i
  local -a line=()
  # bash cuts a word at "=": put --lang=en together again
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#line[@]})) && [[ $word == "=" || ${COMP_WORDS[i - 1]} == "=" ]]; then
      line[${#line[@]} - 1]+=$word
    else
      line+=("$word")
    fi
  done
  cur=${line[${#line[@]} - 1]}
  unset "line[${#line[@]}-1]"
  _assuage_walk "${line[@]}"
  if [[ -z $pending && $cur == --*=* ]]; then
    pending=${cur%%=*}
    cur=${cur#*=}
  fi
  if [[ -n $pending ]]; then
    _assuage_takes "$at|$pending"
  elif [[ $cur == -* ]]; then
    _assuage_takes "$at|-"
  else
    _assuage_takes "$at|$count"
  fi
  COMPREPLY=()
  while IFS= read -r word; do
    if [[ -n $word && $word == "$cur"* ]]; then
      COMPREPLY+=("$(printf %q "$word")")
    fi
  done <<<"$takes"
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do
      COMPREPLY+=("$word")
    done < <(if [[ $files == folder ]]; then compgen -d -- "$cur"; else compgen -f -- "$cur"; fi)
  fi
}

complete -F _assuage assuage
"""

_ZSH = """#compdef assuage
# completion of assuage for zsh; written by: assuage completion zsh
@WALK@
_assuage() {
  local at count pending takes files cur=$words[CURRENT]
  _assuage_walk "${(@)words[2,CURRENT-1]}"
  if [[ -z $pending && $cur == --*=* ]]; then
    pending=${cur%%=*}
    compset -P '*='
  fi
  if [[ -n $pending ]]; then
    _assuage_takes "$at|$pending"
  elif [[ $cur == -* ]]; then
    _assuage_takes "$at|-"
  else
    _assuage_takes "$at|$count"
  fi
  [[ -n $takes ]] && compadd -- "${(@f)takes}"
  case $files in
    file) _files ;;
    folder) _files -/ ;;
  esac
}

if [[ $funcstack[1] == _assuage ]]; then
  _assuage "$@"
else
  compdef _assuage assuage
fi
"""


def _shell(text: str) -> str:
    """The text in quotes that bash and zsh (and fish, which knows the same two) take as it is."""
    return "'" + text.replace("'", "'\\''") + "'"


def _walk(plan: tuple[Completed, ...]) -> str:
    waiting = [
        _shell(f"{each.path} {text}") for each in plan for text, _, takes in each.options if takes is not None
    ]
    verbs = [
        f"      {_shell(f'{each.path}/{name}')}) at={_shell(f'{each.path} {name}'.strip())} count=0 ;;"
        for each in plan
        for name, _ in each.verbs
    ]
    takes = [
        f"    {_shell(where)}) takes={_shell(chr(10).join(what.words))} files={what.files} ;;"
        for where, what in _places(plan)
        if what.words or what.files
    ]
    text = _WALK.replace("@WAITING@", f"        {' | '.join(waiting)}) pending=$word ;;")
    return text.replace("@VERBS@", "\n".join(verbs)).replace("@TAKES@", "\n".join(takes))


def _places(plan: tuple[Completed, ...]) -> Iterator[tuple[str, Takes]]:
    """Each place of the command line (`review|--lang`, `review|0`, `review|-`), with what may be written there."""
    for each in plan:
        yield f"{each.path}|-", Takes(tuple(text for text, _, _ in each.options))
        if each.verbs:
            yield f"{each.path}|0", Takes(tuple(name for name, _ in each.verbs))
        for text, _, takes in each.options:
            if takes is not None:
                yield f"{each.path}|{text}", takes
        for at, takes in enumerate(each.arguments):
            yield f"{each.path}|{at}", takes


def _bash(plan: tuple[Completed, ...]) -> str:
    return _BASH.replace("@WALK@", _walk(plan))


def _zsh(plan: tuple[Completed, ...]) -> str:
    return _ZSH.replace("@WALK@", _walk(plan))


# ---------------------------------------------------------------- fish

_FISH = """# completion of assuage for fish; written by: assuage completion fish
function __assuage_takes
    switch $argv[1]
@TAKES@
    end
end

function __assuage_complete
    set -l at ''
    set -l count 0
    set -l pending ''
    set -l plain ''
    set -l before (commandline -opc)
    for word in $before[2..]
        if test -n "$pending"
            set pending ''
            continue
        end
        if test -z "$plain"; and string match -q -- '-?*' $word
            switch "$at $word"
                case '* --'
                    set plain 1
                case '*=*'
                case @WAITING@
                    set pending $word
            end
            continue
        end
        switch "$at/$word"
@VERBS@
            case '*'
                set count (math $count + 1)
        end
    end
    set -l cur (commandline -ct)
    set -l stem ''
    if test -z "$pending"; and string match -q -- '--*=*' $cur
        set pending (string replace -r '=.*' '' -- $cur)
        set stem "$pending="
        set cur (string replace -r '^[^=]*=' '' -- $cur)
    end
    set -l place "$at|$count"
    if test -n "$pending"
        set place "$at|$pending"
    else if string match -q -- '-*' $cur
        set place "$at|-"
    end
    for each in (__assuage_takes $place)
        switch $each
            case '<file>'
                for path in (__fish_complete_path $cur)
                    echo $stem$path
                end
            case '<folder>'
                for path in (__fish_complete_directories $cur '')
                    echo $stem$path
                end
            case '*'
                echo $stem$each
        end
    end
end

complete -c assuage -f -a '(__assuage_complete)'
"""


def _fish(plan: tuple[Completed, ...]) -> str:
    told = {f"{each.path}|-": {text: words for text, words, _ in each.options} for each in plan}
    told |= {f"{each.path}|0": dict(each.verbs) for each in plan if each.verbs}
    takes: list[str] = []
    for where, what in _places(plan):
        words = [f"{word}\t{told.get(where, {}).get(word, '')}".rstrip() for word in what.words]
        lines = [*words, *([f"<{what.files}>"] if what.files else [])]
        if lines:
            takes += [
                f"        case {_shell(where)}",
                f"            printf '%s\\n' {' '.join(map(_shell, lines))}",
            ]
    waiting = [
        _shell(f"{each.path} {text}") for each in plan for text, _, taken in each.options if taken is not None
    ]
    verbs = [
        f"            case {_shell(f'{each.path}/{name}')}\n"
        f"                set at {_shell(f'{each.path} {name}'.strip())}\n                set count 0"
        for each in plan
        for name, _ in each.verbs
    ]
    text = _FISH.replace("@TAKES@", "\n".join(takes)).replace("@WAITING@", " ".join(waiting))
    return text.replace("@VERBS@", "\n".join(verbs))
