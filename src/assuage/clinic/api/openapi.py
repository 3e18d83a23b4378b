"""The OpenAPI 3.1 document of the table of calls: its schemas are those of the values that are read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assuage import __version__
from assuage.catalogue.message import message
from assuage.clinic.api.calls import JSON, ApiCall
from assuage.clinic.api.problems import STATUS, CallProblem
from assuage.clinic.api.shapes import NoBody
from assuage.clinic.people.gate import open_to_all
from assuage.clinic.people.rights import SCOPES
from assuage.words.speak import ENGLISH

Plain = dict[str, Any]
_TEMPLATE = "#/components/schemas/{name}"
_ARGUMENT = re.compile(r"<str:(\w+)>")
_ALWAYS = (400, 401, 403, 404, 405, 413, 429)
_WITH_BODY = (412, 415, 422, 428)
SERVED_AT = "/api/v1/"


def openapi(operations: Sequence[ApiCall[Any, Any]]) -> Plain:
    """The document as plain values."""
    shapes: list[Any] = [CallProblem]
    shapes += [shape for each in operations for shape in (each.answer, each.query, each.body)]
    (problem, *schemas), components = msgspec.json.schema_components(shapes, ref_template=_TEMPLATE)
    paths: dict[str, Plain] = {}
    for at, each in enumerate(operations):
        answer, query, body = schemas[3 * at : 3 * at + 3]
        written = _ARGUMENT.sub(r"{\1}", each.path)
        fields = components[query["$ref"].rpartition("/")[2]]
        paths.setdefault(f"/{written}", {})[each.method.lower()] = _operation(
            each, answer, fields, body, problem
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Assuage clinic",
            "version": __version__,
            "summary": str(ENGLISH.say(message("clinic.api-summary"))),
            "description": str(ENGLISH.say(message("clinic.api-description"))),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": SERVED_AT.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
                "program": {
                    "type": "oauth2",
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": "/identity/o/authorize",
                            "tokenUrl": "/identity/o/api/token",
                            "refreshUrl": "/identity/o/api/token",
                            "scopes": {
                                each: str(ENGLISH.say(message(f"clinic.scope-{each}"))) for each in SCOPES
                            },
                        }
                    },
                },
            },
        },
    }


def _operation(each: ApiCall[Any, Any], answer: Plain, query: Plain, body: Plain, problem: Plain) -> Plain:
    summary = str(ENGLISH.say(message(f"clinic.api-op-{each.id}")))
    told: Plain = {
        "operationId": each.id,
        "summary": summary,
        "security": [{"session": []}, {"program": [each.scope] if each.scope else []}],
        "parameters": [*_parameters(each, query)],
        "responses": {
            str(each.status): {
                "description": summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": answer}},
            }
        },
    }
    if each.id == "prescribe":  # judged, and nothing stored yet
        told["responses"]["200"] = told["responses"]["201"]
    if each.method == "GET":
        told["responses"]["304"] = {"description": "nothing has changed"}
    for status in (*_ALWAYS, *(_WITH_BODY if each.body is not NoBody else ())):
        told["responses"][str(status)] = {
            "description": ", ".join(kind for kind, its in STATUS.items() if its == status),
            "content": {"application/problem+json": {"schema": problem}},
        }
    if each.body is not NoBody:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return told


def _parameters(each: ApiCall[Any, Any], query: Plain) -> list[Plain]:
    named: list[Plain] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "maxLength": 40}}
        for name in _ARGUMENT.findall(each.path)
    ]
    named += [
        {"name": name, "in": "query", "required": name in query.get("required", ()), "schema": schema}
        for name, schema in query.get("properties", {}).items()
    ]
    if each.body is not NoBody:
        pattern = r'^"\d{1,9}(\.[^"]*)?"$'
        named += [
            {
                "name": "If-Match",
                "in": "header",
                "required": each.needs_head,
                "schema": {"type": "string", "pattern": pattern},
            },
            {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "format": "uuid"}},
        ]
    return named


def document(operations: Sequence[ApiCall[Any, Any]]) -> Callable[..., HttpResponse]:
    """The view of the document: open to all, as it says nothing of anybody."""

    written: list[bytes] = []

    @open_to_all
    @require_safe
    def openapi_document(_request: HttpRequest) -> HttpResponse:
        if not written:
            written.append(msgspec.json.format(msgspec.json.encode(openapi(operations)), indent=1))
        return HttpResponse(written[0], content_type=JSON)

    return openapi_document
