"""Records as tables of the OMOP common data model, for networks of observational research that do not read FHIR."""
