"""The clinic for programs: `/api/v1/…`, JSON in and out, by the same gates, writers and rules as the pages.

`operations` is the table of what can be asked; addresses, the OpenAPI document and the page of the docs follow from it.
"""
