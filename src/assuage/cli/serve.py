"""`assuage serve`: open the clinic."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.surroundings import say

HELP = "open the clinic: patients keep a diary, a team sees where everyone stands and why"
PORT = 8020


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens and where it keeps what is entered."""
    add(parser, "host")
    add(parser, "port", default=PORT)
    kept = parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="keep what is entered there (default: a folder that is removed when the clinic closes)",
    )
    mark(kept, "folder")
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Prepare, say where it is, answer until it is interrupted."""
    from tempfile import TemporaryDirectory

    from assuage.catalogue.message import message
    from assuage.errors import InputError

    if find_spec("django") is None or find_spec("granian") is None:
        raise InputError(message("extra.clinic"))
    from assuage.clinic.serve import answer_requests, prepare_clinic

    with ExitStack() as until_closed:
        data = args.data or until_closed.enter_context(TemporaryDirectory(prefix="assuage-clinic-"))
        served = prepare_clinic(Path(data), args.host, args.port)
        if args.json:
            print_json(
                {"address": served.address, "people": list(served.people), "passphrase": served.passphrase}
            )
        else:
            speaking = speaking_of(args)
            say(speaking.say(message("clinic.open", address=served.address)))
            if served.passphrase:
                people = served.people
                say(speaking.say(message("clinic.log-in-as", people=people, passphrase=served.passphrase)))
            if args.data is None:
                say(speaking.say(message("clinic.kept-nowhere")))
        sys.stdout.flush()
        answer_requests(args.host, args.port)
    return REVIEWED
