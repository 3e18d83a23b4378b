"""The cohort engine: the same pathway and the same answers for every patient of a table, on every day."""
