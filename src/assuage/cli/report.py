"""`assuage report RECORD --style care -o FILE`: a case report, made from the record."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.language import add_language
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, free, print_json, write_files
from assuage.cli.pathways import pathway_for
from assuage.cli.progress import working
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.record.entries import Record
    from assuage.report.care.case_report import CaseReport
    from assuage.review.model import Review

HELP = "a case report by the CARE checklist, every sentence from the record, with the list of what is missing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the style, the authors' text, the language, the file."""
    add(parser, "record")
    parser.add_argument(
        "--style", choices=("care",), default="care", help="the checklist to follow (default: care)"
    )
    add_output(parser, (".docx", ".pdf", ".html", ".md", ".json"), note="without it, the gaps are printed")
    text = parser.add_argument("--text", metavar="FILE", help="what the authors wrote (assuage-case-text/1)")
    mark(text, "file")
    add_language(parser)
    add(parser, "pathway")
    parser.add_argument(
        "--for",
        dest="purpose",
        choices=("draft", "publication"),
        default="draft",
        help="a draft says so on every page; publication needs a certificate (default: draft)",
    )
    certificate = parser.add_argument(
        "--certificate", metavar="FILE", help="the release certificate that `assuage deidentify` wrote"
    )
    mark(certificate, "file")
    add(parser, "json")


def run(args: argparse.Namespace) -> int:
    """Read, judge, write; Problems for a publication that is locked."""
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.report.care.assemble import case_report, gap_rows
    from assuage.report.care.files import FORMS, to_json
    from assuage.report.care.manuscript import NOTHING_WRITTEN, read_manuscript
    from assuage.words.speak import catalogue, translation_note

    form = Path(args.output).suffix.lower().removeprefix(".") if args.output else ""
    if args.output and form not in FORMS:
        raise InputError(f"{args.output}: a report ends in {', '.join(f'.{form}' for form in FORMS)}")
    free(args, args.output)
    written = read_manuscript(args.text) if args.text else NOTHING_WRITTEN
    publication = args.purpose == "publication"
    if publication:
        record = _released(args)
    else:
        record = read_record(args.record)
    review = _review(record, args.pathway)
    report = case_report(record, review, written, lang=args.lang, draft=not publication)
    if publication:
        from assuage.report.care.release import refuse_identifiers

        refuse_identifiers(report)
    if args.output:
        _save(args, report, record, review, form)
    if args.json:
        print_json(to_json(report))
    elif not args.output:
        for name, title, state, text in gap_rows(report):
            print(f"{name:4} {state:14} {title}: {text}")
        for claim in report.claims:
            print(f"     {claim}")
        if unchecked := translation_note(catalogue(args.lang)):
            print(unchecked)
    else:
        counts = {
            state: sum(item.state == state for item in report.items)
            for state in ("filled", "partial", "empty", "not applicable")
        }
        say(f"{args.output}: {', '.join(f'{n} {state}' for state, n in counts.items() if n)} of 30 items")
    return 0


def _review(record: Record, pathway: str | None) -> Review | None:
    """The review on the last day; None for a record with nothing in it."""
    if record.last_day is None:
        return None
    from assuage.review.make import review

    return review(record, pathway_for(record, pathway))


def _released(args: argparse.Namespace) -> Record:
    """The record whose very bytes a certificate releases."""
    from assuage.deidentify.release import read_certificate, require_release
    from assuage.errors import InputError
    from assuage.record.document import read_bytes
    from assuage.record.places import MOST_BYTES
    from assuage.record.read import read_text

    if not args.certificate:
        raise InputError(
            "--for publication needs --certificate FILE; make one with: assuage deidentify RECORD -o OUT"
        )
    if args.record == "-":
        raise InputError("--for publication reads a file, because the certificate belongs to its bytes")
    content = read_bytes(Path(args.record), MOST_BYTES)
    record = read_text(content, args.record)
    require_release(read_certificate(args.certificate), content, record, args.record)
    return record


def _save(
    args: argparse.Namespace, report: CaseReport, record: Record, review: Review | None, form: str
) -> None:
    """Write the file, and beside a Markdown text its pictures."""
    from assuage.report.care.figures import figures
    from assuage.report.care.files import picture, write_report
    from assuage.report.care.language import language

    target = Path(args.output)
    with working(message("progress.writing"), args.lang):
        drawn = tuple(figures(record, review, language(report.language), form))
        files: list[tuple[str | Path, str | bytes]] = [
            (target, write_report(report, form, drawn, target.stem))
        ]
    if form == "md":
        files += [(target.with_name(picture(target.stem, figure)), str(figure.content)) for figure in drawn]
    write_files(args, files)
