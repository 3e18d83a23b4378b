"""The safety tables: rows only."""
