"""FHIR R4 (4.0.1): resources of others and ours, checked against HL7's own definitions.

Nothing here is fetched and nothing is sent. The tables are in `definitions`; needs the extra `assuage[fhir]`.
"""
