"""What we say of ourselves: the CapabilityStatement of the services, made of the tables they answer by."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.fhir.served.types import SERVED, ServedType
from assuage.words.speak import ENGLISH

Plain = dict[str, Any]

WRITTEN_ON = "2026-11-30"  # the day on which what is served was last changed
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
# What `assuage hooks serve` and the clinic answer beside reads and searches, on which type.
OPERATIONS = {
    "PlanDefinition": ("apply", "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply"),
    "Questionnaire": ("populate", "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate"),
    "QuestionnaireResponse": (
        "extract",
        "http://hl7.org/fhir/uv/sdc/OperationDefinition/QuestionnaireResponse-extract",
    ),
}


def capability_statement(
    address: str | None = None,
    speaking: Catalogue = ENGLISH,
    *,
    authorise: str | None = None,
    token: str | None = None,
) -> Plain:
    """The CapabilityStatement: of a server where its address is given, else of what the program can.

    `authorise` and `token` are the addresses at which a program asks to be let in.
    """
    is_server = address is not None
    described = str(speaking.say(message("served.description")))
    return {
        "resourceType": "CapabilityStatement",
        "id": "assuage",
        "language": speaking.language,
        "url": "urn:assuage:capability",
        "version": version("assuage"),
        "name": "Assuage",
        "title": str(speaking.say(message("served.title"))),
        "status": "active",
        "experimental": True,
        "date": WRITTEN_ON,
        "description": described,
        "kind": "instance" if is_server else "capability",
        "software": {"name": "Assuage", "version": version("assuage")},
        **({"implementation": {"description": described, "url": address}} if is_server else {}),
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [_rest(speaking, authorise, token)],
    }


def _rest(speaking: Catalogue, authorise: str | None, token: str | None) -> Plain:
    types = [_resource(each, speaking) for each in SERVED.values()]
    for name, (operation, defined) in OPERATIONS.items():
        told = {"name": operation, "definition": defined}
        known = next((each for each in types if each["type"] == name), None)
        if known is None:
            types.append({"type": name, "operation": [told]})
        else:
            known["operation"] = [told]
    security: Plain = {
        "cors": False,
        "service": [{"coding": [{"system": _SECURITY, "code": "SMART-on-FHIR"}]}],
        "description": str(speaking.say(message("served.security"))),
    }
    if authorise is not None and token is not None:
        ends = {"authorize": authorise, "token": token}
        security["extension"] = [
            {
                "url": _OAUTH,
                "extension": [{"url": name, "valueUri": address} for name, address in ends.items()],
            }
        ]
    return {"mode": "server", "security": security, "resource": types}


def _resource(served: ServedType, speaking: Catalogue) -> Plain:
    common = {
        "name": "_id",
        "type": "token",
        "definition": "http://hl7.org/fhir/SearchParameter/Resource-id",
    }
    parameters = [
        {"name": each.name, "type": each.kind, "definition": each.defined}
        for each in served.parameters
        if each.name != "_id"
    ]
    return {
        "type": served.name,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "readHistory": False,
        "updateCreate": False,
        "referencePolicy": ["literal"],
        "searchParam": [common, *parameters],
        **(
            {}
            if served.name == "Patient"
            else {"documentation": str(speaking.say(message("served.needs-patient", name=served.whose.name)))}
        ),
    }
