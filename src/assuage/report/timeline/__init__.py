"""One patient's course on one time axis: the figure and the table of the same rows."""

from assuage.report.timeline.files import Look as Look
from assuage.report.timeline.files import on_a_page as on_a_page
from assuage.report.timeline.files import pdf as pdf
from assuage.report.timeline.files import png as png
from assuage.report.timeline.files import svg as svg
from assuage.report.timeline.row import TimelineRow as TimelineRow
from assuage.report.timeline.row import headings as headings
from assuage.report.timeline.rows import rows as rows
from assuage.report.timeline.undrawn import undrawn as undrawn
from assuage.report.timeline.undrawn import undrawn_message as undrawn_message
