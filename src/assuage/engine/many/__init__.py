"""The cohort engine: the same pathway and the same answers for every patient of a table, on every day.

The folders are the order of work: `rows` of the table become `entries`, these fill `blocks` of patients, the
questions of the `program` get their `answers`, and the `walk` goes from move to move. `engine` does it for a chunk;
`alerts` stand apart.
"""
