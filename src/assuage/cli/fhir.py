"""`assuage fhir VERB`: whether files are FHIR R4, records out of it and as it, forms, pathways, plans."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assuage.cli import (
    NOT_CHECKED,
    REVIEWED,
    UNUSABLE,
    fhir_asked,
    fhir_bulk,
    fhir_conformance,
    fhir_plan,
    fhir_record,
)
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assuage.catalogue.read import Catalogue
    from assuage.errors import Problem
    from assuage.fhir.issue import Checked, Issue

HELP = "check FHIR R4 (4.0.1), read records from it, write them, forms and plans as it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A verb for each thing that is done with FHIR."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="check resources, bundles and NDJSON against HL7's definitions")
    add(check, "files", "json")
    add_language(check)
    fhir_record.add_import(verbs.add_parser("import", help="read resources and bundles into a record"))
    fhir_record.add_export(verbs.add_parser("export", help="write a record as a transaction bundle"))
    fhir_asked.add_questionnaire(
        verbs.add_parser("questionnaire", help="write a form: of an instrument, a diary, a pathway, a day")
    )
    fhir_asked.add_extract(
        verbs.add_parser(
            "extract", help="write what answers to a form say, with the scores, as a transaction"
        )
    )
    fhir_plan.add_pathway(verbs.add_parser("pathway", help="write a pathway with all that belongs to it"))
    fhir_plan.add_apply(verbs.add_parser("apply", help="write what the pathway says of a patient on a day"))
    fhir_bulk.add_bulk(
        verbs.add_parser("bulk", help="read Bulk Data of many patients into one table of records")
    )
    fhir_bulk.add_cohort(verbs.add_parser("cohort", help="write the review of a cohort as NDJSON"))
    fhir_conformance.add_conformance(
        verbs.add_parser(
            "conformance", help="write what can be asked of us as FHIR, or the map of every field"
        )
    )


def run(args: argparse.Namespace) -> int:
    """Do what the verb says."""
    from importlib.util import find_spec

    from assuage.catalogue.message import message
    from assuage.errors import InputError

    if find_spec("orjson") is None:
        raise InputError(message("extra.fhir"))
    return {
        "check": _check,
        "import": fhir_record.run_import,
        "export": fhir_record.run_export,
        "questionnaire": fhir_asked.run_questionnaire,
        "extract": fhir_asked.run_extract,
        "pathway": fhir_plan.run_pathway,
        "apply": fhir_plan.run_apply,
        "bulk": fhir_bulk.run_bulk,
        "cohort": fhir_bulk.run_cohort_out,
        "conformance": fhir_conformance.run_conformance,
    }[args.verb](args)


def _check(args: argparse.Namespace) -> int:
    """Check every file; 2 where one has an error, else 3 where something was not checked, else 0."""
    from assuage.fhir.files import checked_file

    checked = [(name, checked_file(name)) for name in args.files]
    if show_checked(checked, speaking_of(args), as_json=bool(args.json)):
        return UNUSABLE
    return NOT_CHECKED if any(each.unchecked for _, each in checked) else REVIEWED


def show_checked(checked: Sequence[tuple[str, Checked]], speaking: Catalogue, *, as_json: bool) -> bool:
    """Print what was found in each document, in words or as an OperationOutcome; whether one has an error."""
    if as_json:
        from assuage.catalogue.message import message
        from assuage.fhir.outcome import operation_outcome

        n = sum(each.resources for _, each in checked)
        fine = message("fhir.fine", document=", ".join(name for name, _ in checked), n=n)
        print_json(operation_outcome(checked, str(speaking.say(fine)), speaking))
    else:
        for name, each in checked:
            _print_checked(name, each, speaking)
    return any(each.errors for _, each in checked)


def _print_checked(name: str, checked: Checked, speaking: Catalogue) -> None:
    """Errors as every command says what is wrong in a document; else that it is fine; then the warnings."""
    from assuage.catalogue.message import message
    from assuage.errors import Problems, alike_together

    errors = [_problem(issue) for issue in checked.issues if issue.severity == "error"]
    warnings = [_problem(issue) for issue in checked.issues if issue.severity == "warning"]
    if errors:
        told = Problems(name, errors, message("fhir.not-valid"))
        print(told.in_words(speaking), file=sys.stderr)
    elif checked.unchecked:
        print(
            speaking.say(message("fhir.in-part", document=name, n=checked.resources, left=checked.unchecked))
        )
    else:
        print(speaking.say(message("fhir.fine", document=name, n=checked.resources)))
    for line in alike_together(warnings, speaking):
        print(f"  {speaking.say(message('fhir.warning', text=line))}")


def _problem(issue: Issue) -> Problem:
    from assuage.errors import Problem

    return Problem(issue.place, issue.what, issue.line)
