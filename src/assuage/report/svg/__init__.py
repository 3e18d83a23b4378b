"""Pictures as values: shapes, lettering and time scales, written as SVG by our own code."""
