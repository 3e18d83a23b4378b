"""Who looked at what and did what, in a chain that shows a change."""
