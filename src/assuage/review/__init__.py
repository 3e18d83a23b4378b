"""The waist of the hourglass: everything below makes a review, everything above shows one."""

from assuage.review.make import review as review
from assuage.review.model import Review as Review
