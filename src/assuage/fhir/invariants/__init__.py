"""The invariants of FHIR R4, each a function under its official id."""

from assuage.fhir.invariants import bundles as bundles
from assuage.fhir.invariants import datatypes as datatypes
from assuage.fhir.invariants import definitional as definitional
from assuage.fhir.invariants import questionnaires as questionnaires
from assuage.fhir.invariants import resources as resources
from assuage.fhir.invariants import spoken_rules as spoken_rules
from assuage.fhir.invariants.registry import INVARIANTS as INVARIANTS
from assuage.fhir.invariants.registry import SPOKEN as SPOKEN
from assuage.fhir.invariants.registry import Invariant as Invariant
