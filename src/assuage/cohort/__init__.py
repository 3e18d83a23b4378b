"""A folder of records in, a folder of reviews out: the cohort engine's courses written down, summed up and compared."""

from assuage.cohort.run import Outcome as Outcome
from assuage.cohort.run import review_cohort as review_cohort
