"""Neck first: settle the nervous system, quieten the neck, then move. Mirrors one published case report.

The order follows the case (CASE), which states no cut-off at all: every number marked OURS is this
pathway's own, is meant to be argued with, and needs a clinician's signature before use.
"""

from assuage.pathways.library.neck_first.phases import PATHWAY as PATHWAY
