"""`assuage deidentify RECORD|TEXT -o OUT`: identifiers out, a diff to approve, a certificate of release."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, free, print_document, print_json, write_files
from assuage.cli.progress import working
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from datetime import date

    from assuage.catalogue.read import Catalogue
    from assuage.deidentify.identifiers import Policy
    from assuage.deidentify.quasi_identifiers import KAnonymity, QuasiIdentifier
    from assuage.deidentify.record import Hidden
    from assuage.errors import Problem
    from assuage.record.entries import Record

HELP = (
    "take out what tells who a patient is, from a record or a text, with a diff to approve and a certificate"
)

_TEXTS = (".txt", ".md", ".text", ".rst")
_PICTURES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".tif",
    ".tiff",
    ".dcm",
    ".heic",
    ".webp",
    ".pdf",
    ".docx",
    ".doc",
    ".odt",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document, where it goes, what a person decided, who read it."""
    document = parser.add_argument(
        "document",
        metavar="RECORD|TEXT",
        help="a record (.yaml, .json), or a text (.txt, .md; - for standard input)",
    )
    mark(document, "file")
    add_output(parser, note="its certificate goes beside it")
    diff = parser.add_argument(
        "--diff", metavar="FILE", help="write the diff here, not to the screen; it holds the identifiers"
    )
    mark(diff, "file")
    add(parser, "json")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="WORDS",
        help="words that are no identifiers, joined by commas",
    )
    parser.add_argument(
        "--hide", action="append", default=[], metavar="WORDS", help="words to hide in every case of theirs"
    )
    parser.add_argument("--age-bands", action="store_true", help="ages as bands of five years")
    add(parser, "patient", default="case")
    add(parser, "starts-on")
    parser.add_argument(
        "--catchment",
        type=int,
        metavar="N",
        help="how many people live where the patient may be sought; a release needs it",
    )
    parser.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="TRAIT=SHARE",
        help='share of people with a trait: "cholecystectomy=0.08"',
    )
    key = parser.add_argument(
        "--key", metavar="FILE", help="write what leads back to the patient here; keep it apart"
    )
    mark(key, "file")
    parser.add_argument("--approve", metavar="CODE", help="the code under a diff that you have read")
    parser.add_argument("--author", metavar="NAME", help="who writes the report; never counted as a reviewer")
    parser.add_argument(
        "--reviewer",
        action="append",
        default=[],
        metavar="NAME",
        help="who has read the diff; give two where two are needed",
    )
    parser.add_argument(
        "--names-nobody",
        metavar="NAME",
        help="the reviewer who confirms that it names nobody, where no name was hidden",
    )
    parser.add_argument(
        "--lawful-basis", metavar="TEXT", help="why it may be published without consent; needs two reviewers"
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Hide, show the diff, write; 1 when something keeps it from being published."""
    from assuage.deidentify.quasi_identifiers import k_anonymity, quasi_identifiers
    from assuage.deidentify.record import hide_record, hide_text
    from assuage.deidentify.release import Readers, approval, certificate, locked
    from assuage.record.read import read_record

    _check(args)
    policy = _policy(args)
    shares = _shares(args.share)
    record: Record | None = None
    files: list[tuple[str | Path, str | bytes]] = []
    target = Path(args.output) if args.output else None
    free(args, target, target and _beside(target), args.key, args.diff)
    if _is_text(args.document):
        with working(message("progress.hiding"), args.lang):
            hidden = hide_text(_text(args.document), policy, _starts_on(args.starts_on))
        content = str(hidden.value).encode()
    else:
        original = read_record(args.document)
        with working(message("progress.hiding"), args.lang):
            hidden = hide_record(original, policy)
        record = hidden.value
        content = _written(hidden.value, args.output)
        if args.key:
            # Whoever reads it knows the patient.
            files.append((args.key, _key(original, policy)))
    indirect = quasi_identifiers(record, shares) if record else ()
    code = approval(hidden.changes, content)
    approved = _approved(args.approve, code)
    readers = Readers(args.author, tuple(args.reviewer), args.lawful_basis, args.names_nobody)
    estimate = k_anonymity(indirect, args.catchment)
    signed = certificate(
        content,
        hidden.changes,
        hidden.unjudged,
        indirect,
        estimate,
        readers,
        policy,
        record,
        approved=approved,
        texts=hidden.texts,
    )
    if target is not None:
        files += [
            (target, content),
            (_beside(target), json.dumps(signed, indent=2, ensure_ascii=False) + "\n"),
        ]
    if args.diff:
        files.append((args.diff, f"{_diff(hidden, code, speaking_of(args))}\n"))
    write_files(args, files)
    if args.json:
        print_json({**_plain(hidden), "code": code, "certificate": signed})
    else:
        shut = locked(record, readers, indirect, estimate, hidden, approved=approved)
        _tell(args, hidden, code, shut, indirect, estimate, content)
    return 0 if signed["releases_for"] else 1


_MOST_PEOPLE = 10_000_000_000  # more than live anywhere (ours)


def _check(args: argparse.Namespace) -> None:
    """InputError where what a release rests on cannot be so."""
    from assuage.errors import InputError

    if args.catchment is not None and not 1 <= args.catchment <= _MOST_PEOPLE:
        raise InputError(message("option.catchment-too-large"))
    for option, words in (("--lawful-basis", args.lawful_basis), ("--author", args.author)):
        if words is not None and not words.strip():
            raise InputError(message("option.empty-words", option=option))
    if args.key and _is_text(args.document):
        raise InputError(message("option.key-of-a-text"))


def _is_text(name: str) -> bool:
    from assuage.errors import InputError

    suffix = Path(name).suffix.lower()
    if suffix in _PICTURES:
        raise InputError(message("deidentify.neither-record-nor-text", name=name))
    return name == "-" or suffix in _TEXTS


def _text(name: str) -> str:
    from assuage.record.document import decoded, read_bytes
    from assuage.record.places import MOST_BYTES

    raw = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else read_bytes(Path(name), MOST_BYTES)
    if len(raw) > MOST_BYTES:
        from assuage.errors import InputError

        raise InputError(message("deidentify.too-large", name=name, megabytes=MOST_BYTES / 1000000.0))
    return decoded(raw, name)


def _policy(args: argparse.Namespace) -> Policy:
    from assuage.deidentify.identifiers import Policy

    keep, hide = (
        tuple(w for words in given for w in map(str.strip, words.split(",")) if w)
        for given in (args.keep, args.hide)
    )
    called = () if args.document == "-" else (Path(args.document).stem,)
    return Policy(frozenset(keep), hide, bool(args.age_bands), args.patient, called)


def _shares(pairs: list[str]) -> dict[str, float]:
    from assuage.errors import InputError

    shares: dict[str, float] = {}
    for pair in pairs:
        name, _, share = pair.rpartition("=")
        try:
            value = float(share.replace(",", "."))
        except ValueError:
            value = -1.0
        if not name.strip() or not 0 < value <= 1:
            raise InputError(message("option.no-share", pair=pair))
        shares[name.strip()] = value
    return shares


def _starts_on(text: str | None) -> date | None:
    from datetime import date

    from assuage.errors import InputError

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(message("option.no-start-date", text=text)) from None


def _written(record: Record, output: str | None) -> bytes:
    from assuage.record.write import to_json, to_yaml

    return (to_json(record) if output and output.lower().endswith(".json") else to_yaml(record)).encode()


def _key(record: Record, policy: Policy) -> bytes:
    starts = record.starts_on.isoformat() if record.starts_on else None
    key = {
        "pseudonym": policy.patient,
        "patient": record.patient.id,
        "starts_on": starts,
        "age": record.patient.age,
    }
    return (json.dumps(key, indent=2, ensure_ascii=False) + "\n").encode()


def _approved(typed: str | None, code: str) -> bool:
    from assuage.errors import InputError

    if typed is None:
        return False
    if typed.strip().lower() != code:
        raise InputError(message("deidentify.other-code"))
    return True


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.stem}.certificate.json")


def _plain(hidden: Hidden) -> dict[str, Any]:
    return {
        "changes": [
            {
                "place": c.place,
                "before": c.before,
                "after": c.after,
                "rule": c.rule.id,
                "class": c.rule.letter,
            }
            for c in hidden.changes
        ],
        "unjudged": [{"place": d.place, "word": d.word, "around": d.around} for d in hidden.unjudged],
    }


def _tell(
    args: argparse.Namespace,
    hidden: Hidden,
    code: str,
    shut: Sequence[Problem],
    indirect: Sequence[QuasiIdentifier],
    estimate: KAnonymity,
    content: bytes,
) -> None:
    """Whether it is released, the diff, the unjudged, the traits, and what is still in the way."""
    told = speaking_of(args)
    say(told.say(message("deidentify.locked", n=len(shut)) if shut else message("deidentify.released")))
    if not args.output:
        print_document(content.decode())
        if not args.diff:
            say(_diff(hidden, code, told))
    elif not args.diff:
        print(_diff(hidden, code, told))
    summary = [message("deidentify.indirect", count=len(indirect))]
    summary += [message("deidentify.line", what=each.trait) for each in indirect]
    summary.append(message("deidentify.small-world", estimate=estimate.estimate))
    summary += [message("deidentify.locked-by")] if shut else []
    summary += [
        message(
            "deidentify.lock",
            what=message(f"deidentify.lock-{lock.place.replace(' ', '-')}"),
            why=lock.message,
        )
        for lock in shut
    ]
    say("\n".join(told.say(each) for each in summary))


def _diff(hidden: Hidden, code: str, told: Catalogue) -> str:
    """What was changed, word by word, what a person has to judge, and the code that says it was read."""
    lines = [
        f"{place}: - {c.before!r}\n{' ' * len(place)}  + {c.after!r}  [{c.rule.letter} {c.rule.id}]"
        for c in hidden.changes
        for place in (_place(c.place, told),)
    ]
    lines += [
        told.say(
            message(
                "deidentify.to-judge", place=_place(d.place, told), word=repr(d.word), around=repr(d.around)
            )
        )
        for d in hidden.unjudged
    ]
    changes = message("deidentify.changes", n=len(hidden.changes))
    words = message("deidentify.words", n=len(hidden.unjudged))
    return "\n".join(
        [*lines, told.say(message("deidentify.approve", changes=changes, words=words, code=code))]
    )


_AT = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)$")


def _place(place: str, told: Catalogue) -> str:
    """A place of the document, its line and column in a language."""
    return _AT.sub(
        lambda at: str(told.say(message("deidentify.at", line=int(at["line"]), column=int(at["column"])))),
        place,
    )
