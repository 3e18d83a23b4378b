"""Who needs a look today, and what became of each alert."""
