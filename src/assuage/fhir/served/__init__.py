"""A record as a FHIR server shows it, read only: which types, which searches, what it says of itself."""
