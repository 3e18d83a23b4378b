"""A review and its parts shown to people. Nothing here decides anything."""
