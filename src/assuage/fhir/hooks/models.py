"""The logical models of CDS Hooks as tables: what each object may hold, how often, of which type, and what it obeys.

Written anew after the models of HL7/cds-hooks (input/fsh/logicals). `must` and `many` are 1.. and ..*; a `soft` rule is
one that the text of the specification has and the models lack, or the other way round: it warns.
"""

from __future__ import annotations

from msgspec import Struct

# What is neither a primitive nor an object of the table below.
EXTENSION, RESOURCE, CODING, UUID = "(extension)", "(resource)", "(coding)", "(uuid)"
PREFETCH, TEMPLATES, CONTEXT = "(prefetch)", "(templates)", "(context)"


class Key(Struct, frozen=True):
    """A key of an object: the type of its value (a primitive of FHIR, an object of this table, one of those above)."""

    type: str
    must: bool = False
    many: bool = False
    codes: tuple[str, ...] = ()
    soft: bool = False


class Model(Struct, frozen=True):
    """An object: its keys, and the ids of what it obeys."""

    keys: dict[str, Key]
    obeys: tuple[str, ...] = ()


REQUEST, RESPONSE, SERVICES, FEEDBACK = (
    "CDSHooksRequest", "CDSHooksResponse", "CDSHooksServices", "CDSHooksFeedback",
)  # fmt: skip
# What tells the four documents apart: a key that no other has.
TOLD_BY = {"hook": REQUEST, "hookInstance": REQUEST, "cards": RESPONSE, "systemActions": RESPONSE,
           "services": SERVICES, "feedback": FEEDBACK}  # fmt: skip

INDICATORS = ("info", "warning", "critical")
_ACTIONS = ("create", "update", "delete")
_MOST_SUMMARY = 140  # letters; a summary has fewer

_WHO = {"userId": Key("url", must=True), "patientId": Key("id", must=True), "encounterId": Key("id")}
_DRAFTS = {**_WHO, "draftOrders": Key(RESOURCE, must=True)}
_EXTENSION = {"extension": Key(EXTENSION)}
# Appointments and dispatched orders have contexts too; no service of ours is called for them.
CONTEXTS: dict[str, Model] = {
    "patient-view": Model(_WHO),
    "order-sign": Model(_DRAFTS),
    # The text of the hook wants selections; the model allows none.
    "order-select": Model({**_DRAFTS, "selections": Key("uri", must=True, many=True, soft=True)}, ("ord-1",)),
}

MODELS: dict[str, Model] = {
    REQUEST: Model(
        {
            "hook": Key("string", must=True),
            "hookInstance": Key(UUID, must=True),
            "fhirServer": Key("url"),
            "fhirAuthorization": Key("authorization"),
            "context": Key(CONTEXT, must=True),
            "prefetch": Key(PREFETCH),
            **_EXTENSION,
        },
        ("cds-r-1",),
    ),
    "authorization": Model(
        {
            "access_token": Key("string", must=True),
            "token_type": Key("code", must=True, codes=("Bearer",)),
            "expires_in": Key("integer", must=True),
            "scope": Key("string", must=True),
            "subject": Key("string", must=True),
            "patient": Key("id"),
            **_EXTENSION,
        },
        ("cds-r-2",),
    ),
    RESPONSE: Model(
        {
            "cards": Key("card", must=True, many=True),
            "systemActions": Key("action", many=True),
            **_EXTENSION,
        }
    ),
    "card": Model(
        {
            "uuid": Key(UUID),
            "summary": Key("string", must=True),
            "detail": Key("markdown"),
            "indicator": Key("code", must=True, codes=INDICATORS),
            "source": Key("source", must=True),
            "suggestions": Key("suggestion", many=True),
            "selectionBehavior": Key("code", codes=("at-most-one", "any")),
            "overrideReasons": Key(CODING, many=True),
            "links": Key("link", many=True),
            **_EXTENSION,
        },
        ("cds-resp-1", "cds-resp-4", "cds-resp-6"),
    ),
    "source": Model(
        {
            "label": Key("string", must=True),
            "url": Key("url"),
            "icon": Key("url"),
            "topic": Key(CODING),
            **_EXTENSION,
        }
    ),
    "suggestion": Model(
        {
            "label": Key("string", must=True),
            "uuid": Key(UUID),
            "isRecommended": Key("boolean"),
            "actions": Key("action", many=True),
            "actionSelectionBehavior": Key("code"),
            **_EXTENSION,
        },
        ("cds-resp-5", "cds-resp-7"),
    ),
    "action": Model(
        {
            "type": Key("code", must=True, codes=_ACTIONS),
            "description": Key("string"),
            "resource": Key(RESOURCE),
            "resourceId": Key("url"),
            **_EXTENSION,
        },
        ("cds-resp-2",),
    ),
    "link": Model(
        {
            "label": Key("string", must=True),
            "url": Key("url", must=True),
            # Version 2.0 wants it, and a published response that is right has none.
            "type": Key("code", must=True, codes=("absolute", "smart"), soft=True),
            "appContext": Key("string"),
            "autolaunchable": Key("boolean"),
            **_EXTENSION,
        },
        ("cds-resp-3",),
    ),
    SERVICES: Model({"services": Key("service", must=True, many=True), **_EXTENSION}),
    "service": Model(
        {
            "hook": Key("string", must=True),
            "title": Key("string"),
            "id": Key("code", must=True),
            "description": Key("string", must=True),
            "usageRequirements": Key("string"),
            "prefetch": Key(TEMPLATES),
            **_EXTENSION,
        }
    ),
    FEEDBACK: Model({"feedback": Key("outcome", must=True, many=True), **_EXTENSION}),
    "outcome": Model(
        {
            "card": Key(UUID, must=True),
            "outcome": Key("code", must=True),
            "acceptedSuggestions": Key("accepted", many=True),
            "overrideReason": Key("override"),
            "outcomeTimestamp": Key("instant", must=True),
            **_EXTENSION,
        },
        ("cds-fb-1", "cds-fb-2"),
    ),
    "accepted": Model({"id": Key(UUID, must=True), **_EXTENSION}),
    "override": Model({"reason": Key(CODING), "userComment": Key("string"), **_EXTENSION}, ("cds-fb-3",)),
}
# An empty list is an answer here: no card, no service, nobody said anything.
MAY_BE_EMPTY = frozenset({"cards", "services", "feedback", "selections"})


def too_long(summary: str) -> bool:
    """Whether a summary of a card has as many letters as none may have."""
    return len(summary) >= _MOST_SUMMARY
