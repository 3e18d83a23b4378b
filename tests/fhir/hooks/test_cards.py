"""Cards say what the review says: what stops first and together, three of a patient at the most, nothing unknown."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.catalogue.message import message
from assuage.fhir.hooks.card import (
    DetailLine,
    HookCard,
    Saying,
    card_uuid,
    escaped,
    hook_card_to_json,
    summary_of,
)
from assuage.fhir.hooks.check import checked_hook
from assuage.fhir.hooks.drafts import drafts_of, selected
from assuage.fhir.hooks.orders import order_cards
from assuage.fhir.hooks.patient_view import patient_view_cards
from assuage.record.read import parse_record
from assuage.review.standing import Standing, standing
from assuage.words.speak import catalogue
from tests.universe import PATIENTS

Plain = dict[str, Any]
SAID = Saying(catalogue("en"), patient="ana", hook="patient-view")

ENTER: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}
TIZANIDINE: Plain = {"day": 0, "kind": "medication", "drug": "tizanidine", "do": "start"}
NUMB: Plain = {"day": 5, "kind": "symptom", "what": "numbness", "site": "occiput", "state": "new"}
CONSENT: Plain = {"day": 0, "kind": "consent", "for": "mesotherapy", "state": "given", "by": "patient"}


def here(*entries: Plain, on: int = 10, follows: str | None = "neck-first") -> Standing:
    who = {"id": "p", "sex": "female", "age": 48}
    whole = {"format": "assuage-record/2", "patient": who, "pathway": follows, "entries": [*entries]}
    return standing(parse_record(whole), on=on)


def order(text: str, kind: str = "MedicationRequest", **more: Any) -> Plain:
    key = "code" if kind == "ServiceRequest" else "medicationCodeableConcept"
    return {"resourceType": kind, "id": "1", "status": "draft", key: {"text": text}, **more}


def service(text: str, **more: Any) -> Plain:
    return order(text, "ServiceRequest", **more)


def bundle(*orders: Plain) -> Plain:
    return {"entry": [{"resource": each | {"id": str(at)}} for at, each in enumerate(orders, 1)]}


def cards_of(at: Standing, *orders: Plain, prescribed: tuple[Plain, ...] = ()) -> tuple[HookCard, ...]:
    return order_cards(
        at, drafts_of(bundle(*orders), "ana"), prescribed=drafts_of(bundle(*prescribed), "ana")
    )


def told(cards: tuple[HookCard, ...]) -> list[tuple[str, str]]:
    return [(card.about, card.indicator) for card in cards]


def detail(cards: tuple[HookCard, ...], about: str) -> str:
    return "\n".join(hook_card_to_json(card, SAID)["detail"] for card in cards if card.about == about)


# --- patient-view -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "cards"),
    [
        (here(ENTER), [("where", "info"), ("ask", "info")]),
        (here(ENTER, NUMB), [("stop", "critical"), ("where", "info"), ("ask", "info")]),
        (here(NUMB, follows=None), [("stop", "critical"), ("where", "info")]),
        (here(ENTER, TIZANIDINE, TIZANIDINE | {"drug": "ciprofloxacin"}),
         [("stop", "critical"), ("where", "info"), ("ask", "info")]),
    ],
)  # fmt: skip
def test_a_patient_has_these_cards(at: Standing, cards: list[tuple[str, str]]):
    assert told(patient_view_cards(at)) == cards


@pytest.mark.parametrize("name", PATIENTS)
@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_patient_has_valid_cards_three_at_the_most(name: str, language: str):
    said = Saying(
        catalogue(language), patient=name, hook="patient-view", page="https://assuage.example/launch"
    )
    cards = [hook_card_to_json(card, said) for card in patient_view_cards(standing(PATIENTS[name]()))]
    issues = checked_hook({"cards": cards}).issues
    assert (1 <= len(cards) <= 3, [each.what.id for each in issues]) == (True, [])


def test_all_that_stops_is_on_the_first_card_and_only_that_is_critical():
    at = here(
        ENTER, NUMB, TIZANIDINE, {"day": 3, "kind": "medication", "drug": "ciprofloxacin", "do": "start"}
    )
    cards = patient_view_cards(at)
    stops = {alert.cause for alert in at.alerts if alert.tier == "stop"}
    assert (set(cards[0].causes), [card.indicator == "critical" for card in cards[1:]]) == (
        stops,
        [False, False],
    )


def test_what_was_gone_past_is_counted_and_what_stops_is_told_all_the_same():
    at = here(ENTER, NUMB)
    causes = frozenset(cause for card in patient_view_cards(at) for cause in card.causes)
    assert told(patient_view_cards(at, overridden=causes)) == [("stop", "critical"), ("where", "info")]


# --- orders -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "ordered", "cards"),
    [
        (here(ENTER, TIZANIDINE), order("ciprofloxacin 500 mg"), [("stop", "critical"), ("order", "warning")]),
        (here(ENTER, TIZANIDINE), order("x", medicationCodeableConcept={
            "coding": [{"system": "http://www.whocc.no/atc", "code": "J01MA02"}]}),
         [("stop", "critical"), ("order", "warning")]),
        (here(ENTER), service("deep tissue massage"), [("order", "warning")]),
        (here(ENTER), service("gilusis masažas"), [("order", "warning")]),
        (here(ENTER), service("massage", orderDetail=[{"text": "deep pressure"}]), [("order", "warning")]),
        (here(ENTER), service("massage"), [("order", "warning")]),
        (here(ENTER), service("mesotherapy"), [("stop", "critical"), ("order", "warning")]),
        (here(ENTER), service("acupuncture"), [("order", "warning")]),
        (here(ENTER, CONSENT), service("mesotherapy"), [("order", "warning")]),
        (here(ENTER), order("foozumab"), [("not-checked", "warning")]),
        (here(ENTER), service("full blood count"), [("not-checked", "info")]),
        (here(ENTER), order("", "NutritionOrder"), [("not-checked", "info")]),
        (here(ENTER), order("tizanidine", subject={"reference": "Patient/ben"}), [("not-checked", "warning")]),
        (here(ENTER), order("tizanidine", status="cancelled"), []),
        (here(ENTER), order("tizanidine", doNotPerform=True), []),
        (here(ENTER), order("tizanidine", medicationCodeableConcept={
            "text": "tizanidine", "coding": [{"system": "http://www.whocc.no/atc", "code": "J01MA02"}]}),
         [("not-checked", "warning")]),
    ],
)  # fmt: skip
def test_an_order_has_these_cards(at: Standing, ordered: Plain, cards: list[tuple[str, str]]):
    assert told(cards_of(at, ordered)) == cards


def test_two_orders_of_one_moment_are_held_against_each_other():
    assert told(cards_of(here(ENTER), order("tizanidine"), order("ciprofloxacin")))[0] == ("stop", "critical")


def test_what_was_prescribed_and_nobody_says_is_taken_asks_and_does_not_stop():
    cards = cards_of(here(ENTER), order("ciprofloxacin"), prescribed=(order("tizanidine"),))
    assert ("stop", "critical") not in told(cards)
    assert "if what was prescribed is taken" in detail(cards, "order")


def test_only_what_was_selected_is_asked_about():
    drafts = drafts_of(bundle(order("tizanidine"), order("paracetamol")), "ana")
    chosen, beside = selected(drafts, ["MedicationRequest/2"])
    assert [[each.reference for each in some] for some in (chosen, beside)] == [
        ["MedicationRequest/2"],
        ["MedicationRequest/1"],
    ]


def test_an_order_that_stops_can_be_taken_back():
    card = hook_card_to_json(cards_of(here(ENTER, TIZANIDINE), order("ciprofloxacin"))[0], SAID)
    actions = [action for each in card["suggestions"] for action in each["actions"]]
    assert [(each["type"], each["resourceId"]) for each in actions] == [("delete", "MedicationRequest/1")]


def test_edition_3_says_that_the_actions_of_a_suggestion_belong_together():
    card = cards_of(here(ENTER, TIZANIDINE), order("ciprofloxacin"))[0]
    newer = hook_card_to_json(card, replace(SAID, edition="3.0"))["suggestions"]
    older = hook_card_to_json(card, SAID)["suggestions"]
    assert newer == [each | {"actionSelectionBehavior": "all"} for each in older] != []


def test_what_somebody_refused_is_against_the_order():
    refused = CONSENT | {"for": "tizanidine", "state": "refused"}
    assert "against it: consent to tizanidine refused" in detail(
        cards_of(here(ENTER, refused), order("tizanidine")), "order"
    )


@pytest.mark.parametrize(
    ("dosage", "doses"),
    [
        ({"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}, "2 mg 2 times a day"),
        ({"timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}}, "2 mg every 8 hours"),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}, "2 mg once a day"),
        ({"timing": {"repeat": {"when": ["HS"]}}}, "2 mg at night"),
        ({"timing": {"repeat": {"frequency": 1, "frequencyMax": 3, "period": 1, "periodUnit": "d"}}}, None),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "asNeededBoolean": True}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_dose_is_read_where_it_is_one_amount_at_one_frequency(dosage: Plain, doses: str | None):
    amount = {"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "mg"}}]}
    draft = drafts_of(bundle(order("tizanidine", dosageInstruction=[amount | dosage])), "ana")[0]
    assert draft.order is not None
    assert [str(dose) for line in draft.order.lines for dose in line.doses] == ([doses] if doses else [])


# --- a card -----------------------------------------------------------------------------------------


def test_a_card_keeps_its_uuid_in_another_language_and_at_another_call():
    card = patient_view_cards(here(ENTER, NUMB))[0]
    other = patient_view_cards(here(ENTER, NUMB, on=11))[0]
    lithuanian = Saying(catalogue("lt"), patient="ana", hook="patient-view")
    assert card_uuid(card, SAID) == card_uuid(other, lithuanian)


def test_a_card_that_means_something_else_has_another_uuid():
    one, other = here(ENTER, NUMB), here(ENTER, NUMB, TIZANIDINE, TIZANIDINE | {"drug": "ciprofloxacin"})
    assert card_uuid(patient_view_cards(one)[0], SAID) != card_uuid(patient_view_cards(other)[0], SAID)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <b>x</b>", "[see](http://evil.example) ![p](http://evil.example/p.png)",
        "**strong** _weak_ `code` ~~gone~~ # no | table", "1. one", "- one", "+ one", "> quoted",
        "http://evil.example www.evil.example a@evil.example", "line\none\r\n# two", "\\* \\[x\\]", "&lt;b&gt;",
    ],
)  # fmt: skip
def test_what_a_person_wrote_stays_text(text: str):
    card = HookCard("ask", "info", message("where.outside"), (DetailLine(text),))
    reader = MarkdownIt("gfm-like")
    tokens = reader.parse(hook_card_to_json(card, SAID)["detail"])
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert ["".join(each.content for each in inline), {each.type for each in inline}] == [
        " ".join(text.split()),
        {"text"},
    ]


def test_a_long_summary_is_cut_between_words():
    assert (len(summary_of("word " * 60)) < 140, summary_of("word " * 60)[-5:], summary_of("short")) == (
        True,
        "word…",
        "short",
    )


def test_a_list_of_numbers_at_the_start_is_no_list():
    assert escaped("12. of May") == "12\\. of May"
