"""The invariants of bundles."""

from __future__ import annotations

from assuage.fhir.invariants.registry import Node, Surroundings, all_different, has, invariant

_ASKED = ("batch", "transaction", "history")
_ANSWERED = ("batch-response", "transaction-response", "history")


@invariant("bdl-1", when="total")
def bdl_1(node: Node, _: Surroundings) -> bool:
    return node.get("type") in ("searchset", "history")


@invariant("bdl-2", when="entry")
def bdl_2(node: Node, _: Surroundings) -> bool:
    return node.get("type") == "searchset" or not any("search" in each for each in node["entry"])


@invariant("bdl-3", when="entry")
def bdl_3(node: Node, _: Surroundings) -> bool:
    wanted = node.get("type") in _ASKED
    return all(("request" in each) == wanted for each in node["entry"])


@invariant("bdl-4", when="entry")
def bdl_4(node: Node, _: Surroundings) -> bool:
    wanted = node.get("type") in _ANSWERED
    return all(("response" in each) == wanted for each in node["entry"])


@invariant("bdl-5")
def bdl_5(node: Node, _: Surroundings) -> bool:
    return "resource" in node or "request" in node or "response" in node


@invariant("bdl-7", when="entry")
def bdl_7(node: Node, _: Surroundings) -> bool:
    return node.get("type") == "history" or all_different(
        (each["fullUrl"], each.get("resource", {}).get("meta", {}).get("versionId"))
        for each in node["entry"]
        if "fullUrl" in each
    )


@invariant("bdl-8", when="fullUrl")
def bdl_8(node: Node, _: Surroundings) -> bool:
    return "/_history/" not in node["fullUrl"]


@invariant("bdl-9")
def bdl_9(node: Node, _: Surroundings) -> bool:
    identifier = node.get("identifier", {})
    return node.get("type") != "document" or (has(identifier, "system") and has(identifier, "value"))


@invariant("bdl-10")
def bdl_10(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "document" or "timestamp" in node


@invariant("bdl-11")
def bdl_11(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "document" or _first(node) == "Composition"


@invariant("bdl-12")
def bdl_12(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "message" or _first(node) == "MessageHeader"


def _first(node: Node) -> object:
    entries = node.get("entry")
    return entries[0].get("resource", {}).get("resourceType") if entries else None
