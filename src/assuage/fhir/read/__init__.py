"""Resources of FHIR R4 become entries of a record, and lines about all that did not."""

from assuage.fhir.read.resources import ReadResources as ReadResources
from assuage.fhir.read.resources import read_resources as read_resources
