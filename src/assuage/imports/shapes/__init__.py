"""The shapes of tables that are known by their headers, one file each, and the guess at a table that nobody knows."""
