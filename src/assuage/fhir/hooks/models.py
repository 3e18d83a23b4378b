"""The logical models of CDS Hooks as tables: what each object may hold, how often, of which type, and what it obeys.

Written anew after the models of HL7/cds-hooks (input/fsh/logicals). `must` and `many` are 1.. and ..*; a `soft` rule is
one that the text of the specification has and the models lack, or the other way round: it warns.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

# What is neither a primitive nor an object of the table below.
EXTENSION, RESOURCE, CODING, UUID = "(extension)", "(resource)", "(coding)", "(uuid)"
PREFETCH, TEMPLATES, CONTEXT = "(prefetch)", "(templates)", "(context)"


class ModelKey(Struct, frozen=True):
    """A key of an object: the type of its value (a primitive of FHIR, an object of this table, one of those above)."""

    type: str
    must: bool = False
    many: bool = False
    codes: tuple[str, ...] = ()
    soft: bool = False


class Model(Struct, frozen=True):
    """An object: its keys, and the ids of what it obeys."""

    keys: dict[str, ModelKey]
    obeys: tuple[str, ...] = ()


REQUEST, RESPONSE, SERVICES, FEEDBACK = (
    "CDSHooksRequest", "CDSHooksResponse", "CDSHooksServices", "CDSHooksFeedback",
)  # fmt: skip
# What tells the four documents apart: a key that no other has.
TOLD_BY = {"hook": REQUEST, "hookInstance": REQUEST, "cards": RESPONSE, "systemActions": RESPONSE,
           "services": SERVICES, "feedback": FEEDBACK}  # fmt: skip

# The editions of CDS Hooks that we speak, and what each calls itself in the list of services (from 3.0 on).
Edition = Literal["2.0", "3.0"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)
VERSION_SAID: dict[Edition, str] = {"2.0": "STU2", "3.0": "STU3"}

INDICATORS = ("info", "warning", "critical")
_ACTIONS = ("create", "update", "delete")
LONGEST_SUMMARY = 140  # letters; a summary has fewer

_WHO = {
    "userId": ModelKey("url", must=True),
    "patientId": ModelKey("id", must=True),
    "encounterId": ModelKey("id"),
}
_DRAFTS = {**_WHO, "draftOrders": ModelKey(RESOURCE, must=True)}
_EXTENSION = {"extension": ModelKey(EXTENSION)}
# Appointments and dispatched orders have contexts too; no service of ours is called for them.
CONTEXTS: dict[str, Model] = {
    "patient-view": Model(_WHO),
    "order-sign": Model(_DRAFTS),
    # The text of the hook wants selections; the model allows none.
    "order-select": Model(
        {**_DRAFTS, "selections": ModelKey("uri", must=True, many=True, soft=True)}, ("ord-1",)
    ),
}

MODELS: dict[str, Model] = {
    REQUEST: Model(
        {
            "hook": ModelKey("string", must=True),
            "hookInstance": ModelKey(UUID, must=True),
            "fhirServer": ModelKey("url"),
            "fhirAuthorization": ModelKey("authorization"),
            "context": ModelKey(CONTEXT, must=True),
            "prefetch": ModelKey(PREFETCH),
            **_EXTENSION,
        },
        ("cds-r-1",),
    ),
    "authorization": Model(
        {
            "access_token": ModelKey("string", must=True),
            "token_type": ModelKey("code", must=True, codes=("Bearer",)),
            "expires_in": ModelKey("integer", must=True),
            "scope": ModelKey("string", must=True),
            "subject": ModelKey("string", must=True),
            "patient": ModelKey("id"),
            **_EXTENSION,
        },
        ("cds-r-2",),
    ),
    RESPONSE: Model(
        {
            "cards": ModelKey("card", must=True, many=True),
            "systemActions": ModelKey("action", many=True),
            **_EXTENSION,
        }
    ),
    "card": Model(
        {
            "uuid": ModelKey(UUID),
            "summary": ModelKey("string", must=True),
            "detail": ModelKey("markdown"),
            "indicator": ModelKey("code", must=True, codes=INDICATORS),
            "source": ModelKey("source", must=True),
            "suggestions": ModelKey("suggestion", many=True),
            "selectionBehavior": ModelKey("code", codes=("at-most-one", "any")),
            "overrideReasons": ModelKey(CODING, many=True),
            "links": ModelKey("link", many=True),
            **_EXTENSION,
        },
        ("cds-resp-1", "cds-resp-4", "cds-resp-6"),
    ),
    "source": Model(
        {
            "label": ModelKey("string", must=True),
            "url": ModelKey("url"),
            "icon": ModelKey("url"),
            "topic": ModelKey(CODING),
            **_EXTENSION,
        }
    ),
    "suggestion": Model(
        {
            "label": ModelKey("string", must=True),
            "uuid": ModelKey(UUID),
            "isRecommended": ModelKey("boolean"),
            "actions": ModelKey("action", many=True),
            # 3.0: without it all actions of a suggestion are chosen together, as in 2.0.
            "actionSelectionBehavior": ModelKey("code", codes=("all", "any", "at-most-one")),
            **_EXTENSION,
        },
        ("cds-resp-5", "cds-resp-7"),
    ),
    "action": Model(
        {
            "type": ModelKey("code", must=True, codes=_ACTIONS),
            "description": ModelKey("string"),
            "resource": ModelKey(RESOURCE),
            "resourceId": ModelKey("url"),
            **_EXTENSION,
        },
        ("cds-resp-2",),
    ),
    "link": Model(
        {
            "label": ModelKey("string", must=True),
            "url": ModelKey("url", must=True),
            # Version 2.0 wants it, and a published response that is right has none.
            "type": ModelKey("code", must=True, codes=("absolute", "smart"), soft=True),
            "appContext": ModelKey("string"),
            "autolaunchable": ModelKey("boolean"),
            **_EXTENSION,
        },
        ("cds-resp-3",),
    ),
    SERVICES: Model({"services": ModelKey("service", must=True, many=True), **_EXTENSION}),
    "service": Model(
        {
            "hook": ModelKey("string", must=True),
            "title": ModelKey("string"),
            "id": ModelKey("code", must=True),
            "description": ModelKey("string", must=True),
            "usageRequirements": ModelKey("string"),
            "prefetch": ModelKey(TEMPLATES),
            "version": ModelKey("string", codes=("STU1", *VERSION_SAID.values())),  # 3.0
            **_EXTENSION,
        }
    ),
    FEEDBACK: Model({"feedback": ModelKey("outcome", must=True, many=True), **_EXTENSION}),
    "outcome": Model(
        {
            "card": ModelKey(UUID, must=True),
            "outcome": ModelKey("code", must=True),
            "acceptedSuggestions": ModelKey("accepted", many=True),
            "overrideReason": ModelKey("override"),
            "outcomeTimestamp": ModelKey("instant", must=True),
            **_EXTENSION,
        },
        ("cds-fb-1", "cds-fb-2"),
    ),
    "accepted": Model({"id": ModelKey(UUID, must=True), **_EXTENSION}),
    "override": Model(
        {"reason": ModelKey(CODING), "userComment": ModelKey("string"), **_EXTENSION}, ("cds-fb-3",)
    ),
}
# An empty list is an answer here: no card, no service, nobody said anything.
MAY_BE_EMPTY = frozenset({"cards", "services", "feedback", "selections"})


def too_long(summary: str) -> bool:
    """Whether a summary of a card has as many letters as none may have."""
    return len(summary) >= LONGEST_SUMMARY
