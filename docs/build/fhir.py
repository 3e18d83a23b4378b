"""What is checked of FHIR R4, by which rules, and where HL7's own validator says otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assuage.fhir.definitions import tables_of_r4
from assuage.fhir.invariants import SPOKEN
from assuage.fhir.rules import rules_of_r4
from assuage.pathways import registry
from docs.build import fhir_map
from docs.build.markdown import code, table

CONFORMANCE = Path(__file__).with_name("fhir_conformance.json")

_OPTION = "an option of that run, as its name and message suggest"
_TERMINOLOGY = "a display name that a terminology server knows; none is asked here"
_PACKAGE = "an extension that no package of that run defines; extensions of others are accepted here"
# Why HL7's validator and ours differ on a case: what decides it as far as the case shows it (its options are not in the
# files), and whether the base specification could.
WHY: dict[str, tuple[str, bool]] = {
    "bad-markdown-no-html": (f"HTML within Markdown is forbidden by {_OPTION}", False),
    "bundle-ea-testcase": (
        "all is in Measure and MeasureReport, which are not checked here, and that is said",
        False,
    ),
    "bundle-id-5": (_TERMINOLOGY, False),
    "contained-resource-bad-id-ignore": (f"bad ids are overlooked by {_OPTION}", False),
    "cs-order-prop-r4": ("a decimal written as text; the specification says a number", True),
    "cvx": (_TERMINOLOGY, False),
    "dr-example-org": (f"addresses of example.org are forbidden by {_OPTION}", False),
    "ips-htmlrefs-backwards": ("the definition of the extension narrativeLink, of another package", False),
    "ips-nz-pj": (_TERMINOLOGY, False),
    "json-comments-1-yes": (f"comments in JSON are allowed by {_OPTION}", False),
    "json-comments-2-yes": (f"comments in JSON are allowed by {_OPTION}", False),
    "maiden-name-extension": (
        "where an extension may stand, which another package says",
        False,
    ),
    "mr-covid-bnd1": ("all is in Measure, which is not checked here, and that is said", False),
    "nested-questionnaire-nested-valueset": (_PACKAGE, False),
    "obs-temp-bad": (
        "a profile of vital signs, chosen by a SNOMED code; profiles are not checked here",
        False,
    ),
    "obs-vs-1": (_PACKAGE, False),
    "pat-dob-ext": (_PACKAGE, False),
    "pat-security-bad-string": (f"what looks like HTML in a text is forbidden by {_OPTION}", False),
    "patient-with-turvakielto": (_PACKAGE, False),
    "signatures-example-2": ("a signature, verified with its certificate; none is verified here", False),
    "target-ref-profile-empty": (_PACKAGE, False),
}
# Official examples in which we see an error: why they are wrong themselves.
WRONG: dict[str, str] = {
    "ActivityDefinition-blood-tubes-supply.json": "the narrative has no text",
    "ActivityDefinition-heart-valve-replacement.json": "the narrative has no text",
    "Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json": "a fullUrl says `Patient/pat12`, its resource `pat2`",
    "Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json": "a fullUrl says `Patient/pat12`, its resource `pat2`",
    "Bundle-dataelements.json": "two entries have the same fullUrl and version",
    "Bundle-lri-example.json": "fullUrls say `lri-…`, the ids of their resources do not",
    "Bundle-valuesets.json": "a code system in it declares a property twice",
    "MedicationRequest-medrx0301.json": "`dispenseRequest.performer` is a Practitioner; it may only be an Organization",
    "Observation-clinical-gender.json": "`performer` is an Encounter, which performs nothing",
    "Questionnaire-qs1.json": "items have no linkId",
    "Questionnaire-zika-virus-exposure-assessment.json": "the narrative has no text",
}

_INTRODUCTION = """\
# FHIR: what is checked, and where everything goes

`assuage fhir check FILE...` says whether files are FHIR R4 (4.0.1): every problem at once, each with its place and what
to do. A file is a resource, a bundle, or a resource a line (NDJSON), packed with gzip or not. `--json` gives an
OperationOutcome. Needs the extra `assuage[fhir]`; nothing is fetched and nothing is sent. The exit status is 2 where
there is an error, else 3 where something was not checked, else 0; a warning alone is 0.

Checked are: cardinality, unknown elements, types, patterns and the calendar (30 February), one spelling of a choice,
codes of required sets (as code, Coding and CodeableConcept), what references may point at, in the file and in the
bundle, contained resources, bundles, narratives, and every error invariant of the types below. Codes of extensible sets
are warnings. A message names the place and never the value, so that it may leave the house.

**Not checked**: profiles, extensions of others (their shape is), codes of systems that are not in HL7's package (LOINC,
SNOMED CT, UCUM, media types), display names, signatures. HL7's own Java validator was not run beside it; its published
outcomes were read."""
_RECORDS = """\
## Records out and in

`assuage fhir export RECORD -o FILE` writes a transaction bundle: a Patient with the pseudonym, and a resource an
entry, each with the same id every time. Without a calendar in the record it asks for `--starts-on DATE`, or
`--relative`, which leaves all dates out. A day that was inferred leaves as a month. What FHIR has no element for
stands in one extension, `urn:assuage:assuage-entry`, as named values; `--profile plain` leaves it out, and free text
with it. Codes are ours, LOINC where an instrument has a verified one, UCUM, and HL7's; no SNOMED CT, no RxNorm.

`assuage fhir import SOURCE... -o RECORD` reads bundles of any type, resources, NDJSON, `.gz` and folders; several
patients become several records. Our own resources come back as they were: the extension is believed only where the
elements beside it say what they said. Of others: Observation, Condition, AllergyIntolerance, AdverseEvent,
FamilyMemberHistory, MedicationStatement, MedicationAdministration and Procedure. What is prescribed is not taken;
what is planned, not done or entered in error is no fact; a number on a scale is a score where its LOINC code is
known, else a measurement; what is said in words alone stays words of which nobody knows what they mean, and is asked
about. A subject that is named by an identifier is the patient who has it, and else nobody; what was observed of
somebody else (`focus`), and an element whose meaning an extension changes, is not read. A moment becomes the day of
`--zone`, or of the offset it carries; a date stays that date; one that no record can have (`0001-01-01`, `9999-12-31`)
is none.
Of a month or a year the day is not known: what is dangerous counts from its first day, what would clear, end or allow
something is unknown. Everything that was not read is told with its resource, its place and the reason, with `--json`
line by line; the exit status is 3 then. Only how a resource is filed is passed over without a word: ids and versions,
narrative, language, category, encounter, what it is part of or based on, and who wrote it beside whether that was the
patient or a clinician. Names, addresses and dates of birth are never kept.

`--into RECORD` adds to a record: the same again changes nothing, a newer version corrects, entered in error
withdraws, and a deletion is told and not followed.

`--codes FILE` says what the codes of your systems mean, in words that a record has; a word that no rule reads is
refused:

```toml
[[system]]
url = "urn:oid:1.2.3.4"

[system.words]
"A17" = "bleeding disorder"
```"""
_FORMS = """\
## What is asked

`assuage fhir questionnaire NAME` writes a form as a Questionnaire, in English and with `--lang lt` in Lithuanian: of an
instrument whose licence is free (`phq9`), of a diary (`diary`, or `diary-neck-first` with the numbers and places that
pathway looks at), of all that a pathway asks (`pathway-neck-first`), and with `today --for RECORD` of what the review
of one patient asks. `--list` names them. There is no second list of questions: they are those of `assuage baseline`, of
the instruments, of the gates and of the review. The questions of an instrument stand in the original English; there is
no Lithuanian wording of them that somebody checked. Of instruments that need permission no form is written.

With `--for RECORD` the answer is a QuestionnaireResponse with what the record knows: what was found and consented to,
as long as it holds, each answer marked with the day it was said. How bad something is, what is felt and what may be a
danger is never filled in. `assuage fhir import` reads a response into entries: an item's address says which
(`finding:heart_block`, `score:pain@neck`), what was only filled in makes none, what was left unanswered stays unknown,
and scores are worked out by us. `assuage fhir extract RESPONSE` writes what answers come to as a transaction: the
entries, and of an instrument its score as an Observation derived from the answers, as a range where not all was
answered; a total that the form carries is not read.

`assuage hooks serve` answers `POST /Questionnaire/NAME/$populate` (Parameters with a `subject` and `data`, or that
Bundle alone, as for `$apply`) and `POST /QuestionnaireResponse/$extract` with the same, as SDC's Parameters:
`response`, `return`, and `issues` for what was not understood.\
"""
_PLANS = """\
## Pathways and plans

`assuage fhir pathway ID -o FILE` writes a pathway as one collection: a PlanDefinition, a Library with its criteria, an
ActivityDefinition for each thing it proposes or leaves alone, the Questionnaires that ask what it needs, and our code
systems; valid by `assuage fhir check`, with a warning for each condition (below). Phases are actions in their order
(`after-end`), gates their conditions `start` and `stop`, ways back and limits actions of their own. Each recommendation
has the guideline's strength (coded only where it is in favour, for HL7's code system has no *against*), its source, and
whose numbers its doses and intervals are; what is ours is cited as ours.

**Conditions stand in our words**, with the language `text/plain`, and no CQL is written for any of the {criteria}
criteria of the shipped pathways: it would say less. Each rests on day values, on windows that need so many
days, on how long a statement holds, or on words that only our tables read, and on an unknown that has to stay one; an
engine that gets `null` there goes on as for *no*. An engine that cannot evaluate a condition refuses, which is right.

`assuage fhir apply RECORD -o FILE` says of one patient what the review says, as a collection of a CarePlan, its
RequestGroup and what they speak of. **Nothing is an order**: every request has the intent `proposal` and is a draft.

| the review | here |
|---|---|
| now: a drug or a therapy that is begun | MedicationRequest or ServiceRequest, draft; on hold until its day |
| now: go on with a drug, raise it, stop it | Task, so that nobody prescribes it a second time |
| a question first | GuidanceResponse `data-required` with `dataRequirement` and the form that asks; no request |
| withheld | GuidanceResponse `success` with every reason; no request |
| to be left alone | ServiceRequest with `doNotPerform` |
| a gate | Task to decide, focussed on a GuidanceResponse: open and shut are `success`, unknown is `data-required` |
| STOP and what to ask about | DetectedIssue, preliminary, with the entries it rests on |
| the questions of the day | Questionnaire `today`, and a Task to ask it |

`assuage hooks serve` answers `POST /PlanDefinition/ID/$apply` with the same, for today: Parameters with a `subject` and
`data` (a Bundle of all that is known), or that Bundle alone. No server is asked for anything; a page of a search, a
second patient and a missing `data` are refused (412), what was not understood stands in the answer as an
OperationOutcome. The shape was held against the expected results of cqframework/pd-apply: a group of nested actions
that instantiates the definition, drafts with the intent of a proposal. Theirs says `plan` of the group; nobody has
decided on ours. No engine of others was run over our definitions.\
"""
_BULK = """\
## Many patients

`assuage fhir bulk DIR -o records.parquet` reads Bulk Data, a resource a line (`.ndjson`, `.jsonl`, `.gz`), into the
table that `assuage cohort` takes. A patient may be in many files, in any order. Every line is put beside those of the
same patient in a folder beside the output (`records.parquet.work`), then patient by patient is read as `fhir import`
reads them, so the table is that of importing one after the other. Memory holds the patients of 32 MB of lines (ours),
however much there is; drugs that are resources of their own are held whole. After an interruption the same command
goes on where it was; files that changed meanwhile are refused until `--force`. What is in no record stands line by
line in `records.rejects.ndjson`, the reasons for what was left out of others are counted, and the exit status is 3
then. A packed file that is cut, and two patients with one pseudonym, end it with nothing written.
Measured: about 7,000 resources a CPU-second end to end (`make bench-fhir`), and 300 MB for 33 MB of lines; the 40,000
that we wanted are not reached, for that is the pace of `fhir import` itself.

`assuage fhir cohort DIR -o OUT` writes the review of a cohort (`assuage cohort review`) as NDJSON: a CarePlan for each
stay, a GuidanceResponse for each patient (`data-required` where a gate waits for what nobody can tell), a DetectedIssue
for each alert. Days are counted from day 0, for the review holds no dates; patients are named by their pseudonyms.\
"""
_BOUNDS = """\
## Bounds

A file, or a line of NDJSON, of 64 MB; a text of 1 MB (HL7's); 64 levels; 200,000 entries a bundle; 1,000 issues listed
a file, the rest counted. NaN, half characters, keys that stand twice, comments and nesting without end are each one
sentence. All but the bound of a text are ours."""


def page() -> str:
    """What is checked, the rules, the cases."""
    tables = tables_of_r4()
    source = tables.source
    told = json.loads(CONFORMANCE.read_text(encoding="utf-8"))
    types = sorted(rules_of_r4().checked)
    lines = [
        *_INTRODUCTION.splitlines(),
        "",
        "## Types",
        "",
        f"{len(types)} of the {len(tables.resource_types)} resources of R4; any other is named as *not checked*:",
        f"{', '.join(types)}.",
        "",
        f"The tables are generated by `make fhir-definitions` from `{source.package}` {source.version}",
        f"({source.license}; archive with sha256 `{source.sha256}`).",
        "",
        *_RECORDS.splitlines(),
        "",
        *_FORMS.splitlines(),
        "",
        *_PLANS.replace("{criteria}", str(_criteria())).splitlines(),
        "",
        *_BULK.splitlines(),
        "",
        *fhir_map.lines(),
        *_BOUNDS.splitlines(),
        "",
        "## HL7's validator cases",
        "",
        *_cases(told["cases"]),
        "## HL7's examples",
        "",
        *_examples(told["examples"]),
        "## Rules",
        "",
        "Official invariants, quoted from the package; `dom-6`, which wants a narrative, is left out. Rules that the",
        "specification has in words only follow, under ids of ours.",
        "",
        *table(("id", "severity", "what must hold"), _rules()),
    ]
    return "\n".join(lines)


def _criteria() -> int:
    """How many criteria the shipped pathways have."""
    return sum(len([*registry.pathway(name).criteria()]) for name in registry.PATHWAY_IDS)


def _cases(told: dict[str, Any]) -> Iterator[str]:
    differing = told["differing"]
    decided = told["concerned"] - sum(not WHY[name][1] for name in differing)
    agreed = told["agreed"]
    yield f"Of the published cases {told['concerned']} concern our types; on {agreed} both say *error* or both none."
    yield f"Of the {decided} that the base specification alone can decide they agree on {agreed}"
    yield f"({100 * agreed / decided:.0f} %). Every case on which they differ:"
    yield ""
    rows = [
        (name, str(theirs), str(ours), WHY[name][0]) for name, (theirs, ours) in sorted(differing.items())
    ]
    yield from table(("case", "errors of HL7's", "errors of ours", "why"), rows)


def _examples(told: dict[str, Any]) -> Iterator[str]:
    looked_at, refused = told["looked_at"], told["refused"]
    yield f"Of the {looked_at} examples of our types in `hl7.fhir.r4.examples` 4.0.1 (without the thousands of code"
    yield f"systems and concept maps) {looked_at - len(refused)} are accepted. The others are wrong themselves:"
    yield ""
    rows = [(code(name), ", ".join(rules), WRONG[name]) for name, rules in sorted(refused.items())]
    yield from table(("example", "rule", "what is wrong in it"), rows)


def _rules() -> Iterator[tuple[str, str, str]]:
    for name, (severity, human, _) in sorted(tables_of_r4().invariants.items()):
        if name != "dom-6":
            yield name, severity, human
    for kind, rules in sorted(SPOKEN.items()):
        for name, _, text in rules:
            yield name, "error", f"{kind}: {text}"
    yield "bundle-full-url", "error", "Bundle: a fullUrl SHALL be absolute"
    yield (
        "bundle-full-url-id",
        "error",
        "Bundle: a RESTful fullUrl SHALL agree with the type and id of its resource",
    )
    yield "bundle-search-outcome", "error", "Bundle: an outcome of a search SHALL be an OperationOutcome"
