"""Our own body atlas: where it hurts, front and back, visit by visit, with the patient's own left and right."""

from assuage.report.atlas.figure import chosen as chosen
from assuage.report.atlas.figure import key_of_maps as key_of_maps
from assuage.report.atlas.figure import maps_of_days as maps_of_days
from assuage.report.atlas.figure import maps_of_visits as maps_of_visits
from assuage.report.atlas.figure import note_of_maps as note_of_maps
from assuage.report.atlas.figure import note_of_visits as note_of_visits
from assuage.report.atlas.figure import patterns as patterns
from assuage.report.atlas.figure import pdf as pdf
from assuage.report.atlas.figure import png as png
from assuage.report.atlas.figure import svg as svg
from assuage.report.atlas.visits import Visit as Visit
from assuage.report.atlas.visits import map_headings as map_headings
from assuage.report.atlas.visits import map_rows as map_rows
from assuage.report.atlas.visits import visits as visits
