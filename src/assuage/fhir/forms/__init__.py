"""What is asked, as Questionnaires: one item a question, whose address says which entry answers it.

No question is written down here: they are those of the baseline form, of the instruments, of the numbers that a phase
follows, and of the day (`assuage.review.baseline`, `.first_questions`, `assuage.instruments`). What comes back is read
in `assuage.fhir.read.forms`; scores are worked out by us, whatever a form adds up.
"""
