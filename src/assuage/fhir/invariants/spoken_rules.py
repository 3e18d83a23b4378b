"""What the specification asks in words, without an invariant; the ids are ours."""

from __future__ import annotations

import re

from assuage.fhir.invariants.registry import Node, Surroundings, all_different, spoken

_BLANKS = re.compile(r"\s+")


@spoken(
    "Attachment", "attachment-size", "The size SHALL be that of the data, in bytes before base64", when="size"
)
def attachment_size(node: Node, _: Surroundings) -> bool:
    if "data" not in node:
        return True
    data = _BLANKS.sub("", node["data"])
    return len(data) * 3 // 4 - data[-2:].count("=") == node["size"]


@spoken(
    "CodeSystem", "supplement-content", "A supplement SHALL have the content 'supplement'", when="supplements"
)
def supplement_content(node: Node, _: Surroundings) -> bool:
    return node.get("content") == "supplement"


@spoken("CodeSystem", "property-once", "A property SHALL be declared once", when="property")
def property_once(node: Node, _: Surroundings) -> bool:
    return all_different(each.get("code") for each in node["property"])


@spoken("Extension", "extension-version", "The URL of an extension SHALL NOT have a version", when="url")
def extension_version(node: Node, _: Surroundings) -> bool:
    return "|" not in node["url"]
