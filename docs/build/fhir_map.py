"""Where every field of a record and every part of a review goes in FHIR, what is lost there, and who takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.fhir.codes import code_systems
from assuage.fhir.concept_maps import concept_maps
from assuage.fhir.field_map import Fate, MappedField, mapped_common_fields, mapped_fields
from assuage.fhir.served.types import SERVED
from docs.build.markdown import code, codes, table

_LOST: dict[Fate, str] = {
    "kept": "nothing",
    "told": "it is said, and does not come back as it was",
    "extension": "all of it",
}
# Every part of a review (`assuage.review.model.Review`), and what it is in FHIR; a test compares the names.
PARTS: dict[str, tuple[str, str]] = {
    "record": ("Bundle of the entries (above)", "as above"),
    "timeline": ("no resource of its own: the entries by day", "the order is that of the dates"),
    "pathway": (
        "PlanDefinition, Library, ActivityDefinition, Questionnaire",
        "conditions as text, not computed",
    ),
    "on": ("`authoredOn`, `created`, `occurrenceDateTime`", "all of it without a calendar"),
    "walk": (
        "CarePlan: `title` the phase, `period.start` since when; a cohort's stays one CarePlan each",
        "earlier stays, of one patient",
    ),
    "gates": ("Task *decide*, focussed on a GuidanceResponse", "each criterion's answer as a note"),
    "plan": (
        "RequestGroup with MedicationRequest, ServiceRequest, Task; GuidanceResponse where a question comes "
        "first",
        "the window of days, which a note says in words",
    ),
    "withheld": ("GuidanceResponse `success` with the reasons", "nothing asks for it: no request is written"),
    "unread": ("note of the CarePlan", "in words only"),
    "out_of_limits": ("note of the CarePlan", "in words only"),
    "against_refusal": ("note of the CarePlan", "in words only"),
    "running": ("MedicationStatement of the record", "the episode, which the entries make up"),
    "to_confirm": ("item of the Questionnaire *today*", "nothing"),
    "restrictions": ("ServiceRequest with `doNotPerform`", "until when, which a note says in words"),
    "alerts": ("DetectedIssue, preliminary; CDS card", "who has seen it; a *note* alert is left out"),
    "criteria": ("not written", "all of it: a diagnosis is a person's word"),
    "suspects": ("not written", "all of it: they rest on estimates, and a person looks at them"),
    "missing": ("Questionnaire *today*, GuidanceResponse `data-required`", "nothing"),
    "not_checked": ("OperationOutcome beside the CarePlan, of what a caller sent", "in words only"),
    "notes": ("not written", "all of it"),
    "admitted": ("not written by itself; the gate of entry is a Task *decide*", "its reasons"),
}
BESIDE: tuple[tuple[str, str, str], ...] = (
    (
        "forms (`fhir questionnaire`)",
        "Questionnaire, QuestionnaireResponse",
        "a score: it is worked out by us",
    ),
    (
        "who wrote what, in which role, when, correcting what (`--provenance`)",
        "Provenance",
        "a day of writing without a time",
    ),
    ("access log of the clinic", "not written", "all of it"),
    ("case report, pictures", "not written", "all of it"),
)
# What is known of systems of others, and how: *run* here, *seen* at the source, *page* of somebody else, *memory*.
SYSTEMS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Medplum 5.2.13",
        "transaction of R4, searches, `$apply` without conditions",
        "its client has `cdsServicesUrl`",
        "run (its router in memory, `make test-fhir-server`) and seen (code)",
    ),
    (
        "official CDS Hooks sandbox",
        "–",
        "showed a card of ours; sends both prefetch keys and a signed JWT",
        "run, once, in a browser",
    ),
    ("HAPI", "R4", "CDS Hooks over PlanDefinition", "seen (issues 5240, 8249); not run"),
    ("OpenMRS, Bahmni", "a part of R4", "alerts of its own", "seen (issues 728, 770); not run"),
    (
        "Epic",
        "SMART launch, R4; few writes",
        "CDS Hooks; JWT with RS384, `jku`, `aud` the endpoint",
        "page of others; not run",
    ),
    (
        "Oracle Health",
        "SMART launch, R4",
        "`patient-view` only, registered by the vendor",
        "seen (issue 707); not run",
    ),
    (
        "e.sveikata (Lithuania)",
        "no public R4 endpoint is known to us: by file only",
        "no",
        "page of others; not run",
    ),
)


def lines() -> Iterator[str]:
    """The whole map as lines."""
    yield from _fields()
    yield from _parts()
    yield from _codes()
    yield from _served()
    yield from _systems()


def _fields() -> Iterator[str]:
    yield from (
        "## Every field of a record",
        "",
        "Worked out from the code (`assuage fhir conformance --fields` prints the same): a specimen of each kind is",
        "written and read back with the field and without it. *Lost* is what a reader does not get who does not know",
        "`urn:assuage:assuage-entry`; with it nothing is.",
        "",
    )
    rows = [
        (each.kind, each.resource, code(each.field), codes(each.where) or "–", _LOST[each.fate])
        for each in mapped_fields()
    ]
    yield from table(("kind", "resource", "field", "elements", "lost"), rows)
    yield from ("Of every kind:", "")
    by_field: dict[str, list[MappedField]] = {}
    for each in mapped_common_fields():
        by_field.setdefault(each.field, []).append(each)
    yield from table(
        ("field", "elements", "lost"),
        [(code(name), codes(_elements(each)) or "–", _common_loss(each)) for name, each in by_field.items()],
    )
    yield from (
        "A day that was inferred (`approximate`) goes out as its month: the day itself is lost. `author`, `role`,",
        "`entered` where it is a moment, and what an entry replaces stand in a Provenance as well with",
        "`fhir export --provenance`.",
        "",
    )


def _elements(fields: Iterable[MappedField]) -> list[str]:
    return sorted({element for each in fields for element in each.where})


def _common_loss(fields: list[MappedField]) -> str:
    by_fate: dict[Fate, list[str]] = {}
    for each in fields:
        by_fate.setdefault(each.fate, []).append(each.kind)
    most: Fate = max(by_fate, key=lambda fate: len(by_fate[fate]))
    others = [f"{', '.join(kinds)}: {_LOST[fate]}" for fate, kinds in by_fate.items() if fate != most]
    return "; ".join([_LOST[most], *others])


def _parts() -> Iterator[str]:
    yield from ("## Every part of a review", "")
    rows = [(code(name), where, lost) for name, (where, lost) in PARTS.items()]
    yield from table(("part", "in FHIR", "lost"), rows)
    yield from table(("beside it", "in FHIR", "lost"), BESIDE)


def _codes() -> Iterator[str]:
    yield from (
        "## Code systems and maps",
        "",
        "Ours are CodeSystems of this address, with every code in them; `assuage fhir pathway` writes those it uses.",
        "A ConceptMap says what of ours is a code of LOINC, UCUM or HL7 that we may ship and have verified.",
        "",
    )
    rows = [(code(each["url"]), str(len(each["concept"]))) for each in code_systems()]
    yield from table(("code system", "codes"), rows)
    maps = [
        (
            code(each["url"]),
            code(each["group"][0]["source"]),
            code(each["group"][0]["target"]),
            str(sum(len(group["element"]) for group in each["group"])),
        )
        for each in concept_maps()
    ]
    yield from table(("concept map", "from", "to", "codes"), maps)


def _served() -> Iterator[str]:
    yield from (
        "## What is served",
        "",
        "The clinic answers under `/fhir/R4`, reading only ([how](clinic-fhir.md)); `assuage fhir conformance` writes",
        "its CapabilityStatement from the same table.",
        "",
    )
    rows = [(each.name, codes(parameter.name for parameter in each.parameters)) for each in SERVED.values()]
    yield from table(("type", "searched by"), rows)


def _systems() -> Iterator[str]:
    yield from (
        "## Who takes what",
        "",
        "What we know of systems of others, and how we know it. **No hospital system was ever run with Assuage, and",
        "HL7's Java validator was not**: that Medplum took something says little, for it takes more than R4 allows.",
        "",
    )
    yield from table(("system", "reads", "calls", "how we know"), SYSTEMS)
