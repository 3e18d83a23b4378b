"""The records of the clinic as a FHIR R4 server, read only: for programs that somebody let in, by the one gate."""
