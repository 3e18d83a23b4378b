"""A record becomes resources of FHIR R4: one an entry, in a transaction Bundle (`assuage.fhir.write.bundle`)."""
