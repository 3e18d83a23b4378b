"""The invariants of what describes systems and codes: code systems, concept maps, statements of capability."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.fhir.invariants.registry import Node, Surroundings, all_different, has, invariant


@invariant("csd-1", when="concept")
def csd_1(node: Node, _: Surroundings) -> bool:
    return all_different(_codes(node))


def _codes(node: Node) -> Iterator[object]:
    waiting = list(node["concept"])
    while waiting:
        concept = waiting.pop()
        if "code" in concept:
            yield concept["code"]
        waiting.extend(concept.get("concept", ()))


@invariant("cmd-1", when="equivalence")
def cmd_1(node: Node, _: Surroundings) -> bool:
    return node["equivalence"] not in ("narrower", "inexact") or has(node, "comment")


@invariant("cmd-2", when="mode")
def cmd_2(node: Node, _: Surroundings) -> bool:
    return node["mode"] != "fixed" or has(node, "code")


@invariant("cmd-3", when="mode")
def cmd_3(node: Node, _: Surroundings) -> bool:
    return node["mode"] != "other-map" or has(node, "url")


@invariant("cpb-1")
def cpb_1(node: Node, _: Surroundings) -> bool:
    return "rest" in node or "messaging" in node or "document" in node


@invariant("cpb-2")
def cpb_2(node: Node, _: Surroundings) -> bool:
    return has(node, "description") or "software" in node or "implementation" in node


@invariant("cpb-3", when="messaging")
def cpb_3(node: Node, _: Surroundings) -> bool:
    return node.get("kind") == "instance" or not any("endpoint" in each for each in node["messaging"])


@invariant("cpb-7", when="document")
def cpb_7(node: Node, _: Surroundings) -> bool:
    return all_different((each.get("profile"), each.get("mode")) for each in node["document"])


@invariant("cpb-9", when="resource")
def cpb_9(node: Node, _: Surroundings) -> bool:
    return all_different(each.get("type") for each in node["resource"])


@invariant("cpb-12", when="searchParam")
def cpb_12(node: Node, _: Surroundings) -> bool:
    return all_different(each.get("name") for each in node["searchParam"])


@invariant("cpb-14", when="kind")
def cpb_14(node: Node, _: Surroundings) -> bool:
    return node["kind"] != "instance" or "implementation" in node


@invariant("cpb-15", when="kind")
def cpb_15(node: Node, _: Surroundings) -> bool:
    return node["kind"] != "capability" or ("implementation" not in node and "software" in node)


@invariant("cpb-16", when="kind")
def cpb_16(node: Node, _: Surroundings) -> bool:
    return node["kind"] != "requirements" or ("implementation" not in node and "software" not in node)
