"""The invariants of questionnaires and of answers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.fhir.invariants.registry import Node, Surroundings, all_different, has, invariant

_COMPUTABLE = re.compile("[A-Z][A-Za-z0-9_]{0,254}")
_WITH_LENGTH = ("boolean", "decimal", "integer", "string", "text", "url", "open-choice")
_WITH_OPTIONS = (
    "choice", "open-choice", "decimal", "integer", "date", "dateTime", "time", "string", "quantity",
)  # fmt: skip


@invariant("que-1")
def que_1(node: Node, _: Surroundings) -> bool:
    match node.get("type"):
        case "group":
            return "item" in node
        case "display":
            return "item" not in node
        case _:
            return True


@invariant("que-2", when="item")
def que_2(node: Node, _: Surroundings) -> bool:
    return all_different(_link_ids(node))


def _link_ids(node: Node) -> Iterator[object]:
    waiting = list(node["item"])
    while waiting:
        item = waiting.pop()
        if "linkId" in item:
            yield item["linkId"]
        waiting.extend(item.get("item", ()))


@invariant("que-3", when="code")
def que_3(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "display"


@invariant("que-4", when="answerOption")
def que_4(node: Node, _: Surroundings) -> bool:
    return not has(node, "answerValueSet")


@invariant("que-5")
def que_5(node: Node, _: Surroundings) -> bool:
    return node.get("type") in _WITH_OPTIONS or not (has(node, "answerValueSet") or "answerOption" in node)


@invariant("que-6")
def que_6(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "display" or not (has(node, "required") or has(node, "repeats"))


@invariant("que-7", when="operator")
def que_7(node: Node, _: Surroundings) -> bool:
    return node["operator"] != "exists" or "answerBoolean" in node


@invariant("que-8", when="initial")
def que_8(node: Node, _: Surroundings) -> bool:
    return node.get("type") not in ("group", "display")


@invariant("que-9", when="readOnly")
def que_9(node: Node, _: Surroundings) -> bool:
    return node.get("type") != "display"


@invariant("que-10", when="maxLength")
def que_10(node: Node, _: Surroundings) -> bool:
    return node.get("type") in _WITH_LENGTH


@invariant("que-11", when="answerOption")
def que_11(node: Node, _: Surroundings) -> bool:
    return "initial" not in node


@invariant("que-12", when="enableWhen")
def que_12(node: Node, _: Surroundings) -> bool:
    # HL7's expression has `> 2`; its text, its later versions and its validator say: more than one.
    return len(node["enableWhen"]) <= 1 or has(node, "enableBehavior")


@invariant("que-13", when="initial")
def que_13(node: Node, _: Surroundings) -> bool:
    return node.get("repeats") is True or len(node["initial"]) <= 1


@invariant("qrs-1", when="answer")
def qrs_1(node: Node, _: Surroundings) -> bool:
    return "item" not in node


@invariant("que-0", "adf-0", "cmd-0", "cpb-0", "csd-0", "lib-0", "pdf-0", when="name")
def que_0(node: Node, _: Surroundings) -> bool:
    name = node["name"]
    return (
        len(name) <= 255
        and name[:1].isalpha()
        and name[:1].isupper()
        and name.isascii()
        and name.replace("_", "").isalnum()
    )
