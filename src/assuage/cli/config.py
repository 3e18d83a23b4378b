"""`assuage config`: which settings hold here, and where each comes from."""

from __future__ import annotations

import argparse

from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add

HELP = "which settings of assuage.toml hold in this folder, and where each comes from"

EXAMPLE = """assuage.toml, in this folder or one above it (up to your home folder), for example:
  language = "en"
  country = "LT"
  pathway = "neck-first"
What is typed comes first, then what a record names (its pathway), then this file. It never changes a rule."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form."""
    parser.epilog = EXAMPLE
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read the file and print what holds; InputError for a file that cannot be used."""
    from assuage.catalogue.message import message
    from assuage.cli.output import print_json
    from assuage.cli.site import KEYS, NAME, site_of

    site = site_of()
    if args.json:
        print_json(
            {
                "file": None if site.path is None else str(site.path),
                "settings": {
                    name: {
                        "value": site.values.get(name),
                        "from": "file" if name in site.values else "default",
                    }
                    for name in KEYS
                },
            }
        )
        return 0
    speaking = speaking_of(args)
    print(f"{site.path}" if site.path else speaking.say(message("site.none", file=NAME)))
    default = speaking.say(message("site.default"))
    for name, key in KEYS.items():
        value = site.values.get(name) or speaking.say(key.otherwise)
        whence = NAME if name in site.values else default
        print(f"{name:9} {value:14} {whence:13} {speaking.say(message(f'site.{name}'))}")
    return 0
