"""The invariants of what is recorded about patients, and of every resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from assuage.fhir.invariants.datatypes import UCUM
from assuage.fhir.invariants.moments import no_later_than
from assuage.fhir.invariants.registry import Node, Surroundings, chooses, coded, has, invariant
from assuage.fhir.references import pointed_type

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_CONDITION_STATUS = f"{_TERMINOLOGY}condition-ver-status"
_ALLERGY_STATUS = f"{_TERMINOLOGY}allergyintolerance-verification"


@invariant("dom-2", when="contained")
def dom_2(node: Node, _: Surroundings) -> bool:
    return not any("contained" in each for each in node["contained"])


@invariant("dom-3", when="contained")
def dom_3(node: Node, _: Surroundings) -> bool:
    named = set(_local_references({key: value for key, value in node.items() if key != "contained"}))
    for each in node["contained"]:
        named.update(_local_references(each))
    return all(
        f"#{each.get('id')}" in named or "#" in set(_local_references(each)) for each in node["contained"]
    )


def _local_references(value: Any) -> Iterator[str]:
    """Every text that points into the same resource: `#id`, or `#` for the resource itself."""
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if each[:1] == "#":
                yield each
        elif isinstance(each, dict):
            waiting.extend(cast("Node", each).values())
        elif isinstance(each, list):
            waiting.extend(cast("list[Any]", each))


@invariant("dom-4", when="contained")
def dom_4(node: Node, _: Surroundings) -> bool:
    metas = [each.get("meta", {}) for each in node["contained"]]
    return not any("versionId" in meta or "lastUpdated" in meta for meta in metas)


@invariant("dom-5", when="contained")
def dom_5(node: Node, _: Surroundings) -> bool:
    return not any("security" in each.get("meta", {}) for each in node["contained"])


@invariant("ait-1")
def ait_1(node: Node, _: Surroundings) -> bool:
    return "clinicalStatus" in node or coded(
        node.get("verificationStatus"), _ALLERGY_STATUS, "entered-in-error"
    )


@invariant("ait-2", when="clinicalStatus")
def ait_2(node: Node, _: Surroundings) -> bool:
    return not coded(node.get("verificationStatus"), _ALLERGY_STATUS, "entered-in-error")


@invariant("con-1")
def con_1(node: Node, _: Surroundings) -> bool:
    return "summary" in node or "assessment" in node


@invariant("con-2")
def con_2(node: Node, _: Surroundings) -> bool:
    return "code" in node or "detail" in node


@invariant("con-3", when="category")
def con_3(node: Node, _: Surroundings) -> bool:
    listed = any(
        coded(each, f"{_TERMINOLOGY}condition-category", "problem-list-item") for each in node["category"]
    )
    return (
        not listed
        or "clinicalStatus" in node
        or coded(node.get("verificationStatus"), _CONDITION_STATUS, "entered-in-error")
    )


@invariant("con-4")
def con_4(node: Node, _: Surroundings) -> bool:
    return not chooses(node, "abatement") or coded(
        node.get("clinicalStatus"), f"{_TERMINOLOGY}condition-clinical", "resolved", "remission", "inactive"
    )


@invariant("con-5", when="clinicalStatus")
def con_5(node: Node, _: Surroundings) -> bool:
    return not coded(node.get("verificationStatus"), _CONDITION_STATUS, "entered-in-error")


@invariant("ppc-1")
def ppc_1(node: Node, _: Surroundings) -> bool:
    return "policy" in node or "policyRule" in node


@invariant("ppc-2", "ppc-3", "ppc-4", "ppc-5")
def ppc_2(node: Node, _: Surroundings) -> bool:
    # HL7's expressions ask for the system `something`, so they hold of every consent that was ever written. They are
    # kept as they are: a reader of the official rules must not be refused by us.
    scopes = ("patient-privacy", "research", "adr", "treatment")
    return "patient" in node or not coded(node.get("scope"), "something", *scopes)


@invariant("obs-3")
def obs_3(node: Node, _: Surroundings) -> bool:
    return "low" in node or "high" in node or has(node, "text")


@invariant("obs-6", when="dataAbsentReason")
def obs_6(node: Node, _: Surroundings) -> bool:
    return not chooses(node, "value")


@invariant("obs-7", when="component")
def obs_7(node: Node, _: Surroundings) -> bool:
    if not chooses(node, "value"):
        return True
    codings = node.get("code", {}).get("coding", [])
    return not any(
        coding in codings for each in node["component"] for coding in each.get("code", {}).get("coding", ())
    )


@invariant("pat-1")
def pat_1(node: Node, _: Surroundings) -> bool:
    return any(key in node for key in ("name", "telecom", "address", "organization"))


@invariant("org-1")
def org_1(node: Node, _: Surroundings) -> bool:
    return "identifier" in node or has(node, "name")


@invariant("org-2", "org-3")
def org_2(node: Node, _: Surroundings) -> bool:
    return node.get("use") != "home"


@invariant("cpl-3", when="detail")
def cpl_3(node: Node, _: Surroundings) -> bool:
    return "reference" not in node


@invariant("rqg-1")
def rqg_1(node: Node, _: Surroundings) -> bool:
    return ("resource" in node) != ("action" in node)


@invariant("gol-1")
def gol_1(node: Node, _: Surroundings) -> bool:
    return "measure" in node or not chooses(node, "detail")


@invariant("mad-1")
def mad_1(node: Node, _: Surroundings) -> bool:
    return "dose" in node or chooses(node, "rate")


@invariant("prr-1", when="orderDetail")
def prr_1(node: Node, _: Surroundings) -> bool:
    return "code" in node


@invariant("inv-1", when="lastModified")
def inv_1(node: Node, _: Surroundings) -> bool:
    return (
        not has(node, "authoredOn")
        or no_later_than(node.get("authoredOn"), node["lastModified"]) is not False
    )


@invariant("inv-1/Parameters")
def inv_1_of_parameters(node: Node, _: Surroundings) -> bool:
    return ("part" in node) + chooses(node, "value") + ("resource" in node) == 1


@invariant("sev-1", when="query")
def sev_1(node: Node, _: Surroundings) -> bool:
    return not has(node, "name")


@invariant("cmp-1")
def cmp_1(node: Node, _: Surroundings) -> bool:
    return "text" in node or "entry" in node or "section" in node


@invariant("cmp-2", when="emptyReason")
def cmp_2(node: Node, _: Surroundings) -> bool:
    return "entry" not in node


@invariant("imm-1")
def imm_1(node: Node, _: Surroundings) -> bool:
    return has(node, "documentType") or has(node, "reference")


@invariant("fhs-1")
def fhs_1(node: Node, _: Surroundings) -> bool:
    return not (chooses(node, "age") and chooses(node, "born"))


@invariant("fhs-2", when="estimatedAge")
def fhs_2(node: Node, _: Surroundings) -> bool:
    return chooses(node, "age")


@invariant("ctm-1", when="onBehalfOf")
def ctm_1(node: Node, _: Surroundings) -> bool:
    # What a member is can be known where the reference says it; HL7's expression lets pass what cannot be resolved.
    member = node.get("member", {})
    kind = member.get("type") or (pointed_type(member.get("reference", ""), {}, None) or "")
    return kind in ("", "Practitioner")


@invariant("ras-1")
def ras_1(node: Any, _: Surroundings) -> bool:
    if not isinstance(node, dict):
        return True
    ends = [end for end in (cast("Node", node).get("low"), cast("Node", node).get("high")) if end is not None]
    return all(end.get("code") == "%" and end.get("system") == UCUM for end in ends)


@invariant("ras-2", when="probabilityDecimal")
def ras_2(node: Node, _: Surroundings) -> bool:
    return node["probabilityDecimal"] <= 100
