"""The addresses of the server, under `/fhir/R4/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from assuage.clinic.fhir import views

ADDRESSES: list[URLPattern] = [
    path("metadata", views.metadata, name="fhir-metadata"),
    path(".well-known/smart-configuration", views.smart_configuration, name="smart-configuration"),
    path("<str:name>", views.search_resources, name="fhir-search"),
    path("<str:name>/_search", views.posted_search, name="fhir-posted-search"),
    path("<str:name>/<str:id>", views.read_resource, name="fhir-read"),
    path("<path:rest>", views.no_such_address, name="fhir-none"),
]
