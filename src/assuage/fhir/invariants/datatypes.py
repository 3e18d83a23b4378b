"""The invariants of the data types."""

from __future__ import annotations

from assuage.fhir.invariants.moments import no_later_than
from assuage.fhir.invariants.registry import Node, Surroundings, chooses, has, invariant
from assuage.fhir.narrative import is_basic_html, says_something

UCUM = "http://unitsofmeasure.org"


@invariant("ext-1")
def ext_1(node: Node, _: Surroundings) -> bool:
    return ("extension" in node) != chooses(node, "value")


@invariant("ref-1", when="reference")
def ref_1(node: Node, around: Surroundings) -> bool:
    reference = node["reference"]
    return reference[:1] != "#" or reference == "#" or reference[1:] in around.contained


@invariant("per-1", when="start")
def per_1(node: Node, _: Surroundings) -> bool:
    # Unless it is true it is broken, HL7's validator says: also where `2026-03-01` ends at an hour of that day.
    return not has(node, "end") or no_later_than(node["start"], node.get("end")) is True


@invariant("rng-2", when="low")
def rng_2(node: Node, _: Surroundings) -> bool:
    low, high = node["low"], node.get("high")
    if high is None or "value" not in low or "value" not in high:
        return True
    units = [(each.get("system"), each.get("code") or each.get("unit")) for each in (low, high)]
    return units[0] != units[1] or low["value"] <= high["value"]


@invariant("qty-3", when="code")
def qty_3(node: Node, _: Surroundings) -> bool:
    return has(node, "system")


@invariant("sqty-1", when="comparator")
def sqty_1(_node: Node, _: Surroundings) -> bool:
    return False


@invariant("rat-1")
def rat_1(node: Node, _: Surroundings) -> bool:
    top, bottom = "numerator" in node, "denominator" in node
    return top == bottom and (top or "extension" in node)


def _of_ucum(node: Node) -> bool:
    return has(node, "code") >= has(node, "value") and node.get("system", UCUM) == UCUM


@invariant("age-1")
def age_1(node: Node, _: Surroundings) -> bool:
    return _of_ucum(node) and ("value" not in node or node["value"] > 0)


@invariant("dis-1")
def dis_1(node: Node, _: Surroundings) -> bool:
    return _of_ucum(node)


@invariant("cnt-3")
def cnt_3(node: Node, _: Surroundings) -> bool:
    whole = "value" not in node or type(node["value"]) is int
    return _of_ucum(node) and node.get("code", "1") == "1" and whole


@invariant("drt-1", when="code")
def drt_1(node: Node, _: Surroundings) -> bool:
    return node.get("system") == UCUM and has(node, "value")


@invariant("att-1", when="data")
def att_1(node: Node, _: Surroundings) -> bool:
    return has(node, "contentType")


@invariant("cpt-2", when="value")
def cpt_2(node: Node, _: Surroundings) -> bool:
    return has(node, "system")


@invariant("exp-1")
def exp_1(node: Node, _: Surroundings) -> bool:
    return has(node, "expression") or has(node, "reference")


@invariant("tim-1", when="duration")
def tim_1(node: Node, _: Surroundings) -> bool:
    return has(node, "durationUnit")


@invariant("tim-2", when="period")
def tim_2(node: Node, _: Surroundings) -> bool:
    return has(node, "periodUnit")


@invariant("tim-4", when="duration")
def tim_4(node: Node, _: Surroundings) -> bool:
    return node["duration"] >= 0


@invariant("tim-5", when="period")
def tim_5(node: Node, _: Surroundings) -> bool:
    return node["period"] >= 0


@invariant("tim-6", when="periodMax")
def tim_6(node: Node, _: Surroundings) -> bool:
    return has(node, "period")


@invariant("tim-7", when="durationMax")
def tim_7(node: Node, _: Surroundings) -> bool:
    return has(node, "duration")


@invariant("tim-8", when="countMax")
def tim_8(node: Node, _: Surroundings) -> bool:
    return has(node, "count")


@invariant("tim-9", when="offset")
def tim_9(node: Node, _: Surroundings) -> bool:
    # With the meals themselves an offset means nothing: it is said before or after one.
    return bool(node.get("when")) and not any(when in ("C", "CM", "CD", "CV") for when in node["when"])


@invariant("tim-10", when="timeOfDay")
def tim_10(node: Node, _: Surroundings) -> bool:
    return "when" not in node


@invariant("trd-1", when="data")
def trd_1(node: Node, _: Surroundings) -> bool:
    return not chooses(node, "timing")


@invariant("trd-2", when="condition")
def trd_2(node: Node, _: Surroundings) -> bool:
    return "data" in node


@invariant("trd-3", when="type")
def trd_3(node: Node, _: Surroundings) -> bool:
    match node["type"]:
        case "named-event":
            return has(node, "name")
        case "periodic":
            return chooses(node, "timing")
        case str() as word if word.startswith("data-"):
            return "data" in node
        case _:
            return True


@invariant("drq-1", "drq-2")
def drq_1(node: Node, _: Surroundings) -> bool:
    return has(node, "path") != has(node, "searchParam")


@invariant("txt-1")
def txt_1(div: str, _: Surroundings) -> bool:
    return is_basic_html(div)


@invariant("txt-2")
def txt_2(div: str, _: Surroundings) -> bool:
    return says_something(div)
