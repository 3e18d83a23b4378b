"""Measured, never asserted: `make bench` prints what start-up, a review and the reference engine cost."""
