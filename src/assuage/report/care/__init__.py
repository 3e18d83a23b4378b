"""A case report by the CARE checklist, made from a record: what is known, from which entry, and what is missing."""
