"""The half minute of a day: what a patient writes, with a network and without."""
