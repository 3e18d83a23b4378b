"""The needle: planned, checked, performed, asked about afterwards."""
